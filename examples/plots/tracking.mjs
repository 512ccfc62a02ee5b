// @ts-check
/** @import { PurchaseTracking } from 'clientela/lifetime' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { muted, palette } from './palette.mjs';

/**
 * Repeat purchases made, period by period, beside those a model expects; what it was not learnt from is shaded: `purchaseTracking(model, log, { every })`.
 *
 * @param {PurchaseTracking} tracking
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function trackingPlot({ starts, ends, isHoldout, actual, expected }, options) {
  const lines = [['made', actual], ['expected', expected]].flatMap(([kind, values]) => Array.from(/** @type {Float64Array} */ (values), (count, i) => ({ kind: String(kind), end: new Date(Number(ends[i])), count })));
  const held = isHoldout.indexOf(true);
  return Plot.plot({
    x: { label: null, type: 'utc' }, y: { label: '↑ repeat purchases', grid: true, zero: true }, color: { domain: ['made', 'expected'], range: [muted, palette[0]], legend: true },
    marks: [
      ...(held < 0 ? [] : [Plot.rect([0], { x1: [new Date(Number(starts[held]))], x2: [new Date(Number(ends[ends.length - 1]))], fill: muted, fillOpacity: 0.12 })]),
      Plot.lineY(lines, { x: 'end', y: 'count', stroke: 'kind', strokeWidth: 2 }),
      Plot.ruleY([0]),
    ],
    ...options,
  });
}
