import type { TimeUnit } from '../../../src/lifetime/timeUnit.js';
import { gammaDraw } from '../../../src/numeric/gammaDraw.js';
import { poissonDraw } from '../../../src/numeric/poissonDraw.js';
import { createRandom } from '../../../src/numeric/random.js';

/** Customers of a known negative binomial law, seen over 20 to 40 weeks. */
export function nbdHistories({ r, alpha }: { readonly r: number; readonly alpha: number }, count: number, seed: number): { readonly unit: TimeUnit; readonly frequency: Float64Array; readonly recency: Float64Array; readonly tenure: Float64Array } {
  const random = createRandom(seed);
  const tenure = Float64Array.from({ length: count }, () => 20 + random.integer(21));
  const frequency = tenure.map((time) => poissonDraw(random, (time * gammaDraw(random, r)) / alpha));
  return { unit: 'week', frequency, recency: frequency.map((n, i) => (n > 0 ? tenure[i]! : 0)), tenure };
}
