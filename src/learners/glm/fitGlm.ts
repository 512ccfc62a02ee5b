import { learnTerms } from '../../data/learnTerms.js';
import { readRowNumbers, readWeights } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { parseTable } from '../../data/takeRows.js';
import { buildEffects } from '../buildEffects.js';
import type { LogisticSolution } from '../linearSolution.js';
import { designColumns } from '../logisticDesign.js';
import { totalWeight, type NewtonOptions } from '../newtonLogistic.js';
import { readClusters } from '../readClusters.js';
import type { Distribution } from './distribution.js';
import { estimateOverdispersion } from './estimateOverdispersion.js';
import { estimatePower } from './estimatePower.js';
import { Glm } from './glm.js';
import { familyOf } from './glmFamily.js';
import { requireGlmOptions, type GlmOptions } from './glmOptions.js';
import { readAmounts, readLogExposures } from './glmTarget.js';
import { solveGlm, type GlmProblem, type Refinement } from './solveGlm.js';
import { summariseGlm } from './summariseGlm.js';

const CALLER = 'fitGlm';

/**
 * A generalised linear model by maximum likelihood: expected counts (orders, contacts), amounts (spend, claims) or rates, with standard errors.
 *
 * log(mean) is a sum over features: numbers as they are, categories as 0/1 columns against their first level (by code unit), a missing number at
 * its mean with an indicator of its own; with family `'gaussian'` the mean itself is. Newton's method with step-halving on standardised columns,
 * the loss being convex in all families (McCullagh and Nelder, 1989). O(rows * columns^2) an iteration, of which there are 4 to 8; estimating
 * `tweediePower` takes some twenty times as many.
 *
 * Standard errors rest on the expected information, as in R and statsmodels, robust ones on the observed curvature, as in statsmodels and Stata;
 * z and p on the normal distribution. The overdispersion of the
 * negative binomial is estimated with the coefficients (Lawless, 1987), the dispersion of gamma, Tweedie and Gaussian by Pearson's statistic.
 * Columns that others determine are left out and named in `aliased`. A level whose rows all have a target of 0 has no finite estimate: it is
 * named in `separated`, all else is exact.
 *
 * @param data - raw rows, one target each
 * @param options - `target` and `family` at least
 * @returns the fitted model
 * @throws a {@link ClientelaError} `INVALID_VALUE` (a negative count, a gamma target of 0, …), `NOT_IDENTIFIED` (no target above 0), `MISSING_VALUE`
 * (a row without target), `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND` (dates, and categories that look like an identifier),
 * `NON_FINITE_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Orders of customers with a basic and a gold plan, some observed for half a year only: 6 in 3 years against 18 in 2.5.
 * const rows = [
 *   { plan: 'basic', orders: 1, years: 1 },
 *   { plan: 'basic', orders: 3, years: 1 },
 *   { plan: 'basic', orders: 2, years: 1 },
 *   { plan: 'gold', orders: 6, years: 1 },
 *   { plan: 'gold', orders: 5, years: 0.5 },
 *   { plan: 'gold', orders: 7, years: 1 },
 * ];
 * const model = fitGlm(rows, { target: 'orders', family: 'poisson', exposure: 'years' });
 * model.coefficients[1]?.estimate; // => Math.log((18 / 2.5) / (6 / 3))
 * model.coefficients[1]?.standardError; // => Math.sqrt(1 / 18 + 1 / 6)
 * model.predictRow({ plan: 'gold', years: 2 }); // => 14.4
 * ```
 */
export function fitGlm<Data extends TableOf<Data>>(data: Data, options: GlmOptions<ColumnNameOf<Data>>): Glm {
  requireGlmOptions(CALLER, options);
  const { confidence = 0.95, tolerance = 1e-8, maxIterations = 100, onProgress, target, exposure } = options;
  const view = parseTable(CALLER, data);
  const weights = options.weights === undefined ? null : readWeights(CALLER, view, options.weights);
  const terms = learnTerms(CALLER, view, {
    exclude: namedColumns(options),
    ...(options.features && { features: options.features }),
    ...(weights && { weights }),
    ...(options.minLevelCount !== undefined && { minLevelCount: options.minLevelCount }),
  });
  const y = readAmounts(CALLER, view, target, options.family, weights);
  const logExposure = exposure === undefined ? null : readLogExposures(CALLER, view, exposure, weights);
  const offset = options.offset === undefined ? logExposure : readRowNumbers(CALLER, 'offset', view, options.offset);
  const { standardErrors = 'model' } = options;
  const clusters = typeof standardErrors === 'object' ? readClusters(CALLER, view, standardErrors) : null;
  const columns = designColumns(CALLER, terms, view, weights !== null);
  const onStep = onProgress && ((done: number, objective: number): boolean => onProgress({ done, total: maxIterations, objective }) !== false);
  const { problem, solution, distribution } = solveScaled({ columns, y, weights, offset, ridge: 0 }, options, { tolerance, maxIterations, onStep, total: totalWeight({ columns, y, weights, offset, ridge: 0 }) });
  const effects = buildEffects(terms, solution.beta.subarray(1));
  const features = effects.map(({ column }) => column);
  const { summary, covariance } = summariseGlm(problem, solution, { target, features, confidence, standardErrors: clusters === null ? (standardErrors as 'model') : 'cluster', clusters, distribution });
  return new Glm({
    format: 'Glm',
    formatVersion: 1,
    intercept: solution.beta[0]!,
    effects,
    terms,
    offset: typeof options.offset === 'string' ? options.offset : null,
    exposure: typeof exposure === 'string' ? exposure : null,
    covariance,
    summary,
  });
}

function namedColumns({ target, weights, offset, exposure, standardErrors }: GlmOptions): string[] {
  const cluster = typeof standardErrors === 'object' ? standardErrors.cluster : undefined;
  return [target, weights, offset, exposure, cluster].filter((name) => typeof name === 'string');
}

interface Solved {
  readonly problem: GlmProblem;
  readonly solution: LogisticSolution;
  readonly distribution: Distribution;
}

/** Amounts are fitted in units of their mean, so that tolerances mean the same in every currency. */
function solveScaled(raw: Omit<GlmProblem, 'rowLoss'>, options: GlmOptions, newton: NewtonOptions): Solved {
  const { family: name } = options;
  const scale = name === 'poisson' || name === 'negative-binomial' ? 1 : meanSize(raw, newton.total);
  let found: Omit<Distribution, 'family'> = { parameter: givenParameter(options), isEstimated: false, standardError: null, poissonDeviance: null };
  const first = familyOf(name, found.parameter);
  const scaled: GlmProblem = {
    ...raw,
    ...(scale !== 1 && { y: raw.y.map((value) => value / scale), offset: first.link === 'log' ? raw.offset : (raw.offset?.map((value) => value / scale) ?? null) }),
    rowLoss: first.rowLoss,
  };
  const refine: Refinement = (reduced, fit) => {
    if (name === 'negative-binomial' && options.overdispersion === undefined) {
      const estimated = estimateOverdispersion(reduced, fit, newton);
      found = { parameter: estimated.alpha, isEstimated: true, standardError: estimated.logError, poissonDeviance: 2 * fit.loss };
      return estimated;
    }
    if (name !== 'tweedie' || options.tweediePower !== 'estimate') return { problem: reduced, fit };
    const estimated = estimatePower(reduced, fit, newton);
    found = { ...found, parameter: estimated.power, isEstimated: true, standardError: estimated.standardError };
    return estimated;
  };
  const solution = solveGlm(scaled, first, newton, refine);
  const family = familyOf(name, found.parameter);
  const problem = { ...raw, rowLoss: family.rowLoss };
  const back = (beta: Float64Array): Float64Array => beta.map((b, j) => (family.link === 'identity' ? b * scale : j === 0 ? b + Math.log(scale) : b));
  const reduced = { ...solution.reduced, y: raw.y, offset: raw.offset, rowLoss: family.rowLoss };
  return { problem, distribution: { ...found, family }, solution: { ...solution, reduced, beta: back(solution.beta), fit: { ...solution.fit, beta: back(solution.fit.beta) } } };
}

/** Where the overdispersion is to be estimated the fit begins without: at the Poisson distribution. */
function givenParameter({ family, overdispersion = 0, tweediePower = 1.5 }: GlmOptions): number {
  if (family === 'negative-binomial') return overdispersion;
  return family === 'tweedie' ? (tweediePower === 'estimate' ? 1.5 : tweediePower) : 0;
}

function meanSize({ y, weights }: Pick<GlmProblem, 'y' | 'weights'>, total: number): number {
  let sum = 0;
  for (let row = 0; row < y.length; row++) sum += weights === null ? Math.abs(y[row]!) : weights[row]! * Math.abs(y[row]!);
  return sum > 0 ? sum / total : 1;
}
