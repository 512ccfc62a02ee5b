import type { TargetValue } from '../../data/binaryTarget.js';
import type { RowNumbers } from '../../data/rowNumbers.js';

/** How probable each treatment was: one number (the only treatment), a number for each, or per row a column or an array. */
export type Propensity<Names extends string = string> = number | RowNumbers<Names> | { readonly [arm: string]: number | RowNumbers<Names> };

/** What happened to whom: the columns of a trial with a control group. */
export interface TrialOptions<Names extends string = string> {
  /** The outcome: two classes (bought or not), or numbers (revenue). */
  readonly target: Names;
  /** Which value of the target counts as 1; any other counts as 0. @defaultValue 1 of 0 and 1, `true`, or the later of two levels by code unit */
  readonly positive?: TargetValue;
  /** The column that says what was done to the customer: categories, true and false, or numbers. */
  readonly treatment: Names;
  /** Its value that means that nothing was done: `'No E-Mail'`, 0, false. */
  readonly control: TargetValue;
  /** Which other values of it to compare with control; rows of arms not named are left out. @defaultValue all, by code unit or size */
  readonly treatments?: readonly TargetValue[];
  /** One weight a row: weight 2 is the row twice, weight 0 no row. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /**
   * The known probability of treatment: one number where there is one treatment, otherwise one for each by its value; a column or an array where it
   * differs by row. Among the rows of the arms compared: control has the rest; where its own is given too, all are divided by their sum. @defaultValue the shares observed: everybody had the same chance
   */
  readonly propensity?: Propensity<Names>;
}
