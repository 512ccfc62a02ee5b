import type { Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import type { Frame } from '../../data/frame.js';
import type { Instant } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { requireLog } from '../../data/requireLog.js';
import { SHAPE_OPTIONS } from '../../data/snapshot.js';
import type { SnapshotShape } from '../../data/snapshotPlan.js';
import { snapshots } from '../../data/snapshots.js';
import { ClientelaError } from '../../errors.js';
import { featureDrift } from '../../evaluation/featureDrift.js';
import { wilsonRate } from '../../evaluation/intervals.js';
import { compareCounts } from '../../numeric/compareCounts.js';
import type { Estimate } from '../../numeric/estimate.js';
import { outcomeSpan } from '../../scores/outcomeSpan.js';
import { churnLabelsAt, WINDOW_OPTIONS, type ChurnCounts, type ChurnLabels, type ChurnWindowOptions } from './churnLabels.js';

/** The moments of {@link churnSnapshots}, what leaving means, and which features. */
export interface ChurnSnapshotOptions extends SnapshotShape, ChurnWindowOptions {
  /** The first moment. */
  readonly from: Instant;
  /** The last moment, at the latest. */
  readonly to: Instant;
  /** The step from one moment to the next, counted from `from`. */
  readonly every: Duration;
  /** The name of the column of labels. @defaultValue 'churned' */
  readonly label?: string;
  /** Whether moments are compared with the one before, feature by feature. @defaultValue true */
  readonly drift?: boolean;
}

/** One moment: who was asked about, how it went, and what is other than at the moment before. */
export interface ChurnCut extends ChurnCounts {
  /** The moment. */
  readonly asOf: Date;
  /** The window: this moment is in it. */
  readonly from: Date;
  /** The window: this moment is no longer in it. */
  readonly to: Date;
  /** The share of labelled rows where it happened, with the interval of Wilson (1927) at 0.95; null without any. */
  readonly rate: Estimate | null;
  /** The probability of so large a difference to the rate of the moment before by chance (chi-square); null where there is none to compare with. */
  readonly rateChangeP: number | null;
  /** Features distributed otherwise than at the moment before, as {@link featureDrift} judges; those that grow with time, such as `tenureDays`, among them. */
  readonly drifted: readonly string[];
}

/** Labelled rows at a series of moments. */
export interface ChurnSnapshots {
  /** `customer`, `asOf` (a date), the features of `snapshot`, and the label: 1, 0, or missing where the window is not over. Only customers asked about. */
  readonly rows: Frame;
  /** The name of the column of labels. */
  readonly label: string;
  /** One line a moment with an event before it. */
  readonly cuts: readonly ChurnCut[];
  /** Gap and horizon together: how long after its moment the outcome of a row is known, for `horizon` of `fitTargetScore` and `validateOutOfTime`. */
  readonly span: Duration;
}

const CALLER = 'churnSnapshots';
/** Fewer rows than this are not compared. */
const FEWEST_ROWS = 50;

/**
 * Rolling labelled snapshots: at each of a series of moments the customers who could still leave, with what was known of them before it, and whether they left after.
 *
 * Features see the events strictly before their moment, labels those of [asOf + gap, asOf + gap + horizon); a window that is not over makes no label. A customer
 * appears once a moment: judge models by time or by groups of customers, `fitTargetScore(rows, { target: label, time: 'asOf', horizon: span })` does both.
 * O(moments × events).
 *
 * @param log - who did what, when, for how much
 * @param options - moments, rule, window, features; see {@link ChurnSnapshotOptions}
 * @returns the rows and one line a moment
 * @throws a {@link ClientelaError} `EMPTY_INPUT` where nobody can be asked about at any moment; otherwise as {@link churnLabels} and `snapshots`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const events = [['ann', '01-10'], ['bob', '01-20'], ['ann', '02-20'], ['ann', '03-20'], ['bob', '03-25'], ['ann', '04-30']];
 * const log = EventLog.fromRows(events.map(([who, day]) => ({ who, at: `2026-${day}` })), { customer: 'who', time: 'at' });
 * const { rows, cuts } = churnSnapshots(log, { from: '2026-02-01', to: '2026-05-01', every: { months: 1 }, horizon: { months: 1 }, rule: { kind: 'inactivity' }, windows: [] });
 * rows.values('churned'); // => [0, 1, 0, 0, 1, null]
 * cuts.map(({ eligible, happened }) => [eligible, happened]); // => [[2, 1], [1, 0], [2, 1], [1, 0]]
 * ```
 */
export function churnSnapshots(log: EventLog, options: ChurnSnapshotOptions): ChurnSnapshots {
  requireLog(CALLER, log);
  requireKnownOptions(CALLER, options, ['from', 'to', 'every', 'label', 'drift', ...SHAPE_OPTIONS, ...WINDOW_OPTIONS]);
  const { from, to, every, label = 'churned', drift = true, horizon, gap } = options;
  const all = snapshots(log, { ...shapeOf(options), from, to, every });
  if (all.names.includes(label)) throw new ClientelaError('DUPLICATE_COLUMN', `${CALLER} cannot name its labels "${label}": a column of that name exists; choose another label`, { function: CALLER, column: label });
  const { values: moments } = all.column('asOf') as { readonly values: Float64Array };
  const ids = all.ids();
  const [taken, labels, spans]: [number[], number[], Span[]] = [[], [], []];
  for (let row = 0; row < moments.length; ) {
    const asOf = moments[row]!;
    const found = churnLabelsAt(CALLER, log, asOf, options);
    const start = taken.length;
    // Both are in the order of the customers of the log.
    for (let i = 0; row < moments.length && moments[row] === asOf; row++) {
      if (ids[row] !== found.customers[i]) continue;
      taken.push(row);
      labels.push(found.values[i++]!);
    }
    spans.push({ labels: found, rows: [start, taken.length] });
  }
  if (taken.length === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} found nobody who could leave at any of ${spans.length} moments; mind rule and lookback`, { function: CALLER });
  const rows = all.take(taken).withColumn(label, Float64Array.from(labels), 'number');
  const features = drift ? rows.names.filter((name) => !['customer', 'asOf', label].includes(name)) : [];
  return { rows, label, cuts: spans.map((_, k) => cutOf(rows, features, spans[k]!, spans[k - 1])), span: outcomeSpan(gap, horizon) };
}

/** The options that say which columns a snapshot has. */
function shapeOf(options: SnapshotShape): SnapshotShape {
  return Object.fromEntries(SHAPE_OPTIONS.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
}

/** The labels of a moment, and which rows are its own. */
interface Span {
  readonly labels: ChurnLabels;
  readonly rows: readonly [number, number];
}

function cutOf(rows: Frame, features: readonly string[], here: Span, before: Span | undefined): ChurnCut {
  const { counts, asOf, from, to } = here.labels;
  const earlier = before?.labels.counts;
  const comparable = earlier !== undefined && earlier.labelled > 0 && counts.labelled > 0;
  return {
    ...counts,
    asOf: new Date(asOf),
    from: new Date(from),
    to: new Date(to),
    rate: counts.labelled === 0 ? null : wilsonRate(counts.happened, counts.labelled, 1.959963984540054),
    rateChangeP: comparable ? compareCounts(split(earlier), split(counts)).p : null,
    drifted: before === undefined ? [] : driftedOf(rows, features, before.rows, here.rows),
  };
}

function split({ happened, labelled }: ChurnCounts): Float64Array {
  return Float64Array.of(happened, labelled - happened);
}

function driftedOf(rows: Frame, features: readonly string[], before: readonly [number, number], here: readonly [number, number]): string[] {
  if (features.length === 0 || Math.min(before[1] - before[0], here[1] - here[0]) < FEWEST_ROWS) return [];
  const [then, now] = [before, here].map(([start, end]) => rows.take(Array.from({ length: end - start }, (_, i) => start + i))) as [Frame, Frame];
  return featureDrift(then, now, { features }).filter(({ level }) => level !== 'none').map(({ feature }) => feature);
}
