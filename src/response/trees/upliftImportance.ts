import type { TreeFeature, TreeNodes } from '../../learners/trees/treeNodes.js';
import { treeImportance, type GainImportance } from '../../learners/trees/treeImportance.js';

/** What the splits of each feature gained, the most first; what chance had found and the other half did not confirm counts as nothing. */
export function upliftImportance(inputs: readonly TreeFeature[], nodes: Pick<TreeNodes, 'feature' | 'gain'>): GainImportance[] {
  const found = treeImportance(inputs, nodes).map((entry) => ({ ...entry, gain: Math.max(0, entry.gain) }));
  const total = found.reduce((sum, { gain }) => sum + gain, 0);
  return found.map((entry) => ({ ...entry, share: entry.gain / total || 0 }));
}
