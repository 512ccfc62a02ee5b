import type { RfmSegmentRule } from './rfmRules.js';

/**
 * The five segments of pymc-marketing's `rfm_segments`, on quartiles (`bins: 4`) with money as the mean of a purchase
 * (`monetary: 'mean'`; there the mean of a period). 46 of the 64 cells have a segment, the other 18 are "other".
 *
 * @example
 * ```ts
 * pymc5Segments.map((segment) => segment.name); // => ['premium', 'repeat', 'top spenders', 'at risk', 'inactive']
 * ```
 */
export const pymc5Segments: readonly RfmSegmentRule[] = [
  { name: 'premium', cells: ['334', '443', '444', '344', '434', '433', '343', '333'] },
  { name: 'repeat', cells: ['244', '234', '232', '332', '143', '233', '243'] },
  { name: 'top spenders', cells: ['424', '414', '144', '314', '324', '124', '224', '423', '413', '133', '323', '313', '134'] },
  { name: 'at risk', cells: ['422', '223', '212', '122', '222', '132', '322', '312', '412', '123', '214'] },
  { name: 'inactive', cells: ['411', '111', '113', '114', '112', '211', '311'] },
];
