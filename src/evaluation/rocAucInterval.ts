import { requireKnownOptions } from '../data/options.js';
import { ClientelaError } from '../errors.js';
import type { Estimate } from '../numeric/estimate.js';
import { normalMultiplier } from './intervals.js';
import { readObservations, type Labels, type Observations } from '../data/labelsAndScores.js';
import { meanPlacement, placementCovariance, placements } from './placements.js';

/** An area under the ROC curve with its uncertainty. */
export interface RocAucEstimate extends Estimate {
  /** Standard error after DeLong. */
  readonly standardError: number;
}

/** Options of {@link rocAucInterval} and `compareRocAuc`. */
export interface RocAucOptions {
  /** Confidence of the interval, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /** One per label, finite, from 0 up, counting customers: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/**
 * The area under the ROC curve with a confidence interval, by the method of DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988).
 *
 * The interval is estimate ± z x standard error, cut to [0, 1], as pROC gives it; the standard error speaks of new customers of the same
 * kind, for the score as it is (not for fitting it anew). A ranking without any error has standard error 0: with few customers take that
 * interval for what it is. Ties exact. Weights count customers: where they correct a sample instead, their sum is no number of customers and the
 * interval is wrong; take `bootstrapInterval` then. O(n) with midranks (Sun and Xu, 2014).
 *
 * @param labels - 1 or true for the event, 0 or false for none; at least two of each
 * @param scores - one finite number per label, higher for the event
 * @param options - confidence, weights
 * @returns estimate, interval and standard error
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `INVALID_OPTION` or `TARGET_CLASSES`
 * @example
 * ```ts
 * const auc = rocAucInterval([0, 1, 1, 0, 1, 0, 0, 1, 1, 0], [0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.2, 0.9, 0.8, 0.1]);
 * auc.estimate; // => 0.78
 * auc.standardError ** 2; // => 0.0258
 * auc.lower; // => 0.465183
 * ```
 */
export function rocAucInterval(labels: Labels, scores: ArrayLike<number>, options: RocAucOptions = {}): RocAucEstimate {
  requireKnownOptions('rocAucInterval', options, ['confidence', 'weights']);
  const z = normalMultiplier('rocAucInterval', options.confidence ?? 0.95);
  const observations = readObservations('rocAucInterval', labels, scores, options.weights);
  requireTwoOfEach('rocAucInterval', observations);
  const placement = placements(observations);
  const estimate = meanPlacement(observations, placement);
  const standardError = Math.sqrt(placementCovariance(observations, placement, estimate, placement, estimate));
  return { estimate, lower: Math.max(0, estimate - z * standardError), upper: Math.min(1, estimate + z * standardError), standardError };
}

/** A variance within each class needs two rows of it. */
export function requireTwoOfEach(caller: string, { positives, negatives }: Observations): void {
  if (positives >= 2 && negatives >= 2) return;
  throw new ClientelaError('TARGET_CLASSES', `${caller} needs at least two rows of each label, found ${positives} of 1 and ${negatives} of 0; add rows`, {
    positives,
    negatives,
  });
}
