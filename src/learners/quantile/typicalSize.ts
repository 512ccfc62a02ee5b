/** More values hardly tell more. */
const ENOUGH = 10_000;

/** The middle value of many: of some ten thousand spread evenly over them. NaN of none. */
export function middleOf(values: Float64Array): number {
  const step = Math.ceil(values.length / ENOUGH);
  const some = values.filter((_, i) => i % step === 0).sort();
  return some[some.length >> 1] ?? NaN;
}

/** How far values usually lie from their middle, of those that do; 1 where all are equal. A few that lie far out do not move it. */
export function usualDistance(values: Float64Array): number {
  const middle = middleOf(values);
  return middleOf(values.map((value) => Math.abs(value - middle)).filter((distance) => distance > 0)) || 1;
}
