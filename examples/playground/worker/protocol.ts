/** What the page and its worker say to each other. */
import type { Dataset, Table } from '../data/dataset.js';

/** How far a computation is: `done` of `total` steps, and what it is doing. */
export interface Progress {
  done: number;
  total: number;
  doing: string;
}

/** What can be asked of the worker. */
export type Task =
  | { kind: 'simulate'; customers: number }
  | { kind: 'read'; file: File }
  | { kind: 'load'; dataset: Dataset }
  | { kind: 'compute'; panel: string; options: unknown };

/** What each kind of task gives back. */
export interface Answers {
  simulate: Dataset;
  read: Table;
  load: null;
  compute: unknown;
}

export interface Request {
  id: number;
  task: Task;
}

/** A failure in words: `code` is there where the library refused the data. */
export interface Failure {
  message: string;
  code?: string;
}

export type Reply =
  | { id: number; kind: 'progress'; progress: Progress }
  | { id: number; kind: 'done'; value: unknown }
  | { id: number; kind: 'failed'; failure: Failure };
