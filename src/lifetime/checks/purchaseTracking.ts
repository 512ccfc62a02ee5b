import { addDuration } from '../../data/calendar.js';
import { requireDuration, type Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import { requireInstant, type Instant } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { requireLog } from '../../data/requireLog.js';
import { ClientelaError } from '../../errors.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import { requireModel } from '../buying/requireModel.js';
import type { PurchaseHistories } from '../purchaseHistories.js';
import { readPeriods } from '../summary/periods.js';
import { unitMillis } from '../timeUnit.js';
import { repeatPurchases } from './repeatPurchases.js';

/** How to count. */
export interface PurchaseTrackingOptions {
  /** The length of a period, such as `{ weeks: 1 }` or `{ months: 1 }`. */
  readonly every: Duration;
  /** Where the first period begins. @defaultValue the first purchase */
  readonly from?: Instant;
  /** Up to where the log is read; the last period ends at or before it. @defaultValue `log.observedUntil` */
  readonly asOf?: Instant;
  /** What the model was learnt from ends here: customers who came later are left out, and `isHoldout` tells the periods after it. @defaultValue none */
  readonly split?: Instant;
  /** Purchases within one UTC period of this length are one, as in `customerSummary`. @defaultValue { days: 1 } */
  readonly mergeWithin?: Duration;
  /** Whether an event with an amount of 0 is a purchase. @defaultValue 'ignored' */
  readonly zeroAmounts?: 'ignored' | 'purchases';
  /** Covariates that the model has, a number for each of `log.customers`. @defaultValue none */
  readonly covariates?: Readonly<Record<string, ArrayLike<number>>>;
}

/** Repeat purchases period by period, in arrays of one length. */
export interface PurchaseTracking {
  /** Where each period begins, UTC epoch milliseconds. */
  readonly starts: Float64Array;
  /** Where it ends, not included. */
  readonly ends: Float64Array;
  /** Whether it ends after the split; all false without one. */
  readonly isHoldout: readonly boolean[];
  /** Repeat purchases made. */
  readonly actual: Float64Array;
  /** Repeat purchases that the model expects of customers who first bought when these did. */
  readonly expected: Float64Array;
  /** `actual` up to the end of each period, since the first purchase. */
  readonly cumulativeActual: Float64Array;
  /** `expected` up to the end of each period, since the first purchase. */
  readonly cumulativeExpected: Float64Array;
}

const CALLER = 'purchaseTracking';

/**
 * How many repeat purchases customers made period by period, beside what a model expects of customers of whom only the day of the first purchase is
 * known: the chart that shows at a glance whether growth and decline are right (Schmittlein, Morrison and Colombo, 1987).
 *
 * Each customer counts from the own first purchase on; first purchases themselves do not count. Periods follow the calendar from `from`, in UTC.
 * O(events + days of first purchase × periods); with covariates customers instead of days.
 *
 * @param model - any model of purchases
 * @param log - with purchases
 * @param options - see {@link PurchaseTrackingOptions}
 * @returns arrays, one value a period
 * @throws a {@link ClientelaError} `EMPTY_INPUT` (no customer, or no whole period), `INVALID_INPUT`, `INVALID_DATE`, `INVALID_OPTION`, and of covariates `UNKNOWN_COLUMN`, `LENGTH_MISMATCH` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * import { Nbd } from 'clientela/lifetime';
 * const log = EventLog.fromRows([
 *   { who: 'ann', day: '2026-01-01' },
 *   { who: 'bob', day: '2026-01-08' },
 *   { who: 'ann', day: '2026-01-12' },
 * ], { customer: 'who', time: 'day' }, { observedUntil: '2026-01-15' });
 * const model = Nbd.fromParameters({ unit: 'week', r: 1, alpha: 4 });
 * const tracking = purchaseTracking(model, log, { every: { weeks: 1 } });
 * tracking.actual; // => [0, 1]
 * tracking.expected; // => [0.25, 0.5]
 * tracking.cumulativeExpected; // => [0.25, 0.75]
 * ```
 */
export function purchaseTracking(model: BuyingModel, log: EventLog, options: PurchaseTrackingOptions): PurchaseTracking {
  requireModel(CALLER, model);
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['every', 'from', 'asOf', 'split', 'mergeWithin', 'zeroAmounts', 'covariates']);
  const asOf = options.asOf === undefined ? log.observedUntil : log.momentOf(CALLER, options.asOf);
  const split = options.split === undefined ? Infinity : requireInstant(CALLER, 'split', options.split);
  const countZero = requireChoice(CALLER, 'zeroAmounts', options.zeroAmounts ?? 'ignored', ['ignored', 'purchases']) === 'purchases';
  const { firstTimes, repeatTimes } = repeatPurchases(log, { periods: readPeriods(CALLER, options.mergeWithin), countZero }, split, asOf);
  const earliest = firstTimes.reduce((least, time) => (time < least ? time : least), Infinity);
  if (earliest === Infinity) throw new ClientelaError('EMPTY_INPUT', `${CALLER} found no purchase before ${options.split === undefined ? 'asOf' : 'split'}; choose a later one, or check the amounts`, { function: CALLER });
  const edges = readEdges(options, earliest, asOf);
  const cumulativeExpected = expectedAt(model, edges, firstTimes, options.covariates);
  const cumulativeActual = countsAt(repeatTimes, edges);
  const steps = (values: Float64Array): Float64Array => values.slice(1).map((value, i) => value - values[i]!);
  return {
    starts: edges.slice(0, -1),
    ends: edges.slice(1),
    isHoldout: Array.from(edges.slice(1), (end) => end > split),
    actual: steps(cumulativeActual),
    expected: steps(cumulativeExpected),
    cumulativeActual: cumulativeActual.slice(1),
    cumulativeExpected: cumulativeExpected.slice(1),
  };
}

/** Ends of whole periods up to a moment, the beginning of the first one before them. */
function readEdges(options: PurchaseTrackingOptions, earliest: number, asOf: number): Float64Array {
  const every = requireDuration(CALLER, 'every', options.every);
  const from = options.from === undefined ? earliest : requireInstant(CALLER, 'from', options.from);
  const edges = [from];
  // Counted from the first edge: a month after 31 January and a month after that are 28 February and 31 March.
  for (let k = 1; ; k++) {
    const edge = addDuration(from, multiple(every, k));
    if (!(edge <= asOf)) break;
    edges.push(edge);
    if (k > 100_000) throw new ClientelaError('INVALID_OPTION', `${CALLER} finds more than 100,000 periods; choose a longer every`, { option: 'every' });
  }
  if (edges.length > 1) return Float64Array.from(edges);
  throw new ClientelaError('EMPTY_INPUT', `${CALLER} finds no whole period between the first purchase and asOf; choose a shorter every`, { function: CALLER, option: 'every' });
}

/** A duration so many times over. */
export function multiple(duration: Duration, times: number): Duration {
  return Object.fromEntries(Object.entries(duration as Record<string, number>).map(([unit, count]) => [unit, count * times]));
}

/** How many of the times lie before each edge. */
function countsAt(times: Float64Array, edges: Float64Array): Float64Array {
  const sorted = times.slice().sort();
  let before = 0;
  return edges.map((edge) => {
    while (before < sorted.length && sorted[before]! < edge) before++;
    return before;
  });
}

/** The repeat purchases expected up to each edge of customers who first bought at these times; alike are computed once. */
function expectedAt(model: BuyingModel, edges: Float64Array, firstTimes: Float64Array, covariates: PurchaseTrackingOptions['covariates']): Float64Array {
  const { law, unit } = model;
  const none = new Float64Array(firstTimes.length);
  const customers: PurchaseHistories = { unit, frequency: none, recency: none, tenure: none, covariates };
  const thetaOf = model.parametersOf(CALLER, customers, firstTimes.length);
  const isAlike = Object.keys(model.purchaseCovariates).length + Object.keys(model.dropoutCovariates).length === 0;
  const perUnit = unitMillis(unit);
  const sums = new Float64Array(edges.length);
  for (const [row, weight] of isAlike ? alike(firstTimes) : each(firstTimes)) {
    const theta = thetaOf(row);
    const alive = weight * law.alive(theta, 0, 0, 0);
    for (let k = 0; k < edges.length; k++) {
      const time = (edges[k]! - firstTimes[row]!) / perUnit;
      // Of opportunities only whole periods count.
      const age = law.purchases === 'probability' ? Math.floor(time) : time;
      if (age > 0) sums[k]! += alive * law.expected(theta, 0, 0, 0, age);
    }
  }
  return sums;
}

/** Different times: a row of each, and how many there are. */
function alike(times: Float64Array): Iterable<[row: number, count: number]> {
  const groups = new Map<number, [number, number]>();
  times.forEach((time, row) => {
    if (Number.isNaN(time)) return;
    const group = groups.get(time);
    if (group === undefined) groups.set(time, [row, 1]);
    else group[1]++;
  });
  return groups.values();
}

function each(times: Float64Array): [row: number, count: number][] {
  const rows: [number, number][] = [];
  times.forEach((time, row) => {
    if (!Number.isNaN(time)) rows.push([row, 1]);
  });
  return rows;
}
