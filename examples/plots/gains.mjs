// @ts-check
/** @import { GainsRow } from 'clientela/evaluation' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { muted, palette } from './palette.mjs';

/**
 * Of all who answer, which share is among the best-scored part of the customers: `score.report.gains`, `gainsTable(labels, scores)`.
 *
 * @param {readonly GainsRow[]} gains
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function gainsPlot(gains, options) {
  const all = gains.reduce((sum, { customers }) => sum + customers, 0);
  let so = 0;
  const points = [{ part: 0, gain: 0 }, ...gains.map(({ customers, cumulativeGain }) => ({ part: (so += customers) / all, gain: cumulativeGain }))];
  return Plot.plot({
    x: { label: 'customers contacted, best first (%) →', percent: true, domain: [0, 100] }, y: { label: '↑ of all who answer, reached (%)', percent: true, domain: [0, 100], grid: true },
    marks: [
      Plot.line([[0, 0], [1, 1]], { stroke: muted, strokeDasharray: '4 4' }),
      Plot.text([[0.7, 0.7]], { text: ['by chance'], fill: muted, dy: 12, dx: 4, textAnchor: 'start' }),
      Plot.lineY(points, { x: 'part', y: 'gain', stroke: palette[0], strokeWidth: 2.5, marker: 'dot' }),
    ],
    ...options,
  });
}
