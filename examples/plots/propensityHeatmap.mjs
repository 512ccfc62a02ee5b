// @ts-check
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { inkOn } from './ink.mjs';
import { labelMargin } from './labelMargin.mjs';
import { shades } from './palette.mjs';

/**
 * How likely each customer (or group) takes each product: a row of probabilities each, NaN where there is none.
 *
 * @param {{ rows: readonly string[], products: readonly string[], values: ArrayLike<number> }} matrix - `values` row by row
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function propensityHeatmapPlot({ rows, products, values }, options) {
  const cells = rows.flatMap((row, i) => products.map((product, j) => ({ row, product, probability: Number(values[i * products.length + j]) })));
  const most = Math.max(0.01, ...cells.map(({ probability }) => probability || 0));
  const color = { ...shades, domain: [0, most], label: 'probability (%)' };
  const shade = Plot.scale({ color });
  return Plot.plot({
    marginLeft: labelMargin(rows), marginBottom: 60, x: { label: null, domain: products, tickRotate: -30 }, y: { label: null, domain: rows }, color,
    marks: [
      Plot.cell(cells.filter(({ probability }) => !Number.isNaN(probability)), { x: 'product', y: 'row', fill: 'probability', inset: 1 }),
      Plot.text(cells, {
        x: 'product', y: 'row', text: ({ probability }) => (Number.isNaN(probability) ? '–' : (100 * probability).toFixed(0)),
        fill: ({ probability }) => (Number.isNaN(probability) ? 'currentColor' : inkOn(shade.apply(probability))),
      }),
    ],
    ...options,
  });
}
