// @ts-check
/** @import { PathGraph } from 'clientela/paths' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import dagre from '@dagrejs/dagre';
import * as Plot from '@observablehq/plot';
import { muted, palette } from './palette.mjs';

/** @typedef {{ x: number, y: number, width: number, height: number, label: string }} PlacedNode */

/**
 * What depends on what: an arrow from each product to those that come after it: `productDependencies(order).graph`.
 *
 * @param {PathGraph} graph - the strength of an edge in its `label`
 * @param {PictureOptions} [options]
 * @returns {Picture}
 */
export function dependencyGraphPlot({ nodes, edges }, { width = 640, ...options } = {}) {
  const layout = new dagre.graphlib.Graph();
  layout.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 90, marginx: 12, marginy: 12 });
  layout.setDefaultEdgeLabel(() => ({}));
  for (const { id, label } of nodes) layout.setNode(id, { label: label ?? id, width: 20 + 7.5 * (label ?? id).length, height: 28 });
  for (const { from, to, label } of edges) layout.setEdge(from, to, { label: label ?? '' });
  if (nodes.length > 0) dagre.layout(layout);
  const boxes = nodes.map(({ id }) => /** @type {PlacedNode} */ (layout.node(id)));
  const { width: across = 1, height: down = 1 } = nodes.length > 0 ? layout.graph() : {};
  const arrows = edges.map(({ from, to, label }) => {
    const [a, b] = [from, to].map((id) => /** @type {PlacedNode} */ (layout.node(id)));
    return { x1: Number(a?.x) + Number(a?.width) / 2, y1: Number(a?.y), x2: Number(b?.x) - Number(b?.width) / 2, y2: Number(b?.y), label: label ?? '' };
  });
  return Plot.plot({
    width, height: Math.max(80, (width * down) / across), margin: 0, axis: null, x: { domain: [0, across] }, y: { domain: [down, 0] },
    marks: [
      Plot.arrow(arrows, { x1: 'x1', y1: 'y1', x2: 'x2', y2: 'y2', stroke: muted, headLength: 8 }),
      Plot.text(arrows, { x: ({ x1, x2 }) => (x1 + x2) / 2, y: ({ y1, y2 }) => (y1 + y2) / 2, text: 'label', dy: -8, fill: muted }),
      Plot.rect(boxes, { x1: ({ x, width: wide }) => x - wide / 2, x2: ({ x, width: wide }) => x + wide / 2, y1: ({ y, height: tall }) => y - tall / 2, y2: ({ y, height: tall }) => y + tall / 2, stroke: palette[0], fill: palette[0], fillOpacity: 0.12, rx: 6 }),
      Plot.text(boxes, { x: 'x', y: 'y', text: 'label' }),
    ],
    ...options,
  });
}
