import type { EventLog } from '../../data/eventLog.js';
import { describeValue, type Instant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { outcomeTest, type OutcomeRule } from '../../data/outcome.js';
import { requireLog } from '../../data/requireLog.js';
import { ClientelaError } from '../../errors.js';
import { requireTimeUnit, unitMillis, type TimeUnit } from '../timeUnit.js';

/** What to count. */
export interface ContactCountsOptions {
  /** Which events are contacts: an item, several, or a rule, as in `labelOutcome`; `{ channel: 'hotline' }`, say. */
  readonly contacts: string | readonly string[] | OutcomeRule;
  /** The end of observation: only events strictly before it count. @defaultValue `log.observedUntil` */
  readonly asOf?: Instant;
  /** The unit of the exposure. @defaultValue 'month' */
  readonly unit?: TimeUnit;
}

/** How often each customer was in contact, and over how long. */
export interface ContactCountsTable {
  /** Customers with a purchase before `asOf`, in the order of the log. */
  readonly customers: readonly (string | number)[];
  /** Contacts from the first purchase on. */
  readonly contacts: Float64Array;
  /** From the first purchase to `asOf`, in `unit`. */
  readonly exposure: Float64Array;
  /** Of the exposure. */
  readonly unit: TimeUnit;
  /** The end of observation, UTC epoch milliseconds. */
  readonly asOf: number;
}

const CALLER = 'contactCounts';

/**
 * How often each customer was in contact since the first purchase, and how long that is: contacts with support, visits, any use of the service that
 * the log has. In a log without amounts a purchase is any event that is no contact. Contacts before the first purchase do not count, so that a contact cannot start its own exposure. O(events).
 *
 * @param log - with purchases and contacts (events with another item, channel, or no amount)
 * @param options - `contacts` at least
 * @returns counts and exposures, for `fitContactCounts`
 * @throws a {@link ClientelaError} `EMPTY_INPUT` (no purchase before `asOf`), `UNKNOWN_ID` (an item or channel the log does not have), `INVALID_INPUT`, `INVALID_DATE` or `INVALID_OPTION`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { who: 'ann', day: '2026-01-05', what: 'order', paid: 20 },
 *   { who: 'ann', day: '2026-02-15', what: 'call', paid: null },
 *   { who: 'bob', day: '2026-01-01', what: 'call', paid: null },
 *   { who: 'bob', day: '2026-01-15', what: 'order', paid: 10 },
 * ], { customer: 'who', time: 'day', item: 'what', amount: 'paid' });
 * const { contacts, exposure } = contactCounts(log, { contacts: 'call', asOf: '2026-03-06', unit: 'day' });
 * contacts; // => [1, 0]
 * exposure; // => [60, 50]
 * ```
 */
export function contactCounts(log: EventLog, options: ContactCountsOptions): ContactCountsTable {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['contacts', 'asOf', 'unit']);
  const unit = requireTimeUnit(CALLER, options.unit ?? 'month');
  const asOf = options.asOf === undefined ? log.observedUntil : log.momentOf(CALLER, options.asOf);
  if ((options.contacts as unknown) === undefined) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs contacts as an item, or as several items or { item, channel }, found none`, { option: 'contacts' });
  }
  const isContact = outcomeTest(CALLER, log, options.contacts);
  const { offsets, times } = log;
  const isPurchase = outcomeTest(CALLER, log, undefined);
  const isFirst = (event: number): boolean => isPurchase(event) && (log.amounts !== undefined || !isContact(event));
  const found: Record<'contacts' | 'exposure', number[]> = { contacts: [], exposure: [] };
  const customers: (string | number)[] = [];
  for (let c = 0; c < log.customers.length; c++) {
    let event = offsets[c]!;
    const end = offsets[c + 1]!;
    while (event < end && !isFirst(event)) event++;
    if (event === end || !(times[event]! < asOf)) continue;
    customers.push(log.customers[c]!);
    found.exposure.push((asOf - times[event]!) / unitMillis(unit));
    let count = 0;
    for (; event < end && times[event]! < asOf; event++) if (isContact(event)) count++;
    found.contacts.push(count);
  }
  if (customers.length > 0) return Object.freeze({ customers, contacts: Float64Array.from(found.contacts), exposure: Float64Array.from(found.exposure), unit, asOf });
  throw new ClientelaError('EMPTY_INPUT', `${CALLER} found no purchase before ${describeValue(new Date(asOf))}; choose a later asOf, or check the amounts`, { function: CALLER, asOf });
}
