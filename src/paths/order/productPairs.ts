import { incompleteBeta } from '../../numeric/incompleteBeta.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { addTimeIn, BANDS, noBands, noExposure, timesInBands } from './exposure.js';
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
  readonly sinceBands: Uint8Array;
  readonly ends: Float64Array;
  readonly endBands: Uint8Array;
  readonly weights: Float64Array;
  readonly ranks: Uint32Array;
  /** A bit for each place, none of them set between two pairs. */
  readonly marks: Uint32Array;
}

/** Those of them who have another item too: which, and when that came. */
interface Followers {
  readonly rows: Uint32Array;
  readonly since: Float64Array;
  readonly bands: Uint8Array;
}

/** All pairs of one item with those that its customers of at least the weight `minCount` have; `left` counts the others. */
export function pairsFrom(item: number, firsts: FirstTimes, risk: RiskTable, options: PairOptions, left: { count: number }): FoundPair[] {
  const { items, offsets, owners, since, weights } = firsts;
  const own = risk.byItem.subarray(risk.itemStarts[item], risk.itemStarts[item + 1]);
  const starts = new Uint32Array(firsts.itemLevels.length + 1);
  for (let row = 0; row < own.length; row++) {
    const c = owners[own[row]!]!;
    for (let j = offsets[c]!; j < offsets[c + 1]!; j++) starts[items[j]! + 1]!++;
  }
  for (let to = 0; to < starts.length - 1; to++) starts[to + 1]! += starts[to]!;
  const next = starts.slice();
  const rows = new Uint32Array(starts.at(-1)!);
  const [times, bands] = [new Float64Array(rows.length), new Uint8Array(rows.length)];
  for (let row = 0; row < own.length; row++) {
    const c = owners[own[row]!]!;
    for (let j = offsets[c]!; j < offsets[c + 1]!; j++) {
      const place = next[items[j]!]!++;
      rows[place] = row;
      times[place] = since[j]!;
      bands[place] = risk.sinceBands[j]!;
    }
  }
  const holders = holdersOf(item, own, firsts, risk);
  const found: FoundPair[] = [];
  for (let to = 0; to < starts.length - 1; to++) {
    if (to === item || starts[to + 1] === starts[to]) continue;
    const [first, end] = [starts[to], starts[to + 1]];
    const followers = { rows: rows.subarray(first, end), since: times.subarray(first, end), bands: bands.subarray(first, end) };
    const weight = weights === null ? followers.rows.length : followers.rows.reduce((sum, row) => sum + holders.weights[row]!, 0);
    if (weight >= options.minCount) found.push(foundPair(holders, to, followers, risk, options));
    else if (risk.customers[to]! >= options.minCount) left.count++;
  }
  return found;
}

function holdersOf(item: number, own: Uint32Array, { owners, since: times, ends: allEnds, weights: allWeights }: FirstTimes, risk: RiskTable): Owners {
  const [since, ends, weights, observed, weightBefore] = [0, 0, 0, 0, 1].map((more) => new Float64Array(own.length + more)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const [sinceBands, endBands] = [new Uint8Array(own.length), new Uint8Array(own.length)];
  for (let row = 0; row < own.length; row++) {
    const c = owners[own[row]!]!;
    since[row] = times[own[row]!]!;
    sinceBands[row] = risk.sinceBands[own[row]!]!;
    ends[row] = allEnds[c]!;
    endBands[row] = risk.endBands[c]!;
    weights[row] = allWeights === null ? 1 : allWeights[c]!;
    observed[row] = ends[row]! - since[row]!;
  }
  const ranks = new Uint32Array(own.length);
  const order = sortedOrder(observed);
  const ascending = new Float64Array(own.length);
  for (let rank = 0; rank < order.length; rank++) {
    const row = order[rank]!;
    ranks[row] = rank;
    ascending[rank] = observed[row]!;
    weightBefore[rank + 1] = weightBefore[rank]! + weights[row]!;
  }
  const marks = new Uint32Array((own.length + 31) >>> 5);
  return { item, since, sinceBands, ends, endBands, weights, ranks, observed: ascending, weightBefore, marks };
}

/** One look at the customers with both. Who has both is not at risk of the other any more. */
function foundPair(owners: Owners, to: number, { rows, since: times, bands }: Followers, { all, held, events, scale }: RiskTable, { horizon, z }: PairOptions): FoundPair {
  const { item: from, since, sinceBands, ends, endBands, weights, ranks, marks } = owners;
  const bothTime = noExposure(1);
  const rates = { events: Array.from(events.subarray(to * BANDS, to * BANDS + BANDS)), eventsAfter: noBands(), days: timesInBands(all, 0, scale), daysAfter: timesInBands(held, from, scale) };
  const [elapsed, goneWeights] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  let [both, before, sameMoment, count] = [0, 0, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const [start, time, weight] = [since[row]!, times[i]!, weights[row]!];
    both += weight;
    const rank = ranks[row]!;
    marks[rank >>> 5]! |= 1 << (rank & 31);
    addTimeIn(bothTime, Math.max(sinceBands[row]!, bands[i]!), endBands[row]!, Math.max(start, time), ends[row]!, weight);
    if (start < time) {
      before += weight;
      rates.eventsAfter[bands[i]!]! += weight;
      elapsed[count] = time - start;
      goneWeights[count++] = weight;
    } else if (start === time) {
      sameMoment += weight;
      if (time > 0) rates.events[bands[i]!]! -= weight;
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
  const { waiting, ...found } = pairTimes(owners, takeMarked(marks, rows.length), { elapsed: elapsed.subarray(0, count), weights: goneWeights }, horizon, z);
  return { from, to, both, before, sameMoment, orderP, waiting, times: found, rates: judgedRates(rates, z) };
}

/** The places marked, ascending, without sorting; clears them. */
function takeMarked(marks: Uint32Array, count: number): Uint32Array {
  const places = new Uint32Array(count);
  let at = 0;
  for (let k = 0; k < marks.length; k++) {
    for (let word = marks[k]!; word !== 0; word &= word - 1) places[at++] = 32 * k + 31 - Math.clz32(word & -word);
    marks[k] = 0;
  }
  return places;
}
