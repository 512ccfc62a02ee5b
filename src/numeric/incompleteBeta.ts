import { logGamma } from './logGamma.js';

/**
 * The probability that a beta variable with shapes a and b, both above 0, is at most x: the regularised incomplete beta function. Relative
 * accuracy about 1e-13 for shapes up to some hundreds; beyond, 1e-16 times their sum, as logarithms of large gamma functions are subtracted.
 *
 * The continued fraction of Abramowitz and Stegun 26.5.8 in Lentz's form, which converges fast below the mean; above it the complement.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? NaN : 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** The continued fraction that times x^a (1 - x)^b / (a B(a, b)) is the incomplete beta function; fast for x up to (a + 1) / (a + b + 2). */
export function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return result;
}

// Lentz: a denominator of 0 is moved away from it, and the next step cancels the move.
function away(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
