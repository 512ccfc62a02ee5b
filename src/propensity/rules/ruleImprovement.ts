import type { ItemsetTree } from './itemsetTree.js';
import { setWithout } from './searchRules.js';

/**
 * How much more confident a rule is than the most confident one with the same consequent and a part of its antecedent, or none of it (Bayardo, Agrawal and Gunopulos, 1999).
 * For single consequents the best so far of each set and member is carried from subsets to sets, O(length²) a set; longer ones are looked up in all subsets and remembered.
 */
export function improvementOf(tree: ItemsetTree, rowCount: number): (set: number, side: number) => number {
  const { counts, starts, without } = tree;
  const best = bestOfSingles(tree, rowCount);
  const known = new Map<number, number>();
  const confidenceOf = (set: number, side: number): number => {
    const antecedent = setWithout(tree, set, side);
    return counts[set]! / (antecedent < 0 ? rowCount : counts[antecedent]!);
  };
  const bestBelow = (set: number, side: number): number => {
    if ((side & (side - 1)) === 0) return bestPart(tree, best, set, 31 - Math.clz32(side));
    let most = 0;
    for (let i = starts[set + 1]! - starts[set]! - 1; i >= 0; i--) {
      if ((side >> i) & 1) continue;
      const part = without[starts[set]! + i]!;
      // Members behind the one taken away move up one place.
      const partSide = (side & ((1 << i) - 1)) | ((side >> (i + 1)) << i);
      most = Math.max(most, bestUpTo(part, partSide));
    }
    return most;
  };
  const bestUpTo = (set: number, side: number): number => {
    const key = set * tree.size + setWithout(tree, set, ((1 << (starts[set + 1]! - starts[set]!)) - 1) & ~side);
    let most = known.get(key);
    if (most === undefined) known.set(key, (most = Math.max(confidenceOf(set, side), bestBelow(set, side))));
    return most;
  };
  return (set, side) => confidenceOf(set, side) - bestBelow(set, side);
}

/** Beside each member: the confidence with which it follows from the rest of its set, or from a part of it, whichever is highest. */
function bestOfSingles(tree: ItemsetTree, rowCount: number): Float64Array {
  const { size, counts, starts, without, members } = tree;
  const best = new Float64Array(members.length);
  for (let set = 0; set < size; set++) {
    for (let i = starts[set]!; i < starts[set + 1]!; i++) {
      const confidence = counts[set]! / (without[i]! < 0 ? rowCount : counts[without[i]!]!);
      best[i] = Math.max(confidence, bestPart(tree, best, set, i - starts[set]!));
    }
  }
  return best;
}

function bestPart({ starts, without }: ItemsetTree, best: Float64Array, set: number, place: number): number {
  let most = 0;
  const length = starts[set + 1]! - starts[set]!;
  for (let i = 0; i < length; i++) {
    if (i === place) continue;
    const value = best[starts[without[starts[set]! + i]!]! + (place < i ? place : place - 1)]!;
    if (value > most) most = value;
  }
  return most;
}
