import { numbersOf } from '../../data/replayColumn.js';
import { readWeights } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { frontierDesign } from './frontierDesign.js';
import type { FrontierTask } from './frontierTask.js';
import { requireFrontierOptions, type StochasticFrontierOptions } from './frontierOptions.js';
import { leastSquares } from './frontierStart.js';
import { readFrontierTarget } from './readFrontierTarget.js';
import { solveFrontier } from './solveFrontier.js';
import { StochasticFrontier } from './stochasticFrontier.js';
import { frontierState } from './summariseFrontier.js';

const CALLER = 'fitStochasticFrontier';
const MAX_ITERATIONS = 200;

/**
 * A stochastic frontier: how much customers like this one spend at most, chance apart, and how far each stays below it. Its wallet and its
 * share of wallet follow; likewise output and efficiency of branches, or cost.
 *
 * ln(target) = x'b + v - u, with x'b a sum over features (numbers as they are, categories as 0/1 columns against their first level, a missing
 * number at its mean with an indicator of its own), v normal noise and u of 0 or more the inefficiency (Aigner, Lovell and Schmidt, 1977;
 * Meeusen and van den Broeck, 1977; the truncated normal: Stevenson, 1980); u is added for costs. With drivers, ln sigmaU² and ln sigmaV²
 * are sums, too: what makes the share of wallet larger or smaller (Caudill and Ford, 1993). Features in logarithms are the caller's to make.
 *
 * Newton's method with exact second derivatives, from corrected least squares, to the maximum of the likelihood; the standard errors rest on the
 * same derivatives. About ten walks over the rows, O(rows * parameters²) each. Inefficiency shows as residuals that lean downwards; where they
 * lean the other way, least squares is the maximum (Waldman, 1982), `status` is `'noInefficiency'`, and `note` says what to do.
 *
 * @param data - raw rows, one target each
 * @param options - `target` at least
 * @returns the fitted frontier
 * @throws a {@link ClientelaError} `INVALID_VALUE` (a target of 0 or less where its logarithm is modelled), `MISSING_VALUE` (a row without
 * target), `NOT_IDENTIFIED` (targets that the features determine exactly), `NON_FINITE_VALUE`, `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`,
 * `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { createRandom } from 'clientela/data';
 * // Shops whose wallet doubles with their size, and who spend a part of it elsewhere.
 * const random = createRandom(1);
 * const shops = Array.from({ length: 300 }, (_, i) => {
 *   const wallet = (i % 2 === 0 ? 100 : 200) * Math.exp(0.2 * random.normal());
 *   return { size: i % 2 === 0 ? 'small' : 'large', spend: wallet * Math.exp(-Math.abs(0.6 * random.normal())) };
 * });
 * const model = fitStochasticFrontier(shops, { target: 'spend' });
 * model.status; // => 'inefficiency'
 * Math.round(model.predictRow({ size: 'large' }) / model.predictRow({ size: 'small' })); // => 2
 * const { multiplier } = model.efficiencies(shops);
 * shops[0]!.spend * multiplier[0]! > shops[0]!.spend; // => true
 * ```
 */
export function fitStochasticFrontier<Data extends TableOf<Data>>(data: Data, options: StochasticFrontierOptions<ColumnNameOf<Data>>): StochasticFrontier {
  requireFrontierOptions(CALLER, options);
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const { target, features, inefficiencyDrivers = [], noiseDrivers = [], minLevelCount, distribution = 'halfNormal', frontier = 'production', scale = 'log', onProgress } = options;
  const weights = options.weights === undefined ? null : readWeights(CALLER, view, options.weights);
  const values = readFrontierTarget(CALLER, numbersOf(CALLER, target, view.source(target)), { column: target, isLog: scale === 'log', weights });
  const exclude = [target, options.weights, ...inefficiencyDrivers, ...noiseDrivers].filter((name) => typeof name === 'string');
  const request = { exclude, weights, minLevelCount };
  const designs = [
    frontierDesign(CALLER, view, { ...request, features }),
    frontierDesign(CALLER, view, { ...request, features: inefficiencyDrivers.length === 0 ? null : inefficiencyDrivers }),
    frontierDesign(CALLER, view, { ...request, features: noiseDrivers.length === 0 ? null : noiseDrivers }),
  ] as const;
  const columns = [designs[0].columns, designs[1].columns, designs[2].columns] as const;
  const centred = centre(signedTarget(values, scale === 'log', frontier === 'cost', weights), weights);
  const line = leastSquares({ y: centred.y, weights, columns });
  const unit = Math.sqrt(line.meanSquare);
  if (!(unit > 1e-10 * centred.spread)) {
    throw new ClientelaError('NOT_IDENTIFIED', `${CALLER} needs targets that the features do not determine exactly, found residuals of 0 in ${view.rowCount} rows of "${target}"; give more rows or fewer features`, { column: target, rows: view.rowCount });
  }
  const y = residualsIn(unit, centred.y, columns[0], line.beta);
  const onStep = onProgress && ((done: number, objective: number): boolean => onProgress({ done, total: MAX_ITERATIONS, objective }) !== false);
  const solution = solveFrontier({ y, weights, columns }, distribution, { maxIterations: MAX_ITERATIONS, onStep });
  const task: FrontierTask = { options, designs, solution, unit, center: centred.center, line: line.beta, total: line.total, values, view, weights };
  return new StochasticFrontier(frontierState(task));
}

/** What the sum stands for, turned so that inefficiency lowers it. */
function signedTarget(values: Float64Array, isLog: boolean, isCost: boolean, weights: Float64Array | null): Float64Array {
  const sign = isCost ? -1 : 1;
  return values.map((value, row) => (weights !== null && weights[row] === 0 ? 0 : sign * (isLog ? Math.log(value) : value)));
}

/** The least-squares residuals, in their own spread: what is left to fit is of size 1 in any currency. */
function residualsIn(unit: number, y: Float64Array, columns: readonly Float64Array[], beta: Float64Array): Float64Array {
  const residuals = y.slice();
  columns.forEach((column, j) => {
    for (let i = 0; i < residuals.length; i++) residuals[i]! -= beta[j]! * column[i]!;
  });
  return residuals.map((r) => r / unit);
}

function centre(values: Float64Array, weights: Float64Array | null): { readonly y: Float64Array; readonly center: number; readonly spread: number } {
  let [total, sum, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    total += weight;
    sum += weight * values[i]!;
  }
  const center = sum / total;
  const y = values.map((value) => value - center);
  for (let i = 0; i < y.length; i++) squares += (weights === null ? 1 : weights[i]!) * y[i]! * y[i]!;
  // A constant target leaves rounding.
  return { y, center, spread: Math.sqrt(squares / total) + 1e-4 * Math.abs(center) + 1e-300 };
}
