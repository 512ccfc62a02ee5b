import type { Observations } from '../../data/labelsAndScores.js';
import { calibrationLine } from '../../numeric/calibrationLine.js';
import { deviationByChance } from '../../numeric/deviationByChance.js';
import type { Estimate } from '../../numeric/estimate.js';
import type { EstimateWithError } from '../calibrationSlope.js';
import { liftInterval } from '../liftInterval.js';
import { meanPlacement, placementCovariance, placements } from '../placements.js';
import { eventsWithin, massBins, scoreGroups } from '../scoreGroups.js';

/** How good the probabilities of one product are. */
export interface ProductCalibration {
  /** Which product. */
  readonly product: string;
  /** How many customers have a label and a probability. */
  readonly customers: number;
  /** How many of them took the product. */
  readonly events: number;
  /** How many were expected to: the sum of the probabilities. */
  readonly expected: number;
  /** Events minus expected, in standard errors of right and independent probabilities; beyond ±2 the level is off. `NaN` where all are 0 or 1. */
  readonly excessZ: number;
  /** Expected calibration error over bins of equally many customers, in probability. */
  readonly calibrationError: number;
  /** About what right probabilities would show of it, by chance alone. */
  readonly calibrationErrorByChance: number;
  /** Change in observed log-odds for one unit of promised, 1 is right; null where no line exists: no events, all alike, or perfectly separated. */
  readonly slope: EstimateWithError | null;
  /** Calibration in the large, in log-odds: above 0 more happens than promised, below 0 less; null as `slope`. */
  readonly inTheLarge: EstimateWithError | null;
  /** Average squared distance of probability and label. */
  readonly brierScore: number;
  /** 1 - Brier score / that of the share of events as everybody's probability; null where that is 0. */
  readonly brierSkill: number | null;
  /** Area under the ROC curve, interval by DeLong (1988); null with fewer than two events or two others. */
  readonly auc: Estimate | null;
  /** How many times as many events the customers with the highest probabilities hold as by chance; null without events, or where the share is nobody. */
  readonly lift: Estimate | null;
  /** The share of all events that lies among them. */
  readonly gain: number | null;
}

/** All figures of one product, from two sorts. */
export function productFigures(caller: string, product: string, observations: Observations, bins: number, share: number, z: number): ProductCalibration {
  const { labels, scores, weights, positives: events, negatives } = observations;
  const n = labels.length;
  const groups = scoreGroups(observations, 'shared', 1);
  let [expected, variance, squares] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const p = scores[i]!;
    expected += p;
    variance += p * (1 - p);
    squares += (p - labels[i]!) ** 2;
  }
  let [error, byChance] = [0, 0];
  for (const { weight, events: found, scoreSum } of massBins(caller, observations, groups, Math.min(bins, n))) {
    error += Math.abs(scoreSum - found);
    byChance += deviationByChance(scoreSum, weight);
  }
  const ofBaseRate = (events / n) * (1 - events / n);
  const line = events > 0 && negatives > 0 ? calibrationLine(labels, scores, weights) : 'separated';
  // Of ties at the edge, the share that lies within.
  const size = Math.floor(n * share * (1 + 1e-12));
  const inTop = events - (size < n ? eventsWithin(groups, n - size) : 0);
  const ranks = events > 0 && size > 0;
  return {
    product,
    customers: n,
    events,
    expected,
    excessZ: variance > 0 ? (events - expected) / Math.sqrt(variance) : NaN,
    calibrationError: error / n,
    calibrationErrorByChance: byChance / n,
    slope: typeof line === 'string' ? null : within(line.slope, line.slopeError, z),
    inTheLarge: typeof line === 'string' ? null : within(line.inTheLarge, line.inTheLargeError, z),
    brierScore: squares / n,
    brierSkill: ofBaseRate > 0 ? 1 - squares / n / ofBaseRate : null,
    auc: events > 1 && negatives > 1 ? areaOf(observations, z) : null,
    lift: ranks ? liftInterval(inTop, size, events, n, z) : null,
    gain: ranks ? inTop / events : null,
  };
}

function within(estimate: number, standardError: number, z: number): EstimateWithError {
  return { estimate, lower: estimate - z * standardError, upper: estimate + z * standardError, standardError };
}

function areaOf(observations: Observations, z: number): Estimate {
  const placement = placements(observations);
  const estimate = meanPlacement(observations, placement);
  const half = z * Math.sqrt(placementCovariance(observations, placement, estimate, placement, estimate));
  return { estimate, lower: Math.max(0, estimate - half), upper: Math.min(1, estimate + half) };
}
