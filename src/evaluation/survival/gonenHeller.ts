import { ClientelaError } from '../../errors.js';
import { readNumbers } from './survivalSample.js';

/**
 * The concordance that a proportional hazards model would have if it were right, from its log hazards alone: no durations, so no censoring to mind.
 *
 * The mean over all pairs of customers of 1 / (1 + exp(-|difference|)), the probability that the one with the higher hazard has the event first (Gönen and Heller,
 * Biometrika 92, 2005). Pairs of equal hazards count 1/2. It judges how far the model parts customers, not whether it is right. O(n²) time, O(n) memory: 10,000 customers take about a second.
 *
 * @param logHazards - the linear predictor, one finite number a row; at least two
 * @returns a number in [1/2, 1)
 * @throws a {@link ClientelaError} `EMPTY_INPUT` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * gonenHeller([0, Math.log(3)]); // => 0.75
 * ```
 */
export function gonenHeller(logHazards: ArrayLike<number>): number {
  const n = (logHazards as ArrayLike<number> | undefined)?.length ?? 0;
  if (n < 2) throw new ClientelaError('EMPTY_INPUT', `gonenHeller needs at least two rows, found ${n}`, { function: 'gonenHeller' });
  const sorted = Float64Array.from(readNumbers('gonenHeller', 'logHazards', logHazards, n)).sort();
  let total = 0;
  for (let i = 1; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < i; j++) sum += 1 / (1 + Math.exp(sorted[j]! - sorted[i]!));
    total += sum;
  }
  return total / ((n * (n - 1)) / 2);
}
