import type { ReadLimits } from '../journeys/stepLimits.js';
import type { PathMatcher } from './matchPath.js';
import { seek } from './stepIndex.js';

/**
 * The matcher under limits of gap and span. From each start all places of the next step that some place of the step before allows are kept (the earliest
 * alone would miss what only a later one reaches): O(starts × steps in reach) a journey; starts after the earliest end are not tried.
 */
export function matchWithin(lists: readonly Uint32Array[], times: Float64Array | null, { minGap, maxGap, minSpan, maxSpan }: ReadLimits, longest: number): PathMatcher {
  const last = lists.length - 1;
  const leastSteps = Math.max(1, minGap.steps);
  const lows = new Uint32Array(lists.length);
  const highs = new Uint32Array(lists.length);
  const arrivals = new Int32Array(lists.length);
  const places = new Int32Array(lists.length);
  let [reached, next] = [new Int32Array(longest), new Int32Array(longest)];
  let start = -1;
  const millis = (from: number, to: number): number => (times === null ? 0 : times[to]! - times[from]!);
  const isFar = (from: number, to: number): boolean => to - from >= leastSteps && (times === null || millis(from, to) >= minGap.millis);
  const isNear = (from: number, to: number): boolean => to - from <= maxGap.steps && (times === null || millis(from, to) <= maxGap.millis);
  const isLong = (to: number, from: number): boolean => to - from >= minSpan.steps && (times === null || millis(from, to) >= minSpan.millis);
  const isShort = (to: number, from: number): boolean => to - from <= maxSpan.steps && (times === null || millis(from, to) <= maxSpan.millis);

  /** Puts into `next` the places of step `j` that a place in `reached` allows, up to `until`; both ascend, so that two positions follow. */
  const step = (j: number, count: number, first: number, until: number): number => {
    const list = lists[j]!;
    let [found, far, near] = [0, 0, 0];
    for (let i = seek(list, lows[j]!, reached[0]! + 1); i < highs[j]!; i++) {
      const at = list[i]!;
      if (at > until || !isShort(at, first)) break;
      while (far < count && isFar(reached[far]!, at)) far++;
      while (near < far && !isNear(reached[near]!, at)) near++;
      if (near < far) next[found++] = at;
    }
    return found;
  };

  /** Follows the path from one start; notes what is reached earlier than before, and the end also when it is the same. */
  const follow = (first: number): void => {
    let count = 1;
    reached[0] = first;
    for (let j = 0; ; j++) {
      if (j === last) {
        for (let i = 0; i < count; i++) {
          if (!isLong(reached[i]!, first)) continue;
          arrivals[last] = reached[i]!;
          start = first;
          return;
        }
        return;
      }
      if (arrivals[j] === -1 || reached[0]! < arrivals[j]!) arrivals[j] = reached[0]!;
      count = step(j + 1, count, first, arrivals[last] === -1 ? Infinity : arrivals[last]!);
      if (count === 0) return;
      [reached, next] = [next, reached];
    }
  };

  const find = (from: number, end: number): boolean => {
    arrivals.fill(-1);
    for (let j = 0; j <= last; j++) {
      lows[j] = seek(lists[j]!, lows[j]!, from);
      highs[j] = seek(lists[j]!, lows[j]!, end);
    }
    for (let i = lows[0]!; i < highs[0]!; i++) {
      const first = lists[0]![i]!;
      if (arrivals[last] !== -1 && first > arrivals[last]! - last) break;
      follow(first);
    }
    return arrivals[last] !== -1;
  };

  const place = (): void => {
    places[0] = start;
    places[last] = arrivals[last]!;
    // Backward: the places from which the end can be reached; forward: the earliest of them each time.
    let open = [places[last]];
    const opens = [open];
    for (let j = last - 1; j > 0; j--) {
      const list = lists[j]!;
      const before: number[] = [];
      for (let i = seek(list, lows[j]!, start + 1); list[i]! < places[last]; i++) {
        const at = list[i]!;
        if (open.some((to) => isFar(at, to) && isNear(at, to))) before.push(at);
      }
      opens[last - j] = open = before;
    }
    for (let j = 1; j < last; j++) places[j] = opens[last - j]!.find((at) => isFar(places[j - 1]!, at) && isNear(places[j - 1]!, at))!;
  };
  return { arrivals, places, find, place };
}
