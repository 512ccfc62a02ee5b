import { addDuration } from '../../data/calendar.js';
import { requireDuration, type Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import type { Frame } from '../../data/frame.js';
import { describeValue, requireInstant, type Instant } from '../../data/instant.js';
import { requireLevels } from '../../data/levelFilter.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { customersAt } from '../../data/perCustomer.js';
import { requireLog, requireObserved } from '../../data/requireLog.js';
import { frameOf } from '../../data/snapshot.js';
import { customersBefore } from '../../data/snapshotFeatures.js';
import { ClientelaError } from '../../errors.js';
import { columnNames, windowWalk, type WarningSettings } from './customerWindows.js';

/** Moments, and what is compared with what. */
export interface WarningFeaturesOptions {
  /** The moments: one, or several; each row sees only what was before its own. */
  readonly asOf: Instant | readonly Instant[];
  /** What is recent: the time up to the moment. @defaultValue 30 days */
  readonly window?: Duration;
  /** How many windows before the recent one are what is usual of the customer. @defaultValue 3 */
  readonly usualWindows?: number;
  /** Items, such as complaints, to tell whether they are recent and new. @defaultValue none */
  readonly items?: readonly string[];
}

/** What is known of the customers at one moment: a column a feature, in the order of {@link columnNames}. */
interface MomentRows {
  readonly asOf: number;
  readonly customers: Uint32Array;
  readonly columns: readonly Float64Array[];
}

const CALLER = 'warningFeatures';
/** A year of single days is the most that makes sense; more is a misprint. */
const MOST_MOMENTS = 10_000;

/**
 * How each customer behaves now, against what is usual of that customer: what can warn of leaving before a score on levels does.
 *
 * For each moment and each customer with an event before it: `silenceRatio`, the days since the last event over the mean gap between days with events (missing with fewer than two such days); `countRatio`, the
 * events of the recent window over the mean of the windows before it, both with one half added, so that a customer of few events moves little; `amountRatio`, the same of amounts, with half of
 * the customer's mean amount added (only where the log has amounts); `itemsChange`, different items in the recent window less the mean of those before (only where it has items);
 * `isFading`, 1 where each window from the oldest to the recent one has fewer events than the one before; for each item named `recent=item`, events in the recent window, and `new=item`, 1
 * where it has some and the windows before had none. A customer known for less than all windows is compared with the part that is known. O(moments × events).
 *
 * @param log - who did what, when, for how much
 * @param options - the moments, the window, what is usual, items; see {@link WarningFeaturesOptions}
 * @returns a frame with `customer`, `asOf` and the features; join the label of `churnLabels` or your own, and give it to `earlyWarnings`
 * @throws a {@link ClientelaError} `EMPTY_INPUT` where no customer has an event before any of the moments, `INVALID_DATE`, `INVALID_OPTION`, `INVALID_INPUT` or `UNKNOWN_ID`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const visits = ['2026-01-05', '2026-01-15', '2026-01-25', '2026-02-04', '2026-02-14'].map((at) => ({ id: 'ann', at }));
 * const log = EventLog.fromRows(visits, { customer: 'id', time: 'at' }, { observedUntil: '2026-05-01' });
 * const now = warningFeatures(log, { asOf: '2026-03-16', window: { days: 30 }, usualWindows: 2 });
 * // Silent for 30 days, three times the usual gap of 10; one event now, and before it 4 in the 40 days known: 3 in as long.
 * now.values('silenceRatio'); // => [3]
 * now.values('countRatio'); // => [1.5 / 3.5]
 * ```
 */
export function warningFeatures(log: EventLog, options: WarningFeaturesOptions): Frame {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['asOf', 'window', 'usualWindows', 'items']);
  const { window = { days: 30 }, usualWindows = 3 } = options;
  requireDuration(CALLER, 'window', window);
  requireWhole(CALLER, 'usualWindows', usualWindows, 1);
  const items = requireLevels(CALLER, 'item', options.items ?? [], log.itemLevels).map((name) => [log.itemLevels.indexOf(name), name] as const);
  const moments = momentsOf(options.asOf);
  requireObserved(CALLER, log, Math.max(...moments));
  const settings = { window, usualWindows, items };
  const parts = moments.map((asOf) => featuresAtMoment(log, asOf, settings));
  if (parts.every(({ customers }) => customers.length === 0)) {
    throw new ClientelaError('EMPTY_INPUT', `${CALLER} found no event before ${describeValue(new Date(Math.max(...moments)))}; choose a later asOf`, { function: CALLER });
  }
  const stacked = (pick: (part: MomentRows) => Float64Array): Float64Array => Float64Array.from(parts.flatMap((part) => Array.from(pick(part))));
  return frameOf([
    ['customer', { kind: 'id', values: parts.flatMap(({ customers }) => customersAt(log.customers, customers)) }],
    ['asOf', { kind: 'date', values: stacked(({ asOf, customers }) => new Float64Array(customers.length).fill(asOf)) }],
    ...columnNames(log, settings).map((name, k) => [name, { kind: 'number', values: stacked(({ columns }) => columns[k]!) }] as const),
  ]);
}

function momentsOf(asOf: Instant | readonly Instant[]): number[] {
  const given = Array.isArray(asOf) ? (asOf as readonly Instant[]) : [asOf as Instant];
  if (given.length === 0 || given.length > MOST_MOMENTS) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs asOf as 1 to ${MOST_MOMENTS} moments, found ${given.length}`, { function: CALLER, option: 'asOf' });
  return given.map((moment) => requireInstant(CALLER, 'asOf', moment));
}

function featuresAtMoment(log: EventLog, asOf: number, settings: WarningSettings): MomentRows {
  const { window, usualWindows } = settings;
  // From the moment backwards: the recent window ends at edges[0] and begins at edges[1].
  const edges = Float64Array.from({ length: usualWindows + 2 }, (_, k) => addDuration(asOf, times(window, k), -1));
  const customers = customersBefore(log, asOf);
  const columns = columnNames(log, settings).map(() => new Float64Array(customers.length));
  const walk = windowWalk(log, edges, settings.items);
  customers.forEach((customer, row) => {
    walk(customer).forEach((value, k) => {
      columns[k]![row] = value;
    });
  });
  return { asOf, customers, columns };
}

function times(window: Duration, count: number): Duration {
  return Object.fromEntries(Object.entries(window as Record<string, number | undefined>).map(([unit, length = 0]) => [unit, length * count]));
}
