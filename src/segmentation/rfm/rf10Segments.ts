import type { RfmSegmentRule } from './rfmRules.js';

/**
 * The ten segments of recency and frequency quintiles (1 to 5) that most tools show; every one of the 25 cells belongs to exactly
 * one, and the monetary score is not used. (CleverTap's RFM grid, in the form of its many public copies.)
 *
 * @example
 * ```ts
 * rf10Segments.map((segment) => segment.name).slice(0, 3); // => ['champions', 'loyal', 'potential loyalists']
 * ```
 */
export const rf10Segments: readonly RfmSegmentRule[] = [
  { name: 'champions', recency: [5, 5], frequency: [4, 5] },
  { name: 'loyal', recency: [3, 4], frequency: [4, 5] },
  { name: 'potential loyalists', recency: [4, 5], frequency: [2, 3] },
  { name: 'new', recency: [5, 5], frequency: [1, 1] },
  { name: 'promising', recency: [4, 4], frequency: [1, 1] },
  { name: 'need attention', recency: [3, 3], frequency: [3, 3] },
  { name: 'about to sleep', recency: [3, 3], frequency: [1, 2] },
  { name: 'cannot lose', recency: [1, 2], frequency: [5, 5] },
  { name: 'at risk', recency: [1, 2], frequency: [3, 4] },
  { name: 'hibernating', recency: [1, 2], frequency: [1, 2] },
];
