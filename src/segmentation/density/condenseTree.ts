import { leafRuns } from '../hierarchy/leafRuns.js';
import type { LinkageTree } from '../../numeric/hierarchy/linkageTree.js';

/** Groups of at least `minSize` rows, as they split and lose rows while the distance allowed shrinks. All distances are squared. */
export interface CondensedTree {
  /** By group: the one it split from, always an earlier one; -1 for the first, which is everything. */
  readonly parents: number[];
  /** By group: at which distance it appeared, and at which it split or dissolved. */
  readonly births: number[];
  readonly deaths: number[];
  /** By group: the distance of the rows that then met, which decides between equal births. */
  readonly birthSquares: number[];
  readonly sizes: number[];
  /** By row: the last group it was in, and the distance at which it left. */
  readonly groupOf: Int32Array;
  readonly leftAt: Float64Array;
}

/**
 * Condenses a tree of single linkage, its heights squared (Campello, Moulavi and Sander, 2013). Merges equal in height and
 * distance are one merge of many groups, so that the result does not depend on the order of rows. O(n).
 */
export function condenseTree({ merges, heights, sizes }: LinkageTree, squares: Float64Array, minSize: number): CondensedTree {
  const leaves = heights.length + 1;
  const { order, start, end } = leafRuns(merges);
  const root = 2 * leaves - 2;
  const tree: CondensedTree = {
    parents: [-1],
    births: [Infinity],
    birthSquares: [Infinity],
    deaths: [heights[heights.length - 1] ?? 0],
    sizes: [leaves],
    groupOf: new Int32Array(leaves),
    leftAt: new Float64Array(leaves).fill(heights[heights.length - 1] ?? 0),
  };
  const largest = largestBelow(merges, heights, sizes);
  // A group that is large at one height only, to fall apart at the same, is none.
  const isLarge = (node: number, height: number): boolean => node >= leaves && (heights[node - leaves]! < height ? sizes : largest)[node - leaves]! >= minSize;
  const parts = (node: number): number[] => {
    const merge = node - leaves;
    const found: number[] = [];
    for (const open = [node]; open.length > 0; ) {
      const next = open.pop()!;
      if (next >= leaves && heights[next - leaves] === heights[merge] && squares[next - leaves] === squares[merge]) open.push(merges[2 * (next - leaves)]!, merges[2 * (next - leaves) + 1]!);
      else found.push(next);
    }
    return found;
  };
  const tops = leaves >= minSize ? [root] : [];
  for (let group = 0; group < tops.length; group++) {
    for (let node: number | undefined = tops[group]; node !== undefined; ) {
      const merge = node - leaves;
      const height = heights[merge]!;
      const all = parts(node);
      const large = all.filter((part) => isLarge(part, height));
      tree.deaths[group] = height;
      for (const part of all) {
        if (large.includes(part)) continue;
        for (let place = start[part]!; place < end[part]!; place++) {
          tree.groupOf[order[place]!] = group;
          tree.leftAt[order[place]!] = height;
        }
      }
      node = large.length === 1 ? large[0] : undefined;
      if (large.length < 2) continue;
      for (const part of large) {
        tops.push(part);
        tree.parents.push(group);
        tree.births.push(height);
        tree.birthSquares.push(squares[merge]!);
        tree.deaths.push(0);
        tree.sizes.push(sizes[part - leaves]!);
      }
    }
  }
  return tree;
}

/** By merge: the rows of the largest group under it that is made at a lower height. */
function largestBelow(merges: Int32Array, heights: Float64Array, sizes: Float64Array): Float64Array {
  const leaves = heights.length + 1;
  const largest = new Float64Array(heights.length);
  for (let i = 0; i < heights.length; i++) {
    for (const node of [merges[2 * i]!, merges[2 * i + 1]!]) {
      const rows = node < leaves ? 1 : heights[node - leaves] === heights[i] ? largest[node - leaves]! : sizes[node - leaves]!;
      if (rows > largest[i]!) largest[i] = rows;
    }
  }
  return largest;
}
