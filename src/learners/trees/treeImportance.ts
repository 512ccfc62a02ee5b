import type { TreeFeature, TreeNodes } from './treeNodes.js';

/** How much a feature served the trees in training. */
export interface GainImportance {
  /** The column of the data. */
  readonly feature: string;
  /** By how much its splits improved the objective, together. */
  readonly gain: number;
  /** Its part in the gain of all features, in [0, 1]. */
  readonly share: number;
  /** How many splits ask it. */
  readonly splits: number;
}

/** What the splits of each feature gained, the most first; ties in the order of the features. */
export function treeImportance(inputs: readonly TreeFeature[], { feature, gain }: Pick<TreeNodes, 'feature' | 'gain'>): GainImportance[] {
  const total = gain.reduce((sum, x) => sum + x, 0);
  return inputs
    .map(({ column }, j) => {
      const own = gain.filter((_, node) => feature[node] === j);
      const sum = own.reduce((before, x) => before + x, 0);
      return { feature: column, gain: sum, share: sum / total || 0, splits: own.length };
    })
    .sort((a, b) => b.gain - a.gain);
}
