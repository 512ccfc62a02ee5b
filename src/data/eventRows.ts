import type { EventColumns, EventRow } from './eventRoles.js';

/** The events of customers `from` (included) to `to` (excluded) as objects. */
export function eventRows(log: EventColumns, from: number, to: number): EventRow[] {
  const rows: EventRow[] = [];
  for (let c = from; c < to; c++) {
    for (let e = log.offsets[c]!; e < log.offsets[c + 1]!; e++) {
      const amount = log.amounts?.[e];
      rows.push({
        customer: log.customers[c]!,
        time: new Date(log.times[e]!),
        ...(log.items && { item: log.itemLevels[log.items[e]!] ?? null }),
        ...(amount !== undefined && { amount: Number.isNaN(amount) ? null : amount }),
        ...(log.channels && { channel: log.channelLevels[log.channels[e]!] ?? null }),
      });
    }
  }
  return rows;
}
