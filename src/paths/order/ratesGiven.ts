import { addTime, BANDS, bandOf, noBands, noExposure, timesInBands } from './exposure.js';
import type { FirstTimes } from './firstTimes.js';
import type { BandedRates } from './rateRatio.js';
import type { RiskTable } from './riskTable.js';

/** The rates of an item with and without each other, among customers who have all of `required` and from the moment they do; gives the rates beside an item. */
export function ratesGiven(to: number, required: readonly number[], firsts: FirstTimes, { byItem, itemStarts, scale }: RiskTable): (from: number) => BandedRates {
  const { items, offsets, owners, since, ends, weights } = firsts;
  const size = firsts.itemLevels.length;
  const all = noExposure(1);
  const held = noExposure(size);
  const events = noBands();
  const [after, same] = [new Float64Array(size * BANDS), new Float64Array(size * BANDS)];
  for (const f of byItem.subarray(itemStarts[required[0]!], itemStarts[required[0]! + 1])) {
    const c = owners[f]!;
    const weight = weights === null ? 1 : weights[c]!;
    let [start, came, has] = [0, Infinity, 0];
    for (let j = offsets[c]!; j < offsets[c + 1]!; j++) {
      if (items[j] === to) came = since[j]!;
      if (!required.includes(items[j]!)) continue;
      has++;
      start = since[j]!;
    }
    if (has < required.length || came <= start) continue;
    const time = Math.min(came, ends[c]!) - start;
    const band = bandOf(time, scale);
    addTime(all, 0, 0, time, weight, scale);
    if (came < Infinity) events[band]! += weight;
    for (let j = offsets[c]!; j < offsets[c + 1]!; j++) {
      addTime(held, items[j]!, Math.min(time, Math.max(0, since[j]! - start)), time, weight, scale);
      if (since[j] === came) same[items[j]! * BANDS + band]! += weight;
      else if (since[j]! < came && came < Infinity) after[items[j]! * BANDS + band]! += weight;
    }
  }
  const days = timesInBands(all, 0, scale);
  return (from) => {
    const place = from * BANDS;
    return { events: events.map((count, k) => count - same[place + k]!), eventsAfter: Array.from(after.subarray(place, place + BANDS)), days, daysAfter: timesInBands(held, from, scale) };
  };
}
