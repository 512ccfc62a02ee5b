import type { PatternStore } from './patternStore.js';

/** The journeys as the engines read them: frequent items only, by code, rows one after the other. */
export interface SequenceRows {
  readonly rowCount: number;
  /** Row `r` is `items[starts[r]]` to `items[starts[r + 1] - 2]`, then one -1. */
  readonly starts: Int32Array;
  /** Codes, ascending within a step, each once; -1 behind each row. */
  readonly items: Int32Array;
  /** Beside `items`: the step of the journeys, whose differences within a row count all steps, those without a frequent item too. */
  readonly steps: Int32Array;
  /** The position of each code in `itemLevels`, rising. */
  readonly levels: Int32Array;
  /** One a row, above 0; null for one each. */
  readonly weights: Float64Array | null;
  /** Whether no step has two items. */
  readonly singles: boolean;
}

/** What an engine works with: where paths go, and who may stop it. */
export interface MiningPlan {
  readonly store: PatternStore;
  /** The time of each step of the journeys; null where only the order is known. */
  readonly times: Float64Array | null;
  /** To be asked after each item a path can begin with; true ends the search. */
  readonly stop: (done: number, total: number) => boolean;
}
