import { requireKnownOptions, requireWhole } from '../../data/options.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { SURVIVAL_COLUMNS } from '../survivalRows.js';
import { maximiseNet, type NetPoint } from './coxElasticNet.js';
import { copySums } from './coxNewton.js';
import { check, COX_COLUMNS, requireCoxColumns, type CoxColumns } from './coxOptions.js';
import { coxRows, type CoxRows, type CoxTies } from './coxRows.js';
import { readCox } from './readCox.js';
import { likelihoodOf, steepestSlope, totalWeight } from './solveCox.js';

/** How to walk down the penalties of an elastic net. */
export interface CoxPathOptions<Names extends string = string> extends CoxColumns<Names> {
  /** From 0 (ridge) to 1 (lasso); alpha of glmnet. @defaultValue 1 */
  readonly mixing?: number;
  /** The penalties, in any order. @defaultValue `lambdaCount` of them, from the least that makes every coefficient 0 down to `lambdaMinRatio` of it */
  readonly lambdas?: readonly number[];
  /** How many penalties are tried. @defaultValue 100 */
  readonly lambdaCount?: number;
  /** The last penalty as a share of the first. @defaultValue 0.0001; 0.01 with fewer rows than columns */
  readonly lambdaMinRatio?: number;
  /** Largest violation of the conditions for a maximum, as a share of the largest slope at the start. @defaultValue 1e-9 */
  readonly tolerance?: number;
}

/** One penalty and what it leaves. */
export interface CoxPathPoint {
  /** How strong the penalty is, as in `penalty: { lambda }`. */
  readonly lambda: number;
  /** On the scale of the raw columns, in the order of `names`; 0 for what is left out. */
  readonly estimates: readonly number[];
  /** Of the partial likelihood, without the penalty. */
  readonly logLikelihood: number;
  /** Which share of the log-likelihood that is to be gained it gains; comparable with glmnet's `dev.ratio`. */
  readonly devianceRatio: number;
  /** How many coefficients are not 0. */
  readonly parameterCount: number;
}

/** Coefficients for falling penalties. */
export interface CoxPath {
  /** Of the columns: `age`, `plan=gold`. */
  readonly names: readonly string[];
  /** As given. */
  readonly mixing: number;
  /** The strongest penalty first. */
  readonly points: readonly CoxPathPoint[];
  /** Whether the conditions for a maximum were met at every penalty. */
  readonly converged: boolean;
}

const CALLER = 'fitCoxPath';
const OPTIONS = ['mixing', 'lambdas', 'lambdaCount', 'lambdaMinRatio', 'tolerance'];

/**
 * The coefficients of Cox regressions under elastic nets of falling strength: which features come in first, and how far one can do with few.
 *
 * Each fit starts from the one before (Simon, Friedman, Hastie and Tibshirani, 2011); a path found by itself ends where less penalty explains no
 * more, by the rules of glmnet. `fitCoxRegression` with `penalty: { lambda, mixing }` gives the model for one of them. O(rows * columns²) a step, a
 * few steps a penalty.
 *
 * @param data - raw rows
 * @param options - `duration` at least, and `event` unless every row had it
 * @returns a point for each penalty
 * @throws a {@link ClientelaError} as `fitCoxRegression`
 * @example
 * ```ts
 * // Who is on the monthly plan leaves sooner; the colour says nothing.
 * const rows = [5, 8, 12, 3, 4, 9, 2, 7].map((months, i) => ({ monthly: Number(i > 2), colour: i % 2, months, left: i !== 2 }));
 * const path = fitCoxPath(rows, { duration: 'months', event: 'left' });
 * path.points[0]?.estimates; // => [0, 0]
 * path.points.find(({ parameterCount }) => parameterCount === 1)?.estimates[1]; // => 0
 * ```
 */
export function fitCoxPath<Data extends TableOf<Data>>(data: Data, options: CoxPathOptions<ColumnNameOf<Data>>): CoxPath {
  requirePathOptions(options);
  const { ties = 'efron', mixing = 1, lambdas, lambdaCount = 100, tolerance = 1e-9, maxIterations = 100, onProgress } = options;
  const { rows: read, columns, strata } = readCox(CALLER, data, options);
  const rows = coxRows(read, columns, strata);
  const total = totalWeight(rows);
  const likelihood = likelihoodOf(rows, { caller: CALLER, ties });
  const atZero = copySums(likelihood.evaluate(new Float64Array(rows.columnCount)));
  const steepest = steepestSlope(atZero, total);
  const ratio = options.lambdaMinRatio ?? (rows.rowCount < rows.columnCount ? 0.01 : 1e-4);
  const first = steepest / Math.max(mixing, 1e-3);
  const strengths = lambdas === undefined ? Array.from({ length: lambdaCount }, (_, k) => first * ratio ** (k / (lambdaCount - 1))) : [...lambdas].sort((a, b) => b - a);
  const gain = saturatedLikelihood(rows, ties) - atZero.logLikelihood;
  const points: CoxPathPoint[] = [];
  let here: NetPoint = { beta: new Float64Array(rows.columnCount), sums: atZero };
  let converged = true;
  for (const lambda of strengths) {
    const fit = maximiseNet(likelihood, here, steepest, { lambda, mixing, total, tolerance, maxIterations, onStep: undefined });
    here = fit;
    converged &&= fit.outcome === 'step below tolerance';
    const devianceRatio = gain > 0 ? (fit.sums.logLikelihood - atZero.logLikelihood) / gain : 0;
    points.push({
      lambda,
      estimates: Array.from(fit.beta, (b, j) => b / rows.scales[j]!),
      logLikelihood: fit.sums.logLikelihood,
      devianceRatio,
      parameterCount: fit.beta.reduce((count, b) => count + (b === 0 ? 0 : 1), 0),
    });
    if (onProgress?.({ done: points.length, total: strengths.length, objective: devianceRatio }) === false) break;
    if (lambdas === undefined && isExhausted(points)) break;
  }
  return { names: rows.names, mixing, points, converged };
}

function requirePathOptions(options: CoxPathOptions): void {
  requireKnownOptions(CALLER, options, [...SURVIVAL_COLUMNS, ...COX_COLUMNS, ...OPTIONS]);
  requireCoxColumns(CALLER, options);
  const { mixing = 1, lambdas, lambdaCount = 100, lambdaMinRatio = 0.5, tolerance = 1 } = options;
  check(CALLER, 'mixing', mixing, mixing >= 0 && mixing <= 1, 'between 0 and 1');
  check(CALLER, 'lambdas', lambdas, lambdas === undefined || (Array.isArray(lambdas) && lambdas.length > 0 && lambdas.every((lambda) => lambda >= 0 && lambda < Infinity)), 'as an array of numbers of 0 or more');
  requireWhole(CALLER, 'lambdaCount', lambdaCount, 2);
  check(CALLER, 'lambdaMinRatio', lambdaMinRatio, lambdaMinRatio > 0 && lambdaMinRatio < 1, 'between 0 and 1');
  check(CALLER, 'tolerance', tolerance, tolerance > 0, 'above 0');
}

/** glmnet's rule: nearly all is explained, or the last step explained nothing. */
function isExhausted(points: readonly CoxPathPoint[]): boolean {
  const last = points.length - 1;
  if (last < 4) return false;
  const ratio = points[last]!.devianceRatio;
  return ratio > 0.999 || ratio - points[last - 1]!.devianceRatio < 1e-5 * ratio;
}

/** The log-likelihood where every event was certain to be next, ties apart. */
function saturatedLikelihood({ blockStarts, eventEnds, weights }: CoxRows, ties: CoxTies): number {
  if (ties === 'exact') return 0;
  let sum = 0;
  for (let b = 0; b < eventEnds.length; b++) {
    const count = eventEnds[b]! - blockStarts[b]!;
    if (count === 0) continue;
    let weight = 0;
    for (let row = blockStarts[b]!; row < eventEnds[b]!; row++) weight += weights === null ? 1 : weights[row]!;
    for (let j = 0; j < count; j++) sum -= (weight / count) * Math.log(ties === 'breslow' ? weight : weight * (1 - j / count));
  }
  return sum;
}
