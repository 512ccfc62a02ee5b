import { growDecisionTree, type GrownTree, type GrowthLimits } from './growDecisionTree.js';
import { nodeRisks, rowLoss, type PruningRisk } from './nodeRisks.js';
import { pruningPath, type PruningPath } from './pruneTree.js';
import { takeSample, type TreeSample } from './treeSample.js';

/** The losses of rows a tree was not grown on, for each tree of the sequence. */
export interface PruningLosses {
  /** Weight of the rows judged so far. */
  weight: number;
  /** Summed weight * loss, and weight * loss^2. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Adds the losses of one fold: a tree grown on the other rows, pruned at complexities between those of the sequence (their geometric means, as
 * in Breiman et al. 1984, section 3.4), judges the rows left out.
 */
export function addFold(losses: PruningLosses, sample: TreeSample, path: PruningPath, fold: { readonly train: Uint32Array; readonly test: Uint32Array }, limits: GrowthLimits, by: PruningRisk): void {
  const part = takeSample(sample, fold.train);
  const grown = growDecisionTree(part, limits);
  const { collapsesAt } = pruningPath(grown, nodeRisks(grown, sample, by));
  const whole = sample.weights.reduce((sum, weight) => sum + weight, 0);
  const scale = grown.nodes.cover[0]! / whole;
  // The last is the root alone at any price: 0 * Infinity is no number, so it is said apart.
  const alphas = path.trees.map(({ alpha }, k) => (k + 1 < path.trees.length ? Math.sqrt(alpha * path.trees[k + 1]!.alpha) * scale : Infinity));
  const goesLeft = leftOf(grown, sample);
  for (const row of fold.test) {
    const weight = sample.weights[row]!;
    losses.weight += weight;
    let node = 0;
    let loss = rowLoss(sample, row, grown, node, by);
    for (let k = alphas.length - 1; k >= 0; k--) {
      const before = node;
      while (grown.nodes.feature[node]! >= 0 && collapsesAt[node]! > alphas[k]!) node = grown.nodes.left[node]! + (goesLeft(row, node) ? 0 : 1);
      if (node !== before) loss = rowLoss(sample, row, grown, node, by);
      losses.sums[k]! += weight * loss;
      losses.squares[k]! += weight * loss * loss;
    }
  }
}

function leftOf({ nodes }: GrownTree, { inputs, columns }: TreeSample): (row: number, node: number) => boolean {
  const sets = nodes.sets.map((set) => new Set(set));
  return (row, node) => {
    const j = nodes.feature[node]!;
    const x = columns[j]![row]!;
    if ('levels' in inputs[j]!) return sets[nodes.threshold[node]!]!.has(x);
    return x === x ? x <= nodes.threshold[node]! : nodes.missingLeft[node] === 1;
  };
}
