import { addDuration, requireDuration, type Duration } from '../../data/calendar.js';
import type { EventLog } from '../../data/eventLog.js';
import type { Frame } from '../../data/frame.js';
import { describeValue, requireInstant, type Instant } from '../../data/instant.js';
import { requireLevels } from '../../data/levelFilter.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { customersAt } from '../../data/perCustomer.js';
import { requireLog, requireObserved } from '../../data/requireLog.js';
import { frameOf } from '../../data/snapshot.js';
import { customersBefore } from '../../data/snapshotFeatures.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';

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

interface Settings {
  readonly window: Duration;
  readonly usualWindows: number;
  /** Codes and names of the items. */
  readonly items: readonly (readonly [code: number, name: string])[];
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

function columnNames(log: EventLog, { items }: Settings): string[] {
  return [
    'silenceRatio', 'countRatio', 'isFading',
    ...(log.amounts === undefined ? [] : ['amountRatio']),
    ...(log.items === undefined ? [] : ['itemsChange']),
    ...items.flatMap(([, name]) => [`recent=${name}`, `new=${name}`]),
  ];
}

function featuresAtMoment(log: EventLog, asOf: number, settings: Settings): MomentRows {
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

/** The features of one customer after the other; its sums are made once. */
function windowWalk(log: EventLog, edges: Float64Array, items: Settings['items']): (customer: number) => number[] {
  const { offsets, times: at, amounts, items: codes } = log;
  const last = edges.length - 2;
  const counts = new Float64Array(last + 1);
  const sums = new Float64Array(last + 1);
  const seen = new Int32Array(log.itemLevels.length * (last + 1)).fill(-1);
  const kinds = new Float64Array(last + 1);
  const itemCounts = items.map(() => new Float64Array(2));
  return (customer) => {
    for (const sum of [counts, sums, kinds, ...itemCounts]) sum.fill(0);
    let [days, lastDay, firstDay, total, amountTotal] = [0, -Infinity, NaN, 0, 0];
    let window = last;
    for (let e = offsets[customer]!; e < offsets[customer + 1]! && at[e]! < edges[0]!; e++) {
      const day = Math.floor(at[e]! / DAY_MILLIS);
      if (day !== lastDay) days++;
      if (total === 0) firstDay = day;
      lastDay = day;
      total++;
      const amount = amounts?.[e] ?? NaN;
      if (amount > 0) amountTotal += amount;
      if (at[e]! < edges[last + 1]!) continue;
      while (at[e]! >= edges[window]!) window--;
      counts[window]!++;
      if (amount > 0) sums[window]! += amount;
      const code = codes?.[e] ?? -1;
      if (code < 0) continue;
      const place = code * (last + 1) + window;
      if (seen[place] !== customer) kinds[window]!++;
      seen[place] = customer;
      items.forEach(([item], k) => {
        if (item === code) itemCounts[k]![window === 0 ? 0 : 1]!++;
      });
    }
    const known = Math.max(0, Math.min(1, (edges[1]! - Math.max(edges[last + 1]!, at[offsets[customer]!]!)) / (edges[1]! - edges[last + 1]!)));
    return features({ counts, sums, kinds, itemCounts, windowsKnown: known * last, days, firstDay, lastDay, today: edges[0]! / DAY_MILLIS, meanAmount: amountTotal / total }, log);
  };
}

interface CustomerSums {
  /** A place a window, the recent one first. */
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly kinds: Float64Array;
  /** Of each item named: recent, and in the windows before. */
  readonly itemCounts: readonly Float64Array[];
  /** How many of the windows before the recent one the customer was known in. */
  readonly windowsKnown: number;
  readonly days: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly today: number;
  readonly meanAmount: number;
}

function features({ counts, sums, kinds, itemCounts, windowsKnown, days, firstDay, lastDay, today, meanAmount }: CustomerSums, { amounts, items }: EventLog): number[] {
  const meanGap = days < 2 ? NaN : (lastDay - firstDay) / (days - 1);
  // What a window holds usually; unknown where the customer came in the recent one.
  const usual = (values: Float64Array): number => (windowsKnown > 0 ? values.subarray(1).reduce((sum, value) => sum + value, 0) / windowsKnown : NaN);
  const ratio = (values: Float64Array, half: number): number => (values[0]! + half) / (usual(values) + half);
  return [
    (Math.floor(today) - lastDay) / meanGap,
    ratio(counts, 0.5),
    windowsKnown >= counts.length - 1 && counts.every((count, k) => k === 0 || count > counts[k - 1]!) ? 1 : 0,
    ...(amounts === undefined ? [] : [meanAmount > 0 ? ratio(sums, meanAmount / 2) : NaN]),
    ...(items === undefined ? [] : [kinds[0]! - usual(kinds)]),
    ...itemCounts.flatMap(([recent = 0, before = 0]) => [recent, recent > 0 && before === 0 ? 1 : 0]),
  ];
}
