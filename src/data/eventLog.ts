import { ClientelaError } from '../errors.js';
import { customerIndexOf } from './customerIndex.js';
import { describeEvents, timeRange, type EventLogSummary } from './describeEvents.js';
import { eventQuality, type EventLogQuality } from './eventQuality.js';
import type { EventColumns, EventLogOptions, EventRoles, EventRow } from './eventRoles.js';
import { eventRows } from './eventRows.js';
import { describeValue, requireInstant, type Instant } from './instant.js';
import { levelFilter } from './levelFilter.js';
import { requireKnownOptions } from './options.js';
import { readEventLog, type EventLogState } from './readEventLog.js';
import { requireObserved } from './requireLog.js';
import { subsetEvents } from './subsetEvents.js';
import type { ColumnValues, TableLike } from './table.js';

/** Which events {@link EventLog.where} keeps; what is not given does not restrict. */
export interface EventFilter {
  /** Items to keep: one, or several. */
  readonly items?: string | readonly string[];
  /** Channels to keep: one, or several. */
  readonly channels?: string | readonly string[];
  /** True keeps purchases only, false everything else. */
  readonly purchases?: boolean;
}

/**
 * Who did what, when, and for how much: the history of all customers, held in typed arrays.
 *
 * Events stand sorted by customer (numbers by value, otherwise text by code unit), within a customer by time, and at one moment by
 * item, channel and amount: the order of the rows given leaves no trace. The events of `customers[c]` are `offsets[c]` to
 * `offsets[c + 1]`. 24 bytes an event with all roles, 8 bytes less without amounts, 4 less without items or channels.
 *
 * - Identifiers are their text: 7, 7n and `"7"` are one customer, `"07"` is another. If all are numbers they stay numbers, otherwise all are text.
 * - A purchase is an event with an amount above 0; in a log without amounts, every event.
 * - A negative amount is a return: it stays in the log, counts against sums, and is no purchase. Amounts of 0 and missing amounts
 *   (`NaN`) stay too: contacts, visits, complaints.
 * - Customers, times and amounts that cannot be read are refused by name, or left out on request; `quality` counts everything doubtful.
 * - What takes `asOf` sees the events strictly before it, never those at or after it.
 *
 * The typed arrays are shared, not copied: read them, do not write to them.
 *
 * @example
 * ```ts
 * const log = EventLog.fromRows([
 *   { who: 'ann', when: '2026-03-01', what: 'card', paid: 30 },
 *   { who: 'bob', when: '2026-02-11', what: 'loan', paid: 90 },
 *   { who: 'ann', when: '2026-01-05', what: 'loan', paid: 50 },
 * ], { customer: 'who', time: 'when', item: 'what', amount: 'paid' });
 * log.customers; // => ['ann', 'bob']
 * log.eventsOf('ann').map((event) => event.item); // => ['loan', 'card']
 * log.between({ to: '2026-02-01' }).eventCount; // => 1
 * ```
 */
export class EventLog implements EventColumns {
  /** Distinct customers, ascending. */
  readonly customers: readonly (string | number)[];
  /** The events of customer `c` are `offsets[c]` (included) to `offsets[c + 1]` (excluded). */
  readonly offsets: Uint32Array;
  /** UTC epoch milliseconds, one an event. */
  readonly times: Float64Array;
  /** Position in `itemLevels`, one an event, -1 where missing; undefined when the log has no items. */
  readonly items: Int32Array | undefined;
  /** Distinct items, ascending by code unit. */
  readonly itemLevels: readonly string[];
  /** Amounts, one an event, `NaN` where missing; undefined when the log has no amounts. */
  readonly amounts: Float64Array | undefined;
  /** Position in `channelLevels`, one an event, -1 where missing; undefined when the log has no channels. */
  readonly channels: Int32Array | undefined;
  /** Distinct channels, ascending by code unit. */
  readonly channelLevels: readonly string[];
  /** Everything that happened before this moment is in the log; UTC epoch milliseconds. */
  readonly observedUntil: number;
  /** What was found in the rows: duplicates, returns, rows left out. */
  readonly quality: EventLogQuality;

  /** @internal */
  constructor(columns: EventColumns, observedUntil: number, quality: EventLogQuality) {
    if (!ArrayBuffer.isView(columns.times)) throw new ClientelaError('INVALID_INPUT', 'EventLog is made by EventLog.fromRows or EventLog.fromColumns, not by new');
    this.customers = columns.customers;
    this.offsets = columns.offsets;
    this.times = columns.times;
    this.items = columns.items;
    this.itemLevels = columns.itemLevels;
    this.amounts = columns.amounts;
    this.channels = columns.channels;
    this.channelLevels = columns.channelLevels;
    this.observedUntil = observedUntil;
    this.quality = quality;
  }

  /**
   * A log from row objects, one an event, in any order.
   *
   * @param rows - at least one
   * @param roles - which property is the customer, the time, the item, the amount, the channel
   * @param options - doubtful rows, duplicates, end of observation; see {@link EventLogOptions}
   * @returns the log
   * @throws a {@link ClientelaError} `MISSING_VALUE`, `INVALID_DATE`, `NON_FINITE_VALUE` or `INVALID_VALUE` naming column, row and value;
   * `UNKNOWN_COLUMN`, `EMPTY_INPUT`, `INVALID_OPTION`
   */
  static fromRows<Row extends object>(rows: readonly Row[], roles: EventRoles<keyof Row & string>, options: EventLogOptions = {}): EventLog {
    if (!Array.isArray(rows)) {
      throw new ClientelaError('INVALID_INPUT', `EventLog.fromRows needs an array of row objects, found ${describeValue(rows)}${typeof rows === 'string' ? '; parse the text first' : ''}`, { function: 'EventLog.fromRows' });
    }
    return logFrom(readEventLog('EventLog.fromRows', rows, roles, options));
  }

  /**
   * A log from columns of one length, or from a `Frame`; the fast way in: a million events from typed arrays take less than a second.
   *
   * @param columns - a `Frame`, or arrays and typed arrays by name
   * @param roles - which column is the customer, the time, the item, the amount, the channel
   * @param options - doubtful rows, duplicates, end of observation; see {@link EventLogOptions}
   * @returns the log
   * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `COLUMN_KIND`, or as {@link EventLog.fromRows}
   * @example
   * ```ts
   * const log = EventLog.fromColumns(
   *   { id: Int32Array.of(2, 1, 2), day: ['2026-01-05', '2026-01-06', '2026-01-04'] },
   *   { customer: 'id', time: 'day' },
   * );
   * log.offsets; // => Uint32Array.of(0, 1, 3)
   * ```
   */
  static fromColumns<Name extends string>(
    columns: TableLike<Name> | Readonly<Record<Name, ColumnValues>>,
    roles: EventRoles<NoInfer<Name>>,
    options: EventLogOptions = {},
  ): EventLog {
    return logFrom(readEventLog('EventLog.fromColumns', columns, roles, options));
  }

  /** How many customers have at least one event. */
  get customerCount(): number {
    return this.customers.length;
  }

  /** How many events. */
  get eventCount(): number {
    return this.times.length;
  }

  /** The time of the first event, UTC epoch milliseconds; `NaN` when there is none. */
  get firstTime(): number {
    return timeRange(this.times).first;
  }

  /** The time of the last event, UTC epoch milliseconds; `NaN` when there is none. */
  get lastTime(): number {
    return timeRange(this.times).last;
  }

  /**
   * The position of a customer in `customers`, or -1; `O(log n)`.
   *
   * @param customer - an identifier, as text or number
   * @returns 0 to `customerCount - 1`, or -1
   */
  indexOf(customer: string | number | bigint): number {
    return customerIndexOf(this.customers, customer);
  }

  /**
   * The events of one customer as objects, in order of time.
   *
   * @param customer - an identifier, as text or number
   * @returns at least one event
   * @throws a {@link ClientelaError} `UNKNOWN_ID` when the customer has none; ask `indexOf` first
   */
  eventsOf(customer: string | number | bigint): EventRow[] {
    const c = this.indexOf(customer);
    if (c >= 0) return eventRows(this, c, c + 1);
    throw new ClientelaError('UNKNOWN_ID', `EventLog.eventsOf found no event of customer ${describeValue(customer)}; ask indexOf first`, { customer });
  }

  /**
   * All events as objects, sorted by customer and time.
   *
   * @returns rows from which `EventLog.fromRows` makes an equal log
   */
  toRows(): EventRow[] {
    return eventRows(this, 0, this.customers.length);
  }

  /**
   * The events of a span of time, as a log of its own; it counts as observed until `to`.
   *
   * @param span - `from` is included, `to` is not
   * @returns a log of the customers with events in the span; possibly empty
   * @throws a {@link ClientelaError} `INVALID_DATE`
   */
  between(span: { readonly from?: Instant; readonly to?: Instant }): EventLog {
    requireKnownOptions('EventLog.between', span, ['from', 'to']);
    const from = span.from === undefined ? -Infinity : requireInstant('EventLog.between', 'from', span.from);
    const to = span.to === undefined ? Infinity : requireInstant('EventLog.between', 'to', span.to);
    const { times } = this;
    return this.#subset((event) => times[event]! >= from && times[event]! < to, Math.min(this.observedUntil, to));
  }

  /**
   * The events of some items or channels, or only purchases, as a log of its own.
   *
   * @param filter - what to keep; see {@link EventFilter}
   * @returns a log of the customers with such events; possibly empty
   * @throws a {@link ClientelaError} `UNKNOWN_ID` for an item or channel that the log does not have
   */
  where(filter: EventFilter): EventLog {
    requireKnownOptions('EventLog.where', filter, ['items', 'channels', 'purchases']);
    const { amounts } = this;
    const inItems = filter.items === undefined ? undefined : levelFilter('EventLog.where', 'item', filter.items, this.itemLevels, this.items);
    const inChannels = filter.channels === undefined ? undefined : levelFilter('EventLog.where', 'channel', filter.channels, this.channelLevels, this.channels);
    const keep = (event: number): boolean =>
      (filter.purchases === undefined || (amounts === undefined || amounts[event]! > 0) === filter.purchases) &&
      (inItems === undefined || inItems(event)) &&
      (inChannels === undefined || inChannels(event));
    return this.#subset(keep, this.observedUntil);
  }

  /**
   * The log at a glance: how many, from when to when, how much, and the spread of events over customers.
   *
   * @returns plain figures
   */
  describe(): EventLogSummary {
    return describeEvents(this, this.observedUntil, this.quality);
  }

  /**
   * The moment `asOf` of a caller in milliseconds, when it is one and near the time observed. Asked of the log, so that what only counts
   * its events does not bring the reading of dates along: whoever has a log has that already.
   *
   * @internal
   */
  momentOf(caller: string, asOf: Instant): number {
    const millis = requireInstant(caller, 'asOf', asOf);
    requireObserved(caller, this, millis);
    return millis;
  }

  #subset(keep: (event: number) => boolean, observedUntil: number): EventLog {
    const columns = subsetEvents(this, keep);
    return new EventLog(columns, observedUntil, eventQuality(columns, columns.times.length));
  }
}

function logFrom({ columns, observedUntil, quality }: EventLogState): EventLog {
  return new EventLog(columns, observedUntil, quality);
}
