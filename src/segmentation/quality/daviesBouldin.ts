import { requireKnownOptions } from '../../data/options.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import type { SegmentLabels } from '../space/readSegmentLabels.js';
import { partitionFigures } from './partitionFigures.js';
import { labelledPoints, type SegmentSpaceOptions } from './segmentSpace.js';

/**
 * How alike the most alike segments are (Davies and Bouldin, 1979): for each segment the largest sum of two mean distances to the centre over the distance of
 * the two centres, averaged. From 0 up, smaller is better; infinite when two spread segments have one centre. A missing value counts as the mean of its
 * column, rows labelled -1 are left out. O(n).
 *
 * @param data - the rows: a Frame, row objects or columns
 * @param labels - the segment of each row: a number from 0, or a name
 * @param options - features and scaling of the model the labels come from, or its `scaling`
 * @returns the mean over the segments
 * @throws a {@link ClientelaError} `INVALID_INPUT` with fewer than two segments, or as `silhouette` throws
 * @example
 * ```ts
 * daviesBouldin({ visits: [1, 2, 9, 10] }, [0, 0, 1, 1], { scaling: 'none' }); // => (0.5 + 0.5) / 8
 * ```
 */
export function daviesBouldin<Data extends TableOf<Data>>(data: Data, labels: SegmentLabels, options: SegmentSpaceOptions<ColumnNameOf<Data>> = {}): number {
  requireKnownOptions('daviesBouldin', options, ['features', 'scaling']);
  const { points, width, groups } = labelledPoints('daviesBouldin', data, labels, options);
  return partitionFigures(points, width, groups).daviesBouldin;
}
