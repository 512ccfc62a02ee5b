import type { RfmSegmentRule } from './rfmRules.js';

/**
 * The ten segments of the README of the R package `rfm`, on quintiles, in their order: ranges overlap, the first match wins, and 10 of
 * the 125 cells have none ("other", there "Others"). Only 555 makes a champion. (Hebbali, rfm 0.3.0; with `scoring: rRfm` its figures
 * to the customer.)
 *
 * @example
 * ```ts
 * rRfm10Segments[0]; // => { name: 'champions', recency: [5, 5], frequency: [5, 5], monetary: [5, 5] }
 * ```
 */
export const rRfm10Segments: readonly RfmSegmentRule[] = [
  { name: 'champions', recency: [5, 5], frequency: [5, 5], monetary: [5, 5] },
  { name: 'potential loyalists', recency: [3, 5], frequency: [3, 5], monetary: [2, 5] },
  { name: 'loyal', recency: [2, 4], frequency: [2, 4], monetary: [2, 4] },
  { name: 'promising', recency: [3, 4], frequency: [1, 3], monetary: [3, 5] },
  { name: 'new', recency: [4, 5], frequency: [1, 3], monetary: [1, 5] },
  { name: 'cannot lose', recency: [1, 2], frequency: [3, 4], monetary: [4, 5] },
  { name: 'at risk', recency: [1, 2], frequency: [2, 5], monetary: [4, 5] },
  { name: 'need attention', recency: [1, 3], frequency: [3, 5], monetary: [3, 5] },
  { name: 'about to sleep', recency: [2, 3], frequency: [1, 3], monetary: [1, 4] },
  { name: 'lost', recency: [1, 1], frequency: [1, 5], monetary: [1, 5] },
];
