import { ClientelaError } from '../../errors.js';
import { requireKnownOptions } from '../../data/options.js';
import type { ColumnValues } from '../../data/table.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { readAmounts } from '../aggregate/potentialColumns.js';
import { readBy } from '../aggregate/readBy.js';

const CALLER = 'conformalAdjustment';

/** The bounds predicted for customers that were not learnt from. */
export interface ConformalOptions {
  /** A lower bound a customer, such as a predicted 0.05 quantile. @defaultValue none: the upper side alone is made to cover */
  readonly lower?: ArrayLike<number>;
  /** An upper bound a customer, such as a predicted 0.95 quantile. @defaultValue none: the lower side alone */
  readonly upper?: ArrayLike<number>;
  /** A group a customer: each is made to cover by itself. @defaultValue all together */
  readonly by?: ColumnValues;
  /** The share of new customers that the bounds shall cover. @defaultValue 0.9 */
  readonly confidence?: number;
}

/** How far to move the bounds of one group. */
export interface ConformalGroup {
  /** The level; null for all customers together, and for those without one. */
  readonly name: string | null;
  /** Customers it rests on. */
  readonly customers: number;
  /** Which of their errors, in ascending order from 1, is taken: the least whole number from (customers + 1) * confidence on. */
  readonly rank: number;
  /** Take it off the lower bound and add it to the upper one; below 0 the bounds were too wide. Null where there are too few customers to promise anything. */
  readonly adjustment: number | null;
}

/**
 * How far predicted bounds of spend must move so that they cover the stated share of new customers, whatever the model behind them.
 *
 * The error of a customer is what the spend lies outside its bounds (below 0 inside); the adjustment is the error of rank ceil((n + 1) *
 * confidence), so that a new customer like these is covered with at least that probability in samples of any size (conformalised quantile
 * regression: Romano, Patterson and Candès, 2019; by group: Vovk, 2012). With `upper` alone: an upper bound of what a customer spends, a
 * wallet that `confidence` of customers alike stay within. O(n log n).
 *
 * @param spend - what each of the customers set aside for this spends
 * @param options - `lower`, `upper` or both
 * @returns one entry a group, ascending by name, or one for all
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `EMPTY_INPUT`, `INVALID_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Ten customers of whom 100 was foretold as the most: four in five stay within 100 + 5.
 * const spend = [60, 70, 80, 90, 95, 99, 102, 104, 105, 130];
 * conformalAdjustment(spend, { upper: spend.map(() => 100), confidence: 0.8 }); // => [{ name: null, customers: 10, rank: 9, adjustment: 5 }]
 * conformalAdjustment([60, 70], { upper: [100, 100] })[0]?.adjustment; // => null
 * ```
 */
export function conformalAdjustment(spend: ArrayLike<number>, options: ConformalOptions): readonly ConformalGroup[] {
  requireKnownOptions(CALLER, options, ['lower', 'upper', 'by', 'confidence']);
  const { lower, upper, by, confidence = 0.9 } = options;
  normalMultiplier(CALLER, confidence);
  if (lower === undefined && upper === undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs lower, upper or both, found neither`, { option: 'upper' });
  const actual = readAmounts(CALLER, 'spend', spend, (Object(spend) as ArrayLike<number>).length, -Infinity);
  if (actual.length === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one customer, found none`);
  const low = lower && readAmounts(CALLER, 'lower', lower, actual.length, -Infinity);
  const high = upper && readAmounts(CALLER, 'upper', upper, actual.length, -Infinity);
  const errors = actual.map((amount, row) => Math.max(low ? low[row]! - amount : -Infinity, high ? amount - high[row]! : -Infinity));
  if (by === undefined) return [adjust(null, errors, confidence)];
  const { groups, codes } = readBy(CALLER, by, undefined, actual.length)[0]!;
  const sizes = new Uint32Array(groups.length);
  for (const code of codes) sizes[code]!++;
  const parts = Array.from(sizes, (size) => new Float64Array(size));
  for (let row = codes.length - 1; row >= 0; row--) parts[codes[row]!]![--sizes[codes[row]!]!] = errors[row]!;
  return groups.map((name, group) => adjust(name, parts[group]!, confidence));
}

function adjust(name: string | null, errors: Float64Array, confidence: number): ConformalGroup {
  const customers = errors.length;
  // (9 + 1) * 0.9 is 9 and must not be rounded up to 10.
  const rank = Math.max(1, Math.ceil((customers + 1) * confidence - 1e-9));
  return { name, customers, rank, adjustment: rank > customers ? null : errors.slice().sort()[rank - 1]! };
}
