import { sortLevels } from './eventDictionary.js';
import type { EventColumns } from './eventRoles.js';

/** The events for which `keep` holds, still sorted; customers, items and channels without an event disappear. */
export function subsetEvents(columns: EventColumns, keep: (event: number) => boolean): EventColumns {
  const { offsets, customers } = columns;
  const kept = new Uint32Array(columns.times.length);
  const keptCustomers: (string | number)[] = [];
  const keptOffsets: number[] = [0];
  let count = 0;
  for (let c = 0; c < customers.length; c++) {
    const before = count;
    for (let e = offsets[c]!; e < offsets[c + 1]!; e++) if (keep(e)) kept[count++] = e;
    if (count === before) continue;
    keptCustomers.push(customers[c]!);
    keptOffsets.push(count);
  }
  const events = kept.subarray(0, count);
  const items = columns.items && sortLevels({ codes: codesAt(columns.items, events), levels: [...columns.itemLevels] });
  const channels = columns.channels && sortLevels({ codes: codesAt(columns.channels, events), levels: [...columns.channelLevels] });
  return {
    customers: keptCustomers,
    offsets: Uint32Array.from(keptOffsets),
    times: numbersAt(columns.times, events),
    items: items?.codes,
    itemLevels: items?.levels ?? [],
    amounts: columns.amounts && numbersAt(columns.amounts, events),
    channels: channels?.codes,
    channelLevels: channels?.levels ?? [],
  };
}

function numbersAt(values: Float64Array, events: Uint32Array): Float64Array {
  const taken = new Float64Array(events.length);
  for (let i = 0; i < events.length; i++) taken[i] = values[events[i]!]!;
  return taken;
}

function codesAt(codes: Int32Array, events: Uint32Array): Int32Array {
  const taken = new Int32Array(events.length);
  for (let i = 0; i < events.length; i++) taken[i] = codes[events[i]!]!;
  return taken;
}
