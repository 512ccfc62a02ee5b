import { choleskyInPlace, choleskyInverse, pivotedCholesky } from '../../numeric/cholesky.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import type { InefficiencyDistribution } from '../frontier/frontierLaw.js';
import { solveFrontier } from '../frontier/solveFrontier.js';
import { weightedGram } from '../frontier/weightedGram.js';
import { fitHeavyTails, type HeavyStart } from './heavyTails.js';
import type { WalletLawState } from './walletState.js';

/** What a frontier is learnt from: standardised columns, the first of ones, and ln spend. */
export interface FrontierRows {
  readonly columns: readonly Float64Array[];
  /** Of the drivers of the share, the first of ones. */
  readonly drivers: readonly Float64Array[];
  readonly y: Float64Array;
  readonly weights: Float64Array | null;
}

/** Which law is fitted. */
export type FrontierLawName = InefficiencyDistribution | 'heavyTails';

/** A frontier learnt. */
export interface FrontierFit {
  /** Intercept and a slope a column; 0 where others determine it. */
  readonly slopes: number[];
  readonly law: WalletLawState;
  /** False where the spend shows no inefficiency at 5 %: the wallet would be the spend. */
  readonly isVisible: boolean;
  readonly logLikelihood: number;
  /** Row-major, a row for each slope, ln sigmaU coefficient, noise parameter and tau. */
  readonly root: readonly number[];
  readonly rootWidth: number;
  /** Where a fit of nearly the same rows may start. */
  readonly start: HeavyStart;
}

/** What either law's maximum is told by, on the scale of spread 1. */
export interface ScaledFit {
  readonly distribution: InefficiencyDistribution;
  /** Slopes, ln sigmaU coefficients, noise, and for the truncated normal tau. */
  readonly at: Float64Array;
  readonly noiseCount: number;
  readonly information: Float64Array;
  readonly logLikelihood: number;
  readonly nullLogLikelihood: number;
  readonly isVisible: boolean;
}

/** The likeliest frontier, from the columns that can be told apart; from a start it is about a part of the rows, without covariance. */
export function fitFrontier({ columns, drivers, y, weights }: FrontierRows, name: FrontierLawName, start: HeavyStart | null = null): FrontierFit {
  const [kept, keptDrivers] = [independent(columns, weights), independent(drivers, weights)];
  const { center, scale, total } = momentsOf(y, weights);
  const problem = { y: y.map((value) => (value - center) / scale), weights, columns: [kept.map((j) => columns[j]!), keptDrivers.map((j) => drivers[j]!), [columns[0]!]] as const };
  const fit = name === 'heavyTails' ? fitHeavyTails(problem, start) : fitPlain(problem, name);
  const { at, noiseCount, distribution } = fit;
  const hasTau = distribution === 'truncatedNormal' && at.length > kept.length + keptDrivers.length + noiseCount;
  const places = [...kept, ...keptDrivers.map((j) => columns.length + j), ...Array.from({ length: noiseCount + (hasTau ? 1 : 0) }, (_, k) => columns.length + drivers.length + k)];
  const all = new Array<number>(columns.length + drivers.length + noiseCount + 1).fill(0);
  places.forEach((place, k) => (all[place] = at[k]! * (place < columns.length ? scale : 1)));
  all[0]! += center;
  all[columns.length]! += Math.log(scale);
  all[columns.length + drivers.length]! += Math.log(scale);
  const from = columns.length + drivers.length;
  const law: WalletLawState = { distribution, shift: 0, inefficiency: all.slice(columns.length, from), noise: all.slice(from, from + noiseCount), tau: all[from + noiseCount]! };
  const degrees = keptDrivers.length + (distribution === 'truncatedNormal' ? 1 : 0);
  const ratio = 2 * (fit.logLikelihood - fit.nullLogLikelihood);
  // Of one parameter at its bound half of the chance is at 0 (Kodde and Palm, 1986).
  const isVisible = fit.isVisible && chiSquareSurvival(Math.max(0, ratio), degrees) * (degrees === 1 ? 0.5 : 1) < 0.05;
  const root = rootOf(fit.information, places, all.length, columns.length, scale);
  return { slopes: all.slice(0, columns.length), law, isVisible, logLikelihood: fit.logLikelihood - total * Math.log(scale), start: { distribution, at }, ...root };
}

function fitPlain(problem: Parameters<typeof solveFrontier>[0], distribution: InefficiencyDistribution): ScaledFit {
  const { status, maximum, nullLogLikelihood } = solveFrontier(problem, distribution, { maxIterations: 200 });
  // Without inefficiency its coefficients are absent: nobody asks for them then.
  const isVisible = status !== 'noInefficiency';
  const width = problem.columns[0].length;
  const at = status === 'noInefficiency' ? Float64Array.of(...maximum.at.subarray(0, width), ...problem.columns[1].map((_, k) => (k === 0 ? -20 : 0)), maximum.at[width]!) : maximum.at;
  return { distribution, at, noiseCount: 1, information: isVisible ? (status === 'exponentialLimit' ? leading(maximum.information, at.length) : maximum.information) : new Float64Array(0), logLikelihood: maximum.logLikelihood, nullLogLikelihood, isVisible };
}

/** Without the last row and column, that of tau at its bound. */
function leading(matrix: Float64Array, size: number): Float64Array {
  return matrix.filter((_, k) => k % size < size - 1 && k < size * (size - 1));
}

/** Columns that earlier ones do not determine in these rows. */
function independent(columns: readonly Float64Array[], weights: Float64Array | null): number[] {
  const { rank, order } = pivotedCholesky(weightedGram(columns, weights), columns.length, 1e-9);
  return [...order.subarray(0, rank)];
}

function momentsOf(y: Float64Array, weights: Float64Array | null): { center: number; scale: number; total: number } {
  let [total, sum, squares] = [0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    total += weight;
    sum += weight * y[i]!;
  }
  const center = sum / total;
  for (let i = 0; i < y.length; i++) squares += (weights === null ? 1 : weights[i]!) * (y[i]! - center) ** 2;
  return { center, scale: Math.sqrt(squares / total) || 1, total };
}

/** L with L L' the inverse of the information, its rows at the places of their parameters; of width 0 where there is none. */
function rootOf(information: Float64Array, all: readonly number[], size: number, slopes: number, scale: number): Pick<FrontierFit, 'root' | 'rootWidth'> {
  const width = Math.round(Math.sqrt(information.length));
  const places = all.slice(0, width);
  const factor = information.slice();
  if (information.length === 0 || !choleskyInPlace(factor, width)) return { root: [], rootWidth: 0 };
  const covariance = choleskyInverse(factor, width);
  if (!choleskyInPlace(covariance, width)) return { root: [], rootWidth: 0 };
  const root = new Array<number>(size * width).fill(0);
  places.forEach((place, j) => {
    for (let k = 0; k <= j; k++) root[place * width + k] = covariance[j * width + k]! * (place < slopes ? scale : 1);
  });
  return { root, rootWidth: width };
}
