import { logGamma } from './logGamma.js';
import { logGammaStep } from './logGammaStep.js';

/**
 * The probability that a beta variable with shapes a and b, both above 0, is at most x: the regularised incomplete beta function. Relative
 * accuracy about 1e-13 while one shape is up to some hundreds, however large the other; beyond, 1e-16 times the smaller one and its logarithms.
 *
 * The continued fraction of Abramowitz and Stegun 26.5.8 in Lentz's form, which converges fast below the mean; above it the complement.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? NaN : 0;
  if (x >= 1) return 1;
  // The larger shape is taken together with the sum: apart, their logarithms of gamma functions would lose the digits of the smaller one.
  const smaller = Math.min(a, b);
  const front = Math.exp(logGammaStep(Math.max(a, b), smaller) - logGamma(smaller) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a, x)) / b;
}

/**
 * The continued fraction that times x^a y^b / (a B(a, b)) is the incomplete beta function; fast for x up to (a + 1) / (a + b + 2).
 *
 * Its even part (DiDonato and Morris 1992): a y - b x stands where the fraction as printed takes nearly equal numbers from each other when
 * a shape is huge; y is 1 - x, which a caller who knows it exactly gives.
 */
export function betaFraction(x: number, a: number, b: number, y: number = 1 - x): number {
  const gap = a * y - b * x;
  let c = away((a * (gap + 1)) / (a + 1));
  let d = 0;
  let inverse = c;
  for (let m = 1; m < 10_000; m++) {
    const end = a + 2 * m;
    const share = (m * (b - m) * x) / (end - 1);
    const numerator = (share * x * (a + m - 1) * (a + b + m - 1)) / (end - 1);
    const term = m + share + ((a + m) * (gap + 1 + m * (1 + y))) / (end + 1);
    d = 1 / away(term + numerator * d);
    c = away(term + numerator / c);
    inverse *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return a / inverse;
}

// Lentz: a denominator of 0 is moved away from it, and the next step cancels the move.
function away(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
