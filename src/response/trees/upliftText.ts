import { reachedNodes, type RuleCondition } from '../../learners/trees/treeRules.js';
import type { UpliftTreeState } from './upliftTreeState.js';

/** The tree as text, a node a line. */
export function upliftText({ inputs, nodes, uplifts }: Pick<UpliftTreeState, 'inputs' | 'nodes' | 'uplifts'>): string {
  const above = new Map<number, readonly RuleCondition[]>();
  return reachedNodes({ inputs, nodes })
    .map(({ node, depth, conditions }) => {
      above.set(depth, conditions);
      const own = conditions.find((condition) => !above.get(depth - 1)?.includes(condition));
      const figures = uplifts.map((list) => Number(list[node]!.toPrecision(4))).join(' ');
      return `${'  '.repeat(depth)}${own?.text ?? 'every row'}: ${nodes.cover[node]!} rows, ${figures}`;
    })
    .join('\n');
}
