import { ClientelaError } from '../errors.js';
import type { Column } from './column.js';
import type { EventLog } from './eventLog.js';
import { Frame } from './frame.js';
import { describeValue, requireInstant, type Instant } from './instant.js';
import { requireKnownOptions } from './options.js';
import { customersAt } from './perCustomer.js';
import { requireLog, requireObserved } from './requireLog.js';
import { featuresAt } from './snapshotFeatures.js';
import { requireMade } from './snapshotLike.js';
import { planSnapshot, type SnapshotShape } from './snapshotPlan.js';

/** The moment of a {@link snapshot} and its columns. */
export interface SnapshotOptions extends SnapshotShape {
  /** The moment to look from; only events strictly before it are seen. */
  readonly asOf: Instant;
}

/** The names of {@link SnapshotShape}. */
export const SHAPE_OPTIONS = ['windows', 'items', 'channels', 'maxLevels', 'itemRecency', 'like'] as const;

/**
 * What was known about every customer at a moment: one row per customer with an event before `asOf`, in the order of
 * `log.customers`. Nothing at or after `asOf` has any influence, not even on which columns there are.
 *
 * | column | what | missing |
 * |---|---|---|
 * | `customer` | identifier, kind id | never |
 * | `recencyDays` | midnights (UTC) since the last purchase | without purchase |
 * | `tenureDays` | midnights (UTC) since the first event | never |
 * | `frequency` | purchases | never |
 * | `returns`, `otherEvents` | events below 0; events that are neither purchase nor return * | never |
 * | `amountTotal` | sum of amounts, returns subtracted * | never |
 * | `amountMean`, `amountMax`, `lastAmount` | of purchases * | without purchase |
 * | `meanGapDays`, `medianGapDays` | days between one visit with purchase and the next | fewer than 2 visits |
 * | `sdGapDays` | their standard deviation (n - 1) | fewer than 3 visits |
 * | `recencyInGaps` | `recencyDays / meanGapDays`: above 1 is late by the customer's own rhythm | fewer than 2 visits |
 * | `count30d`, `amount30d` * | purchases, net amount in [asOf - 30 days, asOf) | never |
 * | `countChange30d`, `amountChange30d` * | the same minus the span of equal length before | never |
 * | `distinctItems` | different items | never |
 * | `itemCount=card`, `itemAmount=card` * | events with that item (returns not counted), their net amount | never |
 * | `itemDaysSince=card` | midnights (UTC) since the last such event, if asked for | never had it |
 * | `channelCount=web`, `channelAmount=web` * | the same by channel | never |
 *
 * Columns marked * exist when the log has amounts; those by item and channel when it has these. Amounts are in the currency of the log.
 * `items: 'auto'` takes the most frequent items before `asOf`: while a log has no more than `maxLevels` of them, a later snapshot has
 * all columns of an earlier one; beyond that, or on another log, say `like: earlier` to have exactly the same.
 * `O(events)`.
 *
 * @param log - who did what, when, for how much
 * @param options - `asOf`, and which columns; see {@link SnapshotOptions}
 * @returns a frame with the id column `customer` and one number column per feature
 * @throws a {@link ClientelaError} `EMPTY_INPUT` when there is no event before `asOf`; `UNKNOWN_ID` for an item or channel the log does not
 * have; `UNKNOWN_COLUMN` for a column of `like` that this log cannot make; `INVALID_OPTION`, also for an `asOf` later than the end of
 * observation by more than a year and more than the length of the log; `INVALID_DATE`, `INVALID_INPUT`
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 'ann', at: '2026-01-10', item: 'card', paid: 20 },
 *   { id: 'ann', at: '2026-03-11', item: 'loan', paid: 50 },
 *   { id: 'ann', at: '2026-04-01', item: 'loan', paid: 99 },
 * ], { customer: 'id', time: 'at', item: 'item', amount: 'paid' });
 * const past = snapshot(log, { asOf: '2026-04-01', windows: [{ days: 30 }] });
 * const { recencyDays, frequency, meanGapDays, amount30d } = past.row(0);
 * [recencyDays, frequency, meanGapDays, amount30d]; // => [21, 2, 60, 50]
 * ```
 */
export function snapshot(log: EventLog, options: SnapshotOptions): Frame {
  requireLog('snapshot', log);
  requireKnownOptions('snapshot', options, ['asOf', ...SHAPE_OPTIONS]);
  const { asOf: moment, ...shape } = options;
  const asOf = requireInstant('snapshot', 'asOf', moment);
  const plan = planSnapshot('snapshot', log, asOf, shape);
  requireObserved('snapshot', log, asOf);
  const { customers, columns } = featuresAt(log, asOf, plan);
  requireMade('snapshot', options.like, columns);
  if (customers.length === 0) {
    throw new ClientelaError('EMPTY_INPUT', `snapshot found no event before ${describeValue(new Date(asOf))}; choose a later asOf`, { function: 'snapshot', asOf });
  }
  return frameOf([['customer', { kind: 'id', values: customersAt(log.customers, customers) }], ...columns.map(([name, values]) => [name, { kind: 'number', values }] as const)]);
}

/** A frame of columns ready made. */
export function frameOf(columns: readonly (readonly [string, Column])[]): Frame {
  return Frame.fromColumns(Object.fromEntries(columns));
}
