import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import { countsOfRule } from './bestRules.js';
import type { ItemsetTree } from './itemsetTree.js';
import { improvementOf } from './ruleImprovement.js';
import { ruleMeasures, type RuleMeasure } from './ruleMeasures.js';
import type { RulePlan } from './ruleOptions.js';
import type { FoundRules } from './searchRules.js';

/** What is known of each rule found beyond its counts. */
export interface RuleJudgements {
  readonly p: Float64Array;
  readonly q: Float64Array;
  readonly improvement: Float64Array;
  /** How many pairs of sides `q` allows for. */
  readonly tested: number;
}

/** Whether each rule can be told from chance, and whether it says more than its parts. */
export function judgeRules(tree: ItemsetTree, { size, sets, sides }: FoundRules, rowCount: number, plan: RulePlan): RuleJudgements {
  const p = new Float64Array(size);
  const improvement = new Float64Array(size);
  const improve = improvementOf(tree, rowCount);
  for (let r = 0; r < size; r++) {
    const [both, antecedent, consequent] = countsOfRule(tree, sets[r]!, sides[r]!);
    p[r] = ruleMeasures.p(both, antecedent, consequent, rowCount);
    improvement[r] = improve(sets[r]!, sides[r]!);
  }
  const tested = testedPairs(tree, plan);
  // The pairs that were too rarely together, or not confident enough, count as tested with p of 1.
  const q = falseDiscoveryQ(p);
  for (let r = 0; r < size; r++) q[r] = Math.min(1, (q[r]! * tested) / size);
  return { p, q, improvement, tested };
}

/** What the rules found are ranked by: the greater the better. */
export function worthOfRules(tree: ItemsetTree, { sets, sides }: FoundRules, { p, improvement }: RuleJudgements, rowCount: number, rankBy: RuleMeasure): Float64Array {
  if (rankBy === 'p') return p.map((value) => -value);
  if (rankBy === 'improvement') return improvement;
  const measure = ruleMeasures[rankBy];
  const sign = rankBy === 'imbalance' ? -1 : 1;
  const worth = new Float64Array(p.length);
  for (let r = 0; r < p.length; r++) {
    const [both, antecedent, consequent] = countsOfRule(tree, sets[r]!, sides[r]!);
    worth[r] = sign * measure(both, antecedent, consequent, rowCount);
  }
  return worth;
}

/**
 * Frequent antecedents times frequent consequents. They are chosen by their own counts, which Fisher's test takes as given, so that the choice does not favour small p;
 * choosing by the count of both together would.
 */
function testedPairs({ size, starts, single }: ItemsetTree, { many, mining }: RulePlan): number {
  const ofLength: number[] = [0, 0];
  for (let s = 0; s < size; s++) {
    const length = starts[s + 1]! - starts[s]!;
    ofLength[length] = (ofLength[length] ?? 0) + 1;
  }
  const singles = single.length;
  let pairs = 0;
  for (let a = 1; a < Math.min(ofLength.length, mining.maxLength); a++) {
    pairs += ofLength[a]! * (singles - a);
    // Sides that share products are counted too: at most so many.
    if (many) for (let c = 2; c < ofLength.length && a + c <= mining.maxLength; c++) pairs += ofLength[a]! * ofLength[c]!;
  }
  return pairs;
}
