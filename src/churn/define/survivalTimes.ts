import { requireChoice, requireKnownOptions } from '../../data/options.js';
import type { EventLog } from '../../data/eventLog.js';
import type { Frame } from '../../data/frame.js';
import { requireInstant, type Instant } from '../../data/instant.js';
import { requireLog, requireObserved } from '../../data/requireLog.js';
import { frameOf, SHAPE_OPTIONS, snapshot } from '../../data/snapshot.js';
import type { SnapshotShape } from '../../data/snapshotPlan.js';
import type { TableLike } from '../../data/table.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';
import { attributeColumns, requireFreeNames } from './attributeColumns.js';
import { requireRule, type ContractRule, type InactivityRule } from './churnRule.js';
import { relationshipsOf, type Relationships } from './relationships.js';

/** What {@link survivalTimes} measures, and from when. */
export interface SurvivalTimeOptions extends SnapshotShape {
  /** What leaving means: a contract that ends, or a silence that has lasted (`silence`). */
  readonly rule: ContractRule | InactivityRule;
  /** Only customers who are there at this moment, with the features of `snapshot` at it. @defaultValue all customers from their beginning, without features */
  readonly asOf?: Instant;
  /** From when time is counted: `'asOf'` as remaining time, `'joining'` as age of the relationship, entering at its age at `asOf`. @defaultValue 'asOf' where it is given */
  readonly clock?: 'asOf' | 'joining';
  /** Since when all who leave are in the data: who joined earlier enters at the age reached then, who left earlier is no row. @defaultValue the first event of the log */
  readonly observedFrom?: Instant;
  /** Until when everything is known. @defaultValue that of the log */
  readonly observedUntil?: Instant;
  /** A frame with one column of kind `id` and one row a customer, whose other columns are added. */
  readonly attributes?: TableLike;
}

/** Rows for Kaplan-Meier, Cox and their kin, and who is none. */
export interface SurvivalTimes {
  /** `customer`, `entry` and `duration` (days), `event` (1 left, 0 still there when observation ended), then features and attributes. */
  readonly rows: Frame;
  /** What became of all customers. */
  readonly counts: {
    /** Customers followed. */
    readonly rows: number;
    /** Those who left while they were. */
    readonly events: number;
    /** Left before observation began, or before `asOf`. */
    readonly gone: number;
    /** Had not begun by then. */
    readonly notBegun: number;
    /** Observed for no time at all: left, or joined, at the very end or beginning. */
    readonly withoutTime: number;
  };
}

const CALLER = 'survivalTimes';

/**
 * How long each customer stayed: one row a customer, with the time observed, whether leaving ended it, and from when the customer was observed (delayed entry).
 *
 * From joining by default, or from a moment `asOf`, where it goes with what was known then: the survival twin of {@link churnLabels}. A silence ends the
 * relationship on the day it has lasted too long, not with the last visit: nobody knows then, and who was silent at the end would be dead on arrival.
 * Customers of `startedAt` without any event are rows too. Only the first spell of each counts. O(events).
 *
 * @param log - who did what, when
 * @param options - the rule, and from when; see {@link SurvivalTimeOptions}
 * @returns rows for `{ duration: 'duration', event: 'event', entry: 'entry' }`, and the counts
 * @throws a {@link ClientelaError} `EMPTY_INPUT` without rows; `INVALID_OPTION` for a rule that does not say when somebody has gone; `UNKNOWN_ID`, `DUPLICATE_ID`,
 * `DUPLICATE_COLUMN`, `INVALID_DATE`, `INVALID_INPUT`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { who: 'ann', at: '2026-01-01', what: 'order' }, { who: 'ann', at: '2026-01-31', what: 'cancel' }, { who: 'bob', at: '2026-01-11', what: 'order' },
 * ], { customer: 'who', time: 'at', item: 'what' }, { observedUntil: '2026-03-02' });
 * const { rows } = survivalTimes(log, { rule: { kind: 'contract', end: 'cancel' } });
 * rows.values('duration'); // => [30, 50]
 * rows.values('event'); // => [1, 0]
 * ```
 */
export function survivalTimes(log: EventLog, options: SurvivalTimeOptions): SurvivalTimes {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['rule', 'asOf', 'clock', 'observedFrom', 'observedUntil', 'attributes', ...SHAPE_OPTIONS]);
  const { rule, asOf: moment, clock, attributes, observedFrom, observedUntil, ...shape } = options;
  const asOf = moment === undefined ? undefined : requireInstant(CALLER, 'asOf', moment);
  requireChoice(CALLER, 'clock', clock ?? 'joining', asOf === undefined ? ['joining'] : ['asOf', 'joining']);
  if (asOf === undefined && Object.keys(shape).length > 0) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs asOf for features: they are those of a moment, found ${Object.keys(shape)[0]!} without it`, { option: 'asOf' });
  const until = observedUntil === undefined ? log.observedUntil : requireInstant(CALLER, 'observedUntil', observedUntil);
  const since = asOf ?? (observedFrom === undefined ? firstMoment(log) : requireInstant(CALLER, 'observedFrom', observedFrom));
  if (asOf !== undefined) requireObserved(CALLER, log, asOf);
  const relationships = relationshipsOf(CALLER, log, requireRule(CALLER, rule));
  const features = asOf === undefined ? undefined : snapshot(log, { ...shape, asOf });
  const known = features === undefined ? undefined : new Map(features.ids().map((id, row) => [id, row]));
  const origin = asOf !== undefined && clock !== 'joining' ? asOf : undefined;
  const found = timesOf(relationships, { since, until, origin, isAsked: (id) => known === undefined || known.has(id) });
  const ids = found.customers.map((c) => relationships.customers[c]!);
  if (ids.length === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} found nobody to follow: ${found.gone} had gone and ${found.notBegun} not begun; mind rule, asOf and observedFrom`, { function: CALLER });
  const taken = features?.take(ids.map((id) => known!.get(id)!));
  const extra = [...(taken?.names.filter((name) => name !== 'customer').map((name) => [name, taken.column(name)] as const) ?? []), ...attributeColumns(CALLER, attributes, ids)];
  requireFreeNames(CALLER, ['customer', 'entry', 'duration', 'event'], extra.map(([name]) => name));
  const number = (name: string, values: readonly number[]): [string, { kind: 'number'; values: Float64Array }] => [name, { kind: 'number', values: Float64Array.from(values) }];
  const rows = frameOf([['customer', { kind: 'id', values: ids }], number('entry', found.entries), number('duration', found.durations), number('event', found.events), ...extra]);
  const { gone, notBegun, withoutTime } = found;
  return { rows, counts: { rows: ids.length, events: found.events.reduce((sum, event) => sum + event, 0), gone, notBegun, withoutTime } };
}

interface Span {
  readonly since: number;
  readonly until: number;
  /** Where time is counted from; undefined: from the beginning of each. */
  readonly origin: number | undefined;
  readonly isAsked: (customer: string | number) => boolean;
}

function timesOf(relationships: Relationships, { since, until, origin, isAsked }: Span) {
  const found = { customers: [] as number[], entries: [] as number[], durations: [] as number[], events: [] as number[], gone: 0, notBegun: 0, withoutTime: 0 };
  relationships.customers.forEach((id, c) => {
    if (!isAsked(id)) return;
    const start = relationships.startOf(c);
    const life = lifeOf(relationships, c, since, until);
    if (life === null) found[start < until ? 'gone' : 'notBegun']++;
    else if (!(life.to > life.from)) found.withoutTime++;
    else {
      const zero = origin ?? start;
      found.customers.push(c);
      found.entries.push((life.from - zero) / DAY_MILLIS);
      found.durations.push((life.to - zero) / DAY_MILLIS);
      found.events.push(life.event);
    }
  });
  return found;
}

/** From when to when a customer is followed, and whether leaving ended it; null for who had gone before, or begins after. */
export function lifeOf(relationships: Relationships, customer: number, since: number, until: number): { readonly from: number; readonly to: number; readonly event: 0 | 1 } | null {
  const start = relationships.startOf(customer);
  if (!(start < until) || (start < since && !relationships.isOnAt(customer, since))) return null;
  const from = Math.max(start, since);
  const end = relationships.endFrom(customer, from);
  return { from, to: Math.min(end, until), event: end < until ? 1 : 0 };
}

/** When the log begins; a log without events has always been there. */
export function firstMoment(log: EventLog): number {
  return log.eventCount === 0 ? -Infinity : log.firstTime;
}
