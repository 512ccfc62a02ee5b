import { sortedOrder } from '../../numeric/sorting.js';

/**
 * The quantile of the values of `rows[start..end)` by weight: the least value up to which the share of the weight reaches `p`; half-way to
 * the next where the share is met exactly (so 0.5 gives the usual median). A minimiser of the check loss. O(rows).
 */
export function weightedQuantile(values: Float64Array, rows: Int32Array, start: number, end: number, weights: Float64Array | null, p: number): number {
  const taken = new Float64Array(end - start);
  let total = 0;
  for (let i = start; i < end; i++) {
    taken[i - start] = values[rows[i]!]!;
    total += weights === null ? 1 : weights[rows[i]!]!;
  }
  const order = sortedOrder(taken);
  const target = p * total;
  const slack = 1e-9 * total;
  let passed = 0;
  for (let i = 0; i < order.length; i++) {
    const at = order[i]!;
    passed += weights === null ? 1 : weights[rows[start + at]!]!;
    if (passed < target - slack) continue;
    const value = taken[at]!;
    if (passed > target + slack || i + 1 === order.length) return value;
    return value + (taken[order[i + 1]!]! - value) / 2;
  }
  return 0;
}
