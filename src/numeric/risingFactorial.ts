import { logMinusDigamma, stirlingRemainder } from './stirling.js';

/** Up to here terms are added one by one: as fast as the series, and exact. */
const SHORT = 16;

/**
 * log of r (r + 1) … (r + x - 1), that is logGamma(r + x) - logGamma(r), for r above 0 and whole x from 0; what large r would lose in the
 * difference is kept.
 */
export function logRising(r: number, x: number): number {
  if (x <= SHORT) {
    let sum = 0;
    for (let j = 0; j < x; j++) sum += Math.log(r + j);
    return sum;
  }
  return (r - 0.5) * Math.log1p(x / r) + x * Math.log(r + x) - x + stirlingRemainder(r + x) - stirlingRemainder(r);
}

/** The derivative of {@link logRising} to r: digamma(r + x) - digamma(r), the sum of 1 / (r + j) over j from 0 to x - 1. */
export function risingSlope(r: number, x: number): number {
  if (x <= SHORT) {
    let sum = 0;
    for (let j = 0; j < x; j++) sum += 1 / (r + j);
    return sum;
  }
  return Math.log1p(x / r) + logMinusDigamma(r).value - logMinusDigamma(r + x).value;
}
