/** log(p / (1 - p)) of a probability first moved into [2.2e-16, 1 - 2.2e-16] as for the log loss, so that it is at most 36.04 from 0. */
export function logOdds(probability: number): number {
  const p = Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON);
  return Math.log(p) - Math.log1p(-p);
}
