import { ClientelaError } from '../errors.js';
import { requireLength, unfit } from '../data/labelsAndScores.js';

/**
 * The mean squared error of predicted amounts: the average of (actual - predicted)^2, in squared units of the target. O(n).
 *
 * @param actual - what happened, one finite number per customer
 * @param predicted - one finite number each
 * @param weights - one each, finite, from 0 up; all 1 by default
 * @returns a number from 0 up; lower is better
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * meanSquaredError([10, 20], [12, 17]); // => (4 + 9) / 2
 * ```
 */
export function meanSquaredError(actual: ArrayLike<number>, predicted: ArrayLike<number>, weights?: ArrayLike<number>): number {
  requirePairs('meanSquaredError', actual, predicted, weights);
  let [sum, total] = [0, 0];
  for (let i = 0; i < actual.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    sum += weight * (actual[i]! - predicted[i]!) ** 2;
    total += weight;
  }
  return sum / total;
}

/**
 * The mean absolute error of predicted amounts: the average of |actual - predicted|, in units of the target. O(n).
 *
 * @param actual - what happened, one finite number per customer
 * @param predicted - one finite number each
 * @param weights - one each, finite, from 0 up; all 1 by default
 * @returns a number from 0 up; lower is better
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * meanAbsoluteError([10, 20], [12, 17]); // => 2.5
 * ```
 */
export function meanAbsoluteError(actual: ArrayLike<number>, predicted: ArrayLike<number>, weights?: ArrayLike<number>): number {
  requirePairs('meanAbsoluteError', actual, predicted, weights);
  let [sum, total] = [0, 0];
  for (let i = 0; i < actual.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    sum += weight * Math.abs(actual[i]! - predicted[i]!);
    total += weight;
  }
  return sum / total;
}

function requirePairs(caller: string, actual: ArrayLike<number> | null, predicted: ArrayLike<number>, weights: ArrayLike<number> | undefined): void {
  const n = actual?.length;
  if (!n) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row`);
  requireLength(caller, 'predictions', predicted, n);
  if (weights !== undefined) requireLength(caller, 'weights', weights, n);
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(actual[i])) throw unfit(caller, 'actual value', actual[i], i, 'finite', 'NON_FINITE_VALUE');
    if (!Number.isFinite(predicted[i])) throw unfit(caller, 'prediction', predicted[i], i, 'finite', 'NON_FINITE_VALUE');
    const weight = weights === undefined ? 1 : weights[i]!;
    if (!(weight >= 0 && weight < Infinity)) throw unfit(caller, 'weight', weight, i, 'finite and 0 or more');
    total += weight;
  }
  if (total === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one row with a weight above 0`);
}
