// @ts-check
/** @import { Concentration } from 'clientela/segmentation' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { muted, palette } from './palette.mjs';

/**
 * How much of the money comes from how few: `concentration(amounts)`.
 *
 * @param {Concentration} found
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function lorenzPlot({ lorenz: { customerShare, valueShare }, gini }, options) {
  // A few hundred points draw the same curve as a hundred thousand.
  const step = Math.max(1, Math.floor(customerShare.length / 300));
  const points = Array.from(customerShare, (share, i) => ({ share, value: Number(valueShare[i]) })).filter((_, i) => i % step === 0 || i === customerShare.length - 1);
  return Plot.plot({
    x: { label: 'customers, the smallest first (%) →', percent: true, domain: [0, 100] }, y: { label: '↑ of all the money (%)', percent: true, grid: true },
    marks: [
      Plot.line([[0, 0], [1, 1]], { stroke: muted, strokeDasharray: '4 4' }),
      Plot.areaY(points, { x: 'share', y: 'value', fill: palette[0], fillOpacity: 0.15 }),
      Plot.line(points, { x: 'share', y: 'value', stroke: palette[0], strokeWidth: 2.5 }),
      Plot.text([`Gini ${gini.toFixed(2)}`], { frameAnchor: 'top-left', dx: 8, dy: 8 }),
    ],
    ...options,
  });
}
