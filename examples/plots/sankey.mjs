// @ts-check
/** @import { Sankey } from 'clientela/paths' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import * as Plot from '@observablehq/plot';
import { sankey, sankeyLinkHorizontal } from 'd3-sankey';
import { palette } from './palette.mjs';

/**
 * Which way customers walk, step by step: `sankeyOf(log, { depth: 4 })`.
 *
 * @param {Sankey} flows
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function sankeyPlot(flows, { width = 640, height = 360, ...options } = {}) {
  const margin = { top: 16, right: 90, bottom: 8, left: 8 };
  const layout = sankey().nodeWidth(10).nodePadding(12).nodeId((/** @type {any} */ node) => node.index).nodeAlign((/** @type {any} */ node) => node.depth).extent([[margin.left, margin.top], [width - margin.right, height - margin.bottom]]);
  /** @type {any} */
  const drawn = flows.links.length === 0 ? { nodes: [], links: [] } : layout({ nodes: flows.nodes.map((node) => ({ ...node })), links: flows.links.map((link) => ({ ...link })) });
  const items = [...new Set(flows.nodes.map(({ item }) => item))];
  const ribbon = sankeyLinkHorizontal();
  return Plot.plot({
    width, height, margin: 0, axis: null, x: { domain: [0, width], range: [0, width] }, y: { domain: [0, height], range: [0, height] }, color: { domain: items, range: items.map((_, i) => palette[i % palette.length] ?? '') },
    marks: [
      // Plot has no ribbons: the links are drawn as d3-sankey's paths, wide as their flow.
      (/** @type {any} */ _index, /** @type {any} */ scales, /** @type {any} */ _values, /** @type {any} */ _dimensions, /** @type {any} */ context) => {
        const group = context.document.createElementNS('http://www.w3.org/2000/svg', 'g');
        for (const link of drawn.links) {
          const path = context.document.createElementNS('http://www.w3.org/2000/svg', 'path');
          const shape = { d: ribbon(link), fill: 'none', stroke: scales.color(link.source.item), 'stroke-opacity': 0.35, 'stroke-width': Math.max(1, link.width) };
          for (const [name, value] of Object.entries(shape)) path.setAttribute(name, String(value));
          group.append(path);
        }
        return group;
      },
      Plot.rect(drawn.nodes, { x1: 'x0', x2: 'x1', y1: 'y0', y2: 'y1', fill: 'item' }),
      Plot.text(drawn.nodes, { x: 'x1', y: (node) => (node.y0 + node.y1) / 2, text: (node) => `${node.item} ${node.value}`, dx: 4, textAnchor: 'start' }),
    ],
    ...options,
  });
}
