// @ts-check
/** @import { RfmGridCell } from 'clientela/segmentation' */
/** @import { PlotOptions } from '@observablehq/plot' */
import * as Plot from '@observablehq/plot';
import { inkOn } from './ink.mjs';
import { shades } from './palette.mjs';

/**
 * How many customers have each recency and frequency score: `rfmGrid(rfm(log, { asOf }))`.
 *
 * @param {readonly RfmGridCell[]} cells
 * @param {PlotOptions} [options] - width, height, document (outside a browser)
 * @returns {(SVGSVGElement | HTMLElement) & import('@observablehq/plot').Plot}
 */
export function rfmGridPlot(cells, options) {
  const most = Math.max(...cells.map(({ customers }) => customers), 1);
  const color = { ...shades, domain: [0, most], label: 'customers' };
  const shade = Plot.scale({ color });
  return Plot.plot({
    x: { label: 'recency score (5 is recent) →' }, y: { label: '↑ frequency score', reverse: true }, color,
    marks: [
      Plot.cell(cells, { x: 'recencyScore', y: 'frequencyScore', fill: 'customers', inset: 1 }),
      Plot.text(cells, { x: 'recencyScore', y: 'frequencyScore', text: 'customers', fill: ({ customers }) => inkOn(shade.apply(customers)) }),
    ],
    ...options,
  });
}
