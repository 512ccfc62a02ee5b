import type { RfmSegmentRule } from './rfmRules.js';

/**
 * The ten deciles of money, for `bins: 10`: `'decile 1'` is the tenth of the customers that brings most. Tenths by quantiles, so that
 * equal customers stay together; with `scoring: ntile` of equal size, as a warehouse makes them.
 *
 * @example
 * ```ts
 * decileSegments[0]; // => { name: 'decile 1', monetary: [10, 10] }
 * ```
 */
export const decileSegments: readonly RfmSegmentRule[] = [
  { name: 'decile 1', monetary: [10, 10] },
  { name: 'decile 2', monetary: [9, 9] },
  { name: 'decile 3', monetary: [8, 8] },
  { name: 'decile 4', monetary: [7, 7] },
  { name: 'decile 5', monetary: [6, 6] },
  { name: 'decile 6', monetary: [5, 5] },
  { name: 'decile 7', monetary: [4, 4] },
  { name: 'decile 8', monetary: [3, 3] },
  { name: 'decile 9', monetary: [2, 2] },
  { name: 'decile 10', monetary: [1, 1] },
];
