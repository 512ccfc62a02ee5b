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
