import { groupsAfter } from '../../numeric/hierarchy/cutTree.js';
import { leafRuns } from './leafRuns.js';
import type { LinkageTree } from '../../numeric/hierarchy/linkageTree.js';

/** A tree to draw: from every node down to its two branches, at their heights. */
export interface Dendrogram {
  /** From left to right the ends of the branches, then the nodes above them, the highest last. */
  readonly nodes: readonly DendrogramNode[];
  /** Merges that lie below the ends. */
  readonly hidden: number;
}

/** A point of the drawing. */
export interface DendrogramNode {
  /** From left to right: 0, 1, … for the ends, the middle of its branches for the others. */
  readonly x: number;
  /** Where its branches meet; 0 for a single row. */
  readonly height: number;
  /** Rows under it (weights, where there are some). */
  readonly size: number;
  /** Positions in `nodes` of its branches, the left (tighter) one first; null at the ends. */
  readonly branches: readonly [number, number] | null;
}

/** The top of a tree, down to so many ends. */
export function drawTree(tree: LinkageTree, weights: Float64Array | null, ends: number): Dendrogram {
  const { merges, heights, sizes } = tree;
  const leaves = heights.length + 1;
  const hidden = Math.max(0, leaves - ends);
  const { start } = leafRuns(merges);
  const heightOf = (node: number): number => (node < leaves ? 0 : heights[node - leaves]!);
  const sizeOf = (node: number): number => (node < leaves ? (weights?.[node] ?? 1) : sizes[node - leaves]!);
  const places = new Map<number, number>();
  const nodes: DendrogramNode[] = [];
  const add = (node: number, x: number, branches: readonly [number, number] | null): void => {
    places.set(node, nodes.length);
    nodes.push({ x, height: heightOf(node), size: sizeOf(node), branches });
  };
  groupsAfter(tree, hidden).nodes.sort((a, b) => start[a]! - start[b]!).forEach((node, x) => add(node, x, null));
  for (let i = hidden; i < heights.length; i++) {
    const [left, right] = [places.get(merges[2 * i]!)!, places.get(merges[2 * i + 1]!)!];
    add(leaves + i, (nodes[left]!.x + nodes[right]!.x) / 2, [left, right]);
  }
  return { nodes, hidden };
}
