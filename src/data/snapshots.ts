import { ClientelaError } from '../errors.js';
import { addDuration } from './calendar.js';
import { requireDuration, type Duration } from './duration.js';
import type { EventLog } from './eventLog.js';
import type { Frame } from './frame.js';
import { describeValue, requireInstant, type Instant } from './instant.js';
import { labelsAt, OUTCOME_OPTIONS, type OutcomeOptions } from './labelOutcome.js';
import { requireKnownOptions } from './options.js';
import { customersAt } from './perCustomer.js';
import { requireLog, requireObserved } from './requireLog.js';
import { frameOf, SHAPE_OPTIONS } from './snapshot.js';
import { featuresAt } from './snapshotFeatures.js';
import { requireMade } from './snapshotLike.js';
import { planSnapshot, type SnapshotShape } from './snapshotPlan.js';

/** Which moments, which columns and, when `horizon` is given, which label. */
export interface SnapshotSeriesOptions extends SnapshotShape, Partial<OutcomeOptions> {
  /** The first moment. */
  readonly from: Instant;
  /** The last moment, at the latest. */
  readonly to: Instant;
  /** The step from one moment to the next, counted from `from`: monthly from 31 January is the last day of every month. */
  readonly every: Duration;
  /**
   * The name of the column of labels.
   *
   * @defaultValue 'label'
   */
  readonly label?: string;
}

/** More moments than this are a misprint in `every`. */
const MOST_MOMENTS = 10_000;

/**
 * Snapshots at a series of moments, one below the other: the rows of `snapshot` at each, with the column `asOf` (a date) and, when
 * `horizon` is given, the label of `labelOutcome` at each (missing where its window is not over).
 *
 * The rows at a moment see only the events before it. Which items and channels have columns is decided once, by the events before
 * the last moment, so that an early row may have a column of zeros for an item that came later. A customer appears once per moment:
 * validate by groups of customers, or by time. `O(moments · events)`.
 *
 * @param log - who did what, when, for how much
 * @param options - moments, columns, label; see {@link SnapshotSeriesOptions}
 * @returns a frame with `customer`, `asOf`, the features and, when asked, the label
 * @throws a {@link ClientelaError} `EMPTY_INPUT` when there is no event before the last moment; `INVALID_DATE`, `INVALID_OPTION`, `INVALID_INPUT`, `UNKNOWN_ID`, `UNKNOWN_COLUMN`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 'ann', at: '2026-01-10' }, { id: 'bob', at: '2026-02-20' }, { id: 'ann', at: '2026-03-05' }, { id: 'bob', at: '2026-05-01' },
 * ], { customer: 'id', time: 'at' });
 * const series = snapshots(log, { from: '2026-02-01', to: '2026-04-01', every: { months: 1 }, windows: [], horizon: { months: 1 } });
 * series.values('customer'); // => ['ann', 'ann', 'bob', 'ann', 'bob']
 * series.values('label'); // => [0, 1, 0, 0, 0]
 * ```
 */
export function snapshots(log: EventLog, options: SnapshotSeriesOptions): Frame {
  requireLog('snapshots', log);
  requireKnownOptions('snapshots', options, ['from', 'to', 'every', 'label', ...SHAPE_OPTIONS, ...OUTCOME_OPTIONS]);
  const { from, to, every, label = 'label', gap, horizon, outcome, measure, observedUntil, ...shape } = options;
  const moments = momentsOf(from, to, every);
  if (horizon === undefined && [gap, outcome, measure, observedUntil].some((option) => option !== undefined)) {
    throw new ClientelaError('INVALID_OPTION', 'snapshots needs a horizon to label the outcome, found gap, outcome, measure or observedUntil without it', { function: 'snapshots', option: 'horizon' });
  }
  const lastMoment = moments[moments.length - 1]!;
  const plan = planSnapshot('snapshots', log, lastMoment, shape);
  requireObserved('snapshots', log, lastMoment);
  const parts = moments.map((asOf) => featuresAt(log, asOf, plan));
  const rowCount = parts.reduce((sum, { customers }) => sum + customers.length, 0);
  if (rowCount === 0) {
    throw new ClientelaError('EMPTY_INPUT', `snapshots found no event before ${describeValue(new Date(lastMoment))}; choose a later to`, { function: 'snapshots' });
  }
  requireMade('snapshots', options.like, parts[0]!.columns);
  const ids = parts.flatMap(({ customers }) => customersAt(log.customers, customers));
  const features = parts[0]!.columns.map(([name], k) => [name, { kind: 'number', values: stack(rowCount, parts.map(({ columns }) => columns[k]![1])) }] as const);
  const asOf = stack(rowCount, parts.map(({ customers }, m) => new Float64Array(customers.length).fill(moments[m]!)));
  const labels = horizon === undefined ? [] : [[label, { kind: 'number', values: stack(rowCount, moments.map((moment) => labelsAt('snapshots', log, moment, { ...options, horizon }).values)) }] as const];
  for (const [name] of labels) {
    if (!['customer', 'asOf', ...features.map(([feature]) => feature)].includes(name)) continue;
    throw new ClientelaError('DUPLICATE_COLUMN', `snapshots cannot name its labels "${name}": a column of that name exists; choose another label`, { function: 'snapshots', column: name });
  }
  return frameOf([['customer', { kind: 'id', values: ids }], ['asOf', { kind: 'date', values: asOf }], ...features, ...labels]);
}

function momentsOf(from: Instant, to: Instant, every: Duration): number[] {
  const first = requireInstant('snapshots', 'from', from);
  const last = requireInstant('snapshots', 'to', to);
  const step = requireDuration('snapshots', 'every', every);
  const moments: number[] = [];
  for (let k = 0; k <= MOST_MOMENTS; k++) {
    // k steps from the start, not one step k times: 31 January, 28 February, 31 March.
    const moment = k === 0 ? first : addDuration(first, times(step, k));
    if (!(moment <= last)) break;
    moments.push(moment);
  }
  if (moments.length > 0 && moments.length <= MOST_MOMENTS) return moments;
  throw new ClientelaError('INVALID_OPTION', `snapshots needs from not after to and at most ${MOST_MOMENTS} moments, found from ${describeValue(from)}, to ${describeValue(to)}`, { function: 'snapshots', from, to });
}

function times(duration: Duration, count: number): Duration {
  return Object.fromEntries(Object.entries(duration as Record<string, number | undefined>).map(([unit, length = 0]) => [unit, length * count]));
}

function stack(rowCount: number, parts: readonly Float64Array[]): Float64Array {
  const stacked = new Float64Array(rowCount);
  let row = 0;
  for (const part of parts) {
    stacked.set(part, row);
    row += part.length;
  }
  return stacked;
}
