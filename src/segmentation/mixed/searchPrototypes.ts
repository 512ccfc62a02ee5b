import type { Points } from '../../learners/peers/peerSpace.js';
import { shuffle, type Random } from '../../numeric/random.js';
import { rowsFrom, type DistinctRows } from '../space/distinctRows.js';
import type { MixedFeature } from './mixedSpace.js';
import { PrototypePartition, type MixedRows } from './prototypePartition.js';
import { searchLocally } from '../../numeric/medoids/searchLocally.js';
import { seedPrototypes } from './seedPrototypes.js';

/** More distinct rows than this are first searched in a sample of so many. */
const SAMPLE = 5000;

/** How far to search. */
export interface PrototypeEffort {
  readonly segments: number;
  readonly tries: number;
  readonly maxIterations: number;
}

/** The best partition of the distinct rows that `tries` local optima bring. */
export function searchPrototypes(points: Points, features: readonly MixedFeature[], distinct: DistinctRows, effort: PrototypeEffort, random: Random, step: (done: number, cost: number) => boolean): PrototypePartition {
  const { segments, tries, maxIterations } = effort;
  const count = distinct.rows.length;
  const all = Array.from(distinct.rows.keys());
  const some = count > SAMPLE ? shuffle(all.slice(), random).slice(0, SAMPLE) : all;
  const rows = rowsAt(points, features, distinct, some);
  const partition = new PrototypePartition(rows, segments, maxIterations);
  seedPrototypes(partition, rows, segments, random);
  searchLocally(partition, tries, random, step);
  if (some === all) return partition;
  const whole = new PrototypePartition(rowsAt(points, features, distinct, all), segments, maxIterations);
  whole.means.set(partition.means);
  whole.modes.set(partition.modes);
  whole.improve(Infinity);
  return whole;
}

function rowsAt({ count, numbers, codes }: Points, features: readonly MixedFeature[], { rows, weights }: DistinctRows, places: readonly number[]): MixedRows {
  const categories = features.filter((feature) => feature.kind === 'category');
  const chosen = Int32Array.from(places, (place) => rows[place]!);
  const width = numbers.length / count;
  const depth = codes.length / count;
  return {
    count: places.length,
    numbers: rowsFrom(numbers, width, chosen, new Float64Array(chosen.length * width)),
    codes: rowsFrom(codes, depth, chosen, new Int32Array(chosen.length * depth)),
    weights: Float64Array.from(places, (place) => weights[place]!),
    mismatches: Float64Array.from(categories, ({ weight }) => weight),
    levels: categories.map(({ levels }) => levels.length),
  };
}
