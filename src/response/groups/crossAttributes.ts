import { countBins, rowsByBranch, weightOf, type BinnedInputs } from './binInputs.js';
import type { MultiNode } from './multiTree.js';

/**
 * Every combination of the attributes, one after another, as far as it has customers enough: those with too few are left over together.
 * The target is not asked.
 */
export function crossAttributes({ codes, counts }: BinnedInputs, rows: Int32Array, weights: Float64Array, least: number): MultiNode {
  const noLabels = new Uint8Array(weights.length);
  const cross = (part: Int32Array, attribute: number): MultiNode => {
    const cover = weightOf(part, weights);
    const node: MultiNode = { cover, pooled: cover < least && attribute > 0, feature: -1, branches: [] };
    if (attribute === codes.length || node.pooled) return node;
    const column = codes[attribute]!;
    const found = countBins(column, counts[attribute]!, part, weights, noLabels).weights;
    const present = Array.from(found.keys()).filter((bin) => found[bin]! > 0).map((bin) => [bin]);
    const parts = rowsByBranch(column, part, present);
    node.feature = attribute;
    node.branches = present.map((bins, i) => ({ bins, child: cross(parts[i]!, attribute + 1) }));
    return node;
  };
  return cross(rows, 0);
}
