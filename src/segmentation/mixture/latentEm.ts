import type { Random } from '../../numeric/random.js';
import type { Coordinates, Step } from './climb.js';
import { latentRows, type LatentClasses, type LevelRows } from './latentRows.js';
import { settleRows } from './settleRows.js';

/** Classes of equal size whose probabilities are drawn by chance. */
export function latentStart(levels: readonly number[], segments: number, random: Random): LatentClasses {
  const table = new Float64Array(segments * levels.reduce((sum, count) => sum + count, 0)).map(() => 0.05 + random.uniform());
  return { weights: new Float64Array(segments).fill(1 / segments), table: normalised(table, levels) };
}

/** One step of EM from the parameters given, with their log-likelihood. */
export function latentStep(rows: LevelRows, params: LatentClasses): Step<LatentClasses> {
  const segments = params.weights.length;
  const all = params.table.length / segments;
  const counts = new Float64Array(segments);
  const sums = new Float64Array(segments * (all + rows.levels.length));
  const objective = settleRows(latentRows(rows, params, false, sums, counts), segments, {});
  const table = new Float64Array(params.table.length);
  for (let c = 0; c < segments; c++) table.set(sums.subarray(c * (all + rows.levels.length), c * (all + rows.levels.length) + all), c * all);
  return { objective, next: { weights: normalised(counts, [segments]), table: normalised(table, rows.levels) } };
}

/** The model as lists of numbers: its shares and its table. What a leap carries beyond 0 comes back to it. */
export function latentCoordinates(levels: readonly number[]): Coordinates<LatentClasses> {
  const positive = (list: Float64Array): Float64Array => list.map((p) => Math.max(p, 0));
  return {
    toLists: ({ weights, table }) => [weights, table],
    fromLists: ([weights, table]) => ({ weights: normalised(positive(weights!), [weights!.length]), table: normalised(positive(table!), levels) }),
  };
}

/** Divides runs of these lengths, over and over, by their sums; even where the sum is 0. */
function normalised(table: Float64Array, lengths: readonly number[]): Float64Array {
  for (let from = 0; from < table.length; ) {
    for (const length of lengths) {
      let sum = 0;
      for (let at = from; at < from + length; at++) sum += table[at]!;
      for (const end = from + length; from < end; from++) table[from] = sum > 0 ? table[from]! / sum : 1 / length;
    }
  }
  return table;
}

/** Whether every class is the likeliest of some row. */
export function usesAllClasses(rows: LevelRows, params: LatentClasses): boolean {
  const labels = new Int32Array(rows.places.length / rows.levels.length);
  settleRows(latentRows(rows, params, false), params.weights.length, { labels });
  return new Set(labels).size === params.weights.length;
}
