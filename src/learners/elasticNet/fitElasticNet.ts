import { planFolds } from '../../data/foldPlan.js';
import { learnTerms } from '../../data/learnTerms.js';
import { readRowNumbers, readWeights } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import { designColumns } from '../logisticDesign.js';
import { choosePoint, describePath, penaltyOf } from './choosePenalty.js';
import { crossValidatePath } from './crossValidatePath.js';
import { ElasticNet } from './elasticNet.js';
import { requireElasticNetOptions, type ElasticNetOptions } from './elasticNetOptions.js';
import { fitPath, type PathOptions } from './fitPath.js';
import { blockLosses } from './penalisedLoss.js';
import { readOutcome } from './readOutcome.js';
import { takeProblem } from './takeProblem.js';

const CALLER = 'fitElasticNet';

/**
 * A linear model whose penalty keeps coefficients small and leaves columns out, its strength chosen on held-out rows: for many columns, correlated
 * columns, few rows, and where a short list of columns is wanted.
 *
 * Minimises mean loss + lambda * sum of (mixing |b| + (1 - mixing) b^2 / 2) over standardised columns; the intercept is free (Friedman, Hastie and
 * Tibshirani, 2010: the objective of glmnet). The loss is minus the log-likelihood of a binomial, multinomial or Poisson target, or half the squared
 * error; for the latter b^2 is divided by the standard deviation of the target, again as in glmnet, so that its unit does not matter. Every minimum of
 * the path is exact: the conditions of Karush, Kuhn and Tucker hold to some 1e-9 of the largest slope. Categories are 0/1 columns against their first
 * level (by code unit), a missing number stands at its mean with an indicator of its own. O(rows * columns) a step, two or three steps a penalty.
 *
 * The penalty is chosen by cross-validation over the same penalties; each fold standardises its own columns.
 *
 * @param data - raw rows, one target value each
 * @param options - `target` at least
 * @returns the model of the chosen penalty
 * @throws a {@link ClientelaError} `TARGET_CLASSES`, `MISSING_VALUE` (a row without target), `NOT_IDENTIFIED` (no count above 0), `EMPTY_INPUT`, `UNKNOWN_COLUMN`,
 * `COLUMN_KIND`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `INVALID_OPTION` or `PERFECT_SEPARATION` (lambda 0 and every class foretold)
 * @example
 * ```ts
 * // The target follows x; z is noise.
 * const rows = Array.from({ length: 60 }, (_, i) => ({ x: i % 10, z: (i * 7) % 11, spend: 3 + 2 * (i % 10) + ((i * 13) % 5) }));
 * const lasso = fitElasticNet(rows, { target: 'spend', mixing: 1, choose: 'oneStandardError' });
 * lasso.features; // => ['x']
 * // With one column the lasso moves its standardised slope towards 0 by lambda.
 * const strong = fitElasticNet(rows, { target: 'spend', features: ['x'], mixing: 1, lambda: 1 });
 * const weak = fitElasticNet(rows, { target: 'spend', features: ['x'], mixing: 1, lambda: 0 });
 * (weak.coefficients[1]!.estimate - strong.coefficients[1]!.estimate) * Math.sqrt(8.25); // => 1
 * ```
 */
export function fitElasticNet<Data extends TableOf<Data>>(data: Data, options: ElasticNetOptions<ColumnNameOf<Data>>): ElasticNet {
  requireElasticNetOptions(CALLER, options);
  const view = parseTable(CALLER, data);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const weights = options.weights === undefined ? null : readWeights(CALLER, view, options.weights);
  const offset = options.offset === undefined ? null : readRowNumbers(CALLER, 'offset', view, options.offset);
  const { family, y, positive, classes } = readOutcome(CALLER, view, options, weights);
  if (classes !== null && offset !== null) throw new ClientelaError('INVALID_OPTION', `${CALLER} takes no offset for more than two classes; leave it out`, { option: 'offset' });
  const terms = learnTerms(CALLER, view, {
    exclude: [options.target, options.weights, options.offset, options.groups, options.time].filter((name) => typeof name === 'string'),
    ...(options.features && { features: options.features }),
    ...(weights && { weights }),
    ...(options.minLevelCount !== undefined && { minLevelCount: options.minLevelCount }),
  });
  const problem = { columns: designColumns(CALLER, terms, view, weights !== null), loss: blockLosses[family], outputs: classes?.length ?? 1, y, weights, offset };
  const counting = weights === null ? y : weights.filter((weight) => weight > 0);
  const lambdas = options.lambda === undefined ? null : [options.lambda].flat().sort((a, b) => b - a);
  const { mixing = 0.5, lambdaCount = 100, lambdaMinRatio = problem.columns.length < counting.length ? 1e-4 : 1e-2, tolerance = 1e-9, maxIterations = 100, onProgress } = options;
  const folds = typeof options.lambda === 'number' ? [] : planFolds(CALLER, view, family === 'binomial' || classes !== null ? Int8Array.from(y) : null, options);
  const total = (folds.length + 1) * (lambdas?.length ?? lambdaCount);
  const progress = { done: 0, stopped: false };
  const onPoint = (objective: number): boolean => {
    progress.stopped = onProgress?.({ done: ++progress.done, total, objective }) === false;
    return !progress.stopped;
  };
  const penalty = penaltyOf(CALLER, terms, mixing, options);
  const path: PathOptions = { family, penalty, lambdas, lambdaCount, lambdaMinRatio, tolerance, maxIterations, onPoint };
  const { points, nullDeviance, converged, iterations, residual } = fitPath(weights === null ? problem : takeProblem(problem, Uint32Array.from(y.keys())), path);
  const heldOut = progress.stopped || points.length < 2 ? null : crossValidatePath(problem, folds, points.map((point) => point.lambda), path);
  const { chosen, ...choice } = choosePoint(points, heldOut, options.choose ?? 'minimum');
  const { lambda, parameters, devianceRatio } = points[chosen]!;
  if (lambda === 0 && devianceRatio > 1 - 1e-6 && (family === 'binomial' || classes !== null)) throw separated(options.target);
  const rowCount = counting.reduce((sum, weight) => sum + (weights === null ? 1 : weight), 0);
  const reason = progress.stopped ? 'stopped by onProgress' : converged ? 'violation below tolerance' : 'iteration limit';
  return new ElasticNet({
    format: 'ElasticNet',
    formatVersion: 1,
    terms,
    parameters: [...parameters],
    offset: typeof options.offset === 'string' ? options.offset : null,
    summary: {
      target: options.target,
      family,
      positive,
      classes,
      mixing,
      lambda,
      ...choice,
      path: describePath(points, heldOut, problem.columns.length + 1, options.keepPath === true),
      nullDeviance,
      rowCount,
      convergence: { converged, iterations, gradientNorm: residual, reason },
    },
  });
}

function separated(target: string): ClientelaError {
  const message = `${CALLER} finds every row of "${target}" foretold without error, so that coefficients without a penalty have no finite estimate; give lambda above 0`;
  return new ClientelaError('PERFECT_SEPARATION', message, { column: target });
}
