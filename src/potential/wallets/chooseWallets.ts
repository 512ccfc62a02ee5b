import { weightOf, type MaskedScores } from './maskedSpend.js';
import type { WalletData } from './walletData.js';
import type { WalletEstimatorName } from './walletState.js';

/** A candidate that was judged. */
export interface Judged {
  readonly estimator: WalletEstimatorName;
  readonly scores: MaskedScores;
}

/** What was chosen, and by what. */
export interface WalletChoice {
  readonly chosen: WalletEstimatorName;
  readonly by: 'knownWallets' | 'logScore' | 'pinball' | 'only';
  /** How far the chosen is behind the best, and the standard error of that. */
  readonly behind: number;
  readonly error: number;
  readonly best: WalletEstimatorName;
}

/** The simplest first; those of one rank are as simple. */
const RANKS: Readonly<Record<WalletEstimatorName, number>> = { halfNormal: 0, exponential: 0, truncatedNormal: 1, heavyTails: 2, treesFrontier: 3, quantile: 4, treesQuantile: 5, peersQuantile: 6 };

/** Known wallets, as many as this at least, decide. */
export const KNOWN_ENOUGH = 20;

/** The choice among those judged, of which there is at least one. */
export function chooseWallets(judged: readonly Judged[], data: WalletData, ownQuantile: number): WalletChoice {
  const frontiers = judged.filter(({ scores }) => scores.logDensities !== null);
  const knownCount = data.known?.reduce((sum, wallet) => sum + (Number.isNaN(wallet) ? 0 : 1), 0) ?? 0;
  if (judged.length === 1) return { chosen: judged[0]!.estimator, best: judged[0]!.estimator, by: 'only', behind: 0, error: 0 };
  // Squared errors of known wallets: those decide, not the simplest of nearly as good ones.
  if (knownCount >= KNOWN_ENOUGH) return { ...simplest(judged, ({ scores }) => scores.logErrors!.map((error) => error * error), data, 0), by: 'knownWallets' };
  if (frontiers.length > 0) return { ...simplest(frontiers, ({ scores }) => scores.logDensities!.map((density) => -density), data, 1), by: 'logScore' };
  return { ...simplest(judged, ({ scores }) => scores.losses[ownQuantile]!, data, 1), by: 'pinball' };
}

/** The simplest whose mean loss is within `errors` standard errors of the least; of equally simple ones the better. */
function simplest(judged: readonly Judged[], lossesOf: (one: Judged) => Float64Array, data: WalletData, errors: number): Omit<WalletChoice, 'by'> {
  const all = judged.map((one) => ({ estimator: one.estimator, losses: lossesOf(one) })).map((one) => ({ ...one, mean: moments(one.losses, data).mean }));
  const best = all.reduce((a, b) => (b.mean < a.mean ? b : a));
  const compared = all.map(({ estimator, losses }) => ({ estimator, ...moments(losses.map((loss, i) => loss - best.losses[i]!), data) }));
  const near = compared.filter(({ estimator, mean, error }) => estimator === best.estimator || mean <= errors * error);
  const chosen = near.reduce((a, b) => (RANKS[b.estimator] - RANKS[a.estimator] || b.mean - a.mean) < 0 ? b : a);
  return { chosen: chosen.estimator, best: best.estimator, behind: chosen.mean, error: chosen.error };
}

/** Weighted mean of what is known, and its standard error. */
export function moments(values: Float64Array, data: Pick<WalletData, 'weights'>): { mean: number; error: number } {
  let [total, sum, squares, weightSquares] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    const weight = weightOf(data, i);
    total += weight;
    weightSquares += weight * weight;
    sum += weight * values[i]!;
  }
  const mean = sum / total;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) squares += weightOf(data, i) * (values[i]! - mean) ** 2;
  return { mean, error: Math.sqrt(((squares / total) * weightSquares) / (total * total)) };
}
