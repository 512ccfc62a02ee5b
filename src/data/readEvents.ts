import type { Encoded } from './eventDictionary.js';
import type { EventRoles } from './eventRoles.js';
import { requireRoles, RoleReader, type SkippedRows } from './roleReader.js';
import type { TableView } from './table.js';

/** Events as they came, in typed arrays; every row has a customer and a time. */
export interface RawEvents {
  customers: Encoded<string | number>;
  times: Float64Array;
  items: Encoded<string> | undefined;
  amounts: Float64Array | undefined;
  channels: Encoded<string> | undefined;
}

/** Reads the columns of the roles; doubtful rows are refused by name or, when asked, left out and counted. */
export function readEvents(caller: string, view: TableView, roles: EventRoles, skip: boolean): { events: RawEvents; skipped: SkippedRows } {
  requireRoles(caller, roles, ['customer', 'time'], ['item', 'amount', 'channel']);
  const reader = new RoleReader(caller, view, skip);
  const customers = reader.customers(roles.customer);
  const times = reader.times(roles.time);
  const amounts = roles.amount === undefined ? undefined : reader.amounts(roles.amount);
  const items = roles.item === undefined ? undefined : reader.levels(roles.item);
  const channels = roles.channel === undefined ? undefined : reader.levels(roles.channel);
  const events = { customers, times, items, amounts, channels };
  return { events: reader.doubtful === undefined ? events : withoutRows(events, reader.doubtful), skipped: reader.skipped };
}

function withoutRows(events: RawEvents, doubtful: Uint8Array): RawEvents {
  const encoded = <Level>({ codes, levels }: Encoded<Level>): Encoded<Level> => ({ codes: codes.filter((_, row) => doubtful[row] === 0), levels });
  const numbers = (values: Float64Array): Float64Array => values.filter((_, row) => doubtful[row] === 0);
  return {
    customers: encoded(events.customers),
    times: numbers(events.times),
    items: events.items && encoded(events.items),
    amounts: events.amounts && numbers(events.amounts),
    channels: events.channels && encoded(events.channels),
  };
}
