// @ts-check
/** @import { Silhouette } from 'clientela/segmentation' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { labelMargin } from './labelMargin.mjs';
import { muted, palette } from './palette.mjs';

/**
 * How well each customer lies in the own segment (1) rather than in the nearest other one (below 0): `silhouette(data, labels)`.
 *
 * @param {Silhouette} found
 * @param {ArrayLike<number>} labels - the segment of each row
 * @param {PictureOptions & { names?: readonly string[] }} [options] - names of the segments
 * @returns {Picture}
 */
export function silhouettePlot({ widths, estimate }, labels, { names, ...options } = {}) {
  // Thinned evenly within each segment: a picture has a few hundred lines.
  const ordered = Array.from(widths.keys()).filter((row) => !Number.isNaN(widths[row])).sort((a, b) => Number(labels[a]) - Number(labels[b]) || Number(widths[b]) - Number(widths[a]));
  const step = Math.max(1, Math.ceil(ordered.length / 400));
  const rows = ordered.filter((_, place) => place % step === 0).map((row, place) => ({ place, width: widths[row], segment: names?.[Number(labels[row])] ?? `segment ${Number(labels[row]) + 1}` }));
  const domain = [...new Set(rows.map(({ segment }) => segment))];
  const middles = new Map(domain.map((segment) => [Math.round(rows.reduce((sum, row) => sum + (row.segment === segment ? row.place : 0), 0) / rows.filter((row) => row.segment === segment).length), segment]));
  return Plot.plot({
    marginLeft: labelMargin(domain),
    x: { label: 'silhouette width →', grid: true }, y: { label: null }, color: { range: palette, domain },
    marks: [
      Plot.axisY([...middles.keys()], { label: null, tickFormat: (/** @type {number} */ place) => middles.get(place), tickSize: 0, lineWidth: 14 }),
      Plot.ruleY(rows, { y: 'place', x1: 0, x2: 'width', stroke: 'segment', strokeWidth: 1.2 }),
      Plot.ruleX([0]),
      Plot.ruleX([estimate], { stroke: muted, strokeDasharray: '4 4' }),
    ],
    ...options,
  });
}
