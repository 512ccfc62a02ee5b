import type { EventColumns } from './eventRoles.js';
import { numbersAt } from './perCustomer.js';
import { calendarDays } from './utcDays.js';

/** A name and one number per customer. */
export type NamedValues = readonly [name: string, values: Float64Array];

/** What every walk needs: the rows wanted, and how many events of each customer may be seen. */
export interface SnapshotView {
  readonly log: EventColumns;
  readonly asOf: number;
  /** Positions in `log.customers`, one a row. */
  readonly customers: Uint32Array;
  /** Events before `asOf`, in the order of `log.customers`. */
  readonly events: Uint32Array;
}

/** Purchases and net amounts in [from, asOf), and their change against [before, from). */
export function windowColumns({ log, customers, events }: SnapshotView, label: string, from: number, before: number): NamedValues[] {
  const { times, amounts, offsets } = log;
  const [count, countBefore, amount, amountBefore] = Array.from({ length: 4 }, () => new Float64Array(customers.length)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  customers.forEach((c, row) => {
    // Forward from the first event of the two windows, so that sums add up in the order of time.
    let e = offsets[c]! + events[c]!;
    while (e > offsets[c]! && times[e - 1]! >= before) e--;
    for (; e < offsets[c]! + events[c]!; e++) {
      const inWindow = times[e]! >= from;
      const paid = amounts === undefined ? 0 : amounts[e]!;
      if (amounts === undefined || paid > 0) (inWindow ? count : countBefore)[row]!++;
      if (paid === paid) (inWindow ? amount : amountBefore)[row]! += paid;
    }
  });
  const change = (now: Float64Array, earlier: Float64Array): Float64Array => now.map((value, row) => value - earlier[row]!);
  return [
    [`count${label}`, count],
    [`countChange${label}`, change(count, countBefore)],
    ...(amounts === undefined ? [] : ([[`amount${label}`, amount], [`amountChange${label}`, change(amount, amountBefore)]] as const)),
  ];
}

/** Different items among the events. */
export function distinctColumn({ log, customers, events }: SnapshotView, codes: Int32Array, levelCount: number): NamedValues {
  const lastSeenBy = new Int32Array(levelCount).fill(-1);
  const distinct = numbersAt(customers, (c) => {
    let count = 0;
    for (let e = log.offsets[c]!; e < log.offsets[c]! + events[c]!; e++) {
      const code = codes[e]!;
      if (code < 0 || lastSeenBy[code] === c) continue;
      lastSeenBy[code] = c;
      count++;
    }
    return count;
  });
  return ['distinctItems', distinct];
}

/** Events (returns not counted), net amounts and, when asked, days since the last one, by item or channel. */
export function levelColumns(view: SnapshotView, role: string, codes: Int32Array | undefined, levels: readonly string[], chosen: readonly string[], recency: boolean): NamedValues[] {
  if (codes === undefined || chosen.length === 0) return [];
  const { log, asOf, customers, events } = view;
  const { amounts, offsets } = log;
  const rowCount = customers.length;
  // A level that this log never had keeps its columns, all zero: a replay must have them.
  const place = new Int32Array(levels.length).fill(-1);
  chosen.forEach((level, k) => { const code = levels.indexOf(level); if (code >= 0) place[code] = k; });
  const counts = chosen.map(() => new Float64Array(rowCount));
  const sums = chosen.map(() => new Float64Array(rowCount));
  const since = chosen.map(() => new Float64Array(recency ? rowCount : 0).fill(NaN));
  customers.forEach((c, row) => {
    for (let e = offsets[c]!; e < offsets[c]! + events[c]!; e++) {
      const k = codes[e]! < 0 ? -1 : place[codes[e]!]!;
      if (k < 0) continue;
      const paid = amounts === undefined ? 0 : amounts[e]!;
      if (paid === paid) sums[k]![row]! += paid;
      if (paid < 0) continue;
      counts[k]![row]!++;
      if (recency) since[k]![row] = calendarDays(log.times[e]!, asOf);
    }
  });
  return chosen.flatMap((level, k): NamedValues[] => [
    [`${role}Count=${level}`, counts[k]!],
    ...(amounts === undefined ? [] : [[`${role}Amount=${level}`, sums[k]!] as const]),
    ...(recency ? [[`${role}DaysSince=${level}`, since[k]!] as const] : []),
  ]);
}
