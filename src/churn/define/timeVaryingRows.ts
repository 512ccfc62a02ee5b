import type { EventLog } from '../../data/eventLog.js';
import type { Frame } from '../../data/frame.js';
import { requireInstant, type Instant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { requireLog } from '../../data/requireLog.js';
import { frameOf } from '../../data/snapshot.js';
import type { TableLike } from '../../data/table.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';
import { attributeColumns, requireFreeNames } from './attributeColumns.js';
import { requireRule, type ContractRule, type InactivityRule } from './churnRule.js';
import { relationshipsOf } from './relationships.js';
import { readStates, type CustomerState } from './stateChanges.js';
import { firstMoment, lifeOf } from './survivalTimes.js';

/** What {@link timeVaryingRows} follows. */
export interface TimeVaryingOptions {
  /** What leaving means: a contract that ends, or a silence that has lasted (`silence`). */
  readonly rule: ContractRule | InactivityRule;
  /** What is followed over time, a column each. */
  readonly states: Readonly<Record<string, CustomerState>>;
  /** Since when all who leave are in the data. @defaultValue the first event of the log */
  readonly observedFrom?: Instant;
  /** Until when everything is known. @defaultValue that of the log */
  readonly observedUntil?: Instant;
  /** A frame with one column of kind `id` and one row a customer, whose other columns are repeated in all rows of the customer. */
  readonly attributes?: TableLike;
}

const CALLER = 'timeVaryingRows';
const MADE = ['customer', 'start', 'stop', 'event'];

/**
 * The life of every customer in stretches during which nothing changes: rows (start, stop] in days since joining, for a Cox regression with `entry: 'start'`,
 * `duration: 'stop'`. What changes over time must enter this way: a fixed column "ever complained" would know the future, and make who stays long look like a complainer.
 *
 * A state at a moment is made of the events up to the beginning of its row; a change and an end at one moment leave the end to the row before. Stretches
 * with equal states are one row. Customers of `startedAt` without events are rows too. O(events log events).
 *
 * @param log - who did what, when
 * @param options - the rule, and what is followed; see {@link TimeVaryingOptions}
 * @returns `customer`, `start`, `stop`, `event` (1 in the row that leaving ended), one column a state, then the attributes
 * @throws a {@link ClientelaError} `EMPTY_INPUT` without rows; `INVALID_OPTION` for a state or rule that is none; `UNKNOWN_ID`, `DUPLICATE_ID`, `DUPLICATE_COLUMN`, `INVALID_DATE`, `INVALID_INPUT`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { who: 'ann', day: 0, what: 'join' }, { who: 'ann', day: 10, what: 'loan' }, { who: 'ann', day: 20, what: 'complaint' }, { who: 'ann', day: 40, what: 'leave' },
 * ].map((event) => ({ ...event, at: Date.UTC(2026, 0, 1 + event.day) })), { customer: 'who', time: 'at', item: 'what' });
 * const rows = timeVaryingRows(log, { rule: { kind: 'contract', end: 'leave' }, states: { held: { count: 'loan' }, complained: { recent: 'complaint', within: { days: 15 } } } });
 * rows.toRows().map(({ start, stop, event, held, complained }) => [start, stop, event, held, complained]); // => [[0, 10, 0, 0, 0], [10, 20, 0, 1, 0], [20, 35, 0, 1, 1], [35, 40, 1, 1, 0]]
 * ```
 */
export function timeVaryingRows(log: EventLog, options: TimeVaryingOptions): Frame {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['rule', 'states', 'observedFrom', 'observedUntil', 'attributes']);
  const { rule, states, attributes, observedFrom, observedUntil } = options;
  const until = observedUntil === undefined ? log.observedUntil : requireInstant(CALLER, 'observedUntil', observedUntil);
  const since = observedFrom === undefined ? firstMoment(log) : requireInstant(CALLER, 'observedFrom', observedFrom);
  const relationships = relationshipsOf(CALLER, log, requireRule(CALLER, rule));
  const { names, changesOf } = readStates(CALLER, log, states);
  const ids: (string | number)[] = [];
  const columns: number[][] = ['start', 'stop', 'event', ...names].map(() => []);
  relationships.customers.forEach((id, c) => {
    const life = lifeOf(relationships, c, since, until);
    if (life === null || !(life.to > life.from)) return;
    const zero = relationships.startOf(c);
    const row = (from: number, to: number, values: readonly number[]): void => {
      ids.push(id);
      const cells = [(from - zero) / DAY_MILLIS, (to - zero) / DAY_MILLIS, to === life.to ? life.event : 0, ...values];
      cells.forEach((cell, j) => columns[j]!.push(cell));
    };
    let from = life.from;
    let values: readonly number[] = names.map(() => 0);
    for (const { at, values: next } of changesOf(c)) {
      if (at >= life.to) break;
      if (at > from && next.some((value, j) => value !== values[j])) {
        row(from, at, values);
        from = at;
      }
      values = next;
    }
    row(from, life.to, values);
  });
  if (ids.length === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} found nobody to follow; mind rule and observedFrom`, { function: CALLER });
  const extra = attributeColumns(CALLER, attributes, ids);
  requireFreeNames(CALLER, MADE, [...names, ...extra.map(([name]) => name)]);
  return frameOf([['customer', { kind: 'id', values: ids }], ...['start', 'stop', 'event', ...names].map((name, j) => [name, { kind: 'number', values: Float64Array.from(columns[j]!) }] as const), ...extra]);
}
