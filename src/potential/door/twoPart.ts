import { normalQuantile } from '../../numeric/normal.js';
import type { CustomerPotentials } from '../customerPotentials.js';
import type { WalletColumns } from '../walletColumns.js';
import type { ParticipationRows } from './participation.js';

/** The others: which rows spend nothing, and how probable it is that they are in the market. */
export interface Others extends ParticipationRows {
  readonly rows: Uint32Array;
}

/**
 * Wallets as potentials: that of a spender is the wallet, that of anybody else B * W with B 1 or 0 by participation p, so of mean p W and variance
 * p Var(W) + p (1 - p) W². Its ends are quantiles of that law, W being taken as log-normal between its own ends.
 */
export function potentialsOf(customers: readonly (string | number)[] | null, present: Float64Array, wallets: WalletColumns, others: Others, confidence: number): CustomerPotentials {
  const count = present.length;
  const participation = new Float64Array(count).fill(1);
  const [potential, potentialLower, potentialUpper] = [wallets.wallet.slice(), wallets.walletLower.slice(), wallets.walletUpper.slice()];
  const [share, shareLower, shareUpper, ownVariance] = [wallets.share.slice(), wallets.shareLower.slice(), wallets.shareUpper.slice(), wallets.ownVariance.slice()];
  const sharedCount = wallets.sharedCount + others.unknowns;
  const sharedLoadings = widen(wallets, others.unknowns);
  const tail = (1 - confidence) / 2;
  others.rows.forEach((row, i) => {
    const p = others.probability[i]!;
    const wallet = wallets.wallet[row]!;
    const ends = endsOf(p, tail, potentialLower[row]!, potentialUpper[row]!);
    participation[row] = p;
    potential[row] = p * wallet;
    potentialLower[row] = Math.min(p * wallet, ends[0]);
    potentialUpper[row] = Math.max(p * wallet, ends[1]);
    ownVariance[row] = p * ownVariance[row]! + p * (1 - p) * wallet * wallet;
    share[row] = shareLower[row] = shareUpper[row] = 0;
    const at = row * sharedCount;
    for (let k = 0; k < wallets.sharedCount; k++) sharedLoadings[at + k]! *= p;
    for (let k = 0; k < others.unknowns; k++) sharedLoadings[at + wallets.sharedCount + k] = wallet * others.loadings[i * others.unknowns + k]!;
  });
  const headroom = new Float64Array(count).map((_, row) => potential[row]! - present[row]!);
  return { customers, present, wallet: wallets.wallet, participation, potential, headroom, share, potentialLower, potentialUpper, shareLower, shareUpper, ownVariance, sharedLoadings, sharedCount, confidence };
}

/** A copy with room for the unknowns of participation behind those of the wallet. */
function widen({ sharedLoadings, sharedCount, wallet }: WalletColumns, unknowns: number): Float64Array {
  const width = sharedCount + unknowns;
  const wide = new Float64Array(wallet.length * width);
  for (let row = 0; row < wallet.length; row++) for (let k = 0; k < sharedCount; k++) wide[row * width + k] = sharedLoadings[row * sharedCount + k]!;
  return wide;
}

/** Quantiles `tail` and 1 - `tail` of B * W. */
function endsOf(p: number, tail: number, lower: number, upper: number): readonly [number, number] {
  if (p === 1) return [lower, upper];
  if (!(lower > 0)) return [0, p > tail ? upper : 0];
  const middle = (Math.log(lower) + Math.log(upper)) / 2;
  const spread = Math.log(upper / lower) / (2 * normalQuantile(1 - tail));
  const quantile = (q: number): number => Math.exp(middle + spread * normalQuantile(q));
  return [1 - p < tail ? quantile((tail - 1 + p) / p) : 0, p > tail ? quantile(1 - tail / p) : 0];
}
