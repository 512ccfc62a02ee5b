import type { BinnedFeature } from './binTable.js';
import type { Split } from './findSplit.js';
import type { GrownNode } from './growTree.js';
import type { TreeNodes } from './treeNodes.js';

/** What of a grown node is written. */
export interface WrittenNode extends Pick<GrownNode, 'left' | 'missingLeft' | 'value' | 'weight'> {
  readonly split: Pick<Split, 'feature' | 'gain' | 'bin' | 'left'> | null;
}

/** Grown trees as flat lists; `rate` is what the values of their leaves are multiplied by. */
export function writeTrees(trees: readonly (readonly WrittenNode[])[], features: readonly BinnedFeature[], rate: number): TreeNodes {
  const sets: number[][] = [];
  const roots: number[] = [];
  const left: number[] = [];
  const threshold: number[] = [];
  for (const nodes of trees) {
    const root = left.length;
    roots.push(root);
    for (const node of nodes) {
      left.push(node.split === null ? 0 : root + node.left);
      threshold.push(node.split === null ? 0 : thresholdOf(node.split, features, sets));
    }
  }
  const all = trees.flat();
  return {
    roots,
    feature: all.map(({ split }) => (split === null ? -1 : split.feature)),
    threshold,
    left,
    missingLeft: all.map(({ missingLeft }) => (missingLeft ? 1 : 0)),
    value: all.map(({ split, value }) => (split === null ? value * rate : 0)),
    cover: all.map(({ weight }) => weight),
    gain: all.map(({ split }) => (split === null ? 0 : split.gain)),
    sets,
  };
}

function thresholdOf({ feature, bin, left }: NonNullable<WrittenNode['split']>, features: readonly BinnedFeature[], sets: number[][]): number {
  const { edges, groups } = features[feature]!;
  // All known numbers left, the missing ones right: any number is at most this.
  if (left === null) return edges![bin] ?? Number.MAX_VALUE;
  return sets.push(left.flatMap((group) => groups![group]!).sort((a, b) => a - b)) - 1;
}
