// @ts-check
/** @import { CustomerPotentials } from 'clientela/potential' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { muted, palette } from './palette.mjs';

/**
 * Each customer by headroom and by how easily some of it is won, parted at the cuts of `potentialQuadrants`.
 *
 * @param {CustomerPotentials} potentials
 * @param {ArrayLike<number>} ease - a probability a customer
 * @param {PictureOptions & { cuts?: { headroom?: number, ease?: number } }} [options] - the cuts of `potentialQuadrants`
 * @returns {Picture}
 */
export function quadrantsPlot({ headroom }, ease, { cuts = {}, ...options } = {}) {
  const step = Math.max(1, Math.ceil(headroom.length / 2000));
  const points = Array.from(headroom, (amount, row) => ({ amount, ease: ease[row] })).filter(({ amount }, row) => row % step === 0 && amount > 0);
  return Plot.plot({
    x: { label: 'headroom (amount) →', type: 'log', tickFormat: 's' }, y: { label: '↑ ease (%)', percent: true, grid: true },
    marks: [
      Plot.dot(points, { x: 'amount', y: 'ease', fill: palette[0], fillOpacity: 0.45, r: 2.5 }),
      ...(cuts.headroom === undefined ? [] : [Plot.ruleX([cuts.headroom], { stroke: muted, strokeDasharray: '4 4' })]),
      ...(cuts.ease === undefined ? [] : [Plot.ruleY([cuts.ease], { stroke: muted, strokeDasharray: '4 4' })]),
    ],
    ...options,
  });
}
