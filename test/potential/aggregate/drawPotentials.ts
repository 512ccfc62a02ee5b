import { createRandom } from '../../../src/numeric/random.js';

/** Customers with skewed potentials, a fifth of whom spend nothing, with an own and a shared uncertainty. */
export function drawPotentials(n: number, sharedCount: number, seed: number): { present: Float64Array; potential: Float64Array; ownVariance: Float64Array; sharedLoadings: Float64Array; sharedCount: number } {
  const random = createRandom(seed);
  const potential = Float64Array.from({ length: n }, () => Math.exp(3 + random.normal()));
  const present = potential.map((value) => (random.uniform() < 0.2 ? 0 : value * random.uniform()));
  const ownVariance = potential.map((value, i) => (0.3 * (value - present[i]!)) ** 2);
  const sharedLoadings = Float64Array.from({ length: n * sharedCount }, (_, at) => 0.1 * potential[Math.floor(at / sharedCount)]! * (0.5 + random.uniform()));
  return { present, potential, ownVariance, sharedLoadings, sharedCount };
}
