/** The derivative of the logarithm of the gamma function for x above 0: its asymptotic series from 8 on, and the recurrence below. */
export function digamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 8; y++) shift += 1 / y;
  const square = 1 / (y * y);
  const series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32_760)))));
  return Math.log(y) - 0.5 / y - series - shift;
}
