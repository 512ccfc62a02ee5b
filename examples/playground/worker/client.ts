import type { Dataset } from '../data/dataset.js';
import type { Answers, Failure, Progress, Reply, Task } from './protocol.js';

/** What a cancelled task rejects with. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

/** What a task that failed rejects with. */
export class TaskError extends Error {
  override name = 'TaskError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

interface Pending {
  id: number;
  task: Task;
  onProgress: (progress: Progress) => void;
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

export interface Running<T> {
  promise: Promise<T>;
  cancel: () => void;
}

/**
 * One worker and a queue before it. A task that runs is cancelled by ending the worker, which stops any computation at once;
 * a new one takes over with the same data.
 */
export class WorkerClient {
  #worker = this.#start();
  #queue: Pending[] = [];
  #next = 1;
  #dataset?: Dataset;

  run<K extends Task['kind']>(task: Extract<Task, { kind: K }>, onProgress: (progress: Progress) => void = () => {}): Running<Answers[K]> {
    const id = this.#next++;
    if (task.kind === 'load') this.#dataset = (task as Extract<Task, { kind: 'load' }>).dataset;
    const promise = new Promise<Answers[K]>((resolve, reject) => {
      this.#queue.push({ id, task, onProgress, resolve, reject });
      if (this.#queue.length === 1) this.#post();
    });
    return { promise, cancel: () => this.#cancel(id) };
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => this.#receive(data));
    worker.addEventListener('error', (event) => this.#receive({ id: this.#queue[0]?.id ?? 0, kind: 'failed', failure: { message: event.message || 'The worker could not be started.' } }));
    return worker;
  }

  #post(): void {
    const first = this.#queue[0];
    if (first !== undefined) this.#worker.postMessage({ id: first.id, task: first.task });
  }

  #receive(reply: Reply): void {
    const first = this.#queue[0];
    if (first?.id !== reply.id) return;
    if (reply.kind === 'progress') return first.onProgress(reply.progress);
    this.#queue.shift();
    if (reply.kind === 'done') first.resolve(reply.value as never);
    else first.reject(new TaskError(reply.failure));
    this.#post();
  }

  #cancel(id: number): void {
    const place = this.#queue.findIndex((pending) => pending.id === id);
    if (place < 0) return;
    const [cancelled] = this.#queue.splice(place, 1);
    cancelled?.reject(new Cancelled());
    if (place > 0) return;
    this.#worker.terminate();
    this.#worker = this.#start();
    // The new worker knows nothing; what waits must find the data there.
    if (this.#dataset !== undefined) this.#worker.postMessage({ id: 0, task: { kind: 'load', dataset: this.#dataset } });
    this.#post();
  }
}
