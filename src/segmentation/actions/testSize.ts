import { incompleteBeta } from '../../numeric/incompleteBeta.js';
import { normalQuantile } from '../../numeric/normal.js';

/**
 * The fewest contacts that tell a response of `worth` from one of `breakEven`, by the exact binomial test: with at least `critical` responses
 * the action pays. One of breakEven passes with at most `alpha`, one of worth with at least `power`.
 */
export function contactsToProve(breakEven: number, worth: number, alpha: number, power: number): number {
  // P(at least c responses of n) = I_p(c, n - c + 1).
  const passes = (p: number, n: number, critical: number): number => incompleteBeta(p, critical, n - critical + 1);
  const mostFor = (critical: number): number => lastWith((n) => passes(breakEven, n, critical) <= alpha, critical - 1);
  const isTooFew = (critical: number): boolean => {
    const most = mostFor(critical);
    return most < critical || passes(worth, most, critical) < power;
  };
  // As n is whole, power goes up in a saw: some counts just below may do as well.
  let critical = Math.max(1, lastWith(isTooFew, 0) - 6);
  while (isTooFew(critical)) critical++;
  return 1 + lastWith((n) => passes(worth, n, critical) < power, critical - 1);
}

/** The contacts of each of two actions that tell a difference in net value, whose variances per contact are given (normal approximation). */
export function contactsToCompare(difference: number, varianceSum: number, alpha: number, power: number): number {
  return Math.ceil(((normalQuantile(1 - alpha) + normalQuantile(power)) ** 2 * varianceSum) / difference ** 2);
}

/** The last whole number from `from` on for which something holds that holds up to there only; `from` itself is taken to. */
function lastWith(holds: (n: number) => boolean, from: number): number {
  let low = from;
  let high = from + 1;
  for (; holds(high) && high < 1e15; high = low + 2 * (high - from)) low = high;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
