import { learnTerms } from '../../data/learnTerms.js';
import { numbersOf } from '../../data/replayColumn.js';
import { readWeights } from '../../data/rowNumbers.js';
import { parseTable } from '../../data/takeRows.js';
import type { ColumnNameOf, TableOf, TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { Convergence } from '../../numeric/convergence.js';
import { designColumns, type DesignColumn } from '../logisticDesign.js';
import { coefficientLine, rawCoefficients, rawCovariance } from '../logisticInference.js';
import { quantileDesign, type QuantileDesign } from './quantileDesign.js';
import { quantileCovariance } from './quantileInference.js';
import { requireQuantileOptions, type QuantileRegressionOptions } from './quantileOptions.js';
import { QuantileRegression } from './quantileRegression.js';
import { QuantileSolver, type QuantileSolution } from './quantileSolver.js';
import type { QuantileFit, QuantileInference } from './quantileState.js';

const CALLER = 'fitQuantileRegression';

/**
 * A regression for quantiles: what nine in ten customers like this one stay below, or any other share, by the exact minimum.
 *
 * The quantile is a sum over features: numbers as they are, categories as 0/1 columns against their first level (by code unit), a missing
 * number at its mean with an indicator of its own. The coefficients make the losses least: `quantile` times the residuals above, the rest of
 * 1 times those below (Koenker and Bassett, 1978). The vertex is found by the simplex method on those rows that a sample leaves in doubt
 * (Barrodale and Roberts, 1973; Portnoy and Koenker, 1997) and proven on all: see `certificate`. About linear in rows * columns.
 *
 * Where several vertices are as good, the fit says so (`isUnique`) and takes the lowest. Columns that others determine are left out and
 * named in `aliased`. Of several quantiles the predictions are put in order, so that they never cross (Chernozhukov, Fernández-Val and
 * Galichon, 2010). Standard errors as in quantreg: `'iid'` (Koenker and Bassett, 1982), `'nid'` (Hendricks and Koenker, 1992).
 *
 * @param data - raw rows, one number to predict each
 * @param options - `target` at least
 * @returns the fitted model
 * @throws a {@link ClientelaError} `MISSING_VALUE` (a row without target), `NON_FINITE_VALUE`, `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`,
 * `LENGTH_MISMATCH`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // What customers spend, by the size of their shop: the best of the small ones spend 30, of the large ones 60.
 * const customers = [10, 20, 30, 20, 40, 60].map((spend, i) => ({ size: i < 3 ? 1 : 2, spend }));
 * const model = fitQuantileRegression(customers, { target: 'spend', quantiles: [0.5, 0.9] });
 * model.predict([{ size: 1 }, { size: 2 }]); // => [20, 30, 40, 60]
 * model.fits[1]?.coefficients[1]?.estimate; // => 30
 * model.fits[1]?.isUnique; // => true
 * ```
 */
export function fitQuantileRegression<Data extends TableOf<Data>>(data: Data, options: QuantileRegressionOptions<ColumnNameOf<Data>>): QuantileRegression {
  const quantiles = requireQuantileOptions(CALLER, options);
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const { features, minLevelCount, standardErrors = 'none', confidence = 0.95 } = options;
  const weights = options.weights === undefined ? null : readWeights(CALLER, view, options.weights);
  const target = readTarget(view, options.target, weights);
  const terms = learnTerms(CALLER, view, {
    exclude: [options.target, options.weights].filter((name) => typeof name === 'string'),
    ...(features && { features }),
    ...(weights && { weights }),
    ...(minLevelCount !== undefined && { minLevelCount }),
  });
  const columns = designColumns(CALLER, terms, view, weights !== null);
  const design = quantileDesign(columns, target, weights);
  const solutions = solveAll(design, quantiles, options.onProgress);
  const inference = standardErrors === 'none' ? null : { standardErrors, confidence };
  return new QuantileRegression({
    format: 'QuantileRegression',
    formatVersion: 1,
    terms,
    slopes: solutions.found.map(({ beta }) => spread(raised(beta, design), design.kept, columns.length + 1)),
    summary: {
      target: options.target,
      features: [...new Set(terms.map(({ column }) => column))],
      quantiles: quantiles.slice(0, solutions.found.length),
      fits: describeFits(columns, design, quantiles, solutions, inference),
      rowCount: weights === null ? view.rowCount : weights.reduce((sum, w) => sum + w, 0),
      inference,
      aliased: design.aliased,
      crossings: solutions.crossings,
      convergence: convergenceOf(solutions.found, quantiles.length),
    },
  });
}

function describeFits(columns: readonly DesignColumn[], design: QuantileDesign, quantiles: readonly number[], { solver, found }: Solutions, inference: QuantileInference | null): QuantileFit[] {
  const { target, weights } = design.rows;
  const bare = new QuantileSolver({ columns: [new Float64Array(target.length).fill(1)], target, weights }, Int32Array.of(0));
  return found.map((solution, k): QuantileFit => {
    const quantile = quantiles[k]!;
    const { objective, isUnique, certificate } = solution;
    const covariance = inference && quantileCovariance(inference.standardErrors, solver, solution, quantile);
    const coefficients = coefficientLines(design.kept, columns, raised(solution.beta, design), covariance, inference?.confidence ?? 0.95);
    const losses = bare.solve(quantile).objective;
    return { quantile, coefficients, objective, r1: losses > 0 ? Math.max(0, 1 - objective / losses) : 0, isUnique, certificate };
  });
}

function convergenceOf(found: readonly QuantileSolution[], asked: number): Convergence {
  const isProven = found.every(({ certificate }) => certificate.dualExcess < 1e-6 && certificate.gap < 1e-9);
  const isComplete = found.length === asked;
  return {
    converged: isProven && isComplete,
    iterations: found.reduce((sum, { exchanges }) => sum + exchanges, 0),
    gradientNorm: 0,
    reason: !isComplete ? 'stopped by onProgress' : isProven ? 'minimum proven' : 'exchange limit',
  };
}

/** The target as numbers; a row of weight 0 may be without. */
function readTarget(view: TableView, column: string, weights: Float64Array | null): Float64Array {
  const target = numbersOf(CALLER, column, view.source(column));
  const row = target.findIndex((y, i) => !Number.isFinite(y) && weights?.[i] !== 0);
  if (row < 0) return target;
  const [code, needs] = Number.isNaN(target[row]) ? (['MISSING_VALUE', 'a target in every row'] as const) : (['NON_FINITE_VALUE', 'finite targets'] as const);
  throw new ClientelaError(code, `${CALLER} needs ${needs}, found ${target[row]} in column "${column}", row ${row}; leave out such rows`, { column, row });
}

interface Solutions {
  readonly solver: QuantileSolver;
  readonly found: readonly QuantileSolution[];
  /** Rows and neighbouring quantiles whose planes cross. */
  readonly crossings: number;
}

function solveAll({ rows, anchors }: QuantileDesign, quantiles: readonly number[], onProgress: QuantileRegressionOptions['onProgress']): Solutions {
  const solver = new QuantileSolver(rows, anchors);
  const found: QuantileSolution[] = [];
  let crossings = 0;
  let lower: Float64Array | undefined;
  for (const tau of quantiles) {
    const { residuals, ...solution } = solver.solve(tau);
    // Where planes cross, the one that should be higher leaves the larger residual.
    for (let i = 0; lower !== undefined && i < lower.length; i++) if (residuals[i]! - lower[i]! > 1e-9 * solver.spread) crossings++;
    lower = residuals;
    found.push(solution);
    if (onProgress?.({ done: found.length, total: quantiles.length, objective: solution.objective }) === false) break;
  }
  return { solver, found, crossings };
}

function coefficientLines(kept: readonly number[], columns: readonly DesignColumn[], beta: Float64Array, covariance: Float64Array | null, confidence: number): QuantileFit['coefficients'] {
  const own = kept.slice(1).map((position) => columns[position - 1]!);
  const raw = rawCoefficients(own, beta);
  const variances = covariance && rawCovariance(own, covariance);
  return [...raw].map((estimate, k) => coefficientLine(k === 0 ? '(Intercept)' : own[k - 1]!.name, estimate, variances && variances[k * raw.length + k]!, confidence));
}

/** With the level of the targets in the intercept. */
function raised(beta: Float64Array, { level }: QuantileDesign): Float64Array {
  return beta.map((value, k) => (k === 0 ? value + level : value));
}

function spread(values: Float64Array, positions: readonly number[], size: number): number[] {
  const all = new Array<number>(size).fill(0);
  positions.forEach((position, k) => (all[position] = values[k]!));
  return all;
}
