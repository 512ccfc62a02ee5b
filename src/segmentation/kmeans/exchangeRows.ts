import type { Points } from './points.js';
import { squareBetween } from './squareBetween.js';

/**
 * Moves single rows to the segment where the sum of squares falls most, centres following at once, until no move helps (Hartigan, 1975): a local optimum of
 * fewer, deeper places than Lloyd's, where every row is strictly nearest to its own centre. `centers` must be the means of `labels`. Another row to begin
 * `from` may end elsewhere. Whether it came to an end.
 */
export function exchangeRows({ values, width, count, weights }: Points, centers: Float64Array, labels: Int32Array, from = 0): boolean {
  const segments = centers.length / width;
  const masses = new Float64Array(segments);
  for (let row = 0; row < count; row++) masses[labels[row]!]! += weights === null ? 1 : weights[row]!;
  // Since when nothing has moved: a whole round without a move is the end.
  let still = 0;
  for (let row = from, steps = 0; still < count && steps < 200 * count; steps++, still++, row = row + 1 < count ? row + 1 : 0) {
    const own = labels[row]!;
    const weight = weights === null ? 1 : weights[row]!;
    const left = masses[own]! - weight;
    if (!(left > masses[own]! * 1e-12)) continue;
    const start = row * width;
    let least = ((squareBetween(values, start, centers, own * width, width) * masses[own]!) / left) * (1 - 1e-10);
    let target = own;
    for (let c = 0; c < segments; c++) {
      if (c === own) continue;
      const cost = (squareBetween(values, start, centers, c * width, width) * masses[c]!) / (masses[c]! + weight);
      if (cost < least) {
        least = cost;
        target = c;
      }
    }
    if (target === own) continue;
    still = -1;
    labels[row] = target;
    masses[own] = left;
    masses[target]! += weight;
    for (let j = 0, a = own * width, b = target * width; j < width; j++, a++, b++) {
      const x = values[start + j]!;
      centers[a]! += ((centers[a]! - x) * weight) / left;
      centers[b]! += ((x - centers[b]!) * weight) / masses[target]!;
    }
  }
  return still >= count;
}
