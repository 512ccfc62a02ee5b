import type { LimitPair, ReadLimits } from '../journeys/stepLimits.js';
import { seek } from '../timing/stepIndex.js';

/** Finds one path in a stretch of a journey, from the end: what is measured is the last time it was complete, and of its ways then the latest start. */
export interface LateMatcher {
  /** The first step of the way found. */
  readonly first: number;
  /** The latest step in `from` to `until` (excluded) at which the path is complete, all of it within them; -1 where it is not there. */
  find(from: number, until: number): number;
}

/** The matcher of the path whose steps may be at these steps, numbered through all journeys. O(places of its steps in the stretch), with minSpan for each end. */
export function matchLate(lists: readonly Uint32Array[], times: Float64Array | null, limits: ReadLimits): LateMatcher {
  const last = lists.length - 1;
  const { minGap, maxGap, minSpan, maxSpan } = limits;
  const millis = (earlier: number, later: number): number => (times === null ? 0 : times[later]! - times[earlier]!);
  const isFar = (limit: LimitPair, earlier: number, later: number): boolean => later - earlier >= limit.steps && millis(earlier, later) >= limit.millis;
  const isNear = (limit: LimitPair, earlier: number, later: number): boolean => later - earlier <= limit.steps && millis(earlier, later) <= limit.millis;
  const needsSpan = minSpan.steps > 0 || minSpan.millis > 0;
  // The stretch in each list: journeys mostly come one after the other, so that the next is near.
  const lows = new Uint32Array(lists.length);
  const highs = new Uint32Array(lists.length);
  let begun = 0;
  const leastSteps = Math.max(1, minGap.steps);
  const isTimed = minGap.millis > 0 || maxGap.millis < Infinity;
  let [starts, reached] = [new Int32Array(16), new Int32Array(16)];

  /**
   * Fills `starts` with the latest start of a way to each place of the last step, -1 for none; with minSpan, of ways long enough for `end`. Of the places of the step before the latest in
   * reach has the latest start: what a start before its own could reach by a later place, it reaches too.
   */
  const follow = (end: number): void => {
    for (let j = 0; j <= last; j++) {
      const list = lists[j]!;
      const low = lows[j]!;
      const count = highs[j]! - low;
      if (starts.length < count) starts = new Int32Array(2 * count);
      if (j === 0) {
        for (let i = 0; i < count; i++) starts[i] = !needsSpan || isFar(minSpan, list[low + i]!, end) ? list[low + i]! : -1;
      } else stepOn(lists[j - 1]!, lows[j - 1]!, highs[j - 1]! - lows[j - 1]!, list, low, count);
      [starts, reached] = [reached, starts];
    }
    [starts, reached] = [reached, starts];
  };

  const stepOn = (before: Uint32Array, lowBefore: number, countBefore: number, list: Uint32Array, low: number, count: number): void => {
    let [k, latest] = [0, -1];
    for (let i = 0; i < count; i++) {
      const at = list[low + i]!;
      for (; k < countBefore; k++) {
        const from = before[lowBefore + k]!;
        if (at - from < leastSteps || (isTimed && !(millis(from, at) >= minGap.millis))) break;
        if (reached[k]! >= 0) latest = k;
      }
      if (latest < 0) starts[i] = -1;
      else {
        const from = before[lowBefore + latest]!;
        starts[i] = at - from <= maxGap.steps && (!isTimed || millis(from, at) <= maxGap.millis) ? reached[latest]! : -1;
      }
    }
  };

  /** The latest start of a way without limits to the end at this place: each step as late as possible. */
  const back = (end: number): number => {
    let next = end;
    for (let j = last - 1; j >= 0; j--) {
      const i = seek(lists[j]!, lows[j]!, next) - 1;
      if (i < lows[j]!) return -1;
      next = lists[j]![i]!;
    }
    return next;
  };

  const found = { first: -1, find };
  function find(from: number, until: number): number {
    if (from < begun) lows.fill(0);
    begun = from;
    for (let j = 0; j <= last; j++) {
      lows[j] = seek(lists[j]!, lows[j]!, from);
      highs[j] = seek(lists[j]!, lows[j]!, until);
      if (lows[j] === highs[j]) return -1;
    }
    const ends = lists[last]!;
    const latest = highs[last]! - 1;
    if (!limits.any) {
      found.first = back(ends[latest]!);
      return found.first < 0 ? -1 : ends[latest]!;
    }
    for (let i = latest; i >= lows[last]!; i--) {
      if (needsSpan || i === latest) follow(ends[i]!);
      found.first = starts[i - lows[last]!]!;
      if (found.first >= 0 && isNear(maxSpan, found.first, ends[i]!)) return ends[i]!;
    }
    return -1;
  }
  return found;
}
