import type { FramesByItem, RuleFrames } from './ruleFrames.js';

/** Counts the customers who have all items of a set in one frame; each set once. */
export function countSets({ customerOf }: RuleFrames, { offsets, frames }: FramesByItem, weights: Float64Array | null): (set: readonly number[]) => number {
  // How many items of the set a frame has: what is up to `base` is of another set.
  const marks = new Float64Array(customerOf.length);
  const known = new Map<string, number>();
  let base = 0;
  return (set) => {
    const name = set.join();
    const before = known.get(name);
    if (before !== undefined) return before;
    let [count, last] = [0, -1];
    set.forEach((code, place) => {
      const isLast = place === set.length - 1;
      for (let i = offsets[code]!; i < offsets[code + 1]!; i++) {
        const f = frames[i]!;
        if (place > 0 && marks[f] !== base + place) continue;
        marks[f] = base + place + 1;
        if (!isLast || customerOf[f] === last) continue;
        last = customerOf[f]!;
        count += weights === null ? 1 : weights[last]!;
      }
    });
    base += set.length;
    // Held for rules near one another; what comes later is counted again.
    if (known.size > 200_000) known.clear();
    known.set(name, count);
    return count;
  };
}
