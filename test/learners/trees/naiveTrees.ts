import type { TreeFeature, TreeNodes } from '../../../src/learners/trees/treeNodes.js';

type Row = Record<string, number | string | null>;

/** What a tree gives for a row of which only some features are known: the definition, word for word. */
export function expectedValue(nodes: TreeNodes, inputs: readonly TreeFeature[], root: number, row: Row, known: (feature: number) => boolean): number {
  const j = nodes.feature[root]!;
  if (j < 0) return nodes.value[root]!;
  const children = [nodes.left[root]!, nodes.left[root]! + 1] as const;
  const [left, right] = children.map((child) => expectedValue(nodes, inputs, child, row, known)) as [number, number];
  const side = known(j) ? sideOf(nodes, inputs[j]!, root, row) : 'both';
  if (side === 'left') return left;
  if (side === 'right') return right;
  return (nodes.cover[children[0]]! * left + nodes.cover[children[1]]! * right) / (nodes.cover[children[0]]! + nodes.cover[children[1]]!);
}

function sideOf(nodes: TreeNodes, input: TreeFeature, node: number, row: Row): 'left' | 'right' | 'both' {
  const value = row[input.column] ?? null;
  if ('levels' in input) {
    const level = input.levels.indexOf(value === null ? '(missing)' : String(value));
    if (level < 0) return 'both';
    return nodes.sets[nodes.threshold[node]!]!.includes(level) ? 'left' : 'right';
  }
  if (value === null) return input.missing ? (nodes.missingLeft[node] === 1 ? 'left' : 'right') : 'both';
  return Number(value) <= nodes.threshold[node]! ? 'left' : 'right';
}

/** Shapley values by their definition: the mean over all orders of the features, here over all subsets. */
export function bruteForceShapley(nodes: TreeNodes, inputs: readonly TreeFeature[], row: Row): number[] {
  const p = inputs.length;
  const worth = Array.from({ length: 1 << p }, (_, subset) => nodes.roots.reduce((sum, root) => sum + expectedValue(nodes, inputs, root, row, (j) => (subset & (1 << j)) !== 0), 0));
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return inputs.map((_, j) => {
    let sum = 0;
    for (let subset = 0; subset < 1 << p; subset++) {
      if (subset & (1 << j)) continue;
      const size = [...subset.toString(2)].filter((bit) => bit === '1').length;
      sum += ((factorial(size) * factorial(p - 1 - size)) / factorial(p)) * (worth[subset | (1 << j)]! - worth[subset]!);
    }
    return sum;
  });
}
