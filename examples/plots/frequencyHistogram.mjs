// @ts-check
/** @import { FrequencyHistogram } from 'clientela/lifetime' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { muted, palette } from './palette.mjs';

/**
 * How many customers bought again so many times, and how many the model expects: `frequencyHistogram(model, customers)`.
 *
 * @param {FrequencyHistogram} histogram
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function frequencyHistogramPlot({ frequency, actual, expected }, options) {
  const last = frequency.length - 1;
  const names = Array.from(frequency, (count, i) => (i === last ? `${count}+` : String(count)));
  const bars = [['customers', actual], ['expected', expected]].flatMap(([kind, values]) => names.map((times, i) => ({ kind, times, customers: /** @type {Float64Array} */ (values)[i] })));
  return Plot.plot({
    fx: { label: 'repeat purchases →', domain: names }, x: { axis: null, domain: ['customers', 'expected'] }, y: { label: '↑ customers', grid: true },
    color: { domain: ['customers', 'expected'], range: [muted, palette[0]], legend: true },
    marks: [Plot.barY(bars, { fx: 'times', x: 'kind', y: 'customers', fill: 'kind' }), Plot.ruleY([0])],
    ...options,
  });
}
