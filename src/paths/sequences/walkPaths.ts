import type { MiningPlan } from './miningPlan.js';

/** The extensions of the paths on the way down, one after the other, and where each stands in the journeys. */
export class PathWalk {
  /** Whether rows count for other than one each. */
  readonly weighted: boolean;
  /** Codes with SAME_STEP, their counts, and where each has its places. */
  kids: Int32Array = new Int32Array(128);
  counts: Float64Array = new Float64Array(128);
  starts: Int32Array = new Int32Array(128);
  ends: Int32Array = new Int32Array(128);
  kidCount = 0;
  /** A stack; its top. */
  places: Int32Array = new Int32Array(256);
  placeCount = 0;

  constructor(weighted: boolean) {
    this.weighted = weighted;
  }

  /** Room for so many more extensions. */
  needKids(count: number): void {
    if (this.kidCount + count <= this.kids.length) return;
    const length = 2 * (this.kidCount + count);
    this.kids = longer(this.kids, length);
    this.starts = longer(this.starts, length);
    this.ends = longer(this.ends, length);
    this.counts = longer(this.counts, length);
  }

  /** Room for so many more places. */
  needPlaces(count: number): void {
    if (this.placeCount + count > this.places.length) this.places = longer(this.places, (this.placeCount + count) * 1.5);
  }
}

/** The same numbers with room for more. */
export function longer<Numbers extends Int32Array | Float64Array>(array: Numbers, length: number): Numbers {
  const copy = new (array.constructor as new (length: number) => Numbers)(length);
  copy.set(array);
  return copy;
}

/**
 * Goes through all paths depth first. `expand(from, to, depth)` is given the places of a path of `depth` items and lays its frequent extensions on the walk, ascending;
 * an extension with too few places is not gone on from. `leave(from, to, depth)`
 * is given the extensions that are done with.
 */
export function walkPaths({ store, stop }: MiningPlan, walk: PathWalk, expand: (from: number, to: number, depth: number) => void, leave: (from: number, to: number, depth: number) => void): void {
  const tops = [walk.placeCount];
  expand(0, walk.placeCount, 0);
  const next = [0];
  const end = [walk.kidCount];
  if (store.isTop) offerKids(walk, 0, 0, store);
  for (let depth = 0; depth >= 0; ) {
    const kid = next[depth]!;
    if (depth === 0 && kid > 0 && stop(kid, end[0]!)) return;
    if (kid === end[depth]) {
      const first = depth === 0 ? 0 : end[depth - 1]!;
      if (kid > first) leave(first, kid, depth);
      walk.placeCount = tops[depth]!;
      walk.kidCount = first;
      depth--;
      continue;
    }
    next[depth] = kid + 1;
    if (walk.counts[kid]! < store.least) continue;
    if (!store.add(depth, walk.kids[kid]!, walk.counts[kid]!) || walk.ends[kid]! - walk.starts[kid]! < (walk.weighted ? 1 : store.least)) continue;
    const first = walk.kidCount;
    const top = walk.placeCount;
    expand(walk.starts[kid]!, walk.ends[kid]!, depth + 1);
    if (walk.kidCount === first) continue;
    next[++depth] = first;
    end[depth] = walk.kidCount;
    tops[depth] = top;
    if (store.isTop) offerKids(walk, first, depth, store);
  }
}

/** In a search for the most frequent: tells the store of all extensions, and puts the most frequent first. */
function offerKids(walk: PathWalk, first: number, depth: number, store: MiningPlan['store']): void {
  const { kids, counts, starts, ends, kidCount } = walk;
  const order = Array.from({ length: kidCount - first }, (_, i) => first + i).sort((a, b) => counts[b]! - counts[a]!);
  for (const array of [kids, starts, ends, counts]) array.set(order.map((kid) => array[kid]!), first);
  for (let kid = first; kid < kidCount; kid++) if (counts[kid]! >= store.least) store.offer(depth, kids[kid]!, counts[kid]!);
}
