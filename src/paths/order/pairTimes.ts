import { wilsonRate } from '../../evaluation/intervals.js';
import { DAY_MILLIS } from '../../data/utcDays.js';
import type { Estimate } from '../../numeric/estimate.js';
import { sortedOrder } from '../../numeric/sorting.js';

/** Days from one product to the other, of those who went on. */
export interface ProductElapsed {
  /** A tenth took so many days or fewer. */
  readonly p10: number;
  /** A quarter took so many or fewer. */
  readonly p25: number;
  /** Half took so many or fewer. */
  readonly median: number;
  /** Three quarters took so many or fewer. */
  readonly p75: number;
  /** Nine tenths took so many or fewer. */
  readonly p90: number;
}

/** What is known of the time from a product to another. */
export interface PairTimes {
  readonly elapsedDays: ProductElapsed | null;
  readonly medianDays: number | null;
  readonly withinHorizon: Estimate | null;
}

/** Customers with a product by rising time observed after it: that time, and the weight of those before each. */
export interface Holders {
  readonly observed: Float64Array;
  readonly weightBefore: Float64Array;
}

/** Those to whom the other product came later: after how long, and their weights. */
export interface Leavers {
  readonly elapsed: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Elapsed times of those who went on, and the product-limit estimate (Kaplan and Meier, 1958) over all who could: at risk at a time are the holders observed so long, less
 * those with both (whose places among the holders are `both`, ascending), plus those still to go on. So only customers with both are looked at.
 */
export function pairTimes({ observed, weightBefore }: Holders, both: Uint32Array, gone: Leavers, horizon: number, z: number): PairTimes & { readonly waiting: number } {
  const order = sortedOrder(gone.elapsed);
  const elapsed = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) elapsed[i] = gone.elapsed[order[i]!]!;
  const horizonAt = placeOf(observed, horizon, 0);
  let [still, followed, came] = [weightBefore[observed.length]!, weightBefore[observed.length]! - weightBefore[horizonAt]!, 0];
  for (const place of both) {
    const weight = weightBefore[place + 1]! - weightBefore[place]!;
    still -= weight;
    if (place >= horizonAt) followed -= weight;
  }
  for (let i = 0; i < order.length; i++) {
    came += gone.weights[i]!;
    if (gone.elapsed[i]! >= horizon) followed += gone.weights[i]!;
  }
  const reached: number[] = [];
  let [survival, greenwood, before, ended, at, place] = [1, 0, 0, 0, 0, 0];
  let [medianDays, survivalThen, greenwoodThen]: [number | null, number, number] = [null, 1, 0];
  for (let i = 0; i < order.length; ) {
    const time = elapsed[i]!;
    place = placeOf(observed, time, place);
    for (; at < both.length && both[at]! < place; at++) ended += weightBefore[both[at]! + 1]! - weightBefore[both[at]!]!;
    const atRisk = still - weightBefore[place]! + ended + came - before;
    let now = 0;
    for (; i < order.length && elapsed[i]! === time; i++) now += gone.weights[order[i]!]!;
    before += now;
    survival *= Math.max(0, 1 - now / atRisk);
    greenwood += now / (atRisk * (atRisk - now));
    if (survival <= 0.5 + 1e-12) medianDays ??= time / DAY_MILLIS;
    if (time <= horizon) [survivalThen, greenwoodThen] = [survival, greenwood];
    while (reached.length < 5 && before >= SHARES[reached.length]! * came - 1e-9) reached.push(time / DAY_MILLIS);
  }
  const [p10, p25, median, p75, p90] = reached as [number, number, number, number, number];
  const share = 1 - survivalThen;
  // Wilson's interval at the customers that would give the variance of Greenwood (Rothman, 1978).
  const customers = survivalThen > 0 && share > 0 ? share / (survivalThen * greenwoodThen) : still + came;
  return {
    waiting: still,
    elapsedDays: came > 0 ? { p10, p25, median, p75, p90 } : null,
    medianDays,
    withinHorizon: followed > 1e-9 || survivalThen === 0 ? wilsonRate(share * customers, customers, z) : null,
  };
}

const SHARES = [0.1, 0.25, 0.5, 0.75, 0.9];

/** How many were observed less than so long, at least `low`; by doubling steps, since the next place is near the last. */
function placeOf(observed: Float64Array, time: number, low: number): number {
  let high = low;
  for (let step = 1; high < observed.length && observed[high]! < time; step *= 2) {
    low = high + 1;
    high += step;
  }
  high = Math.min(high, observed.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (observed[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
