// @ts-check
/** @import { GainsRow } from 'clientela/evaluation' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { palette } from './palette.mjs';

/**
 * How many times more answers than by chance each part of the ranking holds, with intervals: `score.report.gains`, `gainsTable(labels, scores)`.
 *
 * @param {readonly GainsRow[]} gains
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function liftPlot(gains, options) {
  return Plot.plot({
    x: { label: 'part of the ranking, best first →' }, y: { label: '↑ lift (times the average)', grid: true },
    marks: [
      Plot.barY(gains, { x: 'bin', y: 'lift', fill: palette[0] }),
      Plot.ruleX(gains, { x: 'bin', y1: ({ liftInterval }) => liftInterval.lower, y2: ({ liftInterval }) => liftInterval.upper, strokeWidth: 1.5 }),
      Plot.ruleY([1], { stroke: palette[1], strokeDasharray: '4 4' }),
    ],
    ...options,
  });
}
