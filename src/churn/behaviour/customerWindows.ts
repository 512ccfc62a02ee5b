import type { Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import { DAY_MILLIS } from '../../data/utcDays.js';

/** What is recent, what is usual, and which items are followed. */
export interface WarningSettings {
  readonly window: Duration;
  readonly usualWindows: number;
  /** Codes and names of the items. */
  readonly items: readonly (readonly [code: number, name: string])[];
}

/** The names of the features, in the order in which {@link windowWalk} gives them. */
export function columnNames(log: EventLog, { items }: WarningSettings): string[] {
  return [
    'silenceRatio', 'countRatio', 'isFading',
    ...(log.amounts === undefined ? [] : ['amountRatio']),
    ...(log.items === undefined ? [] : ['itemsChange']),
    ...items.flatMap(([, name]) => [`recent=${name}`, `new=${name}`]),
  ];
}

/** The features of one customer after the other; its sums are made once. */
export function windowWalk(log: EventLog, edges: Float64Array, items: WarningSettings['items']): (customer: number) => number[] {
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
