import { normalSurvival } from './normal.js';

/**
 * Probability that a chi-square variable with a whole number of degrees of freedom exceeds x, with full relative accuracy in the tail.
 *
 * With a = df/2, h = x/2, Q(a, h) = sum of h^k e^-h / Gamma(k+1) over k = a-1, a-2, ... >= 0, plus erfc(sqrt h) when df is odd
 * (Abramowitz and Stegun 26.4.4 and 26.4.5); below the mean, where Q is near 1, the series of the complement. O(df).
 */
export function chiSquareSurvival(x: number, degreesOfFreedom: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const a = degreesOfFreedom / 2;
  const h = x / 2;
  if (h < a) {
    let sum = 1;
    for (let term = 1, k = a + 1; term > sum * 1e-17; k++) sum += term *= h / k;
    return 1 - sum * power(a, h);
  }
  const first = degreesOfFreedom % 2 === 0 ? 0 : 0.5;
  const ends = first === 0 ? 0 : 2 * normalSurvival(Math.sqrt(x));
  if (first > a - 1) return ends;
  // Horner from the smallest term, relative to the largest: no term can overflow, as h >= a > k.
  let relative = 1;
  for (let k = first + 1; k <= a - 1; k++) relative = 1 + (k / h) * relative;
  return ends + relative * power(a - 1, h);
}

// h^k e^-h / Gamma(k + 1) for whole and half k.
function power(k: number, h: number): number {
  let logGamma = k % 1 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let i = k; i > 0; i--) logGamma += Math.log(i);
  return Math.exp(k * Math.log(h) - h - logGamma);
}
