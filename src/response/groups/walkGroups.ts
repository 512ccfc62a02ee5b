import type { TreeFeature } from '../../learners/trees/treeNodes.js';
import type { GroupNodes } from './responseGroupsState.js';

/** The leaf of every row: a missing number or unseen level goes where `missingLeft` says. O(rows * depth). */
export function leavesOf(inputs: readonly TreeFeature[], { feature, threshold, left, missingLeft, sets }: Omit<GroupNodes, 'group' | 'rule'>, columns: readonly Float64Array[]): Int32Array {
  const tables = sets.map((set) => {
    const table: number[] = [];
    for (const level of set) table[level] = 1;
    return table;
  });
  const tableOf = feature.map((j, node) => (j >= 0 && 'levels' in inputs[j]! ? tables[threshold[node]!]! : null));
  const [asks, child, unknownLeft] = [Int32Array.from(feature), Int32Array.from(left), Uint8Array.from(missingLeft)];
  const limits = Float64Array.from(threshold);
  const leaves = new Int32Array(columns[0]!.length);
  for (let row = 0; row < leaves.length; row++) {
    let node = 0;
    for (let j = asks[0]!; j >= 0; j = asks[node]!) {
      const x = columns[j]![row]!;
      const table = tableOf[node] ?? null;
      const isLeft = x !== x ? unknownLeft[node] === 1 : table === null ? x <= limits[node]! : table[x] === 1;
      node = child[node]! + (isLeft ? 0 : 1);
    }
    leaves[row] = node;
  }
  return leaves;
}
