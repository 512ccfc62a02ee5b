import { rawDistance, shownDistance, type PeerSpace, type Points } from '../../learners/peers/peerSpace.js';
import { rowsFrom } from '../space/distinctRows.js';
import type { MedoidProblem } from '../../numeric/medoids/fasterPam.js';

/** Rows whose distances are mirrored together, so that both places stay in the cache. */
const STRIP = 16;

/** All distances between rows; those with nothing known in common are as far apart as the farthest (0 where that cannot be). O(n^2). */
export function medoidProblem(peers: PeerSpace, points: Points, rows: readonly number[], weights: Float64Array): MedoidProblem & { readonly farthest: number } {
  const count = rows.length;
  const distances = new Float64Array(count * count);
  const isPlain = points.isComplete && peers.squared;
  const numbers = isPlain ? rowsFrom(points.numbers, peers.width, rows, new Float64Array(count * peers.width)) : points.numbers;
  let most = 0;
  for (let top = 0; top < count; top += STRIP) {
    const end = Math.min(top + STRIP, count);
    for (let i = top; i < end; i++) {
      if (isPlain) fillRow(distances, numbers, peers.width, count, i);
      else {
        for (let j = 0; j < i; j++) {
          const distance = shownDistance(peers, rawDistance(peers, points, rows[i]!, points, rows[j]!, Infinity));
          if (distance > most && distance < Infinity) most = distance;
          distances[i * count + j] = distance;
        }
      }
    }
    for (let j = 0; j < end; j++) for (let i = Math.max(top, j + 1); i < end; i++) distances[j * count + i] = distances[i * count + j]!;
  }
  if (!isPlain) for (let i = 0; i < distances.length; i++) if (distances[i]! > most) distances[i] = most;
  return { count, distances, weights, farthest: most };
}

/** The Euclidean distances of one row from those before it, four at a time: their sums need not wait for one another. */
function fillRow(distances: Float64Array, numbers: Float64Array, width: number, count: number, i: number): void {
  const at = i * count;
  let j = 0;
  for (; j + 3 < i; j += 4) {
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let k = 0, own = i * width, to = j * width; k < width; k++, to++) {
      const x = numbers[own + k]!;
      const a = x - numbers[to]!;
      const b = x - numbers[to + width]!;
      const c = x - numbers[to + 2 * width]!;
      const d = x - numbers[to + 3 * width]!;
      first += a * a;
      second += b * b;
      third += c * c;
      fourth += d * d;
    }
    distances[at + j] = Math.sqrt(first);
    distances[at + j + 1] = Math.sqrt(second);
    distances[at + j + 2] = Math.sqrt(third);
    distances[at + j + 3] = Math.sqrt(fourth);
  }
  for (; j < i; j++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += (numbers[i * width + k]! - numbers[j * width + k]!) ** 2;
    distances[at + j] = Math.sqrt(sum);
  }
}
