import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { readClusters } from '../../learners/readClusters.js';
import { baselineHazard } from './after/baselineHazard.js';
import { scoreMeat } from './after/robustVariance.js';
import { requireCoxOptions, type CoxRegressionOptions } from './coxOptions.js';
import { CoxRegression } from './coxRegression.js';
import { coxRows } from './coxRows.js';
import { readCox } from './readCox.js';
import { solveCox } from './solveCox.js';
import { summariseCox } from './summariseCox.js';

const CALLER = 'fitCoxRegression';

/**
 * A Cox regression: who is next to leave. It finds what each feature multiplies the hazard by (the rate of leaving among those still there), and
 * leaves the hazard of the average customer free to rise and fall with time (Cox, 1972).
 *
 * The hazard of a row is h0(t) exp(sum over features): numbers as they are, categories as 0/1 columns against their first level (by code unit), a
 * missing number at its mean with an indicator of its own. At each time of an event the partial likelihood asks how probable it was that this row
 * among those at risk was the one; a row is at risk after its `entry` and up to its `duration`, so that features may change with time (one row for
 * each stretch). Tied events by Efron (1977), Breslow (1974) or exactly. Weights count as repetition does under Breslow's rule.
 *
 * Newton's method on standardised columns, 4 to 6 walks over rows sorted once, O(rows * columns²) each whatever the ties, memory linear in the
 * cells. Columns that others determine are left out and named in `aliased`. Where a column foretells who is next without exception, the estimate
 * is infinite: `status` is `'separated'`, the columns are named, all else is exact.
 *
 * @param data - raw rows
 * @param options - `duration` at least, and `event` unless every row had it
 * @returns the fitted model
 * @throws a {@link ClientelaError} `NOT_IDENTIFIED` (no event), `MISSING_VALUE` or `INVALID_VALUE` (durations, entries, strata), `EMPTY_INPUT`,
 * `UNKNOWN_COLUMN`, `COLUMN_KIND` (dates, and categories that look like an identifier), `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, `TARGET_CLASSES` or
 * `INVALID_OPTION`
 * @example
 * ```ts
 * // Therneau's six rows: two leave at 1 and 6, one each at 9; rows with x = 1 leave sooner.
 * const rows = [
 *   { months: 1, left: 1, x: 1 },
 *   { months: 1, left: 0, x: 1 },
 *   { months: 6, left: 1, x: 1 },
 *   { months: 6, left: 1, x: 0 },
 *   { months: 8, left: 0, x: 0 },
 *   { months: 9, left: 1, x: 0 },
 * ];
 * const model = fitCoxRegression(rows, { duration: 'months', event: 'left', ties: 'breslow' });
 * model.coefficients[0]?.hazardRatio; // => (3 + Math.sqrt(33)) / 2
 * model.predictSurvival(rows, 6)[0]! < model.predictSurvival(rows, 6)[5]!; // => true
 * ```
 */
export function fitCoxRegression<Data extends TableOf<Data>>(data: Data, options: CoxRegressionOptions<ColumnNameOf<Data>>): CoxRegression {
  requireCoxOptions(CALLER, options);
  const { ties = 'efron', tolerance = 1e-8, maxIterations = 100, penalty = null, standardErrors = 'model', onProgress } = options;
  const { view, rows, terms, columns, strata } = readCox(CALLER, data, options);
  const clusters = readClusters(CALLER, view, standardErrors);
  const onStep = onProgress && ((done: number, objective: number): boolean => onProgress({ done, total: maxIterations, objective }) !== false);
  const solution = solveCox(coxRows(rows, columns, strata), { caller: CALLER, ties, penalty, tolerance, maxIterations, onStep });
  const { beta } = solution.fit;
  const meat = standardErrors === 'model' ? null : scoreMeat(solution.rows, beta, ties, clusters);
  const { summary, covariance, inverse, effects } = summariseCox({ options, terms, solution, meat });
  return new CoxRegression({
    format: 'CoxRegression',
    formatVersion: 1,
    effects,
    terms,
    kept: solution.kept,
    slopes: Array.from(beta),
    inverse: inverse && Array.from(inverse),
    columns: {
      duration: options.duration,
      event: options.event ?? null,
      eventValue: options.eventValue ?? null,
      entry: options.entry ?? null,
      weights: typeof options.weights === 'string' ? options.weights : null,
      strata: options.strata ?? null,
      tieTolerance: options.tieTolerance ?? 0,
    },
    strataLevels: strata && strata.levels,
    baseline: baselineHazard(solution.rows, beta, ties === 'efron' ? 'efron' : 'breslow'),
    covariance,
    summary,
  });
}
