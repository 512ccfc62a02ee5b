// @ts-check
/** @import { SegmentMigration } from 'clientela/segmentation' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { inkOn } from './ink.mjs';
import { labelMargin } from './labelMargin.mjs';
import { shades } from './palette.mjs';

/**
 * Who moved where between two moments: of the customers of each segment before, the share in each after: `segmentMigration(before, after)`.
 *
 * @param {SegmentMigration} migration
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function migrationPlot({ segments, counts, shares }, options) {
  const cells = segments.flatMap((before, i) => segments.map((after, j) => ({ before, after, share: shares[i]?.[j] ?? 0, count: counts[i]?.[j] ?? 0 })));
  const color = { ...shades, domain: [0, 1] };
  const shade = Plot.scale({ color });
  return Plot.plot({
    marginLeft: labelMargin(segments), marginBottom: 60, x: { label: 'after →', domain: segments, tickRotate: -20 }, y: { label: '↑ before', domain: segments },
    color,
    marks: [
      Plot.cell(cells, { x: 'after', y: 'before', fill: 'share', inset: 1 }),
      Plot.text(cells.filter(({ count }) => count > 0), { x: 'after', y: 'before', text: 'count', fill: ({ share }) => inkOn(shade.apply(share)) }),
    ],
    ...options,
  });
}
