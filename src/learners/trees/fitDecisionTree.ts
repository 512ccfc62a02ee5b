import { readWeights } from '../../data/rowNumbers.js';
import { parseTable } from '../../data/takeRows.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { featureNames } from './boostingInputs.js';
import { readBoostingTarget } from './boostingTarget.js';
import { choosePruning } from './choosePruning.js';
import { DecisionTree } from './decisionTree.js';
import { requireTreeSettings, type DecisionTreeOptions } from './decisionTreeOptions.js';
import { growDecisionTree, type GrownTree } from './growDecisionTree.js';
import { nodeRisks } from './nodeRisks.js';
import { prune, pruningPath } from './pruneTree.js';
import { readSample, type TreeSample } from './treeSample.js';

const CALLER = 'fitDecisionTree';

/**
 * A decision tree: a few questions, one after another, that lead every row to a group with a figure of its own; to be read, drawn and told as rules.
 *
 * Grown by CART (Breiman, Friedman, Olshen, Stone, 1984): every threshold and the best sets of levels are considered, and the split is
 * made that lowers the impurity most, Gini's for classes and the squared error for numbers. Then it is pruned by cost complexity, by default
 * at the complexity that cross-validation chooses with the one-standard-error rule.
 *
 * What is missing in a column of numbers goes to the side where it gains, and where a node has seen none with the more rows; a missing category is a
 * level of its own. Of more than two classes a category is cut in the order of each class's share in turn, which need not be the best of all
 * sets of levels; otherwise it is. O(features * rows * (log rows + depth)) a tree.
 *
 * @param data - raw rows, one target value each
 * @param options - `target` at least
 * @returns the fitted tree; `report.pruning` is the table behind the choice
 * @throws a {@link ClientelaError} `TARGET_CLASSES`, `MISSING_VALUE` (a row without target), `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND` (dates, and
 * categories that look like an identifier), `NON_FINITE_VALUE`, `INVALID_VALUE`, `LENGTH_MISMATCH`, `DUPLICATE_COLUMN` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Customers of two years and more stay; of the others those with a contract.
 * const customers = Array.from({ length: 400 }, (_, i) => ({ months: i % 40, contract: i % 3 === 0 ? 'yes' : 'no', left: i % 40 < 24 && i % 3 > 0 }));
 * const tree = fitDecisionTree(customers, { target: 'left' });
 * tree.toRules().map(({ text, rows, value }) => [text, rows, value]); // => [['months <= 23.5 and contract is no', 160, 1],
 * // ['months > 23.5', 160, 0], ['months <= 23.5 and contract is yes', 80, 0]]
 * tree.report.leaves; // => 3
 * ```
 */
export function fitDecisionTree<Data extends TableOf<Data>>(data: Data, options: DecisionTreeOptions<ColumnNameOf<Data>>): DecisionTree {
  const settings = requireTreeSettings(CALLER, options);
  const table = parseTable(CALLER, data);
  if (table.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const given = options.weights === undefined ? null : readWeights(CALLER, table, options.weights);
  const all = new Int32Array(table.rowCount).map((_, row) => row);
  // A row of weight 0 is no row: it is left out here, and never heard of again.
  const rows = given === null ? all : all.filter((row) => given[row]! > 0);
  const weights = new Float64Array(rows.length).map((_, i) => (given === null ? 1 : given[rows[i]!]!));
  const { target, positive, features: wanted, weights: by } = options;
  const asked = { target, ...(positive !== undefined && { positive }), ...(wanted && { features: wanted }), ...(by !== undefined && { weights: by }) };
  const { y, loss, ...found } = readBoostingTarget(CALLER, table, asked, rows);
  const features = featureNames(CALLER, table, asked);
  const slotCount = Math.max(1, found.classes.length);
  const mean = loss === 'squared' ? weightedMean(y, weights) : 0;
  const sample: TreeSample = {
    ...readSample(CALLER, table, features, rows),
    weights,
    amounts: slotCount > 1 ? weights : weights.map((weight, i) => weight * (y[i]! - mean)),
    slots: slotCount > 1 ? new Uint16Array(y) : null,
    slotCount,
    scale: loss === 'logistic' ? 2 : 1,
  };
  const grown = growDecisionTree(sample, settings.limits);
  if (!(grown.impurities[0]! < Infinity)) throw new ClientelaError('INVALID_VALUE', `${CALLER} cannot square the numbers of "${target}", they are so large; divide them by some number`, { column: target });
  const risks = nodeRisks(grown, sample, settings.by);
  const path = pruningPath(grown, risks);
  const choice = choosePruning(sample, path, settings, options.onProgress);
  const isCategory = sample.inputs.map((input) => 'levels' in input);
  // A hair more, so that the tree of that very complexity is the one taken.
  const { nodes, kept } = prune(grown, isCategory, path.collapsesAt, choice.complexity * risks[0]! * (1 + 1e-9));
  const values = nodeValues(grown, kept, slotCount, mean);
  const report = {
    rowCount: rows.length,
    weight: grown.nodes.cover[0]!,
    overall: values.map((list) => list[0]!),
    leaves: nodes.feature.filter((j) => j < 0).length,
    depth: depthOf(nodes, 0),
    ...choice,
  };
  return new DecisionTree({ format: 'DecisionTree', formatVersion: 1, inputs: sample.inputs, nodes, values, summary: { target, features, ...found, report } });
}

function weightedMean(y: Float64Array, weights: Float64Array): number {
  let [sum, weight] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    sum += weights[i]! * y[i]!;
    weight += weights[i]!;
  }
  return sum / weight;
}

// Of numbers the mean that was taken off comes back.
function nodeValues({ nodes, sums }: GrownTree, kept: readonly number[], slotCount: number, mean: number): number[][] {
  return Array.from({ length: slotCount }, (_, slot) => kept.map((node) => mean + sums[node * slotCount + slot]! / nodes.cover[node]!));
}

function depthOf(nodes: GrownTree['nodes'], node: number): number {
  if (nodes.feature[node]! < 0) return 0;
  return 1 + Math.max(depthOf(nodes, nodes.left[node]!), depthOf(nodes, nodes.left[node]! + 1));
}
