import type { WalletChoice } from './chooseWallets.js';
import type { WalletData } from './walletData.js';
import type { WalletTrial } from './walletState.js';

/** Why an estimator was taken, in words. */
export function whyChosen({ chosen, by, best, behind, error }: WalletChoice, trials: readonly WalletTrial[], { y, folds }: WalletData, rows: number): string {
  const tried = trials.filter(({ status }) => status === 'tried').map(({ estimator }) => estimator);
  const blind = trials.filter(({ status }) => status === 'noInefficiency').map(({ estimator }) => estimator);
  const sample = rows < y.length ? ` (a sample of ${rows} of ${y.length})` : '';
  const parts = [`${tried.join(', ')} told the spend of ${rows} customers${sample} by what was learnt from others, in ${folds} folds.`];
  if (blind.length > 0) parts.push(`${blind.join(', ')} found no sign in the spend that part of it goes elsewhere.`);
  const simpler = chosen === best ? `${chosen} did best` : `${chosen} is the simplest within a standard error (${error.toPrecision(2)}) of the best, ${best}, ${behind.toPrecision(2)} behind it`;
  if (by === 'only') parts.push(`${chosen} was the only one that could be taken.`);
  if (by === 'knownWallets') parts.push(`By the known wallets ${chosen} did best: its log error is the least.`);
  if (by === 'logScore') parts.push(`By the log density of the masked spend ${simpler}.`);
  if (by === 'pinball') parts.push(`By the pinball loss of the masked spend ${simpler}.`);
  const times = trials.flatMap(({ timesSpend, kind }) => (timesSpend !== null && (by === 'pinball' || kind === 'frontier') ? [timesSpend] : []));
  if (by !== 'knownWallets') {
    if (times.length > 1) parts.push(`They put all wallets at ${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)} times the spend, ${chosen} at ${trials.find(({ estimator }) => estimator === chosen)!.timesSpend!.toFixed(2)}.`);
    const isFrontier = trials.some(({ estimator, kind }) => estimator === chosen && kind === 'frontier');
    parts.push(
      isFrontier
        ? 'This tells which law fits the spend, not that it is the law of the wallets: how much goes elsewhere is read off the lean of the spend among customers who are alike. Wallets known of a sample would tell.'
        : 'What goes elsewhere leaves no trace in this spend: the wallet is what the best of the like spend, and its size depends on the quantile taken. Wallets known of a sample would tell.',
    );
  }
  return parts.join(' ');
}
