import { binEdges, binNumbers } from '../../learners/trees/binEdges.js';
import type { GroupInputs } from './groupInputs.js';

/** The columns in bins: the levels of a category, or stretches of about equal weight along numbers and one more for what is missing. */
export interface BinnedInputs {
  /** Per input the bin of every row. */
  readonly codes: readonly (Uint8Array | Uint16Array)[];
  /** Per input how many bins there may be. */
  readonly counts: readonly number[];
  /** The cuts of numbers; null for a category. */
  readonly edges: readonly (Float64Array | null)[];
}

/** Bins all rows; where the cuts lie is told by `rows`. */
export function binInputs({ inputs, columns }: GroupInputs, rows: Int32Array, weights: Float64Array, bins: number, seed: number): BinnedInputs {
  const edges = inputs.map((input, j) => ('levels' in input ? null : binEdges(columns[j]!, rows, weights, bins, seed).map(shorten)));
  const codes = columns.map((column, j) => {
    const cuts = edges[j] ?? null;
    if (cuts === null) return new Uint16Array(column);
    const into = cuts.length < 254 ? new Uint8Array(column.length) : new Uint16Array(column.length);
    binNumbers(column, cuts, cuts.length + 1, into as Uint8Array);
    return into;
  });
  return { codes, edges, counts: inputs.map((input, j) => ('levels' in input ? input.levels.length : edges[j]!.length + 2)) };
}

// Half-way between 5191 and 5199.1 is 5195.05 to a reader, not 5195.049999999999.
const shorten = (edge: number): number => Number(edge.toPrecision(12));

/** Weight and responses of each bin among some rows. */
export interface BinCounts {
  readonly weights: Float64Array;
  readonly events: Float64Array;
}

/** Counts one input over rows. */
export function countBins(codes: Uint8Array | Uint16Array, count: number, rows: Int32Array, weights: Float64Array, labels: Uint8Array): BinCounts {
  const counts = { weights: new Float64Array(count), events: new Float64Array(count) };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const bin = codes[row]!;
    counts.weights[bin]! += weights[row]!;
    if (labels[row] === 1) counts.events[bin]! += weights[row]!;
  }
  return counts;
}

/** The rows of each branch, in their order: a branch is some of the bins, and every bin that occurs is in one. */
export function rowsByBranch(codes: Uint8Array | Uint16Array, rows: Int32Array, branches: readonly (readonly number[])[]): Int32Array[] {
  const branchOf = new Uint16Array(1 + Math.max(...branches.flat()));
  branches.forEach((bins, at) => bins.forEach((bin) => (branchOf[bin] = at)));
  const sizes = new Int32Array(branches.length);
  for (let i = 0; i < rows.length; i++) sizes[branchOf[codes[rows[i]!]!]!]!++;
  const parts = branches.map((_, at) => new Int32Array(sizes[at]!));
  sizes.fill(0);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const at = branchOf[codes[row]!]!;
    parts[at]![sizes[at]!++] = row;
  }
  return parts;
}

/** The summed weight of some rows. */
export function weightOf(rows: Int32Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += weights[rows[i]!]!;
  return sum;
}
