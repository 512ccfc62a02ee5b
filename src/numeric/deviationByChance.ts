import { logGamma } from './logGamma.js';

/**
 * How far the events among `size` cases lie on average from the number expected, when their probabilities are right: that of a Poisson variable in closed form
 * (Crow, 1958), drawn in by the smaller variance of events that are not rare. Whichever is rarer is counted, events or others. At small expectations it is about
 * twice the expectation, where a normal variable of that variance would lie much farther off.
 */
export function deviationByChance(expected: number, size: number): number {
  const mean = Math.min(expected, size - expected);
  if (!(mean > 0)) return 0;
  const whole = Math.floor(mean);
  return 2 * Math.exp((whole + 1) * Math.log(mean) - mean - logGamma(whole + 1)) * Math.sqrt(1 - mean / size);
}
