import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { areWhole, compareArms, sumsOfCut, type CutBy } from './armSums.js';
import { rankArms, type RankTies } from './rankArms.js';
import { readUpliftRows, type Outcomes, type Treated } from './upliftRows.js';

/** Options of {@link upliftAt}. */
export interface UpliftAtOptions {
  /** Share of the customers taken from the top, above 0 and up to 1; rounded down to whole customers, but at least one. @defaultValue 0.3 */
  readonly share?: number;
  /** The best of both arms together, or the best of each arm by itself. @defaultValue 'overall' */
  readonly by?: CutBy;
  /** One per row, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Of customers with equal scores on both sides of the cut: each side gets its share of them, or by the order of the rows. @defaultValue 'shared' */
  readonly ties?: RankTies;
  /** Confidence of the interval, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** What {@link upliftAt} returns. */
export interface UpliftAtShare extends Estimate {
  /** Treated customers among those at the top. */
  readonly treated: number;
  /** Control customers among them. */
  readonly control: number;
}

/**
 * The uplift among the customers a score puts first: mean outcome of the treated less that of control, with its interval.
 *
 * It is `uplift_at_k` of scikit-uplift, whose `'overall'` and `'by_group'` are the two ways to cut here; the two differ by chance only where treatment was
 * given by lot. (Releases of scikit-uplift that round the number of customers up differ by one customer.) Intervals: Newcombe's (1998) for events, Welch's for amounts. O(n).
 *
 * @param outcomes - amounts, or 1 or true for the event
 * @param treated - 1 or true for the treated, 0 or false for the control; both must occur
 * @param scores - one finite number per row, higher for more uplift; of rows the model has not learnt from
 * @param options - share, by, weights, ties, confidence
 * @returns the uplift with its interval, and how many customers of each arm it rests on
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `INVALID_OPTION`, or `NOT_IDENTIFIED` where an arm is missing, in all or at the top
 * @example
 * ```ts
 * const top = upliftAt([1, 0, 1, 0, 1, 1], [1, 0, 1, 0, 1, 0], [6, 5, 4, 3, 2, 1], { share: 2 / 3 });
 * top.estimate; // => 1
 * [top.treated, top.control]; // => [2, 2]
 * ```
 */
export function upliftAt(outcomes: Outcomes, treated: Treated, scores: ArrayLike<number>, options: UpliftAtOptions = {}): UpliftAtShare {
  const caller = 'upliftAt';
  requireKnownOptions(caller, options, ['share', 'by', 'weights', 'ties', 'confidence']);
  const { share = 0.3, confidence = 0.95, weights } = options;
  if (!(share > 0 && share <= 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs share above 0 and up to 1, found ${share}; 0.3 is the best 30 %`, { option: 'share', share });
  normalMultiplier(caller, confidence);
  const by = requireChoice<CutBy>(caller, 'by', options.by ?? 'overall', ['overall', 'group']);
  const ties = requireChoice<RankTies>(caller, 'ties', options.ties ?? 'shared', ['shared', 'rowOrder']);
  const rows = readUpliftRows(caller, outcomes, treated, scores, weights);
  const ranked = rankArms(rows, rows.scores, ties);
  const isWhole = areWhole(rows.weights);
  const sums = sumsOfCut(ranked, by, (size) => (isWhole ? Math.max(1, Math.floor(size * share + 1e-9)) : size * share));
  const { uplift } = compareArms(caller, sums, { isBinary: rows.isBinary, center: ranked.center, confidence });
  return { ...uplift, treated: sums.treated, control: sums.control };
}
