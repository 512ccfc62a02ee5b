import { gammaDraw } from '../../../src/numeric/gammaDraw.js';
import { createRandom } from '../../../src/numeric/random.js';

/** Customers of a known gamma-gamma law, with 1 to `most` purchases each. */
export function simulateSpend({ p, q, v }: { readonly p: number; readonly q: number; readonly v: number }, count: number, seed: number, most = 6): { readonly frequency: Float64Array; readonly monetary: Float64Array } {
  const random = createRandom(seed);
  const frequency = Float64Array.from({ length: count }, () => 1 + random.integer(most));
  const monetary = frequency.map((n) => gammaDraw(random, p * n) / ((n * gammaDraw(random, q)) / v));
  return { frequency, monetary };
}
