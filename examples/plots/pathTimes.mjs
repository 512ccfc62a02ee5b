// @ts-check
/** @import { PathTransition } from 'clientela/paths' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { labelMargin } from './labelMargin.mjs';
import { palette } from './palette.mjs';

/**
 * How long each step of a path takes those who go on: the middle, the middle half and nine tenths: `pathTimes(journeys, paths)[0].transitions`.
 *
 * @param {readonly PathTransition[]} transitions
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function pathTimesPlot(transitions, options) {
  const steps = transitions.flatMap(({ from, to, elapsed }) => (elapsed === null ? [] : [{ step: `${from.join(' + ')} → ${to.join(' + ')}`, ...elapsed }]));
  return Plot.plot({
    marginLeft: labelMargin(steps.map(({ step }) => step)), x: { label: 'days →', grid: true, zero: true }, y: { label: null, domain: steps.map(({ step }) => step) },
    marks: [
      Plot.ruleY(steps, { y: 'step', x1: 'p10', x2: 'p90', stroke: palette[0] }),
      Plot.ruleY(steps, { y: 'step', x1: 'p25', x2: 'p75', stroke: palette[0], strokeWidth: 8 }),
      Plot.dot(steps, { y: 'step', x: 'median', fill: palette[1], r: 5 }),
    ],
    ...options,
  });
}
