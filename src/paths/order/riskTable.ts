import { addTimeIn, BANDS, bandOf, noExposure, type Exposure } from './exposure.js';
import type { FirstTimes } from './firstTimes.js';

/** Events and time at risk of every item over all customers. */
export interface RiskTable {
  /** What makes bands of times; see {@link Exposure}. */
  readonly scale: number;
  /** All customers' time. */
  readonly all: Exposure;
  /** The time with the item, from the first time of it to the end. */
  readonly held: Exposure;
  /** Customers who had the item first at a time in the band; those who entered with it are left out, as nothing was seen before. */
  readonly events: Float64Array;
  /** Customers of each item, the sums of their weights. */
  readonly customers: Float64Array;
  /** First times by item, and where those of each item begin. */
  readonly byItem: Uint32Array;
  readonly itemStarts: Uint32Array;
  /** The band of each first time, and of each customer's end: pairs look at them time and again. */
  readonly sinceBands: Uint8Array;
  readonly endBands: Uint8Array;
}

/** One pass over all first times. */
export function riskTable({ itemLevels, items, since, owners, ends, weights }: FirstTimes): RiskTable {
  const size = itemLevels.length;
  // Where nobody was observed for any time there are no days to divide.
  const scale = 2 ** (BANDS - 1) / (ends.reduce((most, end) => Math.max(most, end), 0) || 1);
  const all = noExposure(1);
  const held = noExposure(size);
  const events = new Float64Array(size * BANDS);
  const customers = new Float64Array(size);
  const itemStarts = new Uint32Array(size + 1);
  const [sinceBands, endBands] = [new Uint8Array(items.length), new Uint8Array(ends.length)];
  for (let c = 0; c < ends.length; c++) {
    endBands[c] = bandOf(ends[c]!, scale);
    addTimeIn(all, 0, endBands[c]!, 0, ends[c]!, weights === null ? 1 : weights[c]!);
  }
  for (let f = 0; f < items.length; f++) {
    const item = items[f]!;
    const c = owners[f]!;
    const weight = weights === null ? 1 : weights[c]!;
    const [place, band] = [item * BANDS, bandOf(since[f]!, scale)];
    sinceBands[f] = band;
    if (since[f]! > 0) events[place + band]! += weight;
    customers[item]! += weight;
    addTimeIn(held, place + band, place + endBands[c]!, since[f]!, ends[c]!, weight);
    itemStarts[item + 1]!++;
  }
  for (let item = 0; item < size; item++) itemStarts[item + 1]! += itemStarts[item]!;
  const next = itemStarts.slice();
  const byItem = new Uint32Array(items.length);
  for (let f = 0; f < items.length; f++) byItem[next[items[f]!]!++] = f;
  return { scale, all, held, events, customers, byItem, itemStarts, sinceBands, endBands };
}
