import { requireKnownOptions } from '../../data/options.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { SegmentLabels } from '../space/readSegmentLabels.js';
import { partitionFigures } from './partitionFigures.js';
import { labelledPoints, type SegmentSpaceOptions } from './segmentSpace.js';

/**
 * The variance ratio of Calinski and Harabasz (1974): variance between the segments over variance within, each by its degrees of freedom. From 0 up, larger is
 * better; infinite when the rows of every segment are equal, 0 when all rows are. A missing value counts as the mean of its column, rows labelled -1
 * are left out. O(n).
 *
 * @param data - the rows: a Frame, row objects or columns
 * @param labels - the segment of each row: a number from 0, or a name
 * @param options - features and scaling of the model the labels come from, or its `scaling`
 * @returns (B / (k - 1)) / (W / (n - k))
 * @throws a {@link ClientelaError} `INVALID_INPUT` with fewer than two segments or with no more rows than segments, or as `silhouette` throws
 * @example
 * ```ts
 * calinskiHarabasz({ visits: [1, 2, 9, 10] }, [0, 0, 1, 1], { scaling: 'none' }); // => 64 / (1 / 2)
 * ```
 */
export function calinskiHarabasz<Data extends TableOf<Data>>(data: Data, labels: SegmentLabels, options: SegmentSpaceOptions<ColumnNameOf<Data>> = {}): number {
  requireKnownOptions('calinskiHarabasz', options, ['features', 'scaling']);
  const { points, width, groups } = labelledPoints('calinskiHarabasz', data, labels, options);
  const figures = partitionFigures(points, width, groups);
  const rows = groups.rows.length;
  if (figures.sizes.every((size) => size < 2)) throw new ClientelaError('INVALID_INPUT', `calinskiHarabasz needs more rows than segments, found ${rows} of each`, { rows });
  return figures.calinskiHarabasz;
}
