/**
 * logGamma(x + step) - logGamma(x) for x and x + step above 0, to nearly all digits of the difference where x is large or the step tiny.
 *
 * Each term of Stirling's series is taken at both ends together; small arguments are moved up by the recurrence.
 */
export function logGammaStep(x: number, step: number): number {
  let sum = 0;
  let from = x;
  for (; from < 12 || from + step < 12; from++) sum -= Math.log1p(step / from);
  const to = from + step;
  const log = Math.log1p(step / from);
  return sum + (from - 0.5) * log + step * Math.log(to) - step + (Math.abs(step) > 0.01 ? series(to) - series(from) : seriesStep(from, log));
}

/** 1/12 1/x - 1/360 1/x³ + … for x from 12 on, which is below 0.007: a difference of such terms loses no digit that counts, but for a tiny step. */
function series(x: number): number {
  const square = 1 / (x * x);
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360_360))))) / x;
}

/** The same from x to x exp(log), term by term. */
function seriesStep(x: number, log: number): number {
  const inverse = 1 / x;
  const term = (power: number): number => inverse ** power * Math.expm1(-power * log);
  return term(1) / 12 - term(3) / 360 + term(5) / 1260 - term(7) / 1680 + term(9) / 1188 - (term(11) * 691) / 360_360;
}
