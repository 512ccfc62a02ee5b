import { addDuration } from '../data/calendar.js';
import { requireDuration, type Duration } from '../data/duration.js';
import type { EventLog } from '../data/eventLog.js';
import type { Frame } from '../data/frame.js';
import { requireInstant, type Instant } from '../data/instant.js';
import type { OutcomeRule } from '../data/outcome.js';
import { snapshots } from '../data/snapshots.js';
import type { SnapshotShape } from '../data/snapshotPlan.js';
import type { TableInput } from '../data/table.js';
import { ClientelaError } from '../errors.js';

/** What is to be foretold from an event log, and at which moments it is practised. */
export interface LogTargetOptions extends Omit<SnapshotShape, 'like'> {
  /** What is to happen: an item by name, any of several, a rule, or any purchase. @defaultValue any purchase */
  readonly outcome?: string | readonly string[] | OutcomeRule;
  /** How long it may take. */
  readonly horizon: Duration;
  /** Time between the moment of scoring and the first day that counts. @defaultValue none */
  readonly gap?: Duration;
  /** The last moment to learn from, at the latest. @defaultValue the last whose outcome is over */
  readonly to?: Instant;
  /** The first moment to learn from. @defaultValue five steps before the last, but one horizon after the first event at the earliest */
  readonly from?: Instant;
  /** The step from one moment to the next. @defaultValue the horizon */
  readonly every?: Duration;
}

/** The names of {@link LogTargetOptions}. */
export const LOG_OPTIONS: readonly string[] = ['outcome', 'horizon', 'gap', 'from', 'to', 'every', 'windows', 'items', 'channels', 'maxLevels', 'itemRecency'];

/** The column of the outcome in those rows. */
export const OUTCOME = 'outcome';

/** Whether a door was given a log or a table; by its shape, as `requireLog` knows it. */
export function isLog(data: TableInput | EventLog): data is EventLog {
  return typeof data === 'object' && (data as object | null) !== null && typeof (data as { momentOf?: unknown }).momentOf === 'function';
}

/** Steps back from the last moment. */
const STEPS = 5;

/** Every customer at a series of moments, each with what was known then and what came after: rows to learn a score from. */
export function readLog(caller: string, log: EventLog, options: LogTargetOptions): Frame {
  const { gap, every = options.horizon, to, from, horizon, outcome, ...shape } = options;
  requireDuration(caller, 'horizon', horizon);
  requireDuration(caller, 'every', every);
  if (gap !== undefined) requireDuration(caller, 'gap', gap, true);
  const last = to ?? lastMoment(log.observedUntil, gap ?? { days: 0 }, horizon);
  const first = from ?? firstMoment(caller, log, requireInstant(caller, 'to', last), every, horizon);
  return snapshots(log, { ...shape, from: first, to: last, every, horizon, label: OUTCOME, ...(gap && { gap }), ...(outcome !== undefined && { outcome }) });
}

/** Months are of several lengths: the way back from the end is not always the way there, so the outcome is looked at itself. */
export function lastMoment(observedUntil: number, gap: Duration, horizon: Duration): number {
  let last = addDuration(addDuration(observedUntil, gap, -1), horizon, -1);
  for (;;) {
    const beyond = addDuration(addDuration(last, gap), horizon) - observedUntil;
    if (!(beyond > 0)) return last;
    last -= beyond;
  }
}

/** Some steps back from the last moment, but not so far that nothing would be known of anybody. */
export function firstMoment(caller: string, log: EventLog, last: number, every: Duration, horizon: Duration): number {
  const start = log.times.reduce((least, time) => Math.min(least, time), Infinity);
  const earliest = addDuration(start, horizon);
  if (last < earliest) {
    throw new ClientelaError(
      'INVALID_OPTION',
      `${caller} needs a log of at least twice the horizon, to know customers and what they did next; found events from ${new Date(start).toISOString().slice(0, 10)} and no outcome that is over before; shorten horizon or give from`,
      { option: 'horizon' },
    );
  }
  let first = last;
  for (let step = 0; step < STEPS && addDuration(first, every, -1) >= earliest; step++) first = addDuration(first, every, -1);
  return first;
}
