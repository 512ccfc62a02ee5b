import type { TreeNodes } from './treeNodes.js';

/**
 * Refuses nodes that could not be walked: every child must lie behind its parent (or a walk might never end), and ask for a column and a set that are there.
 *
 * @throws Error where one does not; a stored model tells it as a document that cannot be read
 */
export function requireTree({ feature, left, threshold, sets }: Pick<TreeNodes, 'feature' | 'left' | 'threshold' | 'sets'>, inputs: readonly object[]): void {
  for (let node = 0; node < feature.length; node++) {
    const asked = feature[node]!;
    if (asked === -1) continue;
    const child = left[node]!;
    const input = inputs[asked];
    const isWalked = input !== undefined && Number.isInteger(child) && child > node && child + 1 < feature.length;
    if (!isWalked || ('levels' in input ? sets[threshold[node]!] === undefined : !(Math.abs(threshold[node]!) <= Infinity))) throw new RangeError(`node ${node} of a tree leads nowhere`);
  }
}
