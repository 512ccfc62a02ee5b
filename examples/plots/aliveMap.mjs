// @ts-check
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { inkOn } from './ink.mjs';
import { shades } from './palette.mjs';

/**
 * How likely somebody is still a customer, by how often and how lately they bought: rows of `model.aliveProbability` over a grid.
 *
 * @param {readonly { purchases: number, silence: number, alive: number }[]} cells - `silence` since the last purchase, in the model's unit
 * @param {PictureOptions & { unit?: string }} [options] - the unit of time, for the label
 * @returns {Picture}
 */
export function aliveMapPlot(cells, { unit = 'days', ...options } = {}) {
  const color = /** @type {const} */ ({ ...shades, type: 'linear', domain: [0, 1] });
  const shade = Plot.scale({ color });
  return Plot.plot({
    x: { label: `${unit} since the last purchase →`, type: 'band' }, y: { label: '↑ repeat purchases', type: 'band', reverse: true }, color,
    marks: [
      Plot.cell(cells, { x: 'silence', y: 'purchases', fill: 'alive', inset: 0.5 }),
      Plot.text(cells, { x: 'silence', y: 'purchases', text: ({ alive }) => (100 * alive).toFixed(0), fill: ({ alive }) => inkOn(shade.apply(alive)) }),
    ],
    ...options,
  });
}
