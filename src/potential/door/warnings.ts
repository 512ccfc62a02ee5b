import type { CustomerPotentials } from '../customerPotentials.js';
import type { PotentialTask } from './fitMarketPotential.js';
import type { MarketPotentialReport, ParticipationReport } from './marketPotentialState.js';
import type { LearntPotential } from './writeReport.js';

/** With fewer spenders wallets are rough. */
const FEW = 200;
/** So many times the largest spend is more than a wallet is likely to be. */
const FAR = 3;

/** What to look at, in words. */
export function warningsOf({ spenders, spend, settings, unknown }: PotentialTask, { wallets, known, stopped }: LearntPotential, participation: ParticipationReport, { potential, present }: CustomerPotentials, { aliased, coverage }: Pick<MarketPotentialReport, 'aliased' | 'coverage'>): string[] {
  const warnings: string[] = [];
  const bySpend = wallets.trials.find(({ chosen }) => chosen)?.logBias ?? null;
  if (stopped) warnings.push('onProgress ended the trials: estimators not tried could have done better');
  if (spenders.length < FEW) warnings.push(`only ${spenders.length} customers spend: wallets are rough, and the choice among estimators is too`);
  const wrong = wallets.trials.filter(({ status }) => status === 'noInefficiency').map(({ estimator }) => estimator);
  if (wrong.length > 0) warnings.push(`spend leans the wrong way for a frontier (${wrong.join(', ')}): few customers stand far below what their profile spends, as if nothing went elsewhere; features that follow the spend itself do that`);
  if (participation.method === 'none' && settings.zeros === 'participation') warnings.push('nobody spends nothing: prospects are taken to be in the market with probability 1');
  if (known === null && settings.knownWallets !== null && settings.estimators?.includes('known') !== false) warnings.push(`too few wallets are known in column "${settings.knownWallets}" to learn from: they served to judge only`);
  if (known !== null && bySpend !== null && Math.abs(bySpend) > Math.LN2 / 2) {
    warnings.push(`judged by spend alone (${wallets.chosen}) wallets would be ${Math.round(100 * Math.exp(bySpend))} % of those known: what goes elsewhere does not show in the spend of these customers, and only known wallets tell the level`);
  }
  if (settings.knownWallets !== null && settings.estimators?.includes('known') === false) warnings.push(`the wallets known in column "${settings.knownWallets}" judge the estimators and are not learnt from: 'known' is not among the estimators`);
  if (settings.knownWallets === null) warnings.push(levelUnknown(wallets.trials.flatMap(({ timesSpend }) => timesSpend ?? [])));
  if (unknown > 0) warnings.push(`${unknown} rows have no spend: they are prospects, and nothing was learnt from them`);
  for (const { dimension, name, customers, figures } of coverage) {
    const off = figures.filter(({ q }) => q < 0.01).sort((a, b) => a.q - b.q)[0];
    if (off !== undefined) warnings.push(`of ${customers} customers ${dimension === null ? '' : `with ${dimension} = ${name ?? 'unknown'} `}${Math.round(100 * off.below.estimate)} % spend less than the ${off.quantile} quantile told of them: their wallets are off the same way`);
  }
  if (aliased.length > 0) warnings.push(`columns that tell nothing of their own: ${aliased.join(', ')}`);
  const largest = spenders.reduce((most, row) => Math.max(most, spend[row]!), 0);
  const far = potential.reduce((count, amount) => count + Number(amount > FAR * largest), 0);
  if (far > 0) warnings.push(`${far} potentials are more than ${FAR} times the largest spend (${Number(largest.toPrecision(3))}): look at those rows before acting on them`);
  const most = present.reduce((sum, amount) => sum + amount, 0);
  if (largest > most / 4) warnings.push(`one customer has ${Math.round((100 * largest) / most)} % of all spend: totals rest on that row`);
  return [...warnings, ...(known?.report.warnings ?? [])];
}

/** What no interval can hold: it takes the law for granted. */
function levelUnknown(timesSpend: readonly number[]): string {
  const [least, most] = [Math.min(...timesSpend), Math.max(...timesSpend)];
  const range = most > 1.25 * least ? `, and the estimators tried put all wallets at ${least.toFixed(1)} to ${most.toFixed(1)} times the spend` : '';
  return `spend alone does not tell the level of the wallets: intervals take the estimator for right${range}; wallets known of some customers (knownWallets) would tell`;
}
