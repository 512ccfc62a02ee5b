import { readWeights } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { binColumns } from './binColumns.js';
import type { BinnedFeature } from './binTable.js';
import { BoostedTrees } from './boostedTrees.js';
import { featureNames, monotoneDirections } from './boostingInputs.js';
import { fitBaselines } from './boostingLosses.js';
import type { BoostedTreesOptions } from './boostingOptions.js';
import { decideSettings, settleSizes } from './boostingSettings.js';
import { readBoostingTarget, requireLearnable } from './boostingTarget.js';
import { boostRounds } from './boostRounds.js';
import { holdOut } from './holdOut.js';
import { isOfClasses } from './respond.js';
import type { TreeFeature } from './treeNodes.js';
import { writeTrees } from './writeTrees.js';

const CALLER = 'fitBoostedTrees';

/**
 * Boosted decision trees: predictions from many small trees, each grown on what those before it left unexplained.
 *
 * Gradient boosting with Newton's step (Friedman, 2001; Chen and Guestrin, 2016) on histograms of up to 255 bins a column, each tree grown
 * leaf by leaf where the loss falls most (Ke et al., 2017). Missing numbers go to the side where they gain; categories are divided into
 * two groups of levels at once, ordered by their effect; a category that looks like an identifier (more than 500 levels) is refused. A weight of 2
 * is the row twice and a weight of 0 no row, in all that is counted. The same data and seed give the same trees.
 * O(trees * rows * features), and rows * log rows for the bins.
 *
 * The loss follows from the target: two classes `logistic`, more `multinomial`, numbers `squared`; or say which. `absolute` and `quantile`
 * give leaves the exact quantile of what is left. `poisson`, `gamma` and `tweedie` predict on the logarithmic scale, so that predictions are positive.
 *
 * @param data - raw rows, one target value each
 * @param options - `target` at least
 * @returns the fitted model
 * @throws a {@link ClientelaError} `TARGET_CLASSES`, `MISSING_VALUE` (a row without target), `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND` (dates,
 * and categories that look like an identifier), `NON_FINITE_VALUE`, `INVALID_VALUE` (a target outside the loss), `LENGTH_MISMATCH`, `DUPLICATE_COLUMN` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Customers of two years and more stay; of the others those with a contract.
 * const customers = Array.from({ length: 400 }, (_, i) => ({ months: i % 40, contract: i % 3 === 0 ? 'yes' : 'no', left: i % 40 < 24 && i % 3 > 0 }));
 * const model = fitBoostedTrees(customers, { target: 'left', trees: 50, learningRate: 0.2 });
 * model.predictProbabilityRow({ months: 30, contract: 'no' }) < 0.01; // => true
 * model.predictProbabilityRow({ months: 10, contract: 'no' }) > 0.99; // => true
 * model.report.rounds; // => 50
 * ```
 */
export function fitBoostedTrees<Data extends TableOf<Data>>(data: Data, options: BoostedTreesOptions<ColumnNameOf<Data>>): BoostedTrees {
  const figures = decideSettings(CALLER, options);
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const given = options.weights === undefined ? null : readWeights(CALLER, view, options.weights);
  // A row of weight 0 is no row: it is left out here, and never heard of again.
  const rows = new Int32Array(view.rowCount).map((_, row) => row).filter((row) => given === null || given[row]! > 0);
  const weights = given === null ? null : Float64Array.from(rows, (row) => given[row]!);
  const { y, ...target } = readBoostingTarget(CALLER, view, options, rows);
  const { earlyStopping = false, onProgress } = options;
  const isHeld = earlyStopping === false ? null : holdOut(CALLER, view, earlyStopping, rows, isOfClasses(target.loss) ? y : null, figures.seed);
  const part = (side: number): Int32Array => new Int32Array(rows.length).map((_, i) => i).filter((i) => (isHeld?.[i] ?? 0) === side);
  const [learn, held] = [part(0), part(1)];
  requireLearnable(CALLER, options, { ...target, y }, learn);
  const weight = weights === null ? learn.length : learn.reduce((sum, row) => sum + weights[row]!, 0);
  const features = featureNames(CALLER, view, options);
  const settings = settleSizes(figures, weight, features.length);
  const directions = monotoneDirections(CALLER, options, features);
  const table = binColumns(CALLER, view, features, { rows, learn, weights, y }, directions, settings);
  const problem = { ...settings, loss: target.loss, quantile: target.loss === 'absolute' ? 0.5 : settings.quantile, y, weights, width: Math.max(1, target.classes.length) };
  const baselines = fitBaselines(problem, learn);
  const onRound = onProgress && ((done: number, loss: number): boolean => onProgress({ done, total: settings.trees, objective: -loss }) !== false);
  const patience = earlyStopping === false ? 0 : (earlyStopping.rounds ?? 20);
  const { trees, ...made } = boostRounds({ table, problem, settings, baselines, learn, held, patience, onRound });
  // No limit is no number that JSON knows.
  const finite = Object.fromEntries(Object.entries(settings).filter(([, value]) => value < Infinity));
  const report = { rowCount: learn.length, weight, heldOut: held.length, ...made, settings: finite };
  return new BoostedTrees({
    format: 'BoostedTrees',
    formatVersion: 1,
    baselines,
    inputs: table.features.map(inputOf),
    trees: writeTrees(trees, table.features, settings.learningRate),
    summary: { target: options.target, features, ...target, report },
  });
}

function inputOf({ column, levels, missingBin }: BinnedFeature): TreeFeature {
  return levels === null ? { column, missing: missingBin >= 0 } : { column, levels };
}
