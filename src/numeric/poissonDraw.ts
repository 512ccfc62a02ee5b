import { logGamma } from './logGamma.js';
import type { Random } from './random.js';

/**
 * One draw of a Poisson variable of the given mean, from 0 up: by inversion to a mean of 10, beyond by the transformed rejection of Hörmann (1993, PTRS), whose
 * cost does not grow with the mean.
 */
export function poissonDraw(random: Random, mean: number): number {
  return mean < 10 ? byInversion(random.uniform(), mean) : byRejection(random, mean);
}

function byInversion(u: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  let k = 0;
  // Where the sum has come to rest below 1 by rounding, a u above it ends here too.
  while (u >= sum && term > 1e-18) {
    k++;
    term *= mean / k;
    sum += term;
  }
  return k;
}

function byRejection(random: Random, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = 1 - random.uniform();
    const away = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / away + b) * u + mean + 0.43);
    if (away >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (away < 0.013 && v > away)) continue;
    if (Math.log((v * inverseAlpha) / (a / (away * away) + b)) <= k * Math.log(mean) - mean - logGamma(k + 1)) return k;
  }
}
