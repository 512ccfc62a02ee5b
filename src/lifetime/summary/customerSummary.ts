import type { Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import { describeValue, requireInstant, type Instant } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { requireLog } from '../../data/requireLog.js';
import { ClientelaError } from '../../errors.js';
import { requireTimeUnit, unitMillis, type TimeUnit } from '../timeUnit.js';
import { HoldoutWriter } from './holdoutWriter.js';
import { ownEnds, type OwnEnds } from './ownEnds.js';
import { periodBefore, readPeriods } from './periods.js';
import { PurchaseTally } from './purchaseTally.js';
import { SummaryWriter } from './summaryWriter.js';
import type { CustomerSummary } from './summaryTypes.js';

/** How to summarise a log. */
export interface CustomerSummaryOptions {
  /** The end of observation: only events strictly before it count. @defaultValue `log.observedUntil` */
  readonly asOf?: Instant;
  /** The unit that times are given in. @defaultValue 'week' */
  readonly unit?: TimeUnit;
  /**
   * Purchases within one UTC period of this length are one: { days: 1 } for days, { weeks: 1 } for weeks from Monday to Sunday, { days: 0 } for none but
   * those of the same moment. In weeks, days or hours. @defaultValue { days: 1 }
   */
  readonly mergeWithin?: Duration;
  /** A moment before `asOf`: the summary is made as of then, and what follows goes to `holdout`. @defaultValue none */
  readonly split?: Instant;
  /** Whether the first purchase counts in `monetary`; it is often of another kind than those that follow. @defaultValue 'excluded' */
  readonly firstPurchase?: 'excluded' | 'included';
  /** Whether an event with an amount of 0 is a purchase, such as one paid by voucher, or none, such as a contact. @defaultValue 'ignored' */
  readonly zeroAmounts?: 'ignored' | 'purchases';
  /** Customers whose observation ended before `asOf`, because they are known to have left. Not with `split`. @defaultValue none */
  readonly until?: OwnEnds;
}

const CALLER = 'customerSummary';

/**
 * How often, how recently, for how long and for how much each customer bought: what all models of purchases and of their amounts are learnt from.
 *
 * Purchases in one period (a day, unless `mergeWithin` says otherwise) are one purchase. `frequency` counts those after the first; `recency` is the
 * time from the first to the last, `tenure` that from the first to the last period that begins before `asOf`: of days, from the first day to the last
 * one observed (Fader, Hardie and Lee, 2005). A purchase is an event with an amount above 0, or any event of a log without amounts; to count some items
 * only, give `log.where({ items })`. A customer without a purchase before `asOf` is left out.
 *
 * With `split` everything is as of that moment, and `holdout` tells what followed: a purchase in a period that had one before the split is none of
 * its own, so that both frequencies add up to the one without split. Sums are exact, whatever the order of the events. O(events).
 *
 * @param log - with purchases; returns are summed apart
 * @param options - see {@link CustomerSummaryOptions}
 * @returns a frozen summary, a row for each customer with a purchase, in the order of the log
 * @throws a {@link ClientelaError} `EMPTY_INPUT` (no purchase before `asOf` or `split`), `INVALID_INPUT`, `INVALID_DATE`, `UNKNOWN_ID` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { who: 'ann', day: '2026-01-01', paid: 20 },
 *   { who: 'ann', day: '2026-01-15', paid: 30 },
 *   { who: 'ann', day: '2026-01-15', paid: 10 },
 *   { who: 'bob', day: '2026-01-08', paid: 50 },
 * ], { customer: 'who', time: 'day', amount: 'paid' });
 * const summary = customerSummary(log, { asOf: '2026-01-30', unit: 'week' });
 * summary.customers; // => ['ann', 'bob']
 * summary.frequency; // => [1, 0]
 * summary.recency; // => [2, 0]
 * summary.tenure; // => [4, 3]
 * summary.monetary; // => [40, NaN]
 * customerSummary(log, { split: '2026-01-15', asOf: '2026-01-30' }).holdout?.frequency; // => [1, 0]
 * ```
 */
export function customerSummary(log: EventLog, options: CustomerSummaryOptions = {}): CustomerSummary {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['asOf', 'unit', 'mergeWithin', 'split', 'firstPurchase', 'zeroAmounts', 'until']);
  const unit = requireTimeUnit(CALLER, options.unit ?? 'week');
  const periods = readPeriods(CALLER, options.mergeWithin);
  const firstPurchase = requireChoice(CALLER, 'firstPurchase', options.firstPurchase ?? 'excluded', ['excluded', 'included']);
  const countZero = requireChoice(CALLER, 'zeroAmounts', options.zeroAmounts ?? 'ignored', ['ignored', 'purchases']) === 'purchases';
  const asOf = options.asOf === undefined ? log.observedUntil : log.momentOf(CALLER, options.asOf);
  const split = readSplit(options, asOf);
  const end = split ?? asOf;
  const ends = options.until === undefined ? null : ownEnds(CALLER, log.customers, options.until, asOf);
  const { customers, offsets, amounts } = log;
  const hasAmounts = amounts !== undefined;
  const writer = new SummaryWriter(customers.length, { unit, asOf: end, periods, hasAmounts, firstPurchase });
  const holdout = split === null ? null : new HoldoutWriter(customers.length, hasAmounts);
  const tally = new PurchaseTally();
  const rule = { periods, countZero };
  for (let c = 0; c < customers.length; c++) {
    const own = ends === null ? end : ends[c]!;
    tally.clear();
    const event = tally.read(log, offsets[c]!, offsets[c + 1]!, own, rule);
    if (tally.periods === 0) continue;
    writer.write(customers[c]!, tally, own);
    if (holdout === null) continue;
    holdout.begin(tally);
    tally.read(log, event, offsets[c + 1]!, asOf, rule);
    holdout.write(tally);
  }
  if (writer.count === 0) {
    throw new ClientelaError('EMPTY_INPUT', `${CALLER} found no purchase before ${describeValue(new Date(end))}; choose a later ${split === null ? 'asOf' : 'split'}, or check the amounts`, { function: CALLER, asOf: end });
  }
  return writer.close(holdout?.close((periodBefore(periods, asOf) - periodBefore(periods, end)) * (periods.millis / unitMillis(unit))));
}

function readSplit({ split, until }: CustomerSummaryOptions, asOf: number): number | null {
  if (split === undefined) return null;
  const moment = requireInstant(CALLER, 'split', split);
  if (!(moment < asOf)) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs split before asOf at ${describeValue(new Date(asOf))}, found ${describeValue(new Date(moment))}`, { option: 'split', split: moment, asOf });
  }
  if (until === undefined) return moment;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} takes split or until, not both: a holdout has one duration for all customers`, { option: 'until' });
}
