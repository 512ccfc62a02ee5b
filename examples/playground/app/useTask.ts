import { useRef, useState } from 'preact/hooks';
import { Cancelled, TaskError, type Running } from '../worker/client.js';
import type { Failure, Progress } from '../worker/protocol.js';

export type TaskState =
  | { status: 'idle' }
  | { status: 'running'; progress?: Progress }
  | { status: 'cancelled' }
  | { status: 'failed'; failure: Failure }
  // What a panel's computation gives is known to the panel only.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  | { status: 'done'; value: any };

/** A task of the worker and where it stands; starting a new one cancels the one before. */
export function useTask() {
  const [state, setState] = useState<TaskState>({ status: 'idle' });
  const running = useRef<Running<unknown> | undefined>(undefined);
  const start = <T>(task: Running<T>): Promise<T | undefined> => {
    running.current?.cancel();
    running.current = task;
    setState({ status: 'running' });
    const mine = (next: TaskState) => {
      if (running.current === task) setState(next);
    };
    return task.promise.then(
      (value) => {
        mine({ status: 'done', value });
        return value;
      },
      (error: unknown) => {
        if (error instanceof Cancelled) mine({ status: 'cancelled' });
        else mine({ status: 'failed', failure: error instanceof TaskError ? error.failure : { message: String(error) } });
        return undefined;
      },
    );
  };
  return { state, start, cancel: () => running.current?.cancel(), onProgress: (progress: Progress) => setState({ status: 'running', progress }) };
}
