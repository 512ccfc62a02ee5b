import type { GrownTree } from './growDecisionTree.js';
import type { TreeSample } from './treeSample.js';

/** What pruning weighs: the impurity trees are grown by, or the rows whose class is not the one most frequent in their leaf. */
export type PruningRisk = 'impurity' | 'errors';

/** The risk of each node if it were a leaf. */
export function nodeRisks({ nodes, sums, impurities }: GrownTree, { slotCount, scale }: TreeSample, by: PruningRisk): readonly number[] {
  if (by === 'impurity' || (slotCount === 1 && scale === 1)) return impurities;
  return nodes.cover.map((weight, node) => {
    const own = sums.slice(node * slotCount, (node + 1) * slotCount);
    return weight - (slotCount > 1 ? Math.max(...own) : Math.max(own[0]!, weight - own[0]!));
  });
}

/** What a row costs where a node predicts for it: in the mean over the training rows of a node its risk by weight. */
export function rowLoss({ slots, amounts, weights, slotCount, scale }: TreeSample, row: number, { nodes, sums }: GrownTree, node: number, by: PruningRisk): number {
  const cover = nodes.cover[node]!;
  if (slots === null) {
    const [y, mean] = [amounts[row]! / weights[row]!, sums[node]! / cover];
    // Ties go to the class that is not the positive one.
    return by === 'errors' && scale === 2 ? Number(mean > 0.5 !== (y === 1)) : scale * (y - mean) ** 2;
  }
  const own = sums.slice(node * slotCount, (node + 1) * slotCount);
  if (by === 'errors') return own.indexOf(Math.max(...own)) === slots[row] ? 0 : 1;
  return own.reduce((total, sum, k) => total + ((k === slots[row] ? 1 : 0) - sum / cover) ** 2, 0);
}
