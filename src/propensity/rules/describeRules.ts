import { wilsonRate } from '../../evaluation/intervals.js';
import type { AssociationRule } from './associationRule.js';
import { countsOfRule, type RankedRule, type RuleCounts } from './bestRules.js';
import type { ItemsetTree } from './itemsetTree.js';
import type { RuleJudgements } from './judgeRules.js';
import { hyperPercentile, ruleMeasures as measures } from './ruleMeasures.js';
import type { RulePlan } from './ruleOptions.js';
import type { FoundRules } from './searchRules.js';

/** Rules with names and all their measures. */
export function describeRules(best: readonly RankedRule[], tree: ItemsetTree, found: FoundRules, judged: RuleJudgements, { products, rowCount, plan }: RuleContext): AssociationRule[] {
  // Many rules share both counts.
  const percentiles = new Map<number, number>();
  return best.map((rule) => {
    const counts = countsOfRule(tree, found.sets[rule.found]!, found.sides[rule.found]!);
    const key = counts[1] * (rowCount + 1) + counts[2];
    let percentile = percentiles.get(key);
    if (percentile === undefined) percentiles.set(key, (percentile = hyperPercentile(counts[1], counts[2], rowCount)));
    return describeRule(rule, counts, percentile, judged, { products, rowCount, plan });
  });
}

interface RuleContext {
  readonly products: readonly string[];
  readonly rowCount: number;
  readonly plan: RulePlan;
}

// One literal: spreading parts into it costs more than all the measures.
function describeRule({ found, antecedent, consequent }: RankedRule, [ab, a, c]: RuleCounts, percentile: number, judged: RuleJudgements, { products, rowCount: n, plan }: RuleContext): AssociationRule {
  return {
    antecedent: antecedent.map((column) => products[column]!),
    consequent: consequent.map((column) => products[column]!),
    count: ab,
    antecedentCount: a,
    consequentCount: c,
    antecedentSupport: a / n,
    consequentSupport: c / n,
    support: measures.support(ab, a, c, n),
    confidence: wilsonRate(ab, a, plan.z),
    lift: measures.lift(ab, a, c, n),
    leverage: measures.leverage(ab, a, c, n),
    conviction: measures.conviction(ab, a, c, n),
    zhang: measures.zhang(ab, a, c, n),
    phi: measures.phi(ab, a, c, n),
    chiSquare: measures.chiSquare(ab, a, c, n),
    cosine: measures.cosine(ab, a, c, n),
    jaccard: measures.jaccard(ab, a, c, n),
    kulczynski: measures.kulczynski(ab, a, c, n),
    imbalance: measures.imbalance(ab, a, c, n),
    oddsRatio: measures.oddsRatio(ab, a, c, n),
    certainty: measures.certainty(ab, a, c, n),
    addedValue: measures.addedValue(ab, a, c, n),
    improvement: judged.improvement[found]!,
    gini: measures.gini(ab, a, c, n),
    hyperLift: ab / percentile,
    p: judged.p[found]!,
    q: judged.q[found]!,
    significant: judged.q[found]! <= plan.falseDiscovery,
  };
}
