import type { Random } from './random.js';

/**
 * One draw of a gamma variable of the given shape (above 0) and rate 1; 0 where it is below 1e-323, see {@link logGammaDraw}. The rejection of
 * Marsaglia and Tsang (2000), on average less than 1.05 normal draws.
 */
export function gammaDraw(random: Random, shape: number): number {
  return shape >= 1 ? squeeze(random, shape) : Math.exp(logGammaDraw(random, shape));
}

/** The logarithm of {@link gammaDraw}: finite for tiny shapes, whose draws are mostly too small for a number. */
export function logGammaDraw(random: Random, shape: number): number {
  if (shape >= 1) return Math.log(squeeze(random, shape));
  // A draw of shape + 1 times U^(1 / shape); U in (0, 1].
  return Math.log(squeeze(random, shape + 1)) + Math.log(1 - random.uniform()) / shape;
}

function squeeze(random: Random, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = random.normal();
    const root = 1 + c * z;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = 1 - random.uniform();
    if (u < 1 - 0.0331 * z ** 4 || Math.log(u) < 0.5 * z * z + d * (1 - v + Math.log(v))) return d * v;
  }
}
