import { compareColumns } from './frequentItemsets.js';
import { columnsOfSide, type ItemsetTree } from './itemsetTree.js';
import { setWithout, type FoundRules } from './searchRules.js';

/** A rule on its way out. */
export interface RankedRule {
  /** Its number among the rules found. */
  readonly found: number;
  readonly worth: number;
  readonly count: number;
  /** Columns, ascending. */
  readonly antecedent: readonly number[];
  readonly consequent: readonly number[];
}

/** Of the rules kept those of highest worth, at most `limit`: by worth, then count, then the shorter antecedent, then columns, so that the order of rows leaves no trace. */
export function bestRules(tree: ItemsetTree, { sets, sides }: FoundRules, columns: Int32Array, kept: readonly number[], worth: Float64Array, limit: number): RankedRule[] {
  // Only what is as good as the last one that fits is made an object and compared further.
  const least = kept.length > limit ? Float64Array.from(kept, (r) => worth[r]!).sort()[kept.length - limit]! : -Infinity;
  const ranked: RankedRule[] = [];
  for (const found of kept) {
    if (worth[found]! < least) continue;
    const set = sets[found]!;
    const side = sides[found]!;
    ranked.push({ found, worth: worth[found]!, count: tree.counts[set]!, antecedent: columnsOfSide(tree, columns, set, ~side), consequent: columnsOfSide(tree, columns, set, side) });
  }
  return ranked.sort(compareRules).slice(0, limit);
}

/** Baskets with all products, with the antecedent, with the consequent. */
export type RuleCounts = readonly [both: number, antecedent: number, consequent: number];

/** The counts behind all measures of a rule. */
export function countsOfRule(tree: ItemsetTree, set: number, side: number): RuleCounts {
  const all = (1 << (tree.starts[set + 1]! - tree.starts[set]!)) - 1;
  return [tree.counts[set]!, tree.counts[setWithout(tree, set, side)]!, tree.counts[setWithout(tree, set, all & ~side)]!];
}

function compareRules(a: RankedRule, b: RankedRule): number {
  return (
    // Infinities are equal, their difference is none.
    (a.worth === b.worth ? 0 : b.worth > a.worth ? 1 : -1) ||
    b.count - a.count ||
    a.antecedent.length - b.antecedent.length ||
    a.consequent.length - b.consequent.length ||
    compareColumns(a.antecedent, b.antecedent) ||
    compareColumns(a.consequent, b.consequent)
  );
}
