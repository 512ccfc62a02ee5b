import { censoringCurve, shareBefore, type CensoringCurve } from './censoringCurve.js';
import type { HorizonOptions } from './horizonOptions.js';
import { inTimeOrder, readSurvival, type SurvivalSample } from './survivalSample.js';
import type { Labels } from '../../data/labelsAndScores.js';

/** Rows in the order of their durations, with what makes those seen speak for those censored before. */
export interface CensoringWeights extends SurvivalSample {
  /** The row at each position. */
  readonly order: Uint32Array;
  /** How many rows each event speaks for: its weight / the share not yet censored just before it; 0 where there is no event. */
  readonly spoken: Float64Array;
  /** Of the share not yet censored. */
  readonly curve: CensoringCurve;
  /** Whether that share was learnt from these rows, so that its error counts. */
  readonly isOwn: boolean;
  /** The last time that can be judged. */
  readonly until: number;
  /** Those whose survival is the null model: the training sample, or these. */
  readonly reference: SurvivalSample;
  /** Sum of the weights. */
  readonly total: number;
}

/** Orders the rows and learns how many are censored by when. O(n log n). */
export function censoringWeights(caller: string, durations: ArrayLike<number>, events: Labels, options: HorizonOptions): CensoringWeights {
  const sample = inTimeOrder(readSurvival(caller, durations, events, options.weights));
  const { training } = options;
  const reference = training === undefined ? sample : inTimeOrder(readSurvival(caller, training.durations, training.events, training.weights));
  const curve = censoringCurve(reference);
  const spoken = new Float64Array(durations.length);
  shareBefore(curve, sample.durations, spoken);
  for (let k = 0; k < spoken.length; k++) spoken[k] = sample.events[k] === 1 && sample.weights[k]! > 0 ? sample.weights[k]! / spoken[k]! : 0;
  const until = Math.min(lastTime(sample), lastObservable(reference, curve, options.leastObservable ?? 0.01));
  return { ...sample, spoken, curve, isOwn: training === undefined, until, reference, total: sample.weights.reduce((sum, weight) => sum + weight, 0) };
}

function lastTime({ durations, weights }: SurvivalSample): number {
  let last = durations.length - 1;
  while (weights[last] === 0) last--;
  return durations[last]!;
}

// The last duration at which more than the least share was not yet censored.
function lastObservable(reference: SurvivalSample, { times, share }: CensoringCurve, least: number): number {
  const fall = share.findIndex((one) => one <= least);
  if (fall < 0) return lastTime(reference);
  let last = 0;
  for (let k = 0; k < reference.durations.length && reference.durations[k]! < times[fall]!; k++) if (reference.weights[k]! > 0) last = reference.durations[k]!;
  return last;
}

/** The share not yet censored just after a time. */
export function shareAt({ times, share }: CensoringCurve, time: number): number {
  let last = times.length - 1;
  while (last >= 0 && times[last]! > time) last--;
  return last < 0 ? 1 : share[last]!;
}

/** Two numbers a row that each time needs anew: made once, since a time costs little else. */
export interface Scratch {
  /** What each row's share of 1 / G has in the figure. */
  readonly parts: Float64Array;
  /** What each row moves the figure by. */
  readonly moves: Float64Array;
}

/** For so many rows. */
export function createScratch(rows: number): Scratch {
  return { parts: new Float64Array(rows), moves: new Float64Array(rows) };
}

/** The share without the event just after each of some ascending times, after Kaplan and Meier, of rows in the order of their durations. */
export function sharesWithout({ durations, events, weights }: SurvivalSample, times: ArrayLike<number>): Float64Array {
  let atRisk = weights.reduce((sum, weight) => sum + weight, 0);
  const nobody = 1e-12 * atRisk;
  let [share, k] = [1, 0];
  return Float64Array.from(times, (time) => {
    while (k < durations.length && durations[k]! <= time) {
      const now = durations[k]!;
      let [happened, leaving] = [0, 0];
      for (; k < durations.length && durations[k] === now; k++) {
        leaving += weights[k]!;
        if (events[k] === 1) happened += weights[k]!;
      }
      if (happened > 0) share *= atRisk - happened <= nobody ? 0 : 1 - happened / atRisk;
      atRisk -= leaving;
    }
    return share;
  });
}

/** How many positions lie at or before a time. */
export function countUpTo({ durations }: SurvivalSample, time: number): number {
  let [low, high] = [0, durations.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (durations[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Adds to `moves` what each row moves a figure through the share not yet censored: with q the part that each row's share of 1 / G has in the figure, and Q(v) the sum
 * of q after v, a row censored at v adds Q(v) / (left after v), and every row at risk of it takes the hazard of censoring times that. The derivative of the product-limit
 * estimate is exact, so with the direct part this is the infinitesimal jackknife. Only times up to `time` matter. O(n).
 */
export function addCensoringMoves({ durations, events, weights, isOwn }: CensoringWeights, time: number, { parts, moves }: Scratch): void {
  if (!isOwn) return;
  const n = durations.length;
  let [left, after] = [0, 0];
  for (let k = 0; k < n; k++) {
    left += weights[k]!;
    after += parts[k]!;
  }
  const nobody = 1e-12 * left;
  let taken = 0;
  let start = 0;
  while (start < n && durations[start]! <= time) {
    const now = durations[start]!;
    let end = start;
    let censored = 0;
    for (; end < n && durations[end] === now; end++) {
      left -= weights[end]!;
      after -= parts[end]!;
      if (events[end] === 0) censored += weights[end]!;
      // Events at this time leave before the censored.
      else moves[end]! -= weights[end]! * taken;
    }
    if (censored > 0) {
      // Where nobody is left, nothing comes after.
      const each = left > nobody ? after / left : 0;
      taken += (censored / (left + censored)) * each;
      for (let k = start; k < end; k++) if (events[k] === 0) moves[k]! += weights[k]! * (each - taken);
    }
    start = end;
  }
  for (; start < n; start++) moves[start]! -= weights[start]! * taken;
}
