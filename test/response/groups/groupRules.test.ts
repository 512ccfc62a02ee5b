import { describe, expect, it } from 'vitest';
import { divideInTwos, type MultiNode } from '../../../src/response/groups/multiTree.js';
import { joinRules, leafConditions } from '../../../src/response/groups/groupRules.js';

const leaf = (cover: number): MultiNode => ({ cover, pooled: false, feature: -1, branches: [] });

describe('rules of many-way splits', () => {
  const numbers = [{ column: 'x', missing: true }];
  const edges = [Float64Array.of(1, 2, 3)];
  /** One leaf for each list of bins; the fifth bin (4) holds what is missing. */
  const split = (branches: readonly (readonly number[])[], covers: readonly number[] = branches.map(() => 10)): { leaves: number[]; text: (...of: number[]) => string[]; nodes: ReturnType<typeof divideInTwos>['nodes'] } => {
    const root: MultiNode = { cover: 10, pooled: false, feature: 0, branches: branches.map((bins, i) => ({ bins, child: leaf(covers[i]!) })) };
    const { nodes } = divideInTwos(root, numbers, edges);
    const conditions = leafConditions(numbers, nodes);
    const leaves = [...conditions.keys()];
    return { leaves, nodes, text: (...of) => joinRules(of.map((i) => leaves[i]!), conditions, numbers).rules.map(({ text }) => text) };
  };

  it('say the stretch of each branch, and what is missing', () => {
    const { leaves, text } = split([[0], [1], [2, 3], [4]]);
    expect(leaves.flatMap((_, i) => text(i))).toEqual(['x <= 1', '1 < x <= 2', 'x > 2', 'x is missing']);
    const floating = split([[0], [1, 4], [2, 3]]);
    expect(floating.leaves.flatMap((_, i) => floating.text(i))).toEqual(['x <= 1', '1 < x <= 2 (or missing)', 'x > 2']);
  });

  it('join neighbours, and what is missing with any; all together ask nothing', () => {
    const { text } = split([[0], [1], [2, 3], [4]]);
    expect(text(0, 1)).toEqual(['x <= 2']);
    expect(text(2, 1)).toEqual(['x > 1']);
    expect(text(0, 2)).toEqual(['x <= 1', 'x > 2']);
    expect(text(3, 1)).toEqual(['1 < x <= 2 (or missing)']);
    expect(text(0, 1, 2)).toEqual(['x is known']);
    expect(text(0, 1, 2, 3)).toEqual(['every customer']);
    expect(text(3, 2, 1, 0)).toEqual(['every customer']);
  });

  it('give a stretch without rows to the branch above it, at the end to the last one', () => {
    expect(split([[0], [3]]).text(1)).toEqual(['x > 1']);
    const { text } = split([[0], [1], [4]]);
    expect(text(1)).toEqual(['x > 1']);
  });

  it('send what a node has not seen to its largest branch', () => {
    // Of three branches the middle one: right at the first question, left at the second.
    expect(split([[0], [1], [2, 3]], [10, 30, 20]).nodes.missingLeft.filter((_, node) => split([[0], [1], [2, 3]]).nodes.feature[node] === 0)).toEqual([0, 1]);
    const levels = [{ column: 'c', levels: ['a', 'b', 'c', 'd'] }];
    const root: MultiNode = { cover: 40, pooled: false, feature: 0, branches: [{ bins: [0], child: leaf(10) }, { bins: [2], child: leaf(30) }] };
    const { nodes } = divideInTwos(root, levels, [null]);
    const conditions = leafConditions(levels, nodes);
    expect([...conditions.values()].map(([condition]) => condition!.text)).toEqual(['c is a', 'c is not a']);
    expect(nodes.missingLeft[0]).toBe(0);
  });
});
