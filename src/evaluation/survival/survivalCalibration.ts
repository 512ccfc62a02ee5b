import type { Labels } from '../../data/labelsAndScores.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { Estimate } from '../../numeric/estimate.js';
import { gather } from '../../numeric/gather.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { EstimateWithError } from '../calibrationSlope.js';
import { normalMultiplier } from '../intervals.js';
import { calibrationGroups, eventShare, type CalibrationGroup } from './calibrationGroups.js';
import { smoothedRisks } from './smoothedRisks.js';
import { inTimeOrder, readShares, readSurvival, type SurvivalSample } from './survivalSample.js';

/** Options of {@link survivalCalibration}. */
export interface SurvivalCalibrationOptions {
  /** The time the predictions are for; within what was observed. */
  readonly time: number;
  /** How many groups to compare. @defaultValue 10 */
  readonly groups?: number;
  /** One a row, finite, from 0 up: a row of weight 2 counts as two. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** How far promises lie from the smooth curve of what was observed: absolute differences of probabilities. */
export interface CalibrationDistances {
  /** Their mean: the integrated calibration index. */
  readonly mean: number;
  /** E50: half of the customers are closer. */
  readonly median: number;
  /** E90: nine in ten are closer. */
  readonly ninetieth: number;
  /** The largest. */
  readonly largest: number;
}

/** What {@link survivalCalibration} returns. */
export interface SurvivalCalibration {
  /** Observed beside expected, lowest promised risk first. */
  readonly groups: readonly CalibrationGroup[];
  /** The share who had the event by the time over the mean promised: above 1 more leave than foretold. Its interval is on the log scale. */
  readonly observedToExpected: Estimate;
  /** Hazard observed for a promised one on the scale log(-log survival): below 1 the predictions are too bold, above 1 too timid; null when all are the same, or no event came. */
  readonly slope: EstimateWithError | null;
  /** Of each row, in its order: the probability of the event that the data give to those promised as much. */
  readonly smoothed: Float64Array;
  /** How far the promises lie from it. */
  readonly distances: CalibrationDistances;
}

/**
 * Whether among customers promised 20 % to leave by a time about 20 % did, where some are censored before it.
 *
 * By groups of promised risk against Kaplan and Meier's share; as one ratio; as the slope of a proportional hazards model on log(-log survival) with all observation
 * ended at the time (Crowson, Atkinson and Therneau, 2016); and along the smooth curve of Austin, Harrell and van Klaveren (Statistics in Medicine 39, 2020), a
 * restricted cubic spline with three knots on that scale, whose mean distance from the promises is the integrated calibration index. Judge on customers the model
 * has not seen. Wald intervals. O(n log n).
 *
 * @param durations - when the event came or observation ended, one a row; 0 or more
 * @param events - 1 or true where the event came at the duration, 0 or false where it had not yet
 * @param survival - the predicted probability of being without the event after the time, one a row
 * @param options - time, and groups, weights, confidence
 * @returns groups, ratio, slope and smooth curve
 * @throws a {@link ClientelaError} `INVALID_OPTION` also for a time nobody was observed up to, `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * const found = survivalCalibration([1, 2, 5, 5, 5, 5], [1, 1, 0, 0, 1, 0], [0.5, 0.5, 0.5, 0.75, 0.75, 0.75], { time: 4, groups: 2 });
 * found.groups.map((group) => [group.expected, group.observed.estimate]); // => [[0.25, 0], [0.5, 2 / 3]]
 * found.observedToExpected.estimate; // => (1 / 3) / 0.375
 * ```
 */
export function survivalCalibration(durations: ArrayLike<number>, events: Labels, survival: ArrayLike<number>, options: SurvivalCalibrationOptions): SurvivalCalibration {
  const caller = 'survivalCalibration';
  requireKnownOptions(caller, options, ['time', 'groups', 'weights', 'confidence']);
  const z = normalMultiplier(caller, options.confidence ?? 0.95);
  const count = requireWhole(caller, 'groups', options.groups ?? 10, 1);
  const rows = inTimeOrder(readSurvival(caller, durations, events, options.weights));
  const time = requireObserved(caller, options.time, rows);
  const promised = gather(readShares(caller, 'survival', survival, durations.length), rows.order);
  const risks = promised.map((share) => 1 - share);
  const { observed, slope } = smoothedRisks(rows, promised, time);
  const overall = eventShare(rows, time, z);
  const smooth = observed ?? new Float64Array(risks.length).fill(overall.share.estimate);
  const smoothed = new Float64Array(risks.length);
  for (let k = 0; k < smoothed.length; k++) smoothed[rows.order[k]!] = smooth[k]!;
  return {
    groups: calibrationGroups(rows, risks, time, count, z),
    observedToExpected: ratioTo(meanOf(risks, rows.weights), overall, z),
    slope: slope === null ? null : { ...slope, lower: slope.estimate - z * slope.standardError, upper: slope.estimate + z * slope.standardError },
    smoothed,
    distances: distancesOf(risks.map((risk, k) => Math.abs(risk - smooth[k]!)), rows.weights),
  };
}

function requireObserved(caller: string, time: unknown, { durations, weights }: SurvivalSample): number {
  const last = durations.reduce((latest, duration, k) => (weights[k]! > 0 ? duration : latest), 0);
  if (typeof time === 'number' && time > 0 && time <= last) return time;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a time above 0 and up to the last duration, ${last}, found ${String(time)}`, { option: 'time', value: time });
}

function ratioTo(expected: number, { share, standardError }: ReturnType<typeof eventShare>, z: number): Estimate {
  // Nothing was promised and nothing happened.
  const ratio = share.estimate === expected ? 1 : share.estimate / expected;
  const factor = Math.exp((z * standardError) / share.estimate);
  return share.estimate > 0 ? { estimate: ratio, lower: ratio / factor, upper: ratio * factor } : { estimate: ratio, lower: ratio, upper: ratio };
}

function meanOf(values: Float64Array, weights: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    sum += weights[k]! * values[k]!;
    total += weights[k]!;
  }
  return sum / total;
}

function distancesOf(distances: Float64Array, weights: Float64Array): CalibrationDistances {
  const order = sortedOrder(distances).filter((k) => weights[k]! > 0);
  const total = order.reduce((sum, k) => sum + weights[k]!, 0);
  // The smallest distance that so much of the weight does not exceed; what rounding adds may not reach for the next.
  const quantile = (share: number): number => {
    let sum = 0;
    return distances[order.find((k) => (sum += weights[k]!) >= share * total * (1 - 1e-12))!]!;
  };
  return { mean: meanOf(distances, weights), median: quantile(0.5), ninetieth: quantile(0.9), largest: distances[order[order.length - 1]!]! };
}
