import fc from 'fast-check';
import { createRandom, shuffle } from '../../src/numeric/random.js';

/** Labels, scores and whole weights of some customers. */
export interface Rows {
  readonly labels: number[];
  readonly scores: number[];
  readonly weights: number[];
}

/** Customers with both labels at a weight above 0, scores in [0, 1] with many ties, weights 0 to 3. */
export const someRows: fc.Arbitrary<Rows> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 3 })), { minLength: 2, maxLength: 60 })
  .map((cells) => ({
    labels: [0, 0, 1, 1, ...cells.map(([label]) => label)],
    scores: [0.25, 0.75, 0.25, 0.5, ...cells.map(([, level]) => level / 12)],
    weights: [1, 2, 2, 1, ...cells.map(([, , weight]) => weight)],
  }));

/** Every row as often as its weight says, next to itself. */
export function repeated({ labels, scores, weights }: Rows): { labels: number[]; scores: number[] } {
  const often = (values: number[]): number[] => values.flatMap((value, i) => new Array<number>(weights[i]!).fill(value));
  return { labels: often(labels), scores: often(scores) };
}

/** The same rows in another order. */
export function reordered(rows: Rows, seed: number): Rows {
  const order = shuffle([...rows.labels.keys()], createRandom(seed));
  const by = (values: number[]): number[] => order.map((row) => values[row]!);
  return { labels: by(rows.labels), scores: by(rows.scores), weights: by(rows.weights) };
}

/** Runs a property over such rows with the seed of this suite. */
export function forRows(check: (rows: Rows) => void, numRuns = 200): void {
  fc.assert(fc.property(someRows, check), { seed: 20261122, numRuns });
}
