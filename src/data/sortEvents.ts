import { sortLevels } from './eventDictionary.js';
import type { EventColumns } from './eventRoles.js';
import type { RawEvents } from './readEvents.js';

/** Below this length insertion is faster than the general sort. */
const SHORT = 24;

/**
 * Events by customer, then time, then item, channel and amount: a total order up to equality, so that the order of the rows
 * given leaves no trace. Counting sort over customers, then a sort within each customer that is not yet in order;
 * O(n) for rows in order of time, O(n log m) otherwise, m being the events of one customer.
 */
export function sortEvents(raw: RawEvents, dropDuplicates: boolean): { columns: EventColumns; dropped: number } {
  const customers = sortLevels(raw.customers);
  const items = raw.items && sortLevels(raw.items);
  const channels = raw.channels && sortLevels(raw.channels);
  const { amounts } = raw;
  const ties = tieOrder(items?.codes, channels?.codes, amounts);
  const { order, offsets } = groupByCustomer(customers.codes, customers.levels.length);
  const times = gather(raw.times, order);
  for (let c = 0; c < customers.levels.length; c++) sortSegment(order, times, offsets[c]!, offsets[c + 1]!, raw.times, ties);
  const dropped = dropDuplicates ? closeOverDuplicates(order, times, offsets, ties) : 0;
  const kept = dropped === 0 ? order : order.slice(0, order.length - dropped);
  const columns: EventColumns = {
    customers: customers.levels,
    offsets,
    times: dropped === 0 ? times : times.slice(0, kept.length),
    items: items && gatherCodes(items.codes, kept),
    itemLevels: items?.levels ?? [],
    amounts: amounts && gather(amounts, kept),
    channels: channels && gatherCodes(channels.codes, kept),
    channelLevels: channels?.levels ?? [],
  };
  return { columns, dropped };
}

/** Compares two rows of one customer at one moment. */
type Compare = (a: number, b: number) => number;

function tieOrder(items: Int32Array | undefined, channels: Int32Array | undefined, amounts: Float64Array | undefined): Compare {
  return (a, b) =>
    (items === undefined ? 0 : items[a]! - items[b]!) ||
    (channels === undefined ? 0 : channels[a]! - channels[b]!) ||
    (amounts === undefined ? 0 : compareAmounts(amounts[a]!, amounts[b]!));
}

/** Missing amounts come last, and are equal to each other. */
function compareAmounts(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  return Number.isNaN(b) ? -1 : a - b;
}

function groupByCustomer(codes: Int32Array, customerCount: number): { order: Uint32Array; offsets: Uint32Array } {
  const offsets = new Uint32Array(customerCount + 1);
  for (let row = 0; row < codes.length; row++) offsets[codes[row]! + 1]!++;
  for (let c = 0; c < customerCount; c++) offsets[c + 1]! += offsets[c]!;
  const next = offsets.slice();
  const order = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) order[next[codes[row]!]!++] = row;
  return { order, offsets };
}

/** Sorts rows and their times together: the times stand side by side, which spares a jump through memory per comparison. */
function sortSegment(order: Uint32Array, times: Float64Array, from: number, to: number, timeOfRow: Float64Array, ties: Compare): void {
  let i = from + 1;
  while (i < to && (times[i - 1]! < times[i]! || (times[i - 1] === times[i] && ties(order[i - 1]!, order[i]!) <= 0))) i++;
  if (i >= to) return;
  if (to - from > SHORT) {
    order.subarray(from, to).sort((a, b) => timeOfRow[a]! - timeOfRow[b]! || ties(a, b));
    for (let k = from; k < to; k++) times[k] = timeOfRow[order[k]!]!;
    return;
  }
  for (; i < to; i++) {
    const row = order[i]!;
    const time = times[i]!;
    let k = i - 1;
    while (k >= from && (times[k]! > time || (times[k] === time && ties(order[k]!, row) > 0))) {
      order[k + 1] = order[k]!;
      times[k + 1] = times[k]!;
      k--;
    }
    order[k + 1] = row;
    times[k + 1] = time;
  }
}

/** Takes events equal to the one before out of `order` and `times`, moves `offsets` along, and counts them. */
function closeOverDuplicates(order: Uint32Array, times: Float64Array, offsets: Uint32Array, ties: Compare): number {
  let write = 0;
  let from = 0;
  for (let c = 0; c + 1 < offsets.length; c++) {
    const to = offsets[c + 1]!;
    for (let i = from; i < to; i++) {
      if (i > from && times[write - 1] === times[i] && ties(order[write - 1]!, order[i]!) === 0) continue;
      order[write] = order[i]!;
      times[write++] = times[i]!;
    }
    offsets[c + 1] = write;
    from = to;
  }
  return order.length - write;
}

function gather(values: Float64Array, order: Uint32Array): Float64Array {
  const gathered = new Float64Array(order.length);
  // + 0 turns -0 into 0, which nobody means to be another amount.
  for (let i = 0; i < order.length; i++) gathered[i] = values[order[i]!]! + 0;
  return gathered;
}

function gatherCodes(codes: Int32Array, order: Uint32Array): Int32Array {
  const gathered = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) gathered[i] = codes[order[i]!]!;
  return gathered;
}
