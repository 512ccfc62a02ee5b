import type { TargetValue } from '../data/binaryTarget.js';
import { coefficientLine, modelCovariance, rawCoefficients, rawCovariance, sandwich } from './logisticInference.js';
import { LogisticPass, type LogisticProblem } from './logisticPass.js';
import type { AliasedColumn, CoefficientCovariance, LogisticInference, LogisticSummary } from './logisticState.js';
import { leastSquaresStart, minimiseLoss, totalWeight } from './newtonLogistic.js';
import type { LogisticSolution } from './solveLogistic.js';

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
  const covariance = inverse === null || problem.ridge > 0 ? null : finiteCovariance(problem, solution, inverse, options, names);
  const logLikelihood = solutionLogLikelihood(problem, solution);
  const nullLogLikelihood = interceptLogLikelihood(problem, rowCount, events);
  const parameterCount = parametersOf(problem, solution, inverse);
  const raw = rawCoefficients(problem.columns, solution.beta);
  const variance = (name: string): number | null => {
    const at = covariance?.names.indexOf(name) ?? -1;
    return at < 0 ? null : covariance!.values[at * covariance!.names.length + at]!;
  };
  const aliased = aliasesInWords(problem, solution, names);
  const lines = names.flatMap((name, j) => (aliased.some((alias) => alias.name === name) ? [] : [coefficientLine(name, raw[j]!, variance(name), confidence)]));
  const inference = covariance === null ? null : { standardErrors: options.standardErrors, confidence };
  const separated = [...new Set(solution.separations.flatMap((separation) => separation.names))];
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
      convergence: {
        converged: solution.fit.outcome === 'step below tolerance' && solution.reachedSupremum,
        iterations: solution.fit.iterations,
        gradientNorm: solution.fit.gradientNorm,
        reason: reasonOf(solution, separated),
      },
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

/** Of the estimates that are finite, on the raw scale. */
function finiteCovariance(problem: LogisticProblem, solution: LogisticSolution, inverse: Float64Array, options: SummaryOptions, names: readonly string[]): CoefficientCovariance {
  const { reduced, fit, kept } = solution;
  const standardised = options.standardErrors === 'model' ? inverse : sandwich(reduced, fit.beta, inverse, options.clusters);
  const raw = rawCovariance(reduced.columns, standardised);
  const moved = solution.separations.map(({ direction }) => movedPositions(problem, direction));
  const finite = [...kept.keys()].filter((k) => !moved.some((positions) => positions.has(kept[k]!)));
  return { names: finite.map((k) => names[kept[k]!]!), values: finite.flatMap((j) => finite.map((k) => raw[j * kept.length + k]!)) };
}

/** Positions of the raw coefficients that change along a direction, beyond rounding. */
function movedPositions(problem: LogisticProblem, direction: Float64Array): Set<number> {
  const raw = rawCoefficients(problem.columns, direction);
  const most = direction.reduce((soFar, d) => Math.max(soFar, Math.abs(d)), 0);
  const size = problem.columns.reduce((sum, { center }, j) => sum + Math.abs(raw[j + 1]! * center), most);
  const isMoved = (j: number): boolean => (j === 0 ? Math.abs(raw[0]!) > 1e-9 * size : Math.abs(direction[j]!) > 1e-9 * most);
  return new Set([...raw.keys()].filter(isMoved));
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

function aliasesInWords(problem: LogisticProblem, { aliased }: LogisticSolution, names: readonly string[]): AliasedColumn[] {
  return aliased.map(({ position, of }) => {
    const own = problem.columns[position - 1]!;
    // x = mean + sum of weight * sd / sd_k * (x_k - mean_k): a constant is left unless it cancels.
    let constant = own.center;
    let size = Math.abs(own.center);
    for (const part of of.filter((p) => p.position > 0)) {
      const { center, scale } = problem.columns[part.position - 1]!;
      const share = (part.weight * own.scale * center) / scale;
      constant -= share;
      size += Math.abs(share);
    }
    const parts = of.filter((p) => p.position > 0).map((p) => names[p.position]!);
    return { name: names[position]!, combinationOf: Math.abs(constant) > 1e-9 * size || parts.length === 0 ? ['(Intercept)', ...parts] : parts };
  });
}

function inferenceNote(problem: LogisticProblem, inference: LogisticInference | null): string | null {
  if (inference !== null) return null;
  return problem.ridge > 0 ? 'a ridge penalty shrinks the estimates: their standard errors and p-values would not be honest' : 'the curvature where the fit ended is singular';
}

function reasonOf({ fit, reachedSupremum }: LogisticSolution, separated: readonly string[]): string {
  if (separated.length === 0) return fit.outcome;
  return `${fit.outcome}; no finite estimate for ${separated.join(', ')}${reachedSupremum ? '' : ', whose rows could not be made certain'}`;
}
