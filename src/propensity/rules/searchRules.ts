import type { ItemsetTree } from './itemsetTree.js';

/** Rules as numbers: of set `sets[r]` the members at the bits of `sides[r]` follow from the others. */
export interface FoundRules {
  readonly size: number;
  readonly sets: Int32Array;
  readonly sides: Int32Array;
}

/**
 * The rules of enough confidence in every set of two products or more. Of `many` consequent products those are tried of which every part has enough confidence as a
 * consequent too: with a longer consequent the antecedent is in more baskets and confidence falls (Agrawal and Srikant, 1994).
 */
export function searchRules({ size, counts, starts, without }: ItemsetTree, minConfidence: number, many: boolean): FoundRules {
  let sets = new Int32Array(1024);
  let sides = new Int32Array(1024);
  let found = 0;
  const extend = (set: number, length: number, antecedent: number, side: number, taken: number, from: number): void => {
    for (let i = from; i < length; i++) {
      // The members taken stand before this one: so many places further left it stands in what is left.
      const left = without[starts[antecedent]! + i - taken]!;
      if (left < 0) return;
      if (counts[set]! / counts[left]! < minConfidence - 1e-12) continue;
      if (found === sets.length) {
        sets = longer(sets);
        sides = longer(sides);
      }
      sets[found] = set;
      sides[found++] = side | (1 << i);
      if (many) extend(set, length, left, side | (1 << i), taken + 1, i + 1);
    }
  };
  for (let set = 0; set < size; set++) {
    const length = starts[set + 1]! - starts[set]!;
    if (length > 1) extend(set, length, set, 0, 0, 0);
  }
  return { size: found, sets, sides };
}

function longer(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(2 * from.length);
  to.set(from);
  return to;
}

/** The set without the members at these bits: the antecedent when they are the side of a rule. */
export function setWithout({ starts, without }: ItemsetTree, set: number, side: number): number {
  let left = set;
  for (let bits = side; bits !== 0; ) {
    // From the last member on, so that the places of the others stay.
    const i = 31 - Math.clz32(bits);
    left = without[starts[left]! + i]!;
    bits ^= 1 << i;
  }
  return left;
}
