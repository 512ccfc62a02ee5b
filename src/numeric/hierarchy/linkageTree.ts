import { sortedOrder } from '../sorting.js';

/** How far apart two groups are: see `fitHierarchy`. */
export type Linkage = 'ward' | 'average' | 'complete' | 'single';

/** Merges of leaves 0 to n - 1, the lowest first; merge i makes the node n + i (the numbering of scipy). */
export interface LinkageTree {
  /** Pairs of nodes, the smaller number first. */
  readonly merges: Int32Array;
  /** Of each merge, ascending. */
  readonly heights: Float64Array;
  /** Rows under each merge (weights, where there are some). */
  readonly sizes: Float64Array;
}

/** The tree of joins found in any order, each given by one leaf of either side: in the order of heights every join is of the groups then made. */
export function linkageTree(from: Int32Array, to: Int32Array, joinHeights: Float64Array, weights: Float64Array | null): LinkageTree {
  const joins = joinHeights.length;
  const order = sortedOrder(joinHeights);
  // By leaf: the next on the way to the leaf that stands for its group; and by that leaf: the node of the group.
  const above = Int32Array.from({ length: joins + 1 }, (_, leaf) => leaf);
  const node = above.slice();
  const standsFor = (leaf: number): number => {
    while (above[leaf] !== leaf) leaf = above[leaf] = above[above[leaf]!]!;
    return leaf;
  };
  const merges = new Int32Array(2 * joins);
  for (let i = 0; i < joins; i++) {
    const a = standsFor(from[order[i]!]!);
    const b = standsFor(to[order[i]!]!);
    merges[2 * i] = Math.min(node[a]!, node[b]!);
    merges[2 * i + 1] = Math.max(node[a]!, node[b]!);
    above[a] = b;
    node[b] = joins + 1 + i;
  }
  return { merges, heights: Float64Array.from(order, (i) => joinHeights[i]!), sizes: mergeSizes(merges, weights) };
}

/** The rows, or weights, under every merge. */
export function mergeSizes(merges: Int32Array, weights: Float64Array | null): Float64Array {
  const leaves = merges.length / 2 + 1;
  const sizes = new Float64Array(leaves - 1);
  const sizeOf = (node: number): number => (node >= leaves ? sizes[node - leaves]! : weights === null ? 1 : weights[node]!);
  for (let i = 0; i < sizes.length; i++) sizes[i] = sizeOf(merges[2 * i]!) + sizeOf(merges[2 * i + 1]!);
  return sizes;
}
