import type { ReadLimits } from '../../journeys/stepLimits.js';
import type { MiningPlan, SequenceRows } from '../miningPlan.js';
import { SAME_STEP } from '../patternTree.js';
import { limitPlaces } from './limitedPlaces.js';
import { LimitedSearch } from './limitedSearch.js';

/**
 * Mines the paths within limits of gap and span into the store of the plan, depth first.
 *
 * A part of a path may be rarer than the path (A may be too far from D where A, B, C, D is near enough), so nothing is known of a path from its parts but this: what begins
 * with a path that is too rare is too rare. The least span says nothing of what begins so, only which paths are found.
 */
export function mineLimited(rows: SequenceRows, plan: MiningPlan, limits: ReadLimits): void {
  const { store } = plan;
  const search = new LimitedSearch(rows, limitPlaces(rows, limits, plan.times));
  const { keys, counts, spanned, hashes, sizes, width } = search;
  // Of each path still to be gone on from: depth, key, customers, those with the least span, their hash, its occurrences from and to. The next one is last.
  const stack: number[] = [];
  let [depth, low, high, done] = [0, 0, 0, -1];
  const find = (): void => {
    if (depth === 0) search.begin();
    else search.extend(low, high, !rows.singles && store.mayJoin(depth), store.mayStep(depth));
  };
  for (;;) {
    find();
    let size = 0;
    for (let k = 0; k < search.touched; k++) {
      const key = keys[k]!;
      if (counts[key]! < store.least || !store.mayHave(depth, key % width)) continue;
      keys[k] = keys[size]!;
      keys[size++] = key;
    }
    if (size > 0) {
      const kept = keys.subarray(0, size).sort().reverse();
      let at = high;
      for (const key of kept) {
        if (store.isTop && spanned[key]! >= store.least) store.offer(depth, itemOf(key, width), spanned[key]!);
        stack.push(depth, key, counts[key]!, spanned[key]!, hashes[key]!, at, (at += sizes[key]!));
      }
      search.arrange(kept, high);
      find();
    }
    search.clear();
    let count: number, found: number, hash: number, key: number;
    do {
      const isLast = stack.length === 0;
      if ((isLast || stack[stack.length - 7] === 0) && ++done > 0 && plan.stop(done, width)) return;
      if (isLast) return;
      high = stack.pop()!;
      low = stack.pop()!;
      hash = stack.pop()!;
      found = stack.pop()!;
      count = stack.pop()!;
      key = stack.pop()!;
      depth = stack.pop()!;
    } while (count < store.least || !store.add(depth++, itemOf(key, width), found, count, hash));
  }
}

/** As the tree has it. */
function itemOf(key: number, width: number): number {
  return key < width ? key | SAME_STEP : key - width;
}
