// @ts-check
/** @import { RocCurve } from 'clientela/evaluation' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { muted, palette } from './palette.mjs';

/**
 * What is caught of those who answer against what is caught of those who do not, at every threshold: `rocCurve(labels, scores)`.
 *
 * @param {RocCurve} curve
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function rocPlot({ truePositiveRate, falsePositiveRate }, options) {
  return Plot.plot({
    x: { label: 'of those who do not answer, contacted (%) →', percent: true, domain: [0, 100] }, y: { label: '↑ of those who answer, contacted (%)', percent: true, domain: [0, 100], grid: true },
    marks: [
      Plot.line([[0, 0], [1, 1]], { stroke: muted, strokeDasharray: '4 4' }),
      Plot.line(truePositiveRate, { x: falsePositiveRate, y: truePositiveRate, stroke: palette[0], strokeWidth: 2.5 }),
    ],
    ...options,
  });
}
