import { sortedOrder } from '../../numeric/sorting.js';

/** Bands of equal numbers of customers by present spend; whoever spends nothing is in a band of their own, and equal spends share one. */
export function bandsOf(present: Float64Array, count: number): Int32Array {
  const order = sortedOrder(present);
  const bands = new Int32Array(present.length);
  const zeros = present.reduce((sum, amount) => sum + Number(amount === 0), 0);
  const spenders = present.length - zeros;
  for (let place = zeros; place < order.length; place++) {
    const row = order[place]!;
    const before = place > zeros ? order[place - 1]! : -1;
    bands[row] = before >= 0 && present[before] === present[row] ? bands[before]! : 1 + Math.floor(((place - zeros) * count) / spenders);
  }
  return bands;
}
