import { logGamma } from './logGamma.js';

/** log of the gamma function less (x - 1/2) log x - x + log(2 pi) / 2, for x above 0: what a difference of such terms keeps where they cancel. */
export function stirlingRemainder(x: number): number {
  if (x < 12) return logGamma(x) - (x - 0.5) * Math.log(x) + x - 0.9189385332046727;
  const square = 1 / (x * x);
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360_360))))) / x;
}

/** log x less the derivative of log gamma at x above 0, and its own derivative; both keep their digits where x is large. */
export function logMinusDigamma(x: number): { readonly value: number; readonly slope: number } {
  let value = 0;
  let slope = 0;
  let y = x;
  // The recurrences of digamma and trigamma, up to where the series are exact to the double.
  for (; y < 12; y++) {
    value += 1 / y;
    slope -= 1 / (y * y);
  }
  if (y > x) {
    value -= Math.log(y / x);
    slope += 1 / x - 1 / y;
  }
  const square = 1 / (y * y);
  value += 0.5 / y + square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32_760)))));
  slope -= square * (0.5 + (1 / 6 - square * (1 / 30 - square * (1 / 42 - square * (1 / 30 - (square * 5) / 66)))) / y);
  return { value, slope };
}
