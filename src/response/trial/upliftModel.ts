import type { TableInput } from '../../data/table.js';

/** What every model of uplift does: a learner on two models, a tree, a forest. */
export interface UpliftModel {
  /** The name of its class, as in its JSON. */
  readonly format: string;
  /** The columns it predicts from. */
  readonly features: readonly string[];
  /** The arms compared with control, as text; uplifts come in this order. */
  readonly treatments: readonly string[];
  /** The arm that means that nothing was done, as text. */
  readonly control: string;
  /**
   * What each treatment adds to the expected outcome of every row, against control: a difference of probabilities, or of amounts. With one treatment a
   * number a row; with several a row of `treatments.length` numbers for each row of the data.
   */
  predictUplift(data: TableInput): Float64Array;
  /** The same for one row: a number for each treatment. */
  predictUpliftRow(row: object): Float64Array;
  /** Plain data, as `fromJSON` of its class reads it. */
  toJSON(): object;
}
