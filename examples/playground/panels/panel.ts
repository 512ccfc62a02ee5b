/** What a panel is: what it computes in the worker, and how the page shows it. */
import type { ComponentType } from 'preact';
import type { Dataset } from '../data/dataset.js';
import type { Loaded } from '../data/loaded.js';

/** Says how far a computation is: `done` of `total` steps, and what it is doing now ("fitting the score"). */
export type Report = (done: number, total: number, doing: string) => void;

/** The worker's side. The result crosses to the page by structured clone: plain objects, arrays, typed arrays. */
export interface Computation<Options, Result> {
  readonly id: string;
  compute(loaded: Loaded, options: Options, report: Report): Result | Promise<Result>;
}

/** What a panel's controls get; a changed option waits for the button, as it is a new computation. */
export interface ControlsProps<Options> {
  options: Options;
  change: (options: Options) => void;
  dataset: Dataset;
}

export interface ViewProps<Options, Result> {
  result: Result;
  options: Options;
  dataset: Dataset;
}

/** The page's side. */
export interface Panel<Options, Result> {
  readonly id: string;
  /** The name in the list of panels: one or two words. */
  readonly label: string;
  /** The question it answers, its heading. */
  readonly question: string;
  /** What the data lack, in a sentence with its remedy; undefined where the panel can run. */
  needs(dataset: Dataset): string | undefined;
  defaults(dataset: Dataset): Options;
  readonly Controls?: ComponentType<ControlsProps<Options>>;
  readonly View: ComponentType<ViewProps<Options, Result>>;
}

/** A panel whose types only it knows. */
// The lists hold panels of all kinds; each keeps its own types together.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyPanel = Panel<any, any>;

/** A computation whose types only it knows. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyComputation = Computation<any, unknown>;
