// @ts-check
/** @import { CampaignTarget } from 'clientela/scoring' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { palette } from './palette.mjs';

/**
 * The profit expected of contacting the best so many customers, with its interval, and how many the target takes: `idealTarget(probabilities, terms)`.
 *
 * @param {CampaignTarget} target
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function profitPlot({ curve, contacts }, options) {
  // A few hundred points draw the same line as a hundred thousand.
  const step = Math.max(1, Math.floor(curve.expectedProfit.length / 300));
  const depths = Array.from(curve.expectedProfit.keys()).filter((depth) => depth % step === 0 || depth === contacts || depth === curve.expectedProfit.length - 1);
  const at = (/** @type {Float64Array} */ values) => depths.map((depth) => values[depth]);
  return Plot.plot({
    x: { label: 'customers contacted, best first →' }, y: { label: '↑ expected profit', grid: true },
    marks: [
      Plot.ruleY([0]),
      Plot.areaY(depths, { x: depths, y1: at(curve.lower), y2: at(curve.upper), fill: palette[0], fillOpacity: 0.2 }),
      Plot.lineY(depths, { x: depths, y: at(curve.expectedProfit), stroke: palette[0], strokeWidth: 2.5 }),
      Plot.ruleX([contacts], { stroke: palette[1], strokeWidth: 2 }),
      Plot.text([contacts], { x: [contacts], frameAnchor: 'top', text: (/** @type {number} */ count) => `target: ${count}`, fill: palette[1], dx: 6, textAnchor: 'start' }),
    ],
    ...options,
  });
}
