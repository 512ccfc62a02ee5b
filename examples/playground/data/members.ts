import { EventLog } from 'clientela/data';
import type { Loaded } from './loaded.js';

/** Who has ended the relation, and when; and the log of those who have not. */
export interface Members {
  log: EventLog;
  left: { customers: string[]; values: number[] };
}

/** Parts today's customers from those who left, where an event says so; otherwise everybody is a customer. */
export function membersOf({ dataset, log }: Loaded): Members {
  const { table, roles } = dataset.events!;
  const left = new Map<string, number>();
  if (roles.leaving !== undefined && roles.item !== undefined) {
    const ends = log.where({ items: [roles.leaving] });
    ends.customers.forEach((customer, i) => left.set(String(customer), ends.times[ends.offsets[i]!]!));
  }
  if (left.size === 0) return { log, left: { customers: [], values: [] } };
  const keep = table.columns[roles.customer]!.flatMap((customer, row) => (left.has(customer) ? [] : [row]));
  const columns = Object.fromEntries(table.names.map((name) => [name, keep.map((row) => table.columns[name]![row]!)]));
  const { customer, time, item, amount, channel } = roles;
  const named = { customer, time, ...(item === undefined ? {} : { item }), ...(amount === undefined ? {} : { amount }), ...(channel === undefined ? {} : { channel }) };
  return { log: EventLog.fromColumns(columns, named, { invalid: 'skip' }), left: { customers: [...left.keys()], values: [...left.values()] } };
}
