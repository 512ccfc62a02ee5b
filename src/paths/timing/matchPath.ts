import type { ReadLimits } from '../journeys/stepLimits.js';
import { matchWithin } from './matchWithin.js';
import { seek } from './stepIndex.js';

/**
 * Finds one path in one journey after the other. Steps are numbered through all journeys.
 *
 * What is measured of a path that a journey has in many ways: the earliest end, of those ways the latest start, of those each step between as early as possible.
 */
export interface PathMatcher {
  /** Where the path up to each of its steps is complete for the first time; -1 where it never is. Without regard to minSpan, but for the last step. */
  readonly arrivals: Int32Array;
  /** Where each step of the path is, in the way that is measured; filled by `place`. */
  readonly places: Int32Array;
  /** Looks for the path in the steps `from` to `end`, fills `arrivals`, says whether it is there. Ranges must come in ascending order. */
  readonly find: (from: number, end: number) => boolean;
  /** Fills `places`, after a `find` that found. */
  readonly place: () => void;
}

/** The matcher of the path whose steps may be at these steps; `longest` is the longest journey. */
export function matchPath(lists: readonly Uint32Array[], times: Float64Array | null, limits: ReadLimits, longest: number): PathMatcher {
  return limits.any ? matchWithin(lists, times, limits, longest) : matchAnywhere(lists);
}

function matchAnywhere(lists: readonly Uint32Array[]): PathMatcher {
  const last = lists.length - 1;
  const cursors = new Uint32Array(lists.length);
  const arrivals = new Int32Array(lists.length);
  const places = new Int32Array(lists.length);
  const find = (from: number, end: number): boolean => {
    let least = from;
    for (let j = 0; j <= last; j++) {
      const list = lists[j]!;
      const at = seek(list, cursors[j]!, least);
      cursors[j] = at;
      if (at === list.length || list[at]! >= end) {
        arrivals.fill(-1, j);
        return false;
      }
      arrivals[j] = list[at]!;
      least = list[at]! + 1;
    }
    return true;
  };
  const place = (): void => {
    places[last] = arrivals[last]!;
    // Back from the earliest end each step as late as possible gives the latest start.
    for (let j = last - 1; j >= 0; j--) places[j] = lists[j]![seek(lists[j]!, cursors[j]!, places[j + 1]!) - 1]!;
    for (let j = 1; j < last; j++) places[j] = lists[j]![seek(lists[j]!, cursors[j]!, places[j - 1]! + 1)]!;
  };
  return { arrivals, places, find, place };
}
