/** A path: its steps in order, each an item or the items of one time. */
export type Path = readonly (string | readonly string[])[];

/** A path and how many customers went it. */
export interface SequencePattern {
  /** The steps in order; each the items of one time, ascending by code unit. */
  readonly steps: readonly (readonly string[])[];
  /** Customers whose journey has the path: the sum of their weights. */
  readonly count: number;
  /** `count` as a share of all customers. */
  readonly support: number;
}

/** Anything that has the steps of a path: a pattern found, or `{ steps: ['quote', 'contract'] }`. */
export interface WithSteps {
  /** The steps in order. */
  readonly steps: Path;
}
