import { countBins, rowsByBranch, weightOf, type BinnedInputs } from './binInputs.js';
import type { GroupSettings } from './groupOptions.js';
import { mergeLevels, type MergedLevels } from './mergeLevels.js';
import type { MultiNode } from './multiTree.js';

interface OpenNode {
  readonly node: MultiNode;
  readonly rows: Int32Array;
  readonly depth: number;
  readonly feature: number;
  readonly split: MergedLevels;
}

/**
 * Grows a tree by CHAID (Kass, 1980): every node asks the column whose merged levels differ most, by the adjusted p of their chi-square; the split
 * with the least p is made first, while it leaves no more than `maxGroups` leaves. O(features * rows * depth).
 */
export function growChaid({ codes, counts, edges }: BinnedInputs, rows: Int32Array, weights: Float64Array, labels: Uint8Array, least: number, settings: GroupSettings): MultiNode {
  const { alphaMerge, alphaSplit, maxDepth, maxGroups } = settings;
  const open: OpenNode[] = [];
  const add = (part: Int32Array, depth: number): MultiNode => {
    const node: MultiNode = { cover: weightOf(part, weights), pooled: false, feature: -1, branches: [] };
    if (depth >= maxDepth || node.cover < 2 * least) return node;
    let best: OpenNode | undefined;
    codes.forEach((column, feature) => {
      const missing = edges[feature] === null ? -1 : counts[feature]! - 1;
      const split = mergeLevels(countBins(column, counts[feature]!, part, weights, labels), missing, alphaMerge, least);
      if (split.degreesOfFreedom > 0 && split.p <= alphaSplit && (best === undefined || isStronger(split, best.split))) best = { node, rows: part, depth, feature, split };
    });
    if (best !== undefined) open.push(best);
    return node;
  };
  const root = add(rows, 0);
  for (let leaves = 1; open.length > 0; ) {
    const at = open.reduce((first, { split }, i) => (isStronger(split, open[first]!.split) ? i : first), 0);
    const { node, rows: part, depth, feature, split } = open.splice(at, 1)[0]!;
    if (leaves + split.degreesOfFreedom > maxGroups) continue;
    leaves += split.degreesOfFreedom;
    node.feature = feature;
    const parts = rowsByBranch(codes[feature]!, part, split.branches);
    node.branches = split.branches.map((bins, i) => ({ bins, child: add(parts[i]!, depth + 1) }));
  }
  return root;
}

// Where both are 0 to the double, chi-square tells.
function isStronger(a: MergedLevels, b: MergedLevels): boolean {
  return a.p < b.p || (a.p === b.p && a.chiSquare / a.degreesOfFreedom > b.chiSquare / b.degreesOfFreedom);
}
