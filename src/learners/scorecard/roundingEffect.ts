import { sortedOrder } from '../../numeric/sorting.js';
import type { RoundingEffect } from './scorecardState.js';

/** The points of one feature: by bin, and the bin of every row. */
export interface FeaturePoints {
  readonly points: readonly number[];
  readonly places: Int32Array;
}

/** What rounding the points does to the scores and their order, over all pairs of rows (by weight). O(rows log rows). */
export function roundingEffect(basePoints: number, features: readonly FeaturePoints[], rowCount: number, weights: Float64Array | null, digits: number): RoundingEffect {
  const unit = 10 ** digits;
  // Whole multiples of the last digit: equal sums are then equal to the bit.
  const whole = (value: number): number => Math.round(Number(value.toFixed(digits)) * unit);
  const exact = new Float64Array(rowCount).fill(basePoints);
  const rounded = new Float64Array(rowCount).fill(whole(basePoints));
  for (const { points, places } of features) {
    const wholes = points.map(whole);
    for (let row = 0; row < rowCount; row++) {
      exact[row]! += points[places[row]!]!;
      rounded[row]! += wholes[places[row]!]!;
    }
  }
  let largestDifference = 0;
  for (let row = 0; row < rowCount; row++) if (weights?.[row] !== 0) largestDifference = Math.max(largestDifference, Math.abs(rounded[row]! / unit - exact[row]!));
  return { digits, largestDifference, ...changedPairs(exact, rounded, weights) };
}

/** Rows go by from the lowest exact score, those of one score together; a tree of sums tells how much weight went by with more rounded points. */
function changedPairs(exact: Float64Array, rounded: Float64Array, weights: Float64Array | null): { reversedPairs: number; mergedPairs: number } {
  const ranks = ranksOf(rounded);
  const sums = new Float64Array(ranks.reduce((most, rank) => Math.max(most, rank), 0) + 2);
  const order = sortedOrder(exact);
  let [seen, pairs, reversed, merged] = [0, 0, 0, 0];
  for (let start = 0; start < order.length; ) {
    let end = start;
    for (; end < order.length && exact[order[end]!] === exact[order[start]!]; end++) {
      const weight = weights?.[order[end]!] ?? 1;
      const upTo = sumUpTo(sums, ranks[order[end]!]! + 1);
      pairs += weight * seen;
      reversed += weight * (seen - upTo);
      merged += weight * (upTo - sumUpTo(sums, ranks[order[end]!]!));
    }
    for (; start < end; start++) {
      const weight = weights?.[order[start]!] ?? 1;
      seen += weight;
      for (let i = ranks[order[start]!]! + 1; i < sums.length; i += i & -i) sums[i]! += weight;
    }
  }
  return { reversedPairs: pairs > 0 ? reversed / pairs : 0, mergedPairs: pairs > 0 ? merged / pairs : 0 };
}

/** Fenwick's tree (1994): the weight of the ranks below. */
function sumUpTo(sums: Float64Array, below: number): number {
  let sum = 0;
  for (let i = below; i > 0; i -= i & -i) sum += sums[i]!;
  return sum;
}

function ranksOf(values: Float64Array): Int32Array {
  const order = sortedOrder(values);
  const ranks = new Int32Array(values.length);
  let rank = 0;
  for (let i = 0; i < order.length; i++) {
    if (i > 0 && values[order[i]!] !== values[order[i - 1]!]) rank++;
    ranks[order[i]!] = rank;
  }
  return ranks;
}
