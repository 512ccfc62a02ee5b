import { choosePruning, type ChosenPruning } from '../../learners/trees/choosePruning.js';
import { growDecisionTree } from '../../learners/trees/growDecisionTree.js';
import { nodeRisks, type PruningRisk } from '../../learners/trees/nodeRisks.js';
import { prune, pruningPath } from '../../learners/trees/pruneTree.js';
import { takeSample, type TreeSample } from '../../learners/trees/treeSample.js';
import type { GroupInputs } from './groupInputs.js';
import type { GroupSettings, ResponseGroupsOptions } from './groupOptions.js';
import type { GrownGroups } from './multiTree.js';

// From so many rows on one fold tells enough.
const LARGE = 100_000;

/**
 * Grows a tree by Gini's impurity, the best split first, and prunes it where the error of five folds is least (of the first fold, where rows are many): a rule more generous than that of
 * one standard error, as the other parts of the rows try the groups again. What training had no place for goes to the side with more customers.
 */
export function growGiniGroups({ inputs, columns }: GroupInputs, rows: Int32Array, weights: Float64Array, labels: Uint8Array, least: number, settings: GroupSettings, onProgress: ResponseGroupsOptions['onProgress'], by: PruningRisk = 'impurity'): GrownGroups {
  const amounts = weights.map((weight, row) => weight * labels[row]!);
  const all: TreeSample = { inputs, columns, weights, amounts, slots: null, slotCount: 1, scale: 2 };
  const sample = rows.length === weights.length ? all : takeSample(all, new Uint32Array(rows));
  const limits = { maxDepth: settings.maxDepth, maxLeaves: settings.maxGroups, minLeafRows: least, minSplitRows: 2 * least };
  const grown = growDecisionTree(sample, limits);
  const risks = nodeRisks(grown, sample, by);
  const path = pruningPath(grown, risks);
  const complexity = settings.complexity ?? leastError(choosePruning(sample, path, { limits, complexity: null, by, folds: 5, seed: settings.seed }, (progress) => onProgress?.(progress) !== false && !(rows.length >= LARGE && progress.done > 1)));
  const isCategory = inputs.map((input) => 'levels' in input);
  const { nodes } = prune(grown, isCategory, path.collapsesAt, complexity * risks[0]! * (1 + 1e-9));
  const missingLeft = nodes.missingLeft.map((isLeft, node) => {
    const child = nodes.left[node]!;
    return isCategory[nodes.feature[node]!] ? Number(nodes.cover[child]! >= nodes.cover[child + 1]!) : isLeft;
  });
  return { nodes: { ...nodes, missingLeft }, pooled: new Set() };
}

// Of equal errors that of the smaller tree: the table begins with the smallest.
function leastError({ pruning, complexity }: ChosenPruning): number {
  if (pruning[0]!.validationError === null) return complexity;
  return pruning.reduce((best, step) => (step.validationError! < best.validationError! ? step : best)).complexity;
}
