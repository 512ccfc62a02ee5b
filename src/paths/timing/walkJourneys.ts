import type { JourneyColumns } from '../journeys/journeys.js';
import type { ReadLimits } from '../journeys/stepLimits.js';
import { matchPath, type PathMatcher } from './matchPath.js';
import type { ReadPath } from './readPaths.js';
import { indexSteps, seek, type StepIndex } from './stepIndex.js';

/** Walks the journeys that a path could be in. */
export interface JourneyWalk {
  readonly index: StepIndex;
  /** The weight of all customers. */
  readonly total: number;
  /**
   * Calls `visit` for each customer of weight above 0 whose journey has the first step of the path, in ascending order: the customer, whether the whole path is
   * there, the end of the journey and where the first step of the path is first.
   */
  readonly walk: (path: ReadPath, visit: (matcher: PathMatcher, customer: number, isWhole: boolean, end: number, first: number) => void) => void;
}

/** Prepares journeys for looking up paths. */
export function walkJourneys({ offsets, itemOffsets, items, itemLevels, times, weights, customers }: JourneyColumns, limits: ReadLimits): JourneyWalk {
  const index = indexSteps({ itemOffsets, items }, itemLevels.length);
  let longest = 0;
  let total = weights === null ? customers.length : 0;
  for (let c = 0; c < customers.length; c++) {
    longest = Math.max(longest, offsets[c + 1]! - offsets[c]!);
    if (weights !== null) total += weights[c]!;
  }
  // Who has a step, and where first: the same for all paths that begin with it.
  const known = new Map<Uint32Array, Int32Array>();
  const firstsOf = (list: Uint32Array): Int32Array => {
    let firsts = known.get(list);
    if (firsts !== undefined) return firsts;
    const pairs: number[] = [];
    for (let i = 0, c = 0; i < list.length; i = seek(list, i, offsets[c + 1]!)) {
      c = seek(offsets, c, list[i]! + 1) - 1;
      if (weights === null || weights[c]! > 0) pairs.push(c, list[i]!);
    }
    known.set(list, (firsts = Int32Array.from(pairs)));
    return firsts;
  };
  const walk: JourneyWalk['walk'] = ({ codes }, visit) => {
    const lists = codes.map(index);
    const firsts = firstsOf(lists[0]!);
    const matcher = matchPath(lists, times, limits, longest);
    for (let i = 0; i < firsts.length; i += 2) {
      const c = firsts[i]!;
      const end = offsets[c + 1]!;
      visit(matcher, c, matcher.find(firsts[i + 1]!, end), end, firsts[i + 1]!);
    }
  };
  return { index, total, walk };
}
