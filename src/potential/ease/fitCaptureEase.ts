import type { Column } from '../../data/column.js';
import { readWeights } from '../../data/rowNumbers.js';
import { parseTable, takeRows, type ParsedTable } from '../../data/takeRows.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { readCustomers } from '../door/readSpenders.js';
import { CaptureEase } from './captureEase.js';
import { easeSettings, type CaptureEaseOptions, type EaseSettings } from './captureEaseOptions.js';
import type { CaptureEaseReport } from './captureEaseState.js';
import { baseRateOf, easeBaselines, easeDrivers, easeFigures, easeGroups, easeRankings, type EaseAmounts } from './easeReport.js';
import { inputColumn, INPUT_WORDS, readEaseRows, type EaseRows } from './easeRows.js';
import { easeWarnings, requireTwoMoments, tellingColumns } from './easeWarnings.js';
import { CAPTURED, learnEase, type EaseTask } from './learnEase.js';
import { readLater, requireSamePeople, type LaterSpend } from './readLater.js';
import { tellingInputs } from './tellingInputs.js';

const CALLER = 'fitCaptureEase';
/** Of fewer customers, or fewer who captured or did not, no more than a rate is learnt. */
const FEWEST = 40;
const FEWEST_OF_A_KIND = 10;

/**
 * How easily the headroom of each customer is won, learnt from two moments: who grew by at least `step` of its headroom afterwards?
 *
 * The ease is the probability of that event, by a logistic regression (ridge) or boosted trees on your features of the earlier moment and on
 * what the potentials say (share of wallet, ln headroom, width of the interval, participation, ln present spend: those that tell something
 * of their own), calibrated on customers left out. All figures of the report are of customers left out. Part of what grows does so by itself: a bad year followed by a usual one (regression
 * to the mean), and prices. So the report sets beside the ease what the present spend alone foretells, and how all spend moved; the ease is
 * a probability of growth, not of an effect of your effort. Whoever has hardly any headroom is not learnt from, and has ease 0. Of fewer than 40
 * customers with headroom, or fewer than 10 who captured or who did not, everybody has the rate (captured + 1) / (customers + 2), and a
 * warning says so. Costs the fits of every fold; a way of learning is chosen on 20,000 customers at most.
 *
 * @param before - raw rows of the earlier moment
 * @param options - `potentials` of these rows and `later` spend at least
 * @returns the ease, with its `report`
 * @throws a {@link ClientelaError} `NOT_IDENTIFIED` (nobody with headroom to learn from), `INVALID_INPUT` (the later spend is the present one, or a feature; potentials
 * of others), `LENGTH_MISMATCH`, `UNKNOWN_ID`, `DUPLICATE_ID`, `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `EMPTY_INPUT` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Who visits often grows more easily.
 * const customers = Array.from({ length: 200 }, (_, i) => ({ visits: i % 8 }));
 * const potentials = { present: customers.map((_, i) => 20 + (i % 5)), potential: customers.map((_, i) => 60 + 3 * (i % 9)) };
 * const later = customers.map((_, i) => 20 + (i % 5) + ((i * 13) % 11 < i % 8 ? 20 : 0));
 * const ease = fitCaptureEase(customers, { potentials, later, step: 0.25, horizon: { years: 1 } });
 * ease.report.baseRate.estimate; // => 0.315
 * const [often, seldom] = [7, 1].map((visits) => ease.predictRow({ visits }, { present: 22, potential: 70 }));
 * often! > 2 * seldom!; // => true
 * ```
 */
export function fitCaptureEase<Data extends TableOf<Data>>(before: Data, options: CaptureEaseOptions<ColumnNameOf<Data>>): CaptureEase {
  const settings = easeSettings(CALLER, options);
  const view = parseTable(CALLER, before);
  if (view.rowCount === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs at least one customer, found none`);
  const rows = readEaseRows(CALLER, options.potentials, settings.minHeadroomShare, view.rowCount);
  const ids = requireSamePeople(CALLER, options.customer === undefined ? null : readCustomers(CALLER, view, options.customer), options.potentials.customers ?? null);
  const later = readLater(CALLER, view, options.later, ids);
  const weights = options.weights === undefined ? new Float64Array(view.rowCount).fill(1) : readWeights(CALLER, view, options.weights);
  const { task, amounts } = easeTask(view, rows, later, weights, featuresOf(view, options), settings);
  requireTwoMoments(CALLER, task, amounts.present, amounts.later);
  return learn(task, amounts, {
    customers: view.rowCount,
    learntFrom: task.labels.length,
    withoutHeadroom: rows.open.reduce((count, open) => count + 1 - open, 0),
    absent: later.spend.reduce((count, amount) => count + Number(amount !== amount), 0),
    newCustomers: later.newCustomers,
    baseRate: baseRateOf(task.labels, task.weights, settings.confidence),
    growth: growthOf(task.weights, amounts),
  });
}

type Counts = Pick<CaptureEaseReport, 'customers' | 'learntFrom' | 'withoutHeadroom' | 'absent' | 'newCustomers' | 'baseRate' | 'growth'>;

function learn(task: EaseTask, amounts: EaseAmounts, counts: Counts): CaptureEase {
  const { settings, labels } = task;
  const { step, horizon, minHeadroomShare } = settings;
  const captured = labels.reduce((count, label) => count + label, 0);
  const shared = { format: 'CaptureEase', formatVersion: 1, step, horizon, minHeadroomShare } as const;
  const mass = task.weights.reduce((sum, weight) => sum + weight, 0);
  const rate = (counts.baseRate.estimate * mass + 1) / (mass + 2);
  const finish = (report: Omit<CaptureEaseReport, 'warnings'>): CaptureEaseReport => ({ ...report, warnings: easeWarnings(report, report.learner === 'rate' ? [] : tellingColumns(task), settings.absent === 'zero') });
  if (task.features.length === 0 || labels.length < FEWEST || Math.min(captured, labels.length - captured) < FEWEST_OF_A_KIND) {
    const report = finish({ ...counts, learner: 'rate', tried: [], calibration: 'none', figures: null, baselines: [], groups: [], rankings: [], drivers: [] });
    return new CaptureEase({ ...shared, rate, model: null, calibrator: null, report });
  }
  const learnt = learnEase(CALLER, task);
  const report = finish({
    ...counts,
    learner: learnt.learner,
    tried: learnt.tried,
    calibration: learnt.calibration,
    figures: easeFigures(CALLER, task, learnt.outOfFold),
    baselines: easeBaselines(CALLER, task, learnt, counts.baseRate.estimate, amounts.present),
    groups: easeGroups(task, learnt.outOfFold, amounts),
    rankings: easeRankings(task, learnt.outOfFold, amounts),
    drivers: easeDrivers(task, learnt),
  });
  return new CaptureEase({ ...shared, rate, model: learnt.model.toJSON(), calibrator: learnt.calibrator && learnt.calibrator.toJSON(), report });
}

/** The columns of the caller that are learnt from. */
function featuresOf(view: ParsedTable, { features, later, customer, weights }: CaptureEaseOptions): readonly string[] {
  const named = [later, customer, weights].filter((option) => typeof option === 'string');
  const taken = (features ?? []).find((name) => named.includes(name));
  if (taken !== undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} cannot learn from column "${taken}", which has another role; leave it out of features`, { column: taken });
  const reserved = (features ?? view.names).find((name) => Object.hasOwn(INPUT_WORDS, name) || name === CAPTURED);
  if (reserved !== undefined) throw new ClientelaError('INVALID_OPTION', `${CALLER} keeps the name "${reserved}" for itself, found a column of that name; rename it`, { column: reserved });
  return features ?? view.names.filter((name) => !named.includes(name) && view.source(name).kind !== 'id');
}

/** The rows to learn from, as a table of their own with the built-in inputs that differ among them. */
function easeTask(view: ParsedTable, rows: EaseRows, later: LaterSpend, weights: Float64Array, features: readonly string[], settings: EaseSettings): { task: EaseTask; amounts: EaseAmounts } {
  const isKnown = (row: number): boolean => settings.absent === 'zero' || later.spend[row] === later.spend[row];
  const chosen = Uint32Array.from(weights.keys()).filter((row) => rows.open[row] === 1 && weights[row]! > 0 && isKnown(row));
  if (chosen.length === 0) {
    throw new ClientelaError('NOT_IDENTIFIED', `${CALLER} needs customers with headroom whose later spend is known, found none among ${view.rowCount}; check that potential is above present, or lower minHeadroomShare`, { rows: view.rowCount });
  }
  const pick = (values: Float64Array): Float64Array => new Float64Array(chosen.length).map((_, i) => values[chosen[i]!]!);
  const amounts = { present: pick(rows.present), headroom: pick(rows.headroom), later: pick(later.spend).map((amount) => (amount === amount ? amount : 0)) };
  const labels = new Int8Array(chosen.length).map((_, i) => Number(amounts.later[i]! - amounts.present[i]! >= settings.step * amounts.headroom[i]!));
  const outcome: Column = { kind: 'boolean', values: labels };
  const builtIn = tellingInputs(rows, chosen);
  const own = takeRows({ rowCount: view.rowCount, names: view.names, source: (name) => inputColumn(rows, name) ?? view.source(name) }, chosen);
  const table: ParsedTable = { rowCount: chosen.length, names: [...features, ...Object.keys(INPUT_WORDS), CAPTURED], source: (name) => (name === CAPTURED ? outcome : own.column(name)) };
  return { task: { table, labels, weights: pick(weights), features: [...features, ...builtIn], settings }, amounts };
}

function growthOf(weights: Float64Array, { present, later }: EaseAmounts): number | null {
  const sum = (amounts: Float64Array): number => amounts.reduce((total, amount, row) => total + weights[row]! * amount, 0);
  const now = sum(present);
  return now > 0 ? sum(later) / now - 1 : null;
}
