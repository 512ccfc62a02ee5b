// @ts-check
/** @import { Estimate } from 'clientela/evaluation' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { labelMargin } from './labelMargin.mjs';
import { muted, palette } from './palette.mjs';

/**
 * Sums by name with their intervals, the largest first: potentials of products, segments, plans.
 *
 * @param {readonly { name: string, amount: Estimate }[]} sums
 * @param {PictureOptions & { label?: string }} [options] - what is summed, with its unit
 * @returns {Picture}
 */
export function potentialBarsPlot(sums, { label = 'amount', ...options } = {}) {
  return Plot.plot({
    marginLeft: labelMargin(sums.map(({ name }) => name)), x: { label: `${label} →`, grid: true }, y: { label: null },
    marks: [
      Plot.barX(sums, { y: 'name', x: ({ amount }) => amount.estimate, fill: palette[0], sort: { y: '-x' } }),
      Plot.ruleY(sums, { y: 'name', x1: ({ amount }) => amount.lower, x2: ({ amount }) => amount.upper, strokeWidth: 1.5 }),
      Plot.ruleX([0], { stroke: muted }),
    ],
    ...options,
  });
}
