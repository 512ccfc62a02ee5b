import { choleskyInPlace, choleskyInverse, pivotedCholesky } from '../../numeric/cholesky.js';
import { aliasesOf, type Alias } from '../../learners/linearSolution.js';
import { maximiseNet } from './coxElasticNet.js';
import { copySums, maximiseCox, type CoxFit } from './coxNewton.js';
import type { CoxPenalty } from './coxOptions.js';
import { withColumns, type CoxRows, type CoxTies } from './coxRows.js';
import { ExactSweep } from './exactSweep.js';
import { maximiseFirth } from './maximiseFirth.js';
import { CoxSweep, type CoxLikelihood, type CoxSums } from './coxSweep.js';

/** What is to be solved, and when to stop. */
export interface CoxProblem {
  readonly caller: string;
  readonly ties: CoxTies;
  readonly penalty: CoxPenalty | null;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly onStep: ((done: number, objective: number) => boolean) | undefined;
}

/** The coefficients, and what stood in the way. */
export interface CoxSolution {
  /** The rows with the columns that have a coefficient. */
  readonly rows: CoxRows;
  /** Which columns these are. */
  readonly kept: readonly number[];
  readonly aliased: readonly Alias[];
  /** At coefficients of 0. */
  readonly atZero: CoxSums;
  readonly fit: CoxFit;
  /** The penalised log-likelihood; null without penalty. */
  readonly penalised: number | null;
  /** What the covariance of the estimates is the inverse of; null where the penalty leaves none. */
  readonly curvature: Float64Array | null;
  /** How many coefficients count. */
  readonly parameterCount: number;
}

/** A column whose variance in the risk sets, given those before, is at most this share of its own has no coefficient of its own. */
const RANK_TOLERANCE = 1e-11;

/** The largest (penalised) partial likelihood of the columns that can be told apart. */
export function solveCox(all: CoxRows, problem: CoxProblem): CoxSolution {
  let rows = all;
  let likelihood = likelihoodOf(rows, problem);
  let atZero = copySums(likelihood.evaluate(new Float64Array(all.columnCount)));
  const known = withoutRounding(atZero.information, all);
  // A penalty on the size of coefficients tells any columns apart that vary.
  const isShrunk = problem.penalty !== null && !('firth' in problem.penalty);
  const rank = pivotedCholesky(isShrunk ? diagonalOf(known, all.columnCount) : known, all.columnCount, RANK_TOLERANCE);
  const kept = Array.from(rank.order.subarray(0, rank.rank));
  if (kept.length < all.columnCount) {
    rows = withColumns(all, kept);
    likelihood = likelihoodOf(rows, problem);
    atZero = copySums(likelihood.evaluate(new Float64Array(kept.length)));
  }
  return { rows, kept, aliased: aliasesOf(rank), atZero, ...penalisedFit(likelihood, atZero, rows, problem) };
}

/** The partial likelihood of the rows under a rule for ties. */
export function likelihoodOf(rows: CoxRows, { caller, ties }: Pick<CoxProblem, 'caller' | 'ties'>): CoxLikelihood {
  return ties === 'exact' ? new ExactSweep(caller, rows) : new CoxSweep(rows, ties);
}

type Solved = Pick<CoxSolution, 'fit' | 'penalised' | 'curvature' | 'parameterCount'>;

function penalisedFit(likelihood: CoxLikelihood, atZero: CoxSums, rows: CoxRows, problem: CoxProblem): Solved {
  const { penalty } = problem;
  const size = rows.columnCount;
  if (penalty !== null && 'ridge' in penalty) {
    const ridge = rows.scales.map((scale) => penalty.ridge / (scale * scale));
    const fit = maximiseCox(likelihood, atZero, { ...problem, ridge });
    const curvature = fit.sums.information.slice();
    ridge.forEach((amount, j) => (curvature[j * (size + 1)]! += amount));
    const penalised = fit.sums.logLikelihood - 0.5 * fit.beta.reduce((sum, b, j) => sum + ridge[j]! * b * b, 0);
    return { fit, penalised, curvature, parameterCount: effectiveCount(fit.sums.information, curvature, size) };
  }
  if (penalty !== null && 'firth' in penalty) {
    const { fit, objective } = maximiseFirth(rows, problem.ties as 'efron', problem);
    // The determinant of the information of the raw columns.
    return { fit, penalised: rows.scales.reduce((sum, scale) => sum + Math.log(scale), objective), curvature: fit.sums.information, parameterCount: size };
  }
  if (penalty !== null) {
    const { lambda, mixing = 1 } = penalty;
    const total = totalWeight(rows);
    const steepest = steepestSlope(atZero, total);
    const fit = maximiseNet(likelihood, { beta: new Float64Array(size), sums: atZero }, steepest, { ...problem, lambda, mixing, total });
    return { fit, penalised: fit.objective, curvature: null, parameterCount: fit.beta.reduce((count, b) => count + (b === 0 ? 0 : 1), 0) };
  }
  const fit = maximiseCox(likelihood, atZero, { ...problem, ridge: null });
  return { fit, penalised: null, curvature: fit.sums.information, parameterCount: size };
}

/** The rows, with weights their sum. */
export function totalWeight({ rowCount, weights }: CoxRows): number {
  return weights === null ? rowCount : weights.reduce((sum, weight) => sum + weight, 0);
}

/** The largest slope of the mean log-likelihood at 0: from this penalty on every coefficient of a lasso is 0. */
export function steepestSlope({ gradient }: CoxSums, total: number): number {
  return gradient.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0) / total;
}

function diagonalOf(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((value, at) => (at % (size + 1) === 0 ? value : 0));
}

/** The trace of information times inverse curvature: each coefficient counts by how far it is free (Gray, 1992). */
function effectiveCount(information: Float64Array, curvature: Float64Array, size: number): number {
  const inverse = inverseOf(curvature, size);
  return inverse === null ? size : information.reduce((sum, value, at) => sum + value * inverse[at]!, 0);
}

/** The inverse of a symmetric matrix; null where it is not positive definite. */
export function inverseOf(matrix: Float64Array, size: number): Float64Array | null {
  const factor = matrix.slice();
  return choleskyInPlace(factor, size) ? choleskyInverse(factor, size) : null;
}

/** The information with what is rounding set to 0: columns that do not vary among the rows at risk. */
function withoutRounding(information: Float64Array, { columnCount, events, weights }: CoxRows): Float64Array {
  const clean = information.slice();
  const total = events.reduce((sum, event, row) => sum + event * (weights === null ? 1 : weights[row]!), 0);
  for (let j = 0; j < columnCount; j++) {
    if (clean[j * (columnCount + 1)]! > 1e-13 * total) continue;
    for (let k = 0; k < columnCount; k++) clean[j * columnCount + k] = clean[k * columnCount + j] = 0;
  }
  return clean;
}
