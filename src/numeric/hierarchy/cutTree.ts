import type { LinkageTree } from './linkageTree.js';

/** How many merges lie at a height or below. */
export function mergesUpTo({ heights }: LinkageTree, height: number): number {
  let made = 0;
  while (made < heights.length && heights[made]! <= height) made++;
  return made;
}

/** The node every leaf is in after so many merges, and these nodes from the highest down. */
export function groupsAfter({ merges }: LinkageTree, made: number): { tops: Int32Array; nodes: number[] } {
  const leaves = merges.length / 2 + 1;
  const top = new Int32Array(leaves + made).fill(-1);
  const nodes: number[] = [];
  for (let node = leaves + made - 1; node >= 0; node--) {
    if (top[node]! < 0) {
      top[node] = node;
      nodes.push(node);
    }
    if (node < leaves) continue;
    const at = 2 * (node - leaves);
    top[merges[at]!] = top[merges[at + 1]!] = top[node]!;
  }
  return { tops: top.subarray(0, leaves), nodes };
}
