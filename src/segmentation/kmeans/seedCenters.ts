import type { Random } from '../../numeric/random.js';
import type { Points } from './points.js';
import { squareBetween } from './squareBetween.js';

/**
 * Centres to start from: rows drawn with probability proportional to their squared distance from the nearest drawn before, each the best of
 * 2 + ln k draws (greedy k-means++: Arthur and Vassilvitskii, 2007). Fewer where there are fewer distinct rows. O(rows * centres * draws).
 */
export function seedCenters({ values, width, count, weights }: Points, segments: number, random: Random): Float64Array {
  const centers = new Float64Array(segments * width);
  const draws = 2 + Math.floor(Math.log(segments));
  // Until there is a centre, every row is equally far.
  let nearest = new Float64Array(count).fill(1);
  let total = 0;
  for (let row = 0; row < count; row++) total += weights === null ? 1 : weights[row]!;
  let trial = new Float64Array(count);
  let best = new Float64Array(count);
  for (let c = 0; c < segments; c++) {
    let least = Infinity;
    let chosen = -1;
    for (let draw = c === 0 ? 1 : draws; draw > 0; draw--) {
      let place = random.uniform() * total;
      let row = 0;
      for (let last = count - 1; row < last; row++) {
        place -= weights === null ? nearest[row]! : weights[row]! * nearest[row]!;
        if (place < 0) break;
      }
      let sum = 0;
      for (let i = 0, start = 0; i < count; i++, start += width) {
        const square = squareBetween(values, start, values, row * width, width);
        const near = c > 0 && nearest[i]! < square ? nearest[i]! : square;
        trial[i] = near;
        sum += weights === null ? near : weights[i]! * near;
      }
      if (sum < least) {
        least = sum;
        chosen = row;
        [trial, best] = [best, trial];
      }
    }
    centers.set(values.subarray(chosen * width, (chosen + 1) * width), c * width);
    [nearest, best] = [best, nearest];
    total = least;
    if (total === 0) return centers.slice(0, (c + 1) * width);
  }
  return centers;
}
