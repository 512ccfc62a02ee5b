import type { TargetValue } from '../data/binaryTarget.js';
import { aliasesInWords, coefficientLines, endingOf, finiteCovariance } from './coefficientTable.js';
import type { LogisticSolution } from './linearSolution.js';
import { modelCovariance, rawCoefficients, sandwich } from './logisticInference.js';
import { LogisticPass, type LogisticProblem } from './logisticPass.js';
import type { CoefficientCovariance, LogisticInference, LogisticSummary } from './logisticState.js';
import { leastSquaresStart, minimiseLoss, totalWeight } from './newtonLogistic.js';

/** What the summary of a fit needs to know besides the fit. */
export interface SummaryOptions {
  readonly target: string;
  readonly positive: TargetValue;
  readonly features: readonly string[];
  readonly confidence: number;
  readonly standardErrors: LogisticInference['standardErrors'];
  readonly clusters: Int32Array | null;
}

/** The solution in the words of the user, on the raw scale. */
export function summariseFit(problem: LogisticProblem, solution: LogisticSolution, options: SummaryOptions): { summary: LogisticSummary; covariance: CoefficientCovariance | null } {
  const { target, positive, confidence } = options;
  const names = ['(Intercept)', ...problem.columns.map(({ name }) => name)];
  const rowCount = totalWeight(problem);
  const events = eventsOf(problem);
  const inverse = modelCovariance(solution.fit.hessian, solution.kept.length);
  const covariance = inverse === null || problem.ridge > 0 ? null : finiteCovariance(problem, solution, covarianceOf(solution, inverse, options), names);
  const logLikelihood = solutionLogLikelihood(problem, solution);
  const nullLogLikelihood = interceptLogLikelihood(problem, rowCount, events);
  const parameterCount = parametersOf(problem, solution, inverse);
  const raw = rawCoefficients(problem.columns, solution.beta);
  const aliased = aliasesInWords(problem, solution, names);
  const lines = coefficientLines(names, raw, aliased, covariance, confidence);
  const inference = covariance === null ? null : { standardErrors: options.standardErrors, confidence };
  const { convergence, separated } = endingOf(solution);
  const criteria = { logLikelihood, nullLogLikelihood, deviance: -2 * logLikelihood, nullDeviance: -2 * nullLogLikelihood, parameterCount, rowCount, events };
  return {
    summary: {
      target,
      positive,
      features: options.features,
      coefficients: lines,
      inference,
      inferenceNote: inferenceNote(problem, inference),
      ...criteria,
      aic: criteria.deviance + 2 * parameterCount,
      bic: criteria.deviance + Math.log(rowCount) * parameterCount,
      convergence,
      aliased,
      separated,
    },
    covariance,
  };
}

function eventsOf({ y, weights }: LogisticProblem): number {
  let events = 0;
  for (let row = 0; row < y.length; row++) events += weights === null ? y[row]! : y[row]! * weights[row]!;
  return events;
}

function covarianceOf({ reduced, fit }: LogisticSolution, inverse: Float64Array, { standardErrors, clusters }: SummaryOptions): Float64Array {
  return standardErrors === 'model' ? inverse : sandwich(reduced, fit.beta, inverse, clusters);
}

function solutionLogLikelihood(problem: LogisticProblem, { beta, fit, separations }: LogisticSolution): number {
  if (problem.ridge > 0 || separations.length > 0) return -new LogisticPass({ ...problem, ridge: 0 }).evaluate(beta);
  return -fit.loss;
}

function interceptLogLikelihood(problem: LogisticProblem, total: number, events: number): number {
  if (problem.offset === null) return events * Math.log(events / total) + (total - events) * Math.log1p(-events / total);
  const pass = new LogisticPass({ ...problem, columns: [] });
  return -minimiseLoss(pass, leastSquaresStart(pass), { tolerance: 1e-8, maxIterations: 50, total }).loss;
}

/** The rank, or the trace of H (H + ridge)^-1 (Hastie and Tibshirani, 1990), where a penalty takes part of it. */
function parametersOf(problem: LogisticProblem, { beta, aliased }: LogisticSolution, inverse: Float64Array | null): number {
  let lost = 0;
  for (let j = 1; j < beta.length && problem.ridge > 0 && inverse !== null; j++) lost += problem.ridge * inverse[j * beta.length + j]!;
  return beta.length - aliased.length - lost;
}

function inferenceNote(problem: LogisticProblem, inference: LogisticInference | null): string | null {
  if (inference !== null) return null;
  return problem.ridge > 0 ? 'a ridge penalty shrinks the estimates: their standard errors and p-values would not be honest' : 'the curvature where the fit ended is singular';
}
