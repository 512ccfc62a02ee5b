import type { TargetValue } from '../../data/binaryTarget.js';
import type { Duration } from '../../data/duration.js';
import type { Instant } from '../../data/instant.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import type { DesignCode, DesignFinding } from './designFinding.js';

/** What the columns of a table of customers are; the more is said, the more can be checked. */
export interface DesignOptions<Names extends string = string> {
  /** The column of the outcome: whether a customer left. */
  readonly target: Names;
  /** The value of it that is the event. @defaultValue 1 of 0 and 1, true, or the later of two levels */
  readonly positive?: TargetValue;
  /** The columns to learn from. @defaultValue all that have no other part */
  readonly features?: readonly Names[];
  /** The column that tells customers apart. @defaultValue the one column of kind `id` */
  readonly customer?: Names;
  /** The column of the moment of each row (a date, or a number): what is known before it may be learnt from. @defaultValue `asOf`, where it is a column of dates */
  readonly time?: Names;
  /** How long after its moment the outcome of a row is known, gap included: a duration for dates, a number for numbers. */
  readonly horizon?: Duration | number;
  /** Until when outcomes were observed. */
  readonly observedUntil?: Instant;
  /** The column of durations, where time to leaving is modelled. */
  readonly duration?: Names;
  /** The column of the durations from which rows were observed. */
  readonly entry?: Names;
  /** Leaving was observed in so long a time only, before the date of the data; in units of `duration`. Of the Telco data 1 (month). */
  readonly eventPeriod?: number;
  /** The column of dates of joining. */
  readonly joinedAt?: Names;
  /** The column of dates of leaving, missing for who is still there. */
  readonly endedAt?: Names;
  /** For features that change, the column of the date at which the value was known. */
  readonly knownAt?: Readonly<Record<string, Names>>;
  /** The column of folds, or of training and test. */
  readonly folds?: Names;
  /** Weights that are to be used: a column, or one number a row. */
  readonly weights?: RowNumbers<Names>;
  /** From which area under the ROC curve a single column foretells too well to be true. @defaultValue 0.98 */
  readonly threshold?: number;
}

/** What is wrong with how data were made, and what could not be looked at. */
export interface DesignAudit {
  /** None is what one hopes for. */
  readonly findings: readonly DesignFinding[];
  /** What was looked for. */
  readonly checked: readonly DesignCode[];
  /** What could not be looked for, and which options it takes. */
  readonly unchecked: readonly { readonly code: DesignCode; readonly needs: string }[];
}
