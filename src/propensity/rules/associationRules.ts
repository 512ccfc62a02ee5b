import type { Holdings } from '../../data/holdings.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import type { AssociationRule } from './associationRule.js';
import { bestRules } from './bestRules.js';
import { describeRules } from './describeRules.js';
import { leftOutOf } from './frequentItemsets.js';
import { buildItemsetTree } from './itemsetTree.js';
import { judgeRules, worthOfRules } from './judgeRules.js';
import { mineItemsets } from './mineItemsets.js';
import type { LeftOutItemsets } from './miningOptions.js';
import { readRulePlan, type AssociationRuleOptions } from './ruleOptions.js';
import { searchRules } from './searchRules.js';

/** What `associationRules` gives. */
export interface AssociationRules {
  /** By `rankBy`, the best first. */
  readonly rules: readonly AssociationRule[];
  /** How many baskets there were, empty ones among them. */
  readonly rowCount: number;
  /** In how many baskets both sides together had to be. */
  readonly minCount: number;
  /** How many frequent itemsets the rules come from. */
  readonly itemsetCount: number;
  /** Rules of enough support and confidence, before any was dropped. */
  readonly found: number;
  /** Those of `found` that are redundant. */
  readonly redundant: number;
  /** Those of `found` with `q` at most `falseDiscovery`. */
  readonly significant: number;
  /** Pairs of sides that `q` allows for: any frequent antecedent with any frequent consequent, whether or not they were often enough together. */
  readonly tested: number;
  /** Whether rules are missing that were asked for: more than `maxRules`, or from itemsets that were left out. */
  readonly truncated: boolean;
  /** The itemsets that are missing; present when there are. */
  readonly leftOut?: LeftOutItemsets;
}

/**
 * The rules "baskets with these products often have that one too" of enough support and confidence, with the usual measures, the interval of the confidence, and whether
 * the rule can be told from chance. Rules with an empty antecedent are not counted (arules has them unless `minlen` is 2).
 *
 * Chance is judged by Fisher's exact test of the two sides, and held over all rules by the false-discovery rate. Looking for what is often together finds the most where much
 * was looked at: so `q` is reckoned not with the rules found but with every pair of frequent sides (`tested`; for `consequents: 'any'` at most so many), of which those that
 * were too rarely together have no small p. It takes pairs as tested independently, or as depending on each other positively.
 *
 * All counts come from the itemsets found, whose subsets are always there, also where the search was cut. Time is that of {@link frequentItemsets} and O(rules).
 *
 * @param baskets - who has what: customers, or orders
 * @param options - thresholds, order, limits, what is dropped
 * @returns the rules, and how many were found, dropped and cut
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * const orders = [['bread', 'milk'], ['bread', 'butter', 'milk'], ['beer'], ['bread', 'butter'], ['beer', 'milk']];
 * const baskets = Holdings.fromRows(orders.flatMap((items, order) => items.map((item) => ({ order, item }))), { customer: 'order', product: 'item' });
 * const { rules } = associationRules(baskets, { minCount: 2, minConfidence: 0.6 });
 * rules.map(({ antecedent, consequent, count }) => `${antecedent.join(' + ')} => ${consequent.join(' + ')}: ${count}`); // =>
 * // ['bread => butter: 2', 'butter => bread: 2', 'bread => milk: 2', 'milk => bread: 2']
 * rules[0].confidence.estimate; // => 2 / 3
 * rules[0].lift; // => 5 / 3
 * rules[0].significant; // => false
 * ```
 */
export function associationRules(baskets: Holdings, options: AssociationRuleOptions = {}): AssociationRules {
  const caller = 'associationRules';
  requireHoldings(caller, baskets);
  const { rowCount } = baskets.sparse;
  const plan = readRulePlan(caller, options, rowCount);
  const mined = mineItemsets(baskets.sparse, plan.mining);
  const tree = buildItemsetTree(mined);
  const found = searchRules(tree, plan.minConfidence, plan.many);
  const judged = judgeRules(tree, found, rowCount, plan);
  const { q, improvement, tested } = judged;
  const kept: number[] = [];
  for (let r = 0; r < found.size; r++) {
    if (!(plan.dropRedundant && improvement[r]! <= 0) && !(plan.dropInsignificant && q[r]! > plan.falseDiscovery)) kept.push(r);
  }
  const best = bestRules(tree, found, mined.columns, kept, worthOfRules(tree, found, judged, rowCount, plan.rankBy), plan.maxRules);
  const { truncated, leftOut } = leftOutOf(mined, baskets.products);
  return {
    rules: describeRules(best, tree, found, judged, { products: baskets.products, rowCount, plan }),
    rowCount,
    minCount: plan.mining.minCount,
    itemsetCount: tree.size,
    found: found.size,
    redundant: improvement.filter((value) => value <= 0).length,
    significant: q.filter((value) => value <= plan.falseDiscovery).length,
    tested,
    truncated: truncated || kept.length > plan.maxRules,
    ...(leftOut && { leftOut }),
  };
}
