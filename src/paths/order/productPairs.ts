import { incompleteBeta } from '../../numeric/incompleteBeta.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { addTime, BANDS, bandOf, noBands, noExposure, timesInBands } from './exposure.js';
import type { FirstTimes } from './firstTimes.js';
import { pairTimes, type Holders, type PairTimes } from './pairTimes.js';
import { judgedRates, type JudgedRates } from './judgedRates.js';
import type { RiskTable } from './riskTable.js';

/** A pair before its rates are judged; items by their positions. */
export interface FoundPair {
  readonly from: number;
  readonly to: number;
  readonly both: number;
  readonly before: number;
  readonly sameMoment: number;
  readonly orderP: number;
  readonly waiting: number;
  readonly times: PairTimes;
  /** Among all customers. */
  readonly rates: JudgedRates;
}

/** What a pair is asked. */
export interface PairOptions {
  readonly minCount: number;
  readonly horizon: number;
  readonly z: number;
}

/** The customers of an item, in their order: when it came, their end and weight, and their place by the time they were observed after it. */
interface Owners extends Holders {
  readonly item: number;
  readonly since: Float64Array;
  readonly ends: Float64Array;
  readonly weights: Float64Array;
  readonly ranks: Uint32Array;
}

/** Those of them who have another item too: which, and when that came. */
interface Followers {
  readonly rows: Uint32Array;
  readonly since: Float64Array;
}

/** All pairs of one item with those that its customers of at least the weight `minCount` have; `left` counts the others. */
export function pairsFrom(item: number, firsts: FirstTimes, risk: RiskTable, options: PairOptions, left: { count: number }): FoundPair[] {
  const { items, offsets, owners, since, weights } = firsts;
  const own = risk.byItem.subarray(risk.itemStarts[item], risk.itemStarts[item + 1]);
  const starts = new Uint32Array(firsts.itemLevels.length + 1);
  for (const f of own) for (let j = offsets[owners[f]!]!; j < offsets[owners[f]! + 1]!; j++) starts[items[j]! + 1]!++;
  for (let to = 0; to < starts.length - 1; to++) starts[to + 1]! += starts[to]!;
  const next = starts.slice();
  const rows = new Uint32Array(starts.at(-1)!);
  const times = new Float64Array(rows.length);
  const counts = new Float64Array(firsts.itemLevels.length);
  for (let row = 0; row < own.length; row++) {
    const c = owners[own[row]!]!;
    for (let j = offsets[c]!; j < offsets[c + 1]!; j++) {
      const place = next[items[j]!]!++;
      rows[place] = row;
      times[place] = since[j]!;
      counts[items[j]!]! += weights === null ? 1 : weights[c]!;
    }
  }
  const holders = holdersOf(item, own, firsts);
  const found: FoundPair[] = [];
  for (let to = 0; to < starts.length - 1; to++) {
    if (to === item || starts[to + 1] === starts[to]) continue;
    if (counts[to]! >= options.minCount) found.push(foundPair(holders, to, { rows: rows.subarray(starts[to], starts[to + 1]), since: times.subarray(starts[to], starts[to + 1]) }, risk, options));
    else if (risk.customers[to]! >= options.minCount) left.count++;
  }
  return found;
}

function holdersOf(item: number, own: Uint32Array, { owners, since: times, ends: allEnds, weights: allWeights }: FirstTimes): Owners {
  const [since, ends, weights, observed, weightBefore] = [0, 0, 0, 0, 1].map((more) => new Float64Array(own.length + more)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let row = 0; row < own.length; row++) {
    const c = owners[own[row]!]!;
    since[row] = times[own[row]!]!;
    ends[row] = allEnds[c]!;
    weights[row] = allWeights === null ? 1 : allWeights[c]!;
    observed[row] = ends[row]! - since[row]!;
  }
  const ranks = new Uint32Array(own.length);
  sortedOrder(observed).forEach((row, rank) => {
    ranks[row] = rank;
    weightBefore[rank + 1] = weightBefore[rank]! + weights[row]!;
  });
  return { item, since, ends, weights, ranks, observed: observed.sort(), weightBefore };
}

/** One look at the customers with both. Who has both is not at risk of the other any more. */
function foundPair(owners: Owners, to: number, { rows, since: times }: Followers, { all, held, events, scale }: RiskTable, { horizon, z }: PairOptions): FoundPair {
  const { item: from, since, ends, weights, ranks } = owners;
  const bothTime = noExposure(1);
  const rates = { events: Array.from(events.subarray(to * BANDS, to * BANDS + BANDS)), eventsAfter: noBands(), days: timesInBands(all, 0, scale), daysAfter: timesInBands(held, from, scale) };
  const [elapsed, goneWeights, places] = [new Float64Array(rows.length), new Float64Array(rows.length), new Uint32Array(rows.length)];
  let [both, before, sameMoment, count] = [0, 0, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const [start, time, weight] = [since[row]!, times[i]!, weights[row]!];
    both += weight;
    places[i] = ranks[row]!;
    addTime(bothTime, 0, Math.max(start, time), ends[row]!, weight, scale);
    if (start < time) {
      before += weight;
      rates.eventsAfter[bandOf(time, scale)]! += weight;
      elapsed[count] = time - start;
      goneWeights[count++] = weight;
    } else if (start === time) {
      sameMoment += weight;
      if (time > 0) rates.events[bandOf(time, scale)]! -= weight;
    }
  }
  const [otherTime, lostTime] = [timesInBands(held, to, scale), timesInBands(bothTime, 0, scale)];
  for (let k = 0; k < BANDS; k++) {
    rates.days[k]! -= otherTime[k]!;
    rates.daysAfter[k]! -= lostTime[k]!;
  }
  const ordered = both - sameMoment;
  const most = Math.max(before, ordered - before);
  const orderP = ordered > 1e-9 ? Math.min(1, 2 * incompleteBeta(0.5, most, ordered - most + 1)) : 1;
  const { waiting, ...found } = pairTimes(owners, places.sort(), { elapsed: elapsed.subarray(0, count), weights: goneWeights }, horizon, z);
  return { from, to, both, before, sameMoment, orderP, waiting, times: found, rates: judgedRates(rates, z) };
}
