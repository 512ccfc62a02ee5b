import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { choleskyInPlace, choleskyInverse } from '../../numeric/cholesky.js';
import type { AliasedColumn } from '../../learners/logisticState.js';
import { coefficientLine, rawCoefficients, rawCovariance } from '../../learners/logisticInference.js';
import { driversOf } from './driversOf.js';
import type { FrontierDesign } from './frontierDesign.js';
import { frontierFigures } from './frontierFigures.js';
import type { FrontierCoefficient, FrontierSummary, StochasticFrontierState } from './frontierState.js';
import type { FrontierPart, FrontierTask } from './frontierTask.js';
import { meanEfficiency } from './meanEfficiency.js';

/** The fitted frontier as it is stored. */
export function frontierState(task: FrontierTask): StochasticFrontierState {
  const { options, designs, solution, unit, center, line } = task;
  const { maximum, status } = solution;
  const sign = options.frontier === 'cost' ? -1 : 1;
  const isNone = status === 'noInefficiency';
  const sizes = designs.map(({ columns }, part) => (part === 1 && isNone ? 0 : columns.length));
  const starts = [0, sizes[0]!, sizes[0]! + sizes[1]!, sizes[0]! + sizes[1]! + sizes[2]!];
  const { covariance, size } = covarianceOf(task);
  const shift = Math.log(unit);
  const part = (which: 0 | 1 | 2, scale: number): FrontierPart => ({
    design: designs[which],
    beta: maximum.at.slice(starts[which], starts[which + 1]),
    covariance: covariance && block(covariance, size, starts[which]!, sizes[which]!, scale * scale),
  });
  const [frontier, inefficiency, noise] = [part(0, unit), part(1, 2), part(2, 2)];
  frontier.beta.forEach((b, j) => (frontier.beta[j] = sign * (line[j]! + unit * b)));
  frontier.beta[0]! += sign * center;
  if (!isNone) inefficiency.beta[0]! += shift;
  noise.beta[0]! += shift;
  const distribution = options.distribution ?? 'halfNormal';
  const tau = distribution === 'truncatedNormal' && !isNone ? maximum.at[maximum.at.length - 1]! : 0;
  const picked = [starts[1]!, starts[2]!, maximum.at.length - 1];
  const law = {
    distribution,
    lnU: isNone ? null : inefficiency.beta[0]!,
    lnV: noise.beta[0]!,
    tau,
    // Where tau stands at a bound it has no variance; where there is none, its place in the picked ones is not used.
    covariance: covariance && Float64Array.from({ length: 9 }, (_, at) => entry(covariance, size, picked[Math.floor(at / 3)]!, picked[at % 3]!)),
    confidence: options.confidence ?? 0.9,
  };
  const sums = { frontier: sumOf(frontier), inefficiency: isNone ? { terms: [], slopes: [] } : sumOf(inefficiency), noise: sumOf(noise) };
  return { format: 'StochasticFrontier', formatVersion: 1, ...sums, tau, summary: { ...describe(task, [frontier, inefficiency, noise], tau), ...frontierFigures(law) } };
}

function entry(matrix: Float64Array, size: number, j: number, k: number): number {
  return j < size && k < size ? matrix[j * size + k]! : 0;
}

/** The inverse of the information of what is free; null where none is asked for or none to be had: short of a maximum it tells of no spread. */
function covarianceOf({ options, solution: { status, maximum } }: FrontierTask): { readonly covariance: Float64Array | null; readonly size: number } {
  const all = maximum.at.length;
  const size = status === 'exponentialLimit' ? all - 1 : all;
  const factor = block(maximum.information, all, 0, size, 1);
  const isMaximum = maximum.reason === 'step below tolerance' || maximum.reason === 'stopped by onProgress';
  const isFound = options.standardErrors !== 'none' && isMaximum && choleskyInPlace(factor, size);
  return { covariance: isFound ? choleskyInverse(factor, size) : null, size };
}

function block(matrix: Float64Array, width: number, from: number, size: number, factor: number): Float64Array {
  const to = new Float64Array(size * size);
  for (let j = 0; j < size; j++) for (let k = 0; k < size; k++) to[j * size + k] = factor * matrix[(from + j) * width + from + k]!;
  return to;
}

/** With 0 for what is aliased. */
function sumOf({ design: { terms, all, kept }, beta }: FrontierPart): { terms: FrontierDesign['terms']; slopes: number[] } {
  const slopes = new Array<number>(all.length + 1).fill(0);
  kept.forEach((position, k) => (slopes[position] = beta[k]!));
  return { terms, slopes };
}

type Described = Omit<FrontierSummary, 'sigmaU' | 'sigmaV' | 'sigma2' | 'gamma' | 'lambda' | 'mu'>;

function describe(task: FrontierTask, parts: readonly [FrontierPart, FrontierPart, FrontierPart], tau: number): Described {
  const { options, designs, solution, unit, total } = task;
  const { status, maximum, olsLogLikelihood, nullLogLikelihood, skewness } = solution;
  const { confidence = 0.9, distribution = 'halfNormal', frontier = 'production', scale = 'log', target } = options;
  const isNone = status === 'noInefficiency';
  const [sum, inefficiency, noise] = parts;
  const back = total * Math.log(unit);
  const statistic = Math.max(0, 2 * (maximum.logLikelihood - nullLogLikelihood));
  const { iterations, gradientNorm, reason } = maximum;
  return {
    target,
    features: columnsOf(designs[0]),
    inefficiencyDrivers: columnsOf(designs[1]),
    noiseDrivers: columnsOf(designs[2]),
    distribution,
    frontier,
    scale,
    status,
    note: noteOf(task),
    coefficients: linesOf(sum, 1, confidence),
    inefficiencyCoefficients: isNone ? [] : linesOf(inefficiency, 2, confidence),
    noiseCoefficients: linesOf(noise, 2, confidence),
    meanEfficiency: meanEfficiency(task, parts, tau),
    logLikelihood: maximum.logLikelihood - back,
    olsLogLikelihood: olsLogLikelihood - back,
    likelihoodRatio: testOf(statistic, designs[1].columns.length + (distribution === 'truncatedNormal' ? 1 : 0)),
    skewness,
    drivers: isNone ? [] : driversOf(inefficiency, distribution, tau, scale === 'log', confidence),
    aliased: uniqueAliases(designs),
    rowCount: total,
    confidence,
    convergence: { converged: reason === 'step below tolerance', iterations, gradientNorm, reason },
  };
}

function columnsOf({ terms }: FrontierDesign): string[] {
  return [...new Set(terms.map(({ column }) => column))];
}

function uniqueAliases(designs: readonly FrontierDesign[]): AliasedColumn[] {
  const found = designs.flatMap(({ aliased }) => aliased);
  return found.filter(({ name }, i) => found.findIndex((other) => other.name === name) === i);
}

/** Half a chi-square of one degree less, half of all (Kodde and Palm, 1986). */
function testOf(statistic: number, degreesOfFreedom: number): FrontierSummary['likelihoodRatio'] {
  const fewer = degreesOfFreedom === 1 ? Number(statistic === 0) : chiSquareSurvival(statistic, degreesOfFreedom - 1);
  return { statistic, degreesOfFreedom, p: 0.5 * (fewer + chiSquareSurvival(statistic, degreesOfFreedom)) };
}

function linesOf({ design: { all, kept }, beta, covariance }: FrontierPart, factor: number, confidence: number): FrontierCoefficient[] {
  const own = kept.slice(1).map((position) => all[position - 1]!);
  const raw = rawCoefficients(own, beta);
  const variances = covariance && rawCovariance(own, covariance);
  return Array.from(raw, (estimate, k) => coefficientLine(k === 0 ? '(Intercept)' : own[k - 1]!.name, factor * estimate, variances && variances[k * raw.length + k]!, confidence));
}

function noteOf({ options, solution: { status, skewness, maximum } }: FrontierTask): string | null {
  const { frontier = 'production', target } = options;
  if (status === 'exponentialLimit') return `the truncated normal runs away to mu = -20 sigmaU, where it is an exponential in all but name; set distribution: 'exponential'`;
  if (status === 'inefficiency') return maximum.reason === 'step below tolerance' ? null : `the likelihood was not brought to its maximum (${maximum.reason}); where sigmaV all but vanishes too few rows tell noise from inefficiency: give more rows, fewer features or another distribution`;
  const lean = frontier === 'production' ? ['below', 'low', 'cost'] : ['above', 'high', 'production'];
  return `the residuals of "${target}" show no tail ${lean[0]} the line (skewness ${(frontier === 'cost' ? -skewness : skewness).toFixed(3)}), so least squares is the most likely fit and every efficiency is 1; use quantiles (fitQuantileRegression) for what similar customers spend at most, check for ${lean[1]} outliers that were removed, or set frontier: '${lean[2]}' if inefficiency moves "${target}" the other way`;
}
