import { ClientelaError } from '../../errors.js';
import type { Points } from '../../learners/peers/peerSpace.js';

/** Rows of which no two are equal. */
export interface DistinctRows {
  /** One row of each kind, the first. */
  readonly rows: Int32Array;
  /** What all rows of the kind weigh. */
  readonly weights: Float64Array;
}

/**
 * The kinds of rows in the order of their values, with the weight of each; rows without weight, or of which nothing is known, left out. What is learnt
 * from them depends neither on the order of the rows nor on whether one comes twice or weighs 2. O(rows log rows).
 */
export function distinctRows(caller: string, { count, numbers, codes }: Points, weights: Float64Array | null): DistinctRows {
  const width = numbers.length / count;
  const depth = codes.length / count;
  const isKnown = (row: number): boolean => {
    for (let j = row * width; j < (row + 1) * width; j++) if (numbers[j] === numbers[j]) return true;
    for (let j = row * depth; j < (row + 1) * depth; j++) if (codes[j] !== -1) return true;
    return false;
  };
  // By the first value that differs; a missing one comes last.
  const compare = (a: number, b: number): number => {
    for (let j = 0, at = a * width, to = b * width; j < width; j++) {
      const x = numbers[at + j]!;
      const y = numbers[to + j]!;
      if (x < y) return -1;
      if (x > y) return 1;
      if (x !== y && (x === x || y === y)) return x === x ? -1 : 1;
    }
    for (let j = 0, at = a * depth, to = b * depth; j < depth; j++) if (codes[at + j] !== codes[to + j]) return codes[at + j]! - codes[to + j]!;
    return 0;
  };
  const known: number[] = [];
  for (let row = 0; row < count; row++) if (isKnown(row) && (weights === null || weights[row]! > 0)) known.push(row);
  if (known.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs a row of which something is known, found none`);
  const rows: number[] = [];
  const sums: number[] = [];
  for (const row of known.sort(compare)) {
    if (rows.length === 0 || compare(rows[rows.length - 1]!, row) !== 0) sums[rows.push(row) - 1] = 0;
    sums[rows.length - 1]! += weights === null ? 1 : weights[row]!;
  }
  return { rows: Int32Array.from(rows), weights: Float64Array.from(sums) };
}
