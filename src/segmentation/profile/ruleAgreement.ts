import type { SurrogateTree } from './surrogateTree.js';

/** Foretold segments by true ones. */
export interface Agreement {
  readonly cells: Float64Array;
  readonly foretold: Float64Array;
  readonly sizes: Float64Array;
}

/** The table of a tree's leaves. */
export function agreementOf({ leaves, segments, sums }: SurrogateTree, count: number): Agreement {
  const cells = new Float64Array(count * count);
  const foretold = new Float64Array(count);
  const sizes = new Float64Array(count);
  for (const leaf of leaves) {
    for (let segment = 0; segment < count; segment++) {
      const found = sums[leaf * count + segment]!;
      cells[segments[leaf]! * count + segment]! += found;
      foretold[segments[leaf]!]! += found;
      sizes[segment]! += found;
    }
  }
  return { cells, foretold, sizes };
}

/** Pairs of customers put together by both, beyond chance (Hubert and Arabie, 1985). */
export function adjustedRand({ cells, foretold, sizes }: Agreement): number {
  const [both, a, b] = [cells, foretold, sizes].map((counts) => counts.reduce((sum, n) => sum + n * (n - 1), 0)) as [number, number, number];
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const chance = (a * b) / (n * (n - 1));
  const most = (a + b) / 2;
  // One segment, or all apart: two such partitions are the same.
  return most === chance || n === 1 ? 1 : (both - chance) / (most - chance);
}
