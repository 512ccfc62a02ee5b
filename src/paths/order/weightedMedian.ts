import { sortedOrder } from '../../numeric/sorting.js';

/** The value in the middle of the weight (of equal weights when null); halfway between two where the middle lies between them. */
export function weightedMedian(values: Float64Array, weights: Float64Array | null): number {
  const order = sortedOrder(values);
  const weightOf = (place: number): number => (weights === null ? 1 : weights[order[place]!]!);
  let total = 0;
  for (let i = 0; i < order.length; i++) total += weightOf(i);
  let [at, below] = [0, weightOf(0)];
  while (at < order.length - 1 && below < total / 2 - 1e-9) below += weightOf(++at);
  const upper = at < order.length - 1 && below <= total / 2 + 1e-9 ? at + 1 : at;
  return (values[order[at]!]! + values[order[upper]!]!) / 2;
}
