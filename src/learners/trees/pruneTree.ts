import type { GrownTree } from './growDecisionTree.js';

/** The risk of each node if it were a leaf: what pruning weighs against leaves. */
export type NodeRisks = readonly number[];

/** One tree of the sequence. */
export interface PrunedTree {
  /** From this complexity on it is the best. */
  readonly alpha: number;
  readonly leaves: number;
  readonly risk: number;
}

/** The whole sequence: from the largest tree to the root alone. */
export interface PruningPath {
  readonly trees: readonly PrunedTree[];
  /** From which complexity on each node is a leaf (or gone with one above it). */
  readonly collapsesAt: Float64Array;
}

/**
 * Weakest-link pruning (Breiman, Friedman, Olshen, Stone 1984, chapter 3): again and again the split goes whose branch saves the least
 * risk a leaf. Every tree that is the best for some price of a leaf is among them. O(nodes * trees).
 */
export function pruningPath({ nodes: { feature, left } }: GrownTree, risks: NodeRisks): PruningPath {
  const count = feature.length;
  const parent = new Int32Array(count).fill(-1);
  const collapsesAt = new Float64Array(count).fill(Infinity);
  const branchRisk = Float64Array.from(risks);
  const branchLeaves = new Float64Array(count).fill(1);
  // Children have higher numbers than their parent.
  for (let node = count - 1; node >= 0; node--) {
    if (feature[node]! < 0) continue;
    const child = left[node]!;
    parent[child] = parent[child + 1] = node;
    branchRisk[node] = branchRisk[child]! + branchRisk[child + 1]!;
    branchLeaves[node] = branchLeaves[child]! + branchLeaves[child + 1]!;
  }
  const open = new Uint8Array(count).map((_, node) => Number(feature[node]! >= 0));
  const trees: PrunedTree[] = [];
  let alpha = 0;
  // What is not worth a leaf at no price belongs to no tree of the sequence; equal ones go together, rounding aside.
  const slack = 1e-12 * risks[0]!;
  for (;;) {
    let weakest = -1;
    let least = Infinity;
    for (let node = 0; node < count; node++) {
      if (open[node] === 0) continue;
      const link = (risks[node]! - branchRisk[node]!) / (branchLeaves[node]! - 1);
      if (link >= least) continue;
      least = link;
      weakest = node;
    }
    if (least > alpha + slack) {
      trees.push({ alpha, leaves: branchLeaves[0]!, risk: branchRisk[0]! });
      alpha = least;
    }
    if (weakest < 0) return { trees, collapsesAt };
    const risk = risks[weakest]! - branchRisk[weakest]!;
    const leaves = branchLeaves[weakest]! - 1;
    for (let node = weakest; node >= 0; node = parent[node]!) {
      branchRisk[node]! += risk;
      branchLeaves[node]! -= leaves;
    }
    close(weakest, open, collapsesAt, alpha, feature, left);
  }
}

// The whole branch goes.
function close(node: number, open: Uint8Array, collapsesAt: Float64Array, alpha: number, feature: readonly number[], left: readonly number[]): void {
  if (feature[node]! < 0 || open[node] === 0) return;
  open[node] = 0;
  collapsesAt[node] = alpha;
  close(left[node]!, open, collapsesAt, alpha, feature, left);
  close(left[node]! + 1, open, collapsesAt, alpha, feature, left);
}

/** The tree as pruned at a complexity, numbered anew, level by level; `kept` tells which node each was. */
export function prune({ nodes }: GrownTree, isCategory: readonly boolean[], collapsesAt: Float64Array, alpha: number): { readonly nodes: GrownTree['nodes']; readonly kept: readonly number[] } {
  const kept = [0];
  const sets: (readonly number[])[] = [];
  const left: number[] = [];
  const threshold: number[] = [];
  for (let at = 0; at < kept.length; at++) {
    const node = kept[at]!;
    const isLeaf = nodes.feature[node]! < 0 || collapsesAt[node]! <= alpha;
    left.push(isLeaf ? 0 : kept.length);
    if (isLeaf) threshold.push(0);
    else {
      kept.push(nodes.left[node]!, nodes.left[node]! + 1);
      const limit = nodes.threshold[node]!;
      threshold.push(isCategory[nodes.feature[node]!] ? sets.push(nodes.sets[limit]!) - 1 : limit);
    }
  }
  const take = (list: readonly number[], leaf: number): number[] => kept.map((node, at) => (left[at] === 0 ? leaf : list[node]!));
  const { feature, missingLeft, cover, gain } = nodes;
  return { nodes: { feature: take(feature, -1), threshold, left, missingLeft: take(missingLeft, 0), cover: kept.map((node) => cover[node]!), gain: take(gain, 0), sets }, kept };
}
