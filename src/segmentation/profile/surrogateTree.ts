import type { ParsedTable } from '../../data/takeRows.js';
import { growDecisionTree } from '../../learners/trees/growDecisionTree.js';
import { readSample, type TreeSample } from '../../learners/trees/treeSample.js';
import type { TreeNodes } from '../../learners/trees/treeNodes.js';

/** A tree that tells segments apart by questions about single columns. */
export interface SurrogateTree {
  readonly inputs: TreeSample['inputs'];
  readonly columns: TreeSample['columns'];
  readonly nodes: TreeNodes;
  /** The weight of each segment in each node, node after node. */
  readonly sums: readonly number[];
  /** The segment most of each node's weight belongs to; of equal ones the lower number. */
  readonly segments: readonly number[];
  /** Nodes that are asked nothing more. */
  readonly leaves: readonly number[];
  /** The share of the weight that its leaf puts in its own segment. */
  readonly fidelity: number;
}

/** From this share on, more rules are not worth their reading. */
const FAITHFUL = 0.95;

/**
 * The tree of CART (Breiman, Friedman, Olshen, Stone, 1984; Gini, the split that gains most first) with the fewest leaves from `least` to `most` that
 * puts 95 % of the rows in their segment; with `most` where none does. Leaves side by side of one segment are one leaf.
 */
export function surrogateTree(caller: string, table: ParsedTable, names: readonly string[], rows: Int32Array, segmentOf: Int32Array, count: number, weights: Float64Array, [least, most]: readonly [number, number]): SurrogateTree {
  const slots = new Uint16Array(rows.length);
  for (let i = 0; i < slots.length; i++) slots[i] = segmentOf[rows[i]!]!;
  const { inputs, columns } = readSample(caller, table, names, rows);
  const sample: TreeSample = { inputs, columns, weights, amounts: weights, slots, slotCount: count, scale: 1 };
  const { nodes, sums } = growDecisionTree(sample, { maxDepth: Infinity, maxLeaves: most, minLeafRows: 0, minSplitRows: 0 });
  const segments = nodes.cover.map((_, node) => {
    const of = sums.slice(node * count, (node + 1) * count);
    return of.indexOf(Math.max(...of));
  });
  const rightOf = (node: number): number => sums[node * count + segments[node]!]!;
  const grown = (nodes.cover.length + 1) / 2;
  // Nodes are numbered in the order of the splits, two a split: the tree of fewer leaves is the first of them.
  for (let leaves = Math.min(least, grown); ; leaves++) {
    const feature = nodes.feature.map((j, node) => (nodes.left[node]! + 1 < 2 * leaves - 1 ? j : -1));
    for (let node = 2 * leaves - 2; node >= 0; node--) {
      const [a, b] = [nodes.left[node]!, nodes.left[node]! + 1];
      if (feature[node]! >= 0 && feature[a]! < 0 && feature[b]! < 0 && segments[a] === segments[b]) feature[node] = -1;
    }
    const ends: number[] = [];
    const visit = (node: number): void => (feature[node]! < 0 ? void ends.push(node) : [nodes.left[node]!, nodes.left[node]! + 1].forEach(visit));
    visit(0);
    const fidelity = ends.reduce((sum, node) => sum + rightOf(node), 0) / nodes.cover[0]!;
    if (fidelity < FAITHFUL && leaves < Math.min(most, grown)) continue;
    return { inputs, columns, nodes: { ...nodes, feature, roots: [0], value: [] }, sums, segments, leaves: ends, fidelity };
  }
}

/** The leaf of each row learnt from. */
export function leavesOf({ inputs, columns, nodes }: SurrogateTree, rowCount: number): Int32Array {
  const leaves = new Int32Array(rowCount);
  const sets = nodes.sets.map((set) => new Set(set));
  for (let row = 0; row < rowCount; row++) {
    let node = 0;
    for (let j = nodes.feature[0]!; j >= 0; j = nodes.feature[node]!) {
      const x = columns[j]![row]!;
      const at = nodes.threshold[node]!;
      const goesLeft = 'levels' in inputs[j]! ? sets[at]!.has(x) : x === x ? x <= at : nodes.missingLeft[node] === 1;
      node = nodes.left[node]! + (goesLeft ? 0 : 1);
    }
    leaves[row] = node;
  }
  return leaves;
}
