import type { Random } from '../../numeric/random.js';
import { drawIndex } from '../../numeric/drawIndex.js';
import type { MixedRows, PrototypePartition } from './prototypePartition.js';

/** Greedy k-means++ (Arthur and Vassilvitskii, 2007) under the mixed distance: of a few rows drawn in proportion to their distance the one that leaves least. */
export function seedPrototypes(partition: PrototypePartition, { count, weights }: MixedRows, segments: number, random: Random): void {
  const trials = 2 + Math.floor(Math.log(segments));
  const least = new Float64Array(count).fill(Infinity);
  let chances = weights;
  for (let segment = 0; segment < segments; segment++) {
    let lowest = Infinity;
    let chosen = 0;
    for (let trial = segment === 0 ? 1 : trials; trial > 0; trial--) {
      const row = drawIndex(chances, random);
      partition.place(segment, row);
      let total = 0;
      for (let o = 0; o < count; o++) total += weights[o]! * Math.min(least[o]!, partition.distance(o, segment, least[o]!));
      if (total < lowest) [lowest, chosen] = [total, row];
    }
    partition.place(segment, chosen);
    chances = new Float64Array(count);
    for (let o = 0; o < count; o++) {
      least[o] = Math.min(least[o]!, partition.distance(o, segment, least[o]!));
      chances[o] = weights[o]! * least[o]!;
    }
  }
}
