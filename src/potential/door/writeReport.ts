import { Encoding, encodeView } from '../../data/encoding.js';
import { learnTerms } from '../../data/learnTerms.js';
import { takeRows } from '../../data/takeRows.js';
import { pivotedCholesky } from '../../numeric/cholesky.js';
import type { Estimate } from '../../numeric/estimate.js';
import { normalQuantile } from '../../numeric/normal.js';
import type { CustomerPotentials } from '../customerPotentials.js';
import type { KnownWallets } from '../known/knownWallets.js';
import { spendCoverage, type CoverageGroup } from '../validation/spendCoverage.js';
import type { LearnedWallets } from '../wallets/learnWallets.js';
import type { PotentialTask } from './fitMarketPotential.js';
import type { MarketPotentialReport, MarketPotentialState, ParticipationReport } from './marketPotentialState.js';
import { openPotential, predictPotentials } from './predictPotentials.js';
import { warningsOf } from './warnings.js';

/** What came out of learning. */
export interface LearntPotential {
  readonly state: Omit<MarketPotentialState, 'report'>;
  readonly wallets: LearnedWallets;
  readonly known: KnownWallets | null;
  readonly takesKnown: boolean;
  readonly participation: ParticipationReport | null;
  readonly stopped: boolean;
}

/** What there is to say about it. */
export function writeReport(caller: string, task: PotentialTask, learnt: LearntPotential): MarketPotentialReport {
  const { table, spend, customers, spenders, unknown, settings } = task;
  const { wallets, known, takesKnown, stopped } = learnt;
  const part = takeRows(table, customers);
  const present = new Float64Array(customers.length).map((_, i) => spend[customers[i]!]!);
  const potentials = predictPotentials(caller, openPotential(learnt.state), { ...part, source: (name) => part.column(name) }, present, null);
  const participation = learnt.participation ?? { method: 'none', why: 'zeros was given as wallet: everybody is taken to be in the market', rate: spenders.length / customers.length, logLoss: null, rateLogLoss: null, auc: null };
  const aliased = aliasedColumns(caller, task);
  const coverage = coverageOf(task, wallets);
  return {
    customers: customers.length,
    spenders: spenders.length,
    zeroShare: 1 - spenders.length / customers.length,
    unknown,
    estimator: takesKnown ? 'known' : wallets.chosen,
    why: takesKnown ? 'the wallets known of a sample, left out in turn, are foretold best by the others of them' : wallets.why,
    trials: wallets.trials,
    known: known?.report ?? null,
    participation,
    present: present.reduce((sum, amount) => sum + amount, 0),
    potential: totalOf(potentials),
    coverage,
    aliased,
    confidence: settings.confidence,
    stopped,
    warnings: warningsOf(task, learnt, participation, potentials, { aliased, coverage }),
  };
}

/** The sum of the potentials: what is each customer's own averages out, what they share does not. */
function totalOf({ potential, ownVariance, sharedLoadings, sharedCount, confidence }: CustomerPotentials): Estimate {
  const shared = new Float64Array(sharedCount);
  let [estimate, variance] = [0, 0];
  potential.forEach((amount, row) => {
    estimate += amount;
    variance += ownVariance[row]!;
    for (let k = 0; k < sharedCount; k++) shared[k]! += sharedLoadings[row * sharedCount + k]!;
  });
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt(shared.reduce((sum, loading) => sum + loading * loading, variance));
  return { estimate, lower: estimate - half, upper: estimate + half };
}

/** Whether the quantiles of spend told of masked customers are what they claim, in all and by the groups asked for. */
function coverageOf({ table, spend, settings }: PotentialTask, { masked }: LearnedWallets): readonly CoverageGroup[] {
  const quantiles = masked.quantiles.filter((_, k) => masked.told[k]);
  const told = masked.told.filter((lines) => lines !== null);
  const count = masked.rows.length;
  const predicted = new Float64Array(count * told.length);
  for (let i = 0; i < count; i++) for (let k = 0; k < told.length; k++) predicted[i * told.length + k] = Math.exp(told[k]![i]!);
  const actual = new Float64Array(count).map((_, i) => spend[masked.rows[i]!]!);
  const by = { ...takeRows(table, masked.rows), names: settings.groups };
  return spendCoverage(actual, predicted, { quantiles, confidence: settings.confidence, ...(settings.groups.length > 0 && { by }) }).groups;
}

/** Columns of the design that others determine, on 5,000 spenders at most. */
function aliasedColumns(caller: string, { table, features, spenders }: PotentialTask): string[] {
  const step = Math.max(1, spenders.length / 5000);
  const part = takeRows(table, new Uint32Array(Math.floor(spenders.length / step)).map((_, i) => spenders[Math.floor(i * step)]!));
  const view = { ...part, source: (name: string) => part.column(name) };
  const encoding = new Encoding({ format: 'Encoding', formatVersion: 1, terms: learnTerms(caller, view, { features }) });
  const { values, columnCount, columnNames, rowCount } = encodeView(caller, encoding, view);
  const products = new Float64Array(columnCount * columnCount);
  for (let at = 0; at < rowCount * columnCount; at += columnCount) {
    for (let j = 0; j < columnCount; j++) for (let k = 0; k <= j; k++) products[j * columnCount + k] = products[k * columnCount + j] = products[j * columnCount + k]! + values[at + j]! * values[at + k]!;
  }
  const { rank, order } = pivotedCholesky(products, columnCount, 1e-9);
  return [...order.subarray(rank)].map((column) => columnNames[column]!);
}
