// @ts-check
/** @import { CalibrationRow } from 'clientela/evaluation' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { muted, palette } from './palette.mjs';

/**
 * Whether of customers foretold at 30 % three in ten really answer: `score.report.calibration`, `calibrationTable(labels, probabilities)`.
 *
 * @param {readonly CalibrationRow[]} rows
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function calibrationPlot(rows, options) {
  const most = Math.min(1, 1.05 * Math.max(0.01, ...rows.flatMap(({ meanPredicted, observedRate }) => [meanPredicted, observedRate.upper])));
  return Plot.plot({
    x: { label: 'foretold (%) →', percent: true, domain: [0, 100 * most] }, y: { label: '↑ came true (%)', percent: true, domain: [0, 100 * most], grid: true },
    marks: [
      Plot.line([[0, 0], [most, most]], { stroke: muted, strokeDasharray: '4 4' }),
      Plot.ruleX(rows, { x: 'meanPredicted', y1: ({ observedRate }) => observedRate.lower, y2: ({ observedRate }) => observedRate.upper, stroke: palette[0], strokeWidth: 1.5 }),
      Plot.dot(rows, { x: 'meanPredicted', y: ({ observedRate }) => observedRate.estimate, fill: palette[0], r: 4 }),
    ],
    ...options,
  });
}
