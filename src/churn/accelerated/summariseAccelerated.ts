import { buildEffects } from '../../learners/buildEffects.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import type { AcceleratedDesign } from './acceleratedDesign.js';
import type { AcceleratedFailureOptions } from './acceleratedOptions.js';
import type { AcceleratedCoefficient, AcceleratedFailureState, AcceleratedStatus, AcceleratedSummary, DistributionCandidate } from './acceleratedState.js';
import { invertInformation, movedAlong, type Determined } from './looseDirections.js';
import type { MaximumReason } from './maximiseRows.js';
import { acceleratedLine, product, rawFigures, scaleFigure, transformed } from './scaledFigures.js';
import { nullLikelihood, type AcceleratedSolution } from './solveAccelerated.js';
import type { TimeDistribution } from './timeFamily.js';
import { RIGHT } from './timeRows.js';

/** What is known when a fit has ended. */
export interface AcceleratedTask {
  readonly options: AcceleratedFailureOptions;
  readonly distribution: TimeDistribution;
  readonly candidates: readonly DistributionCandidate[] | null;
  readonly design: AcceleratedDesign;
  readonly solution: AcceleratedSolution;
  /** As given, rows set aside included. */
  readonly weights: Float64Array | null;
  readonly clusters: Int32Array | null;
}

/** The fitted model as it is stored. */
export function acceleratedState(task: AcceleratedTask): AcceleratedFailureState {
  const { design, solution } = task;
  const { line, times, inverse } = solution;
  const scale = times.spread / inverse;
  const effects = buildEffects(design.terms, line.subarray(1).map((slope) => scale * slope));
  const { summary, covariance } = summarise(task, effects.map(({ column }) => column));
  return { format: 'AcceleratedFailure', formatVersion: 1, intercept: times.center + scale * line[0]!, effects, terms: design.terms, covariance, summary };
}

function summarise(task: AcceleratedTask, features: readonly string[]): { readonly summary: AcceleratedSummary; readonly covariance: AcceleratedFailureState['covariance'] } {
  const { options, distribution, candidates, design, solution, weights } = task;
  const { duration, event = null, confidence = 0.95 } = options;
  const { maximum, logLikelihood, times } = solution;
  const determined = determine(task);
  const covariance = determined && determined.covariance;
  const unbounded = unboundedPositions(design, determined);
  const { lines, raw, logScaleVariance } = table(task, covariance, unbounded);
  const scale = times.spread / solution.inverse;
  const hasShape = distribution === 'weibull' || distribution === 'log-logistic';
  const parameterCount = maximum.at.length + design.separations.length;
  const rowCount = totalOf(times.kinds, weights, () => true);
  const { iterations, gradientNorm, reason } = maximum;
  const separated = separatedNames(design, unbounded);
  const nullLogLikelihood = nullLikelihood(solution, weights);
  const degreesOfFreedom = design.kept.length - 1 + design.separations.length;
  const statistic = Math.max(0, 2 * (logLikelihood - nullLogLikelihood));
  const summary: AcceleratedSummary = {
    duration,
    event,
    features,
    distribution,
    candidates,
    coefficients: lines,
    scale: scaleFigure(scale, logScaleVariance, confidence),
    shape: hasShape ? scaleFigure(1 / scale, logScaleVariance, confidence) : null,
    inference: covariance && { standardErrors: task.clusters === null ? ((options.standardErrors ?? 'model') as 'model' | 'robust') : 'cluster', confidence },
    inferenceNote: covariance === null ? 'the information where the fit ended is singular: some parameter is not determined by these rows' : null,
    logLikelihood,
    nullLogLikelihood,
    likelihoodRatio: degreesOfFreedom === 0 ? null : { statistic, degreesOfFreedom, p: chiSquareSurvival(statistic, degreesOfFreedom) },
    parameterCount,
    ...criteria(logLikelihood, parameterCount, rowCount),
    rowCount,
    events: totalOf(times.kinds, weights, (kind) => kind !== RIGHT),
    status: statusOf(reason, separated.length),
    convergence: { converged: reason === 'step below tolerance', iterations, gradientNorm, reason },
    aliased: design.aliased,
    separated,
  };
  return { summary, covariance: raw };
}

/** Akaike's and Schwarz's criteria. */
export function criteria(logLikelihood: number, parameterCount: number, rowCount: number): { readonly aic: number; readonly bic: number } {
  return { aic: -2 * logLikelihood + 2 * parameterCount, bic: -2 * logLikelihood + Math.log(rowCount) * parameterCount };
}

/** How a fit ended, in a word. */
export function statusOf(reason: MaximumReason, separations: number): AcceleratedStatus {
  if (reason === 'stopped by onProgress') return 'stopped';
  if (reason !== 'step below tolerance') return 'maxIterations';
  return separations > 0 ? 'separated' : 'converged';
}

/** The sum of weights of the rows of some kinds. */
export function totalOf(kinds: Uint8Array, weights: Float64Array | null, isMeant: (kind: number) => boolean): number {
  let total = 0;
  for (let row = 0; row < kinds.length; row++) if (isMeant(kinds[row]!)) total += weights === null ? 1 : weights[row]!;
  return total;
}

/** Of the coordinates of the fit, with the errors that were asked for; null where there is none, or the scale has no finite estimate. */
function determine({ solution: { at, maximum, likelihood, family }, options, design, clusters }: AcceleratedTask): Determined | null {
  const found = invertInformation(maximum.information, at.length);
  if (found === null || (family.fixedScale === null && found.loose.some((direction) => Math.abs(direction[at.length - 1]!) > 1e-3))) return null;
  if ((options.standardErrors ?? 'model') === 'model') return found;
  const { covariance, loose } = found;
  const meat = likelihood.squaredScores(at, design.weights, clusters);
  return { covariance: product(product(covariance, meat, at.length, false), covariance, at.length, false), loose };
}

/** Positions of what has no finite estimate. */
function unboundedPositions({ separations, all, kept }: AcceleratedDesign, determined: Determined | null): Set<number> {
  const directions = (determined?.loose ?? []).map((loose) => {
    const direction = new Float64Array(all.length + 1);
    kept.forEach((position, k) => (direction[position] = loose[k]!));
    return direction;
  });
  return new Set([...separations.map(({ direction }) => direction), ...directions].flatMap((direction) => movedAlong(direction, all)));
}

/** Levels by what they are called, even the one that has no column of its own. */
function separatedNames({ separations, all }: AcceleratedDesign, unbounded: Set<number>): string[] {
  const exact = new Set(separations.flatMap(({ direction }) => movedAlong(direction, all)));
  return [...new Set([...separations.flatMap(({ names }) => names), ...[...unbounded].filter((position) => position > 0 && !exact.has(position)).map((position) => all[position - 1]!.name)])];
}

interface Table {
  readonly lines: AcceleratedCoefficient[];
  readonly raw: AcceleratedFailureState['covariance'];
  readonly logScaleVariance: number | null;
}

function table({ design, solution, distribution, options: { confidence = 0.95 } }: AcceleratedTask, covariance: Float64Array | null, unbounded: Set<number>): Table {
  const { times, family, inverse, line, at } = solution;
  const { all, kept, aliased } = design;
  const isScaleFree = family.fixedScale === null;
  const fit = { inverse, isScaleFree, center: times.center, spread: times.spread };
  const own = kept.slice(1).map((position) => all[position - 1]!);
  const { jacobian } = rawFigures({ ...fit, line: at, columns: own });
  const size = at.length;
  const raw = covariance && transformed(jacobian, covariance, size);
  // Estimates are of all columns, far out where there is no finite one; variances of those that have one.
  const { estimates } = rawFigures({ ...fit, line, columns: all });
  const hasHazard = distribution === 'weibull' || distribution === 'exponential';
  const lines = ['(Intercept)', ...all.map(({ name }) => name)].flatMap((name, position): AcceleratedCoefficient[] => {
    if (aliased.some((alias) => alias.name === name)) return [];
    const k = unbounded.has(position) ? -1 : kept.indexOf(position);
    const columnScale = position === 0 ? 1 : all[position - 1]!.scale;
    const hazard = hasHazard && position > 0 ? { estimate: line[position]! / columnScale, variance: covariance === null || k < 0 ? null : covariance[k * size + k]! / columnScale ** 2 } : null;
    return [acceleratedLine({ name, estimate: estimates[position]!, variance: raw === null || k < 0 ? null : raw[k * size + k]!, hazard, isLog: family.isLog }, confidence)];
  });
  const free = [...at.keys()].filter((k) => k >= kept.length || !unbounded.has(kept[k]!));
  const names = free.map((k) => (k >= kept.length ? 'log(scale)' : k === 0 ? '(Intercept)' : own[k - 1]!.name));
  return {
    lines,
    raw: raw && { names, values: free.flatMap((j) => free.map((k) => raw[j * size + k]!)) },
    logScaleVariance: raw === null || !isScaleFree ? null : raw[size * size - 1]!,
  };
}
