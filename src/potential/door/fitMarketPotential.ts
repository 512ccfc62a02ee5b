import { learnTerms } from '../../data/learnTerms.js';
import { readWeights } from '../../data/rowNumbers.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { everyRow, parseTable, takeRows, type ParsedTable } from '../../data/takeRows.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import { ClientelaError, isClientelaError } from '../../errors.js';
import { fitNearestPeers } from '../../learners/peers/fitNearestPeers.js';
import { fitKnownWallets } from '../known/fitKnownWallets.js';
import type { KnownWallets } from '../known/knownWallets.js';
import { learnWallets, type LearnedWallets } from '../wallets/learnWallets.js';
import { fitParticipation } from './fitParticipation.js';
import { MarketPotential } from './marketPotential.js';
import { readSettings, type MarketPotentialOptions, type MarketPotentialSettings } from './marketPotentialOptions.js';
import type { MarketPotentialState } from './marketPotentialState.js';
import { readCustomers, readPresent } from './readSpenders.js';
import { writeReport } from './writeReport.js';

const CALLER = 'fitMarketPotential';
/** With fewer there is no telling a wallet from chance. */
const FEWEST = 20;

/** What is learnt from, opened and checked. */
export interface PotentialTask {
  readonly settings: MarketPotentialSettings;
  readonly table: ParsedTable;
  readonly features: readonly string[];
  /** What each row spends; `NaN` where it is not known, or where the weight is 0. */
  readonly spend: Float64Array;
  readonly weights: Float64Array | null;
  /** Rows that spend, and all rows whose spend is known. */
  readonly spenders: Uint32Array;
  readonly customers: Uint32Array;
  /** Rows whose spend is blank. */
  readonly unknown: number;
}

/**
 * What every customer could bring to the company: its potential beside its present spend, with headroom, share of wallet and intervals.
 *
 * Nobody knows what customers spend elsewhere. What can be learnt is what those with the same profile spend at most, and where each stands beneath it:
 * ln spend = what the profile needs + chance - what goes elsewhere (a stochastic frontier, Aigner, Lovell and Schmidt, 1977; the expected wallet given the
 * spend after Battese and Coelli, 1988), or a high quantile of what such customers spend (Perlich, Rosset, Lawrence and Zadrozny, 2007). Each estimator
 * foretells the spend of customers masked in turn, and the one that does so best is taken; `report` keeps all figures. Wallets known of a sample
 * (`knownWallets`) are learnt from too, and preferred where they foretell better.
 *
 * Whoever spends nothing has the wallet of its profile times the probability of spending at all. A potential is never below the present spend.
 * O(rows × columns²) an estimator.
 *
 * @param data - one row a customer, with what it spends in a period and what is known of it: a Frame, rows or columns
 * @param options - the column of the spend, and how to learn
 * @returns the model, with its `report`, `predict(data)`, `peersOf(row)`, `explain(row)` and `attainability(data)`
 * @throws a {@link ClientelaError} `NOT_IDENTIFIED` for too few customers who spend, `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `DUPLICATE_COLUMN`, `DUPLICATE_ID`,
 * `MISSING_VALUE`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { createRandom } from 'clientela/data';
 * const random = createRandom(1);
 * const customers = Array.from({ length: 400 }, (_, id) => {
 *   const size = 1 + random.integer(5);
 *   return { id, size, spend: Math.round(100 * size * Math.exp(0.3 * random.normal() - Math.abs(0.7 * random.normal()))) };
 * });
 * const model = fitMarketPotential(customers, { spend: 'spend', customer: 'id' });
 * const { present, potential } = model.predict(customers);
 * potential.every((amount, i) => amount >= present[i]!); // => true
 * model.report.potential.estimate > model.report.present; // => true
 * model.explain({ size: 5, spend: 120 }).wallet[0]?.direction; // => 'raises'
 * model.peersOf({ size: 5, spend: 120 }).every(({ spend }) => spend > 120); // => true
 * ```
 */
export function fitMarketPotential<Data extends TableOf<Data>>(data: Data, options: MarketPotentialOptions<ColumnNameOf<Data>>): MarketPotential {
  const settings = readSettings(CALLER, options);
  const task = readTask(parseTable(CALLER, data), settings);
  let stopped = false;
  const onProgress = (progress: { readonly done: number; readonly total: number; readonly objective: number }): boolean => {
    stopped ||= options.onProgress?.(progress) === false;
    return !stopped;
  };
  const { table, features, spend, weights } = task;
  const known = learnKnown(task);
  const wallets = learnWallets(CALLER, table, {
    spend,
    weights,
    features,
    estimators: ofOurs(settings.estimators),
    quantile: settings.quantile,
    shareDrivers: settings.shareDrivers,
    known: settings.knownWallets === null ? null : readPresent(CALLER, table, settings.knownWallets),
    folds: settings.folds,
    seed: settings.seed,
    onProgress,
  });
  const takesKnown = known !== null && prefersKnown(settings, known, wallets);
  const participation =
    settings.zeros === 'wallet' ? null : fitParticipation({ table, features, rows: task.customers, spends: spend.map((amount) => (amount > 0 ? 1 : 0)), weights, folds: settings.folds, seed: settings.seed });
  const state: Omit<MarketPotentialState, 'report'> = {
    format: 'MarketPotential',
    formatVersion: 1,
    spend: settings.spend,
    features: [...new Set([...features, ...settings.shareDrivers])],
    customer: settings.customer,
    confidence: settings.confidence,
    wallets: wallets.state,
    known: takesKnown ? known.toJSON() : null,
    participation: participation?.state ?? null,
    peers: keepPeers(task),
  };
  return new MarketPotential({ ...state, report: writeReport(CALLER, task, { state, wallets, known, takesKnown, participation: participation?.report ?? null, stopped }) });
}

function readTask(table: ParsedTable, settings: MarketPotentialSettings): PotentialTask {
  if (table.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one row, found none`);
  const given = readPresent(CALLER, table, settings.spend);
  if (settings.customer !== null) readCustomers(CALLER, table, settings.customer);
  const weights = settings.weights === null ? null : readWeights(CALLER, table, settings.weights);
  const spend = weights === null ? given : given.map((amount, row) => (weights[row]! > 0 ? amount : NaN));
  for (const name of settings.groups) if (!table.names.includes(name)) throw unknownColumn(`${CALLER} (groups)`, name, table.names);
  const features = featuresOf(table, settings);
  // Refuses in the name of the door what no estimator could use.
  learnTerms(CALLER, table, { features: [...features, ...settings.shareDrivers.filter((name) => !features.includes(name))] });
  const rows = Uint32Array.from(spend.keys());
  const spenders = rows.filter((row) => spend[row]! > 0);
  requireSpenders(settings, spend, spenders);
  const unknown = given.reduce((sum, amount) => sum + Number(amount !== amount), 0);
  return { settings, table, features, spend, weights, spenders, customers: rows.filter((row) => spend[row]! >= 0), unknown };
}

function featuresOf(table: ParsedTable, { features, spend, customer, weights, knownWallets, shareDrivers, groups }: MarketPotentialSettings): readonly string[] {
  const amounts = [spend, knownWallets, weights];
  const amount = features?.find((name) => amounts.includes(name));
  if (amount !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} cannot use "${amount}" as a feature: it is ${amount === spend ? 'the spend, which enters by itself' : 'named in another option'}; leave it out of features`, { column: amount });
  }
  const named = [...amounts, customer, ...shareDrivers, ...groups];
  return features ?? table.names.filter((name) => !named.includes(name) && !['id', 'date'].includes(table.source(name).kind));
}

function requireSpenders({ spend: column, folds }: MarketPotentialSettings, spend: Float64Array, spenders: Uint32Array): void {
  const fewest = Math.max(FEWEST, 2 * folds);
  if (spenders.length < fewest) {
    throw new ClientelaError('NOT_IDENTIFIED', `${CALLER} needs at least ${fewest} customers who spend to learn from, found ${spenders.length} of ${spend.length} rows with a spend above 0 in column "${column}"; take a longer period or more customers`, { column, spenders: spenders.length });
  }
  const first = spend[spenders[0]!]!;
  if (spenders.some((row) => spend[row] !== first)) return;
  throw new ClientelaError('NOT_IDENTIFIED', `${CALLER} needs customers who spend differently, found ${first} of every one in column "${column}"; a fee that is the same for all tells nothing about wallets`, { column, value: first });
}

/** The estimators that learn from spend alone; where only known wallets were asked for the quick ones, as attainability rests on the law of spend. */
function ofOurs(estimators: MarketPotentialSettings['estimators']): 'auto' | readonly LearnedWallets['chosen'][] {
  const ours = estimators?.filter((name) => name !== 'known');
  return ours === undefined ? 'auto' : ours.length === 0 ? ['halfNormal', 'quantile'] : ours;
}

/** From the wallets known of a sample; null where too few are, unless nothing else was asked for. */
function learnKnown({ settings, table, features, weights }: PotentialTask): KnownWallets | null {
  const { knownWallets: wallet, estimators, shareDrivers, spend, seed, confidence } = settings;
  if (wallet === null || estimators?.includes('known') === false) return null;
  try {
    return fitKnownWallets(everyRow(table), { spend, wallet, features: [...new Set([...features, ...shareDrivers])], seed, confidence, belowSpend: 'raise', ...(weights !== null && { weights }) });
  } catch (error) {
    if (estimators?.every((name) => name === 'known') !== true && isClientelaError(error) && error.code === 'NOT_IDENTIFIED') return null;
    throw error;
  }
}

/** Known wallets speak of wallets themselves: they are preferred where they foretell those left out at least as well as the best of the others. */
function prefersKnown({ estimators }: MarketPotentialSettings, known: KnownWallets, { trials, chosen }: LearnedWallets): boolean {
  if (estimators?.every((name) => name === 'known') === true) return true;
  const error = trials.find(({ estimator }) => estimator === chosen)?.logError ?? null;
  return error === null || known.report.chosen.logError <= error;
}

function keepPeers({ settings, table, features, spenders }: PotentialTask): MarketPotentialState['peers'] {
  const { peers: count, spend, customer } = settings;
  if (count === 0) return null;
  const finder = fitNearestPeers(takeRows(table, spenders), { features, target: spend, peers: count, ...(customer !== null && { customer }) });
  return { finder: finder.toJSON(), count, rows: spenders.length === table.rowCount ? null : [...spenders] };
}
