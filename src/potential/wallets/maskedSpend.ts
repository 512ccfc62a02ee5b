import { LN_U, RESIDUAL } from './mixedLaw.js';
import type { MaskedRows } from './walletCandidates.js';
import type { WalletData } from './walletData.js';
import { lawOf } from './walletRows.js';

/** The quantiles of masked spend that every frontier is judged at. */
export const JUDGED_QUANTILES: readonly number[] = [0.5, 0.8, 0.9, 0.95];

/** How well a candidate tells the spend, and where known the wallet, of customers it was not learnt from. */
export interface MaskedScores {
  /** ln of the density of every ln spend; null for quantile estimators. */
  readonly logDensities: Float64Array | null;
  /** ln spend at each quantile as told of every row; null where the candidate does not tell it. */
  readonly told: readonly (Float64Array | null)[];
  /** Losses at each quantile, of every row; null where the candidate does not tell it. */
  readonly losses: readonly (Float64Array | null)[];
  /** Share of the rows at or below each quantile. */
  readonly coverage: readonly (number | null)[];
  /** ln wallet of every row, by its own spend and what was learnt without its fold. */
  readonly wallets: Float64Array;
  /** ln(wallet / known wallet) of every row, NaN where it is not known; null where none is. */
  readonly logErrors: Float64Array | null;
}

/** Judges at `quantiles`. */
export function maskedScores(masked: MaskedRows, data: WalletData, quantiles: readonly number[]): MaskedScores {
  const { y, known } = data;
  const isFrontier = masked.laws.length > 0;
  const wallets = isFrontier ? new Float64Array(y.length) : masked.line.map((line, i) => Math.max(y[i]!, line));
  const logDensities = isFrontier ? new Float64Array(y.length) : null;
  const told = quantiles.map((tau) => (isFrontier || tau === data.quantile ? new Float64Array(y.length) : null));
  if (!isFrontier) for (const line of told) line?.set(masked.line);
  masked.laws.forEach((law, fold) => {
    const mixed = lawOf(law);
    const tables = quantiles.map((tau) => quantileTable(masked, fold, tau));
    for (let i = fold; i < y.length; i += masked.laws.length) {
      const frontier = masked.line[i]! + law.shift;
      mixed.parameters[RESIDUAL] = y[i]! - frontier;
      mixed.parameters[LN_U] = masked.lnU[i]!;
      mixed.open();
      logDensities![i] = mixed.observe();
      told.forEach((line, k) => (line![i] = frontier + tables[k]!(masked.lnU[i]!)));
      wallets[i] = y[i]! + Math.log(Math.max(1, mixed.moment(1)));
    }
  });
  const total = data.weights === null ? y.length : data.weights.reduce((sum, w) => sum + w, 0);
  const coverage = told.map((line) => line && y.reduce((sum, value, i) => sum + (value <= line[i]! ? weightOf(data, i) : 0), 0) / total);
  const losses = told.map((line, k) => line && y.map((value, i) => pinball(value - line[i]!, quantiles[k]!)));
  return { logDensities, told, losses, coverage, wallets, logErrors: known && wallets.map((wallet, i) => wallet - Math.log(known[i]!)) };
}

function pinball(residual: number, tau: number): number {
  return residual > 0 ? tau * residual : (tau - 1) * residual;
}

/** The weight of a row. */
export function weightOf({ weights }: Pick<WalletData, 'weights'>, row: number): number {
  return weights === null ? 1 : weights[row]!;
}

/** The quantile of the residual as a function of ln sigmaU: worked out at some places, straight between. */
function quantileTable({ laws, lnU }: MaskedRows, fold: number, tau: number): (lnU: number) => number {
  let [least, most] = [Infinity, -Infinity];
  for (let i = fold; i < lnU.length; i += laws.length) {
    least = Math.min(least, lnU[i]!);
    most = Math.max(most, lnU[i]!);
  }
  const mixed = lawOf(laws[fold]!);
  const places = most > least ? 24 : 0;
  const values = Float64Array.from({ length: places + 1 }, (_, k) => {
    mixed.parameters[LN_U] = least + (k * (most - least)) / Math.max(1, places);
    mixed.open();
    return mixed.residualQuantile(tau);
  });
  return (at) => {
    if (places === 0) return values[0]!;
    const place = ((at - least) / (most - least)) * places;
    const low = Math.min(places - 1, Math.floor(place));
    return values[low]! + (place - low) * (values[low + 1]! - values[low]!);
  };
}
