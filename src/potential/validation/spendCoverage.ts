import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import type { ColumnValues, TableInput } from '../../data/table.js';
import { normalMultiplier, wilsonRate } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import { incompleteBeta } from '../../numeric/incompleteBeta.js';
import { readAmounts } from '../aggregate/potentialColumns.js';
import { readBy } from '../aggregate/readBy.js';

const CALLER = 'spendCoverage';

/** What was predicted, and by which groups to judge it. */
export interface SpendCoverageOptions {
  /** Which quantiles the predictions are of, each above 0 and below 1, ascending. */
  readonly quantiles: readonly number[];
  /** A value a customer, or columns of them: each column is judged group by group. @defaultValue all together only */
  readonly by?: ColumnValues | TableInput;
  /** Coverage of the intervals. @defaultValue 0.9 */
  readonly confidence?: number;
}

/** How one predicted quantile stands up. */
export interface CoverageFigure {
  /** The quantile predicted. */
  readonly quantile: number;
  /** The share of customers who spend that much or less, with the interval of Wilson. Right predictions have the quantile in it, or, where many spend just the prediction (as nothing), below it. */
  readonly below: Estimate;
  /** Mean pinball loss: the quantile times what is spent above the prediction, the rest of 1 times what is spent below. In the unit of the spend. */
  readonly pinball: number;
  /** The exact two-sided probability of a share so far off, were the predictions right: too few at or below the prediction, or too many strictly below. */
  readonly p: number;
  /** The false discovery rate at which the group would be called off, among all groups and quantiles (Benjamini and Hochberg, 1995). */
  readonly q: number;
}

/** The quantiles in one group of customers. */
export interface CoverageGroup {
  /** The dimension, or null for all customers. */
  readonly dimension: string | null;
  /** The level; null for the rows without one, and for all customers. */
  readonly name: string | null;
  /** Customers in it. */
  readonly customers: number;
  /** In the order of `quantiles`. */
  readonly figures: readonly CoverageFigure[];
}

/** Whether predicted quantiles of spend are true, in all and by group. */
export interface SpendCoverage {
  /** All customers first, then every level of every dimension. */
  readonly groups: readonly CoverageGroup[];
  /** Pairs of neighbouring quantiles of a customer where the higher is predicted lower. */
  readonly crossings: number;
}

/**
 * Whether the predicted quantiles of spend are true, in all and group by group: what can be checked where nobody knows the wallet.
 *
 * Give predictions for customers that were not learnt from. A wallet taken to be the 0.9 quantile of customers alike should have nine in ten of
 * them below it in every segment, not only on average. O(customers * (quantiles + dimensions)).
 *
 * @param spend - what each customer spends
 * @param predicted - row-major, a number for each customer and quantile, as `QuantileRegression.predict` gives
 * @param options - `quantiles` at least
 * @returns shares below, losses and tests
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `EMPTY_INPUT`, `INVALID_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * const { groups } = spendCoverage([10, 20, 30, 40], [25, 25, 25, 25], { quantiles: [0.5], by: ['shop', 'shop', 'web', 'web'] });
 * groups.map(({ name, figures }) => [name, figures[0]!.below.estimate, figures[0]!.pinball]); // => [[null, 0.5, 5], ['shop', 1, 5], ['web', 0, 5]]
 * groups[1]!.figures[0]!.p; // => 0.5
 * ```
 */
export function spendCoverage(spend: ArrayLike<number>, predicted: ArrayLike<number>, options: SpendCoverageOptions): SpendCoverage {
  requireKnownOptions(CALLER, options, ['quantiles', 'by', 'confidence']);
  const { quantiles, by, confidence = 0.9 } = options;
  requireQuantiles(quantiles);
  const z = normalMultiplier(CALLER, confidence);
  const actual = readAmounts(CALLER, 'spend', spend, (Object(spend) as ArrayLike<number>).length, -Infinity);
  const rowCount = actual.length;
  if (rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one customer, found none`);
  const foretold = readAmounts(CALLER, 'predicted', predicted, rowCount * quantiles.length, -Infinity, Infinity, quantiles.length);
  const dimensions = by === undefined ? [] : readBy(CALLER, by, undefined, rowCount);
  const everybody = { name: null, groups: [null], codes: new Int32Array(rowCount) };
  const groups = [everybody, ...dimensions].flatMap((dimension) => judgeGroups(dimension, actual, foretold, quantiles, z));
  const q = falseDiscoveryQ(Float64Array.from(groups.flatMap(({ figures }) => figures.map(({ p }) => p))));
  const corrected = groups.map((group, g) => ({ ...group, figures: group.figures.map((figure, k) => ({ ...figure, q: q[g * quantiles.length + k]! })) }));
  return { groups: corrected, crossings: countCrossings(foretold, quantiles.length) };
}

function requireQuantiles(quantiles: readonly number[]): void {
  const isFine = Array.isArray(quantiles) && quantiles.length > 0 && quantiles.every((tau, k) => tau > (k === 0 ? 0 : quantiles[k - 1]!) && tau < 1);
  if (isFine) return;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs quantiles above 0 and below 1, ascending, found ${Array.isArray(quantiles) ? `[${quantiles.join(', ')}]` : describeValue(quantiles)}`, { option: 'quantiles' });
}

interface Groups {
  readonly name: string | null;
  readonly groups: readonly (string | null)[];
  readonly codes: Int32Array;
}

function judgeGroups({ name: dimension, groups, codes }: Groups, actual: Float64Array, foretold: Float64Array, quantiles: readonly number[], z: number): CoverageGroup[] {
  const width = quantiles.length;
  const counts = new Float64Array(groups.length);
  const below = new Float64Array(groups.length * width);
  const strictly = new Float64Array(groups.length * width);
  const losses = new Float64Array(groups.length * width);
  for (let row = 0; row < actual.length; row++) {
    const group = codes[row]!;
    counts[group]!++;
    for (let k = 0; k < width; k++) {
      const gap = actual[row]! - foretold[row * width + k]!;
      if (gap <= 0) below[group * width + k]!++;
      if (gap < 0) strictly[group * width + k]!++;
      losses[group * width + k]! += gap > 0 ? quantiles[k]! * gap : (quantiles[k]! - 1) * gap;
    }
  }
  return groups.map((name, group) => ({
    dimension,
    name,
    customers: counts[group]!,
    figures: quantiles.map((quantile, k): CoverageFigure => {
      const [hits, n] = [below[group * width + k]!, counts[group]!];
      return { quantile, below: wilsonRate(hits, n, z), pinball: losses[group * width + k]! / n, p: binomialP(hits, strictly[group * width + k]!, n, quantile), q: 1 };
    }),
  }));
}

/**
 * Twice the smaller tail of a binomial count, at most 1 (Clopper and Pearson, 1934). A true quantile has its rate at or below it and no more than that strictly
 * below: whoever spends just the prediction speaks for it on either side.
 */
function binomialP(hits: number, strictly: number, n: number, rate: number): number {
  const atMost = hits === n ? 1 : incompleteBeta(1 - rate, n - hits, hits + 1);
  const atLeast = strictly === 0 ? 1 : incompleteBeta(rate, strictly, n - strictly + 1);
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}

function countCrossings(foretold: Float64Array, width: number): number {
  let crossings = 0;
  for (let at = 0; at < foretold.length; at += width) {
    for (let k = 1; k < width; k++) if (foretold[at + k]! < foretold[at + k - 1]!) crossings++;
  }
  return crossings;
}
