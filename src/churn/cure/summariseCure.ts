import { buildEffects } from '../../learners/buildEffects.js';
import type { DesignColumn } from '../../learners/logisticDesign.js';
import { coefficientLine, rawCoefficients, rawCovariance } from '../../learners/logisticInference.js';
import type { LogisticCoefficient } from '../../learners/logisticState.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { choleskyInPlace, choleskyInverse } from '../../numeric/cholesky.js';
import { normalQuantile } from '../../numeric/normal.js';
import type { AcceleratedDesign } from '../accelerated/acceleratedDesign.js';
import type { AcceleratedCoefficient, ScaleFigure } from '../accelerated/acceleratedState.js';
import type { RowMaximum } from '../accelerated/maximiseRows.js';
import { logSurvival } from '../accelerated/residualLaw.js';
import { acceleratedLine, rawFigures, scaleFigure, transformed } from '../accelerated/scaledFigures.js';
import { criteria, statusOf, totalOf } from '../accelerated/summariseAccelerated.js';
import { EVENT, type TimeRows } from '../accelerated/timeRows.js';
import type { MixtureCureOptions } from './cureOptions.js';
import type { CureFollowUp, CureSum, CureSummary, MixtureCureState, ShareFigure } from './cureState.js';
import { describeCure } from './describeCure.js';
import { medianEvent, observedFollowUp } from './followUp.js';
import { fixedInverse, sumsOf, type CureProblem } from './solveCure.js';

/** What is known when a fit has ended. */
export interface CureTask {
  readonly options: MixtureCureOptions;
  readonly rows: TimeRows;
  readonly problem: CureProblem;
  readonly maximum: RowMaximum;
  /** b / scale of every column of the time, intercept first. */
  readonly line: Float64Array;
  /** Of times as they are, and the same without a cured share. */
  readonly logLikelihood: number;
  readonly withoutCured: number;
}

/** A mean share below which nobody is cured. */
const NOBODY = 1e-6;

/** The fitted mixture as it is stored. */
export function cureState(task: CureTask): MixtureCureState {
  const { problem, maximum, line, rows } = task;
  const { times, cure, time } = problem;
  const cured = spread(maximum.at.subarray(0, cure.kept.length), cure);
  const scale = times.spread / inverseOf(task);
  const sum = ({ terms }: AcceleratedDesign, intercept: number, slopes: Float64Array): CureSum => ({ intercept, effects: buildEffects(terms, slopes), terms });
  const sums = { cure: sum(cure, cured[0]!, cured.subarray(1)), time: sum(time, times.center + scale * line[0]!, line.subarray(1).map((slope) => scale * slope)) };
  return { format: 'MixtureCure', formatVersion: 1, ...sums, riskTime: medianEvent(rows), summary: summarise(task, sums) };
}

function inverseOf({ problem, maximum }: CureTask): number {
  return fixedInverse(problem) ?? maximum.at[maximum.at.length - 1]!;
}

function spread(values: Float64Array, { kept, values: columns }: AcceleratedDesign): Float64Array {
  const all = new Float64Array(columns.length);
  kept.forEach((position, k) => (all[position] = values[k]!));
  return all;
}

function summarise(task: CureTask, sums: { readonly cure: CureSum; readonly time: CureSum }): CureSummary {
  const { options, rows, problem, maximum, logLikelihood, withoutCured } = task;
  const { duration, event = null, confidence = 0.95, distribution = 'weibull' } = options;
  const { cure, time } = problem;
  const shares = curedShares(task);
  const estimate = weightedMean(shares, problem.times.weights);
  const isNone = estimate < NOBODY;
  const covariance = covarianceOf(task, isNone);
  const followUp = followUpOf(task, shares);
  const names = (sum: CureSum): string[] => sum.effects.map(({ column }) => column);
  const { iterations, gradientNorm, reason } = maximum;
  const parameterCount = maximum.at.length + time.separations.length;
  const rowCount = totalOf(rows.kinds, rows.weights, () => true);
  const statistic = Math.max(0, 2 * (logLikelihood - withoutCured));
  const tail = chiSquareSurvival(statistic, cure.kept.length);
  const status = statusOf(reason, time.separations.length);
  return {
    duration,
    event,
    features: [...new Set([...names(sums.time), ...names(sums.cure)])],
    cureFeatures: names(sums.cure),
    timeFeatures: names(sums.time),
    distribution,
    curedShare: shareFigure(task, shares, estimate, isNone ? null : covariance, confidence),
    cureCoefficients: cureLines(cure, maximum.at, isNone ? null : covariance, confidence),
    ...timeLines(task, covariance, confidence),
    followUp,
    note: describeCure(isNone, followUp, distribution),
    logLikelihood,
    test: { logLikelihood: withoutCured, statistic, p: cure.kept.length > 1 ? tail : tail / 2 },
    parameterCount,
    ...criteria(logLikelihood, parameterCount, rowCount),
    rowCount,
    events: totalOf(rows.kinds, rows.weights, (kind) => kind === EVENT),
    confidence,
    status: isNone ? 'noCuredShare' : status,
    convergence: { converged: reason === 'step below tolerance', iterations, gradientNorm, reason },
    aliased: [...time.aliased, ...cure.aliased.filter(({ name }) => !time.aliased.some((other) => other.name === name))],
    separated: [...new Set(time.separations.flatMap(({ names: found }) => found))],
  };
}

function curedShares({ problem: { cure }, maximum }: CureTask): Float64Array {
  return sumsOf(maximum.at, cure.kept.map((position) => cure.values[position]!)).map((odds) => 1 / (1 + Math.exp(-odds)));
}

function weightedMean(values: Float64Array, weights: Float64Array | null): number {
  let [sum, total] = [0, 0];
  values.forEach((value, row) => {
    const w = weights === null ? 1 : weights[row]!;
    sum += w * value;
    total += w;
  });
  return sum / total;
}

/** Of the coordinates of the fit; of the times alone where nobody is cured; null where the information is no maximum's. */
function covarianceOf({ maximum, problem: { cure } }: CureTask, isNone: boolean): Float64Array | null {
  const size = maximum.at.length;
  const information = maximum.information.slice();
  for (let j = 0; j < size && isNone; j++) for (let k = 0; k < size; k++) if (j < cure.kept.length || k < cure.kept.length) information[j * size + k] = j === k ? 1 : 0;
  return choleskyInPlace(information, size) ? choleskyInverse(information, size) : null;
}

function block(matrix: Float64Array, width: number, from: number, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => matrix[(from + Math.floor(at / size)) * width + from + (at % size)]!);
}

function cureLines({ all, kept }: AcceleratedDesign, at: Float64Array, covariance: Float64Array | null, confidence: number): LogisticCoefficient[] {
  const own = columnsOf(all, kept);
  const raw = rawCoefficients(own, at.slice(0, kept.length));
  const variances = covariance && rawCovariance(own, block(covariance, at.length, 0, kept.length));
  return Array.from(raw, (estimate, k) => coefficientLine(k === 0 ? '(Intercept)' : own[k - 1]!.name, estimate, variances && variances[k * kept.length + k]!, confidence));
}

function columnsOf(all: readonly DesignColumn[], kept: readonly number[]): DesignColumn[] {
  return kept.slice(1).map((position) => all[position - 1]!);
}

function timeLines(task: CureTask, covariance: Float64Array | null, confidence: number): { readonly coefficients: AcceleratedCoefficient[]; readonly scale: ScaleFigure } {
  const { problem: { cure, time, times, family }, maximum: { at }, options: { distribution = 'weibull' } } = task;
  const inverse = inverseOf(task);
  const own = columnsOf(time.all, time.kept);
  const size = at.length - cure.kept.length;
  const { estimates, jacobian } = rawFigures({ line: at.subarray(cure.kept.length), inverse, isScaleFree: family.fixedScale === null, center: times.center, spread: times.spread, columns: own });
  const mine = covariance && block(covariance, at.length, cure.kept.length, size);
  const raw = mine && transformed(jacobian, mine, size);
  const hasHazard = distribution === 'weibull' || distribution === 'exponential';
  const coefficients = time.kept.map((_, k) => {
    const column = own[k - 1];
    const hazard = hasHazard && column !== undefined ? { estimate: at[cure.kept.length + k]! / column.scale, variance: mine && mine[k * size + k]! / column.scale ** 2 } : null;
    return acceleratedLine({ name: column?.name ?? '(Intercept)', estimate: estimates[k]!, variance: raw && raw[k * size + k]!, hazard, isLog: true }, confidence);
  });
  return { coefficients, scale: scaleFigure(times.spread / inverse, raw === null || family.fixedScale !== null ? null : raw[size * size - 1]!, confidence) };
}

/** The mean share, its error by the delta method. */
function shareFigure({ problem: { cure, times }, maximum }: CureTask, shares: Float64Array, estimate: number, covariance: Float64Array | null, confidence: number): ShareFigure {
  if (covariance === null) return { estimate, standardError: null, lower: null, upper: null };
  const slopes = cure.kept.map((position) => weightedMean(shares.map((share, row) => share * (1 - share) * cure.values[position]![row]!), times.weights));
  let variance = 0;
  slopes.forEach((a, j) => slopes.forEach((b, k) => (variance += a * b * covariance[j * maximum.at.length + k]!)));
  const standardError = Math.sqrt(Math.max(0, variance));
  const odds = Math.log(estimate / (1 - estimate));
  const reach = (normalQuantile((1 + confidence) / 2) * standardError) / (estimate * (1 - estimate));
  return { estimate, standardError, lower: 1 / (1 + Math.exp(reach - odds)), upper: 1 / (1 + Math.exp(-odds - reach)) };
}

function followUpOf(task: CureTask, shares: Float64Array): CureFollowUp {
  const { problem: { cure, time, times, family }, maximum, rows } = task;
  const observed = observedFollowUp(rows);
  const lines = sumsOf(maximum.at.subarray(cure.kept.length), time.kept.map((position) => time.values[position]!));
  const end = (inverseOf(task) * (Math.log(observed.lastTime) - times.center)) / times.spread;
  let [left, leavers] = [0, 0];
  lines.forEach((line, row) => {
    const leaves = (times.weights === null ? 1 : times.weights[row]!) * (1 - shares[row]!);
    left += leaves * Math.exp(logSurvival(family.law, end - line));
    leavers += leaves;
  });
  const leaversLeft = leavers > 0 ? left / leavers : 0;
  return { ...observed, leaversLeft, isLongEnough: leaversLeft < 0.05 && observed.p < 0.05 };
}
