import type { Labels } from '../../data/labelsAndScores.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalQuantile } from '../../numeric/normal.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { gather } from '../../numeric/gather.js';
import { normalMultiplier } from '../intervals.js';
import { smallCox } from './smallCox.js';
import { inTimeOrder, readNumbers, readSurvival } from './survivalSample.js';

/** What {@link roystonD} returns. */
export interface RoystonD extends Estimate {
  /** From the information of the proportional hazards model. */
  readonly standardError: number;
  /** R² of D: the share of the variation in log hazard that the risks explain, in [0, 1). */
  readonly explained: number;
}

/**
 * How far the risks part customers: the log hazard ratio between the halves with the higher and the lower risks, were the risks normal.
 *
 * D of Royston and Sauerbrei (2004): the coefficient of a proportional hazards model (Efron's ties) on normal scores of the ranks of the risks, scaled by
 * the root of 8 / pi; equal risks share the mean of their scores. 0 is chance; it takes the order of the risks only. R² of D is D² / k² / (pi² / 6 + D² / k²) with
 * k² = 8 / pi. Wald interval. O(n log n).
 *
 * @param durations - when the event came or observation ended, one a row; 0 or more
 * @param events - 1 or true where the event came at the duration, 0 or false where it had not yet
 * @param risks - one finite number a row, higher for sooner
 * @param options - the confidence of the interval, 0.95 by default
 * @returns D with its interval, and the share explained
 * @throws a {@link ClientelaError} `NOT_IDENTIFIED` when there is no event, all risks are equal or they order all events, `EMPTY_INPUT`, `LENGTH_MISMATCH`,
 * `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const d = roystonD([1, 2, 3, 4, 5, 6], [1, 1, 0, 1, 1, 1], [6, 4, 5, 1, 2, 3]);
 * d.estimate > 0; // => true
 * d.explained < 1; // => true
 * ```
 */
export function roystonD(durations: ArrayLike<number>, events: Labels, risks: ArrayLike<number>, options: { readonly confidence?: number } = {}): RoystonD {
  requireKnownOptions('roystonD', options, ['confidence']);
  const z = normalMultiplier('roystonD', options.confidence ?? 0.95);
  const rows = inTimeOrder(readSurvival('roystonD', durations, events));
  const scores = normalScores(readNumbers('roystonD', 'risks', risks, durations.length));
  const fit = smallCox(rows, [gather(scores, rows.order)]);
  if (fit === null) throw new ClientelaError('NOT_IDENTIFIED', 'roystonD needs events, and risks that differ without ordering all of them; add rows', { function: 'roystonD' });
  const estimate = fit.coefficients[0]!;
  const standardError = Math.sqrt(fit.covariance[0]!);
  const spread = (estimate * estimate * Math.PI) / 8;
  return { estimate, lower: estimate - z * standardError, upper: estimate + z * standardError, standardError, explained: spread / (Math.PI ** 2 / 6 + spread) };
}

// Blom's scores of the ranks over the root of 8 / pi, so that the halves lie one apart on average.
function normalScores(risks: Float64Array): Float64Array {
  const n = risks.length;
  const order = sortedOrder(risks);
  const scores = new Float64Array(n);
  for (let start = 0; start < n; ) {
    let end = start;
    let sum = 0;
    for (; end < n && risks[order[end]!] === risks[order[start]!]; end++) sum += normalQuantile((end + 1 - 0.375) / (n + 0.25));
    for (let k = start; k < end; k++) scores[order[k]!] = (sum / (end - start)) * Math.sqrt(Math.PI / 8);
    start = end;
  }
  return scores;
}
