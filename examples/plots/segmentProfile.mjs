// @ts-check
/** @import { ProfilePlot } from 'clientela/segmentation' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { inkOn } from './ink.mjs';
import { labelMargin } from './labelMargin.mjs';

/**
 * What marks each segment: how far its mean of each feature lies from everybody's, in standard deviations: `profilePlot(describeSegments(data, labels))`.
 *
 * @param {ProfilePlot} profile
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function segmentProfilePlot({ segments, features, z }, options) {
  const cells = segments.flatMap((segment, s) => features.map((feature, f) => ({ segment, feature, z: z[s]?.[f] ?? 0 })));
  const most = Math.max(1, ...cells.map((cell) => Math.abs(cell.z)));
  const color = /** @type {const} */ ({ type: 'diverging', scheme: 'PuOr', domain: [-most, most] });
  const shade = Plot.scale({ color });
  return Plot.plot({
    marginLeft: labelMargin(segments), marginBottom: 60, x: { label: null, domain: features, tickRotate: -20 }, y: { label: null, domain: segments },
    color,
    marks: [
      Plot.axisY({ label: null, lineWidth: 14 }),
      Plot.cell(cells, { x: 'feature', y: 'segment', fill: 'z', inset: 1 }),
      Plot.text(cells, { x: 'feature', y: 'segment', text: (/** @type {{ z: number }} */ cell) => cell.z.toFixed(1), fill: (/** @type {{ z: number }} */ cell) => inkOn(shade.apply(cell.z)) }),
    ],
    ...options,
  });
}
