import { stirlingRemainder } from '../../numeric/stirling.js';
import type { Random } from '../../numeric/random.js';

/** How many of n come, each with chance p: inversion where few do, otherwise rejection from a transformed uniform (Hörmann, 1993). */
export function drawBinomial(random: Random, n: number, p: number): number {
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p);
  if (n === 0 || !(p > 0)) return 0;
  return n * p < 10 ? invert(random, n, p) : reject(random, n, p);
}

function invert(random: Random, n: number, p: number): number {
  const odds = p / (1 - p);
  const none = Math.exp(n * Math.log1p(-p));
  for (;;) {
    let left = random.uniform();
    // Beyond 120, where ten are expected, is rounding only.
    for (let k = 0, chance = none; k <= Math.min(n, 120); chance *= (odds * (n - k)) / ++k) {
      if (left < chance) return k;
      left -= chance;
    }
  }
}

function reject(random: Random, n: number, p: number): number {
  const odds = p / (1 - p);
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const mode = Math.floor((n + 1) * p);
  const atMode = remainders(mode, n);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + n * p + 0.5);
    if (k < 0 || k > n) continue;
    if (edge >= 0.07 && v <= 0.92 - 4.2 / b) return k;
    // log of the chance of k by that of the mode, the large terms of the factorials taken together.
    const bound = (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) + (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) + (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) + atMode - remainders(k, n);
    if (Math.log((v * (2.83 + 5.1 / b) * spread) / (a / (edge * edge) + b)) <= bound) return k;
  }
}

function remainders(k: number, n: number): number {
  return stirlingRemainder(k + 1) + stirlingRemainder(n - k + 1);
}
