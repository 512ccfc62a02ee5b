import { addDuration } from './calendar.js';
import type { EventColumns } from './eventRoles.js';
import { numbersAt, positionsWhere } from './perCustomer.js';
import { purchasesBefore, type PurchaseHistory } from './purchaseHistory.js';
import { distinctColumn, levelColumns, windowColumns, type NamedValues, type SnapshotView } from './snapshotCounts.js';
import type { SnapshotPlan } from './snapshotPlan.js';
import { calendarDays, DAY_MILLIS } from './utcDays.js';

/** Features of the customers with an event before a moment. */
export interface SnapshotFeatures {
  /** Positions in `log.customers`, ascending. */
  readonly customers: Uint32Array;
  /** Columns in the order of the frame. */
  readonly columns: readonly NamedValues[];
}

/** Positions of the customers with at least one event before the moment; a snapshot and its labels have these rows. */
export function customersBefore(log: Pick<EventColumns, 'customers' | 'offsets' | 'times'>, asOf: number): Uint32Array {
  return positionsWhere(log.customers.length, (c) => log.times[log.offsets[c]!]! < asOf);
}

/** All features; every walk stops at the number of events before `asOf` that `purchasesBefore` has counted. */
export function featuresAt(log: EventColumns, asOf: number, plan: SnapshotPlan): SnapshotFeatures {
  const history = purchasesBefore(log, asOf);
  const customers = customersBefore(log, asOf);
  const view: SnapshotView = { log, asOf, customers, events: history.events };
  return {
    customers,
    columns: [
      ...historyColumns(view, history),
      ...rhythmColumns(view, history),
      ...plan.windows.flatMap(({ label, duration }) => {
        const from = addDuration(asOf, duration, -1);
        return windowColumns(view, label, from, addDuration(from, duration, -1));
      }),
      ...(log.items === undefined ? [] : [distinctColumn(view, log.items, log.itemLevels.length)]),
      ...levelColumns(view, 'item', log.items, log.itemLevels, plan.items, plan.itemRecency),
      ...levelColumns(view, 'channel', log.channels, log.channelLevels, plan.channels, false),
    ],
  };
}

function historyColumns({ log, asOf, customers }: SnapshotView, history: PurchaseHistory): NamedValues[] {
  const { purchases, returns, events, purchaseAmount, returnAmount, lastPurchase } = history;
  const per = (value: (c: number) => number): Float64Array => numbersAt(customers, value);
  const columns: NamedValues[] = [
    ['recencyDays', per((c) => calendarDays(lastPurchase[c]!, asOf))],
    ['tenureDays', per((c) => calendarDays(log.times[log.offsets[c]!]!, asOf))],
    ['frequency', per((c) => purchases[c]!)],
  ];
  const { amounts } = log;
  if (amounts === undefined) return columns;
  const amountMax = new Float64Array(customers.length).fill(NaN);
  const lastAmount = amountMax.slice();
  customers.forEach((c, row) => {
    for (let e = log.offsets[c]!; e < log.offsets[c]! + events[c]!; e++) {
      const amount = amounts[e]!;
      if (!(amount > 0)) continue;
      lastAmount[row] = amount;
      if (!(amountMax[row]! >= amount)) amountMax[row] = amount;
    }
  });
  return [
    ...columns,
    ['returns', per((c) => returns[c]!)],
    ['otherEvents', per((c) => events[c]! - purchases[c]! - returns[c]!)],
    ['amountTotal', per((c) => purchaseAmount[c]! + returnAmount[c]!)],
    ['amountMean', per((c) => purchaseAmount[c]! / purchases[c]!)],
    ['amountMax', amountMax],
    ['lastAmount', lastAmount],
  ];
}

/** Times between purchases. Purchases at one moment are one visit: lines of an order are no rhythm. */
function rhythmColumns({ log, asOf, customers, events }: SnapshotView, { lastPurchase }: PurchaseHistory): NamedValues[] {
  const { times, amounts, offsets } = log;
  const mean = new Float64Array(customers.length).fill(NaN);
  const median = mean.slice();
  const sd = mean.slice();
  const gaps = new Float64Array(events.reduce((most, count) => Math.max(most, count), 0));
  customers.forEach((c, row) => {
    let count = 0;
    let previous = NaN;
    for (let e = offsets[c]!; e < offsets[c]! + events[c]!; e++) {
      if (amounts !== undefined && !(amounts[e]! > 0)) continue;
      if (times[e]! > previous) gaps[count++] = (times[e]! - previous) / DAY_MILLIS;
      previous = times[e]!;
    }
    if (count === 0) return;
    const sorted = gaps.subarray(0, count).sort();
    const average = sorted.reduce((sum, gap) => sum + gap, 0) / count;
    mean[row] = average;
    median[row] = (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2;
    if (count > 1) sd[row] = Math.sqrt(sorted.reduce((sum, gap) => sum + (gap - average) ** 2, 0) / (count - 1));
  });
  const recencyInGaps = numbersAt(customers, (c, row) => calendarDays(lastPurchase[c]!, asOf) / mean[row]!);
  return [['meanGapDays', mean], ['medianGapDays', median], ['sdGapDays', sd], ['recencyInGaps', recencyInGaps]];
}
