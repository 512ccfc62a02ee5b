import type { PathPenalty } from './pathSolver.js';
import { PathSolver } from './pathSolver.js';
import { DesignPass, type PenalisedProblem } from './designPass.js';
import type { ElasticNetFamily } from './penalisedLoss.js';

/** How a path is walked. */
export interface PathOptions {
  readonly family: ElasticNetFamily;
  readonly penalty: PathPenalty;
  /** The penalties, falling; null to find them. */
  readonly lambdas: readonly number[] | null;
  readonly lambdaCount: number;
  readonly lambdaMinRatio: number;
  /** As a share of the largest slope at the start. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Called after each penalty with the share of the deviance explained; false stops. */
  readonly onPoint: (devianceRatio: number) => boolean;
}

/** One minimum. */
export interface PathFit {
  readonly lambda: number;
  /** Output after output, intercept first. */
  readonly parameters: Float64Array;
  readonly devianceRatio: number;
}

/** The minima for falling penalties, and how they were reached. */
export interface FittedPath {
  readonly points: readonly PathFit[];
  /** Mean deviance with what is not penalised only. */
  readonly nullDeviance: number;
  readonly iterations: number;
  /** The largest violation of the conditions for a minimum. */
  readonly residual: number;
  readonly converged: boolean;
  readonly stopped: boolean;
}

/** Walks down the path; one found by itself ends where less penalty explains no more, by the rules of glmnet. */
export function fitPath(problem: PenalisedProblem, options: PathOptions): FittedPath {
  const { family, penalty, lambdas, lambdaCount, lambdaMinRatio, maxIterations } = options;
  const saturated = saturatedLoss(family, problem.y, problem.weights);
  const solver = new PathSolver(new DesignPass(problem), penalty, startingIntercepts(family, problem));
  const size = Math.sqrt(problem.y.reduce((sum, value) => sum + value * value, 0) / problem.y.length) || 1;
  let converged = solver.minimise(null, 1e-13 * (family === 'multinomial' ? 1 : size), maxIterations);
  const nullDeviance = 2 * (solver.solutionLoss - saturated);
  // The squares in the unit of the target, as in glmnet: in cents or in euros the path is the same.
  if (family === 'gaussian') solver.unit = Math.sqrt(nullDeviance) || 1;
  const largest = solver.largestLambda();
  const steepest = largest * Math.max(penalty.mixing, 1e-3);
  // Where no column moves the target, slopes are rounding and nothing else: they are as small as they get.
  const isFlat = !(steepest > 1e-12 * size);
  const tolerance = isFlat ? 1e-12 * size : options.tolerance * steepest;
  const points: PathFit[] = [];
  let residual = 0;
  let stopped = false;
  const count = lambdas?.length ?? (isFlat ? 1 : lambdaCount);
  while (points.length < count && !stopped) {
    const lambda = lambdas?.[points.length] ?? largest * lambdaMinRatio ** (points.length / (lambdaCount - 1));
    converged = solver.minimise(lambda, tolerance, maxIterations) && converged;
    residual = Math.max(residual, solver.residual);
    const devianceRatio = nullDeviance > 0 ? 1 - (2 * (solver.solutionLoss - saturated)) / nullDeviance : 0;
    points.push({ lambda, parameters: solver.solution, devianceRatio });
    stopped = !options.onPoint(devianceRatio);
    if (lambdas === null && isExhausted(family, points)) break;
  }
  return { points, nullDeviance, iterations: solver.iterations, residual, converged, stopped };
}

function isExhausted(family: ElasticNetFamily, points: readonly PathFit[]): boolean {
  const last = points.length - 1;
  if (last < 4) return false;
  const ratio = (at: number): number => points[at]!.devianceRatio;
  const gain = ratio(last) - ratio(family === 'poisson' ? last - 4 : last - 1);
  const least = family === 'gaussian' ? 1e-5 * ratio(last) : family === 'poisson' ? 1e-4 * ratio(last) : 1e-5;
  return ratio(last) > 0.999 || gain < least;
}

/** Mean loss of a model that foretells every row; what deviance is measured from. */
export function saturatedLoss(family: ElasticNetFamily, y: Float64Array, weights: Float64Array | null): number {
  if (family !== 'poisson') return 0;
  let sum = 0;
  let total = 0;
  for (let row = 0; row < y.length; row++) {
    const w = weights === null ? 1 : weights[row]!;
    total += w;
    if (y[row]! > 0) sum += w * y[row]! * (1 - Math.log(y[row]!));
  }
  return sum / total;
}

/** The minimum without features, where there is no offset: it only has to be a start. */
function startingIntercepts(family: ElasticNetFamily, { y, weights, outputs }: PenalisedProblem): number[] {
  const means = new Float64Array(outputs);
  let total = 0;
  for (let row = 0; row < y.length; row++) {
    const w = weights === null ? 1 : weights[row]!;
    total += w;
    if (family === 'multinomial') means[y[row]!]! += w;
    else means[0]! += w * y[row]!;
  }
  const shares = Array.from(means, (sum) => sum / total);
  if (family === 'gaussian') return shares;
  const logs = shares.map((share) => Math.log(Math.max(share, 1e-9)));
  if (family === 'poisson') return logs;
  if (family === 'binomial') return [logs[0]! - Math.log(Math.max(1 - shares[0]!, 1e-9))];
  return logs.map((log) => log - logs.reduce((sum, other) => sum + other, 0) / outputs);
}
