/** The logarithm of the gamma function for x above 0: Stirling's series from 12 on, where it is exact to the double, and the recurrence below. */
export function logGamma(x: number): number {
  let shift = 1;
  let y = x;
  for (; y < 12; y++) shift *= y;
  const square = 1 / (y * y);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360_360))))) / y;
  return (y - 0.5) * Math.log(y) - y + 0.9189385332046727 + series - Math.log(shift);
}
