import { frontierStart, leastSquares, type LeastSquares } from './frontierStart.js';
import { FrontierLikelihood, type FrontierProblem } from './frontierLikelihood.js';
import type { InefficiencyDistribution } from './frontierLaw.js';
import { maximise, type Maximum } from './maximise.js';

/**
 * Whether the data show inefficiency. `'noInefficiency'`: the residuals lean the wrong way or not at all, and least squares is the maximum of
 * the likelihood (Waldman, 1982). `'exponentialLimit'`: the truncated normal runs away towards the exponential, which fits as well and better.
 */
export type FrontierStatus = 'inefficiency' | 'noInefficiency' | 'exponentialLimit';

/** A frontier fitted: parameters in the order of {@link FrontierLikelihood}. */
export interface FrontierSolution {
  readonly status: FrontierStatus;
  readonly maximum: Maximum;
  /** Of least squares with one variance. */
  readonly olsLogLikelihood: number;
  /** Without inefficiency, but with the drivers of the noise. */
  readonly nullLogLikelihood: number;
  /** Mean cube of the least-squares residuals over the cube of their spread. */
  readonly skewness: number;
}

/** How {@link solveFrontier} is run. */
export interface SolveOptions {
  readonly maxIterations: number;
  readonly onStep?: ((iteration: number, logLikelihood: number) => boolean) | undefined;
}

/** The least and largest tau = mu / sigmaU: beyond, the law is an exponential, or all bell and no cut. */
const TAU_BOUNDS: readonly [number, number] = [-20, 8];

/** The maximum of the likelihood, or least squares where there is no inefficiency. `y` should be of spread 1 or so. */
export function solveFrontier(problem: FrontierProblem, distribution: InefficiencyDistribution, options: SolveOptions): FrontierSolution {
  const ols = leastSquares(problem);
  const limits = { ...options, total: ols.total };
  const none = fitNone(problem, ols, limits);
  const found = { olsLogLikelihood: ols.logLikelihood, nullLogLikelihood: none.logLikelihood, skewness: ols.skewness };
  const isPlain = problem.columns[1].length === 1 && problem.columns[2].length === 1;
  // With drivers the residuals of all may lean the wrong way though those of each sort lean the right one.
  if (isPlain && !(ols.skewness < -1e-10)) return { ...found, status: 'noInefficiency', maximum: withInformation(problem, none) };
  const maximum = distribution === 'truncatedNormal' ? fitTruncated(problem, ols, limits) : fitOne(problem, distribution, ols, limits);
  const ahead = maximum.logLikelihood - none.logLikelihood;
  if (maximum.reason !== 'stopped by onProgress' && !(ahead > 1e-9 * Math.max(1, ols.total))) return { ...found, status: 'noInefficiency', maximum: withInformation(problem, none) };
  const tau = distribution === 'truncatedNormal' ? maximum.at[maximum.at.length - 1]! : 0;
  return { ...found, status: tau <= TAU_BOUNDS[0] ? 'exponentialLimit' : 'inefficiency', maximum };
}

type Limits = SolveOptions & { readonly total: number };

function fitOne(problem: FrontierProblem, law: 'halfNormal' | 'exponential', ols: LeastSquares, limits: Limits): Maximum {
  return maximise(new FrontierLikelihood(law, problem), frontierStart(problem, law, ols), limits);
}

/** From the half-normal, which is tau = 0, or from near the exponential. */
function fitTruncated(problem: FrontierProblem, ols: LeastSquares, limits: Limits): Maximum {
  const quiet = { ...limits, onStep: undefined };
  const likelihood = new FrontierLikelihood('truncatedNormal', problem);
  const half = fitOne(problem, 'halfNormal', ols, quiet);
  const fromHalf = maximise(likelihood, Float64Array.of(...half.at, 0), { ...limits, tauBounds: TAU_BOUNDS });
  if (fromHalf.reason === 'stopped by onProgress') return fromHalf;
  const far = fitOne(problem, 'exponential', ols, quiet);
  // The other end of the surface is worth a climb only where it begins higher.
  if (far.logLikelihood <= fromHalf.logLikelihood) return fromHalf;
  const start = Float64Array.of(...far.at, -6);
  start[problem.columns[0].length]! += Math.log(6);
  const fromFar = maximise(likelihood, start, { ...quiet, tauBounds: TAU_BOUNDS });
  return fromFar.logLikelihood > fromHalf.logLikelihood + 1e-9 ? fromFar : fromHalf;
}

/** Noise alone: least squares, or weighted by the drivers of the noise. */
function fitNone(problem: FrontierProblem, ols: LeastSquares, limits: Limits): Maximum {
  const [frontier, , noise] = problem.columns;
  const at = new Float64Array(frontier.length + noise.length);
  at.set(ols.beta);
  at[frontier.length] = 0.5 * Math.log(ols.meanSquare);
  if (noise.length > 1) return maximise(new FrontierLikelihood('none', problem), at, { ...limits, onStep: undefined });
  const [information, iterations, gradientNorm] = [new Float64Array(0), 0, 0];
  return { at, logLikelihood: ols.logLikelihood, information, iterations, gradientNorm, reason: 'step below tolerance' };
}

/** What nobody asks for where there is inefficiency. */
function withInformation(problem: FrontierProblem, none: Maximum): Maximum {
  if (none.information.length > 0) return none;
  const likelihood = new FrontierLikelihood('none', problem);
  likelihood.evaluate(none.at, true);
  return { ...none, information: likelihood.hessian.map((h) => -h) };
}
