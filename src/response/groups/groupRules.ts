import { levelCondition, numberCondition, reachedNodes, type CategoryCondition, type NumberCondition, type RuleCondition } from '../../learners/trees/treeRules.js';
import type { TreeFeature } from '../../learners/trees/treeNodes.js';
import type { GrownGroups } from './multiTree.js';
import type { GroupRule } from './responseGroupsState.js';

/** A rule while rules are joined, and the leaves it stands for. */
interface OpenRule {
  readonly conditions: readonly RuleCondition[];
  readonly leaves: readonly number[];
}

/** The conditions of the way to every leaf. */
export function leafConditions(inputs: readonly TreeFeature[], nodes: GrownGroups['nodes']): Map<number, readonly RuleCondition[]> {
  return new Map(reachedNodes({ inputs, nodes }).filter(({ node }) => nodes.feature[node]! < 0).map(({ node, conditions }) => [node, conditions]));
}

/** The rules of some leaves together, joined where two say the same but for one column; and which of them each leaf meets. */
export function joinRules(leaves: readonly number[], conditions: ReadonlyMap<number, readonly RuleCondition[]>, inputs: readonly TreeFeature[]): { readonly rules: readonly GroupRule[]; readonly ruleOf: ReadonlyMap<number, number> } {
  const open: OpenRule[] = leaves.map((leaf) => ({ conditions: conditions.get(leaf)!, leaves: [leaf] }));
  for (let found = true; found; ) {
    found = false;
    for (let i = 0; i < open.length && !found; i++) {
      for (let k = i + 1; k < open.length && !found; k++) {
        const joined = join(open[i]!, open[k]!, inputs);
        if (joined === null) continue;
        open[i] = joined;
        open.splice(k, 1);
        found = true;
      }
    }
  }
  const rules = open.map(({ conditions: all }) => ({ conditions: all, text: all.map(inWords).join(' and ') || 'every customer' }));
  return { rules, ruleOf: new Map(open.flatMap((rule, at) => rule.leaves.map((leaf) => [leaf, at] as const))) };
}

// Beside other conditions `or missing` would leave open what belongs together.
function inWords(condition: RuleCondition): string {
  return 'levels' in condition ? condition.text : condition.text.replace(/ or missing$/u, ' (or missing)');
}

// Null where they differ in more than one column, or what they say of it does not join.
function join(a: OpenRule, b: OpenRule, inputs: readonly TreeFeature[]): OpenRule | null {
  if (a.conditions.length !== b.conditions.length) return null;
  const others = a.conditions.map(({ feature }) => b.conditions.find((condition) => condition.feature === feature));
  const differing = a.conditions.flatMap((condition, i) => (others[i]?.text === condition.text ? [] : [i]));
  if (differing.length !== 1 || others[differing[0]!] === undefined) return null;
  const at = differing[0]!;
  const union = unite(a.conditions[at]!, others[at]!, inputs);
  if (union === undefined) return null;
  return { leaves: [...a.leaves, ...b.leaves], conditions: a.conditions.flatMap((condition, i) => (i !== at ? [condition] : union === null ? [] : [union])) };
}

/** One condition for either of two; null where every value meets it, undefined where there is none. */
function unite(a: RuleCondition, b: RuleCondition, inputs: readonly TreeFeature[]): RuleCondition | null | undefined {
  if (!('levels' in a)) return uniteNumbers(a, b as NumberCondition);
  const input = inputs.find(({ column }) => column === a.feature)!;
  const all = 'levels' in input ? input.levels : [];
  const levels = all.filter((level) => a.levels.includes(level) || (b as CategoryCondition).levels.includes(level));
  return levels.length === all.length ? null : levelCondition(a.feature, all, levels);
}

function uniteNumbers(a: NumberCondition, b: NumberCondition): NumberCondition | null | undefined {
  const isBare = ({ above, atMost }: NumberCondition): boolean => above === null && atMost === null;
  const [first, other] = isBare(a) && a.missing === true ? [a, b] : [b, a];
  const missing = a.missing === null && b.missing === null ? null : a.missing === true || b.missing === true;
  // One asks for what is missing, nothing else.
  if (isBare(first) && first.missing === true) return isBare(other) ? null : numberCondition(a.feature, other.above, other.atMost, true);
  const [low, high] = (a.above ?? -Infinity) <= (b.above ?? -Infinity) ? [a, b] : [b, a];
  if (low.atMost === null || low.atMost !== high.above) return undefined;
  if (low.above !== null || high.atMost !== null || missing === false) return numberCondition(a.feature, low.above, high.atMost, missing);
  return null;
}
