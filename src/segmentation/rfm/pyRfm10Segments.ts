import type { RfmSegmentRule } from './rfmRules.js';

/**
 * The ten segments of the Python package `rfm`, on quintiles, in their order: ranges overlap, the first match wins, and every one of
 * the 125 cells has a segment. The package ranks first in all three dimensions, so that equal customers differ; here scores are
 * whatever `scoring` says. (github.com/sonwanesuresh95/rfm.)
 *
 * @example
 * ```ts
 * pyRfm10Segments[0]; // => { name: 'champions', recency: [4, 5], frequency: [4, 5], monetary: [4, 5] }
 * ```
 */
export const pyRfm10Segments: readonly RfmSegmentRule[] = [
  { name: 'champions', recency: [4, 5], frequency: [4, 5], monetary: [4, 5] },
  { name: 'promising', recency: [4, 5], frequency: [1, 2], monetary: [3, 5] },
  { name: 'loyal', recency: [3, 5], frequency: [3, 5], monetary: [3, 5] },
  { name: 'potential loyalists', recency: [3, 5], frequency: [2, 3], monetary: [2, 4] },
  { name: 'new active', recency: [5, 5], frequency: [1, 1] },
  { name: 'low spenders', recency: [3, 5], monetary: [1, 2] },
  { name: 'need attention', recency: [2, 3], frequency: [1, 2], monetary: [4, 5] },
  { name: 'about to sleep', recency: [2, 3], frequency: [1, 2], monetary: [1, 3] },
  { name: 'at risk', recency: [1, 2], monetary: [3, 5] },
  { name: 'lost', recency: [1, 2], monetary: [1, 2] },
];
