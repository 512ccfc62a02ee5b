import { shuffle, type Random } from '../random.js';
import { drawIndex } from '../drawIndex.js';
import { MedoidSet, type MedoidProblem } from './fasterPam.js';

/** Medoids to start from: spread rows, or of many rows the medoids of a small sample, which leave few swaps to do. */
export function startMedoids(problem: MedoidProblem, segments: number, random: Random): Int32Array {
  const { count, distances, weights } = problem;
  const size = 200 + 10 * segments;
  if (count < 3 * size) return spreadRows(problem, segments, random);
  const places = shuffle(new Int32Array(weights.keys()), random).subarray(0, size);
  const between = new Float64Array(size * size).map((_, at) => distances[places[Math.floor(at / size)]! * count + places[at % size]!]!);
  const some = { count: size, distances: between, weights: Float64Array.from(places, (place) => weights[place]!) };
  const set = new MedoidSet(some, spreadRows(some, segments, random));
  set.improve();
  return set.medoids.map((place) => places[place]!);
}

/** Rows far from one another: each drawn in proportion to its weight and distance from those before (k-means++ for plain distances). Distinct while rows are. */
function spreadRows({ count, distances, weights }: MedoidProblem, segments: number, random: Random): Int32Array {
  const chosen = new Int32Array(segments);
  const chances = weights.slice();
  const least = new Float64Array(count).fill(Infinity);
  for (let i = 0; i < segments; i++) {
    const row = drawIndex(chances, random);
    chosen[i] = row;
    for (let o = 0, at = row * count; o < count; o++, at++) {
      if (distances[at]! < least[o]!) least[o] = distances[at]!;
      chances[o] = weights[o]! * least[o]!;
    }
  }
  return chosen;
}
