import { requireKnownOptions } from '../data/options.js';
import type { Estimate } from '../numeric/estimate.js';
import { calibrationBins, type BinMethod } from './calibrationBins.js';
import { normalMultiplier, wilsonRate } from './intervals.js';
import type { Labels } from '../data/labelsAndScores.js';

/** How probabilities are put into bins, shared by {@link calibrationTable} and its summaries. */
export interface CalibrationOptions {
  /** How many bins. @defaultValue 10 */
  readonly bins?: number;
  /** `'mass'`: equally many customers in each; `'width'`: equally wide in probability. @defaultValue 'mass' */
  readonly method?: BinMethod;
  /** One per label, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/** One bin of {@link calibrationTable}. */
export interface CalibrationRow {
  /** Position, from 1 for the lowest probabilities; bins that hold nobody are left out. */
  readonly bin: number;
  /** Customers in the bin (sum of their weights). */
  readonly customers: number;
  /** Events among them; not whole where equal probabilities are shared between bins of equal mass. */
  readonly events: number;
  /** Average probability promised. */
  readonly meanPredicted: number;
  /** Share of events observed, with Wilson's interval. */
  readonly observedRate: Estimate;
}

/**
 * The calibration table: whether among those promised 20 % about 20 % did it, bin by bin.
 *
 * Bins of equal mass have their edges at floor(n j / bins) in the order of the probabilities, and equal probabilities are shared between
 * the bins they touch (so that the order of the rows does not matter); bins of equal width are [0, 1/bins), … with 1 in the last. O(n).
 *
 * @param labels - 1 or true for the event, 0 or false for none
 * @param probabilities - of the event, in [0, 1], one per label
 * @param options - bins, method, weights, confidence of the intervals
 * @returns one row per bin that holds somebody, lowest probabilities first
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const table = calibrationTable([0, 0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.6, 0.7, 0.8], { bins: 2 });
 * table.map((row) => row.meanPredicted); // => [0.2, 0.7]
 * table.map((row) => row.observedRate.estimate); // => [1 / 3, 2 / 3]
 * ```
 */
export function calibrationTable(
  labels: Labels,
  probabilities: ArrayLike<number>,
  options: CalibrationOptions & {
    /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
    readonly confidence?: number;
  } = {},
): CalibrationRow[] {
  requireKnownOptions('calibrationTable', options, ['bins', 'method', 'weights', 'confidence']);
  const z = normalMultiplier('calibrationTable', options.confidence ?? 0.95);
  return calibrationBins('calibrationTable', labels, probabilities, options).map(({ bin, weight, events, scoreSum }) => ({
    bin,
    customers: weight,
    events,
    meanPredicted: scoreSum / weight,
    observedRate: wilsonRate(events, weight, z),
  }));
}
