import type { CustomerGaps } from './customerGaps.js';

/** One shape with the bounds that its variance has. */
export interface BoundedShape {
  readonly shape: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Wheat and Morrison (1990): of two gaps in a row the share M of the first is beta (k, k), so that k = (1 - 4 v) / (8 v) with v the variance of M about one
 * half. Pairs do not overlap and all that a customer has count, so that nothing is drawn; the interval is that of v, with customers as clusters.
 */
export function wheatShape({ counts, gaps }: CustomerGaps & { readonly gaps: Float64Array }, least: number, z: number): BoundedShape {
  const own: (readonly [squares: number, pairs: number])[] = [];
  let [from, squares, pairs] = [0, 0, 0];
  for (const n of counts) {
    let [sum, number] = [0, 0];
    for (let g = from; n >= least && g + 1 < from + n; g += 2) {
      sum += (gaps[g]! / (gaps[g]! + gaps[g + 1]!) - 0.5) ** 2;
      number++;
    }
    from += n;
    if (number === 0) continue;
    own.push([sum, number]);
    squares += sum;
    pairs += number;
  }
  const variance = squares / pairs;
  const error = Math.sqrt(own.reduce((sum, [square, number]) => sum + (square - number * variance) ** 2, 0)) / pairs;
  return { shape: shapeOf(variance), lower: shapeOf(Math.min(0.25, variance + z * error)), upper: shapeOf(Math.max(0, variance - z * error)) };
}

function shapeOf(variance: number): number {
  return (1 - 4 * variance) / (8 * variance);
}
