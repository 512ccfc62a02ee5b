import { readBinaryTarget, type TargetValue } from '../data/binaryTarget.js';
import { learnTerms } from '../data/learnTerms.js';
import { readRowNumbers, readWeights } from '../data/rowNumbers.js';
import type { ColumnNameOf, TableOf, TableView } from '../data/table.js';
import { parseTable } from '../data/takeRows.js';
import { ClientelaError } from '../errors.js';
import { buildEffects } from './buildEffects.js';
import { designColumns } from './logisticDesign.js';
import { requireLogisticOptions, type LogisticRegressionOptions } from './logisticOptions.js';
import { LogisticRegression } from './logisticRegression.js';
import { totalWeight } from './newtonLogistic.js';
import { readClusters } from './readClusters.js';
import { hasBothClasses } from './separation.js';
import { solveLogistic } from './solveLogistic.js';
import { summariseFit } from './summariseFit.js';

const CALLER = 'fitLogisticRegression';

/**
 * A logistic regression by exact maximum likelihood: coefficients with standard errors, and probabilities for new rows.
 *
 * log(p / (1 - p)) is a sum over features: numbers as they are, categories as 0/1 columns against their first level (by code unit), a
 * missing number at its mean with an indicator of its own. Newton's method with step-halving on standardised columns, from a start that
 * does not diverge (McCullagh and Nelder, 1989); from 50,000 rows on it begins on a sample, and is as exact. O(rows * columns^2).
 *
 * Columns that others determine are left out and named in `aliased`. Where a column or level foretells the outcome of some rows without
 * exception no finite estimate exists: it is named in `separated`, all else is exact. With all rows foretold there is nothing to
 * estimate, and the fit says so by an error.
 *
 * @param data - raw rows, one target value each
 * @param options - `target` at least
 * @returns the fitted model
 * @throws a {@link ClientelaError} `PERFECT_SEPARATION`, `TARGET_CLASSES`, `MISSING_VALUE` (a row without target), `EMPTY_INPUT`, `UNKNOWN_COLUMN`,
 * `COLUMN_KIND` (dates, and categories that look like an identifier), `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Of 100 customers with a card 40 answered, of 100 without 20.
 * const customers = Array.from({ length: 200 }, (_, i) => ({ card: i < 100 ? 1 : 0, answered: i % 100 < (i < 100 ? 40 : 20) ? 'yes' : 'no' }));
 * const model = fitLogisticRegression(customers, { target: 'answered' });
 * model.coefficients[1]?.estimate; // => Math.log((40 * 80) / (60 * 20))
 * model.coefficients[1]?.standardError; // => Math.sqrt(1 / 40 + 1 / 60 + 1 / 20 + 1 / 80)
 * model.predictProbabilityRow({ card: 1 }); // => 0.4
 * model.explain({ card: 1 }).contributions[0]?.direction; // => 'raises'
 * ```
 */
export function fitLogisticRegression<Data extends TableOf<Data>>(data: Data, options: LogisticRegressionOptions<ColumnNameOf<Data>>): LogisticRegression {
  requireLogisticOptions(CALLER, options);
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const weights = options.weights === undefined ? null : readWeights(CALLER, view, options.weights);
  const offset = options.offset === undefined ? null : readRowNumbers(CALLER, 'offset', view, options.offset);
  const { positive, y } = readOutcomes(view, options, weights);
  const clusters = readClusters(CALLER, view, options.standardErrors);
  const terms = learnTerms(CALLER, view, {
    exclude: namedColumns(options),
    ...(options.features && { features: options.features }),
    ...(weights && { weights }),
    ...(options.minLevelCount !== undefined && { minLevelCount: options.minLevelCount }),
  });
  const { ridge = 0, firth = false, confidence = 0.95, tolerance = 1e-8, maxIterations = 50, onProgress } = options;
  const problem = { columns: designColumns(CALLER, terms, view, weights !== null), y, weights, offset, ridge };
  const onStep = onProgress && ((done: number, objective: number): boolean => onProgress({ done, total: maxIterations, objective }) !== false);
  const solution = solveLogistic(CALLER, problem, firth, { tolerance, maxIterations, onStep, total: totalWeight(problem) });
  const effects = buildEffects(terms, solution.beta.subarray(1));
  const standardErrors = clusters !== null ? 'cluster' : options.standardErrors === 'robust' ? 'robust' : 'model';
  const { summary, covariance } = summariseFit(problem, solution, { target: options.target, positive, features: effects.map(({ column }) => column), confidence, standardErrors, clusters });
  return new LogisticRegression({
    format: 'LogisticRegression',
    formatVersion: 1,
    intercept: solution.beta[0]!,
    effects,
    terms,
    offset: typeof options.offset === 'string' ? options.offset : null,
    covariance,
    summary,
  });
}

function namedColumns({ target, weights, offset, standardErrors }: LogisticRegressionOptions): string[] {
  const cluster = typeof standardErrors === 'object' ? standardErrors.cluster : undefined;
  return [target, weights, offset, cluster].filter((name) => typeof name === 'string');
}

/** The target as 1 and 0; a row of weight 0 may be without. */
function readOutcomes(view: TableView, { target, positive }: LogisticRegressionOptions, weights: Float64Array | null): { positive: TargetValue; y: Float64Array } {
  const found = readBinaryTarget(CALLER, view, target, positive);
  const y = new Float64Array(found.labels);
  for (let row = 0; row < y.length; row++) {
    if (y[row]! >= 0) continue;
    if (weights?.[row] !== 0) {
      throw new ClientelaError('MISSING_VALUE', `${CALLER} needs a target in every row, found none in column "${target}", row ${row}; leave out rows that are not labelled`, {
        column: target,
        row,
      });
    }
    y[row] = 0;
  }
  if (hasBothClasses({ y, weights })) return { positive: found.positive, y };
  throw new ClientelaError('TARGET_CLASSES', `${CALLER} needs both classes of "${target}" among the rows of weight above 0, found one`, { column: target });
}
