// @ts-check
/** @import { PortfolioForecast } from 'clientela/lifetime' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { muted, palette } from './palette.mjs';

/**
 * What customers will buy period by period, those still to come on top, with the interval of both: `forecastPortfolio(value, customers, { periods })`.
 *
 * @param {PortfolioForecast} forecast
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function forecastPlot({ periods }, options) {
  const name = (/** @type {number} */ start) => new Date(start).toISOString().slice(0, 10);
  const bars = periods.flatMap(({ start, existing, coming }) => [
    { start: name(start), who: 'present customers', purchases: existing.purchases.estimate },
    { start: name(start), who: 'still to come', purchases: coming.purchases.estimate },
  ]);
  return Plot.plot({
    marginBottom: 60, x: { label: null, type: 'band', tickRotate: -30 }, y: { label: '↑ purchases', grid: true }, color: { domain: ['present customers', 'still to come'], range: [palette[0], palette[1]], legend: true },
    marks: [
      Plot.barY(bars, { x: 'start', y: 'purchases', fill: 'who', order: ['present customers', 'still to come'] }),
      Plot.ruleX(periods, { x: ({ start }) => name(start), y1: ({ total }) => total.purchases.lower, y2: ({ total }) => total.purchases.upper, strokeWidth: 1.5 }),
      Plot.ruleY([0], { stroke: muted }),
    ],
    ...options,
  });
}
