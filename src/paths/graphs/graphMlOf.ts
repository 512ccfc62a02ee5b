import { graphNumbers } from './graphNumbers.js';
import type { PathGraph, PathGraphValue } from './pathGraph.js';

/**
 * A graph as GraphML, the XML that yEd, Gephi, igraph, networkx and Neo4j read.
 *
 * Nodes are called `n0`, `n1`, … in the order of the graph; their names and every figure become typed data (`double`, `boolean`, `string`; a field of several kinds is a
 * string). What is missing or null is left out; `Infinity` is written `INF`, as XML Schema asks. Signs that XML 1.0 cannot hold become U+FFFD. `O(nodes + edges)`.
 *
 * @param graph - nodes and edges; see {@link PathGraph}
 * @returns the document
 * @throws a {@link ClientelaError} `UNKNOWN_ID` for an edge without its node, `DUPLICATE_ID`, `INVALID_INPUT`
 * @example
 * ```ts
 * const text = graphMlOf({ nodes: [{ id: 'card' }, { id: 'R&D' }], edges: [{ from: 'card', to: 'R&D', customers: 12 }] });
 * text.includes('<data key="d0">R&amp;D</data>'); // => true
 * text.includes('<edge source="n0" target="n1"><data key="d1">12</data></edge>'); // => true
 * ```
 */
export function graphMlOf(graph: PathGraph): string {
  const places = graphNumbers('graphMlOf', graph);
  const keys: string[] = [];
  const nodeData = dataOf(keys, 'node', graph.nodes, []);
  const edgeData = dataOf(keys, 'edge', graph.edges, ['from', 'to']);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    ...keys,
    '  <graph edgedefault="directed">',
    ...graph.nodes.map((_, i) => `    <node id="n${i}">${nodeData[i]!}</node>`),
    ...graph.edges.map(({ from, to }, i) => `    <edge source="n${places.get(from)!}" target="n${places.get(to)!}">${edgeData[i]!}</edge>`),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
}

/** The data of each row as XML, its keys added to those there are. */
function dataOf(keys: string[], role: string, rows: readonly Readonly<Record<string, PathGraphValue | undefined>>[], left: readonly string[]): string[] {
  const kinds = new Map<string, string>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (left.includes(name) || value === null || value === undefined) continue;
      const kind = typeof value === 'number' ? 'double' : typeof value;
      kinds.set(name, (kinds.get(name) ?? kind) === kind ? kind : 'string');
    }
  }
  const first = keys.length;
  const names = [...kinds.keys()];
  names.forEach((name, i) => keys.push(`  <key id="d${first + i}" for="${role}" attr.name="${escaped(name)}" attr.type="${kinds.get(name)!}"/>`));
  return rows.map((row) => names.map((name, i) => dataText(`d${first + i}`, row[name])).join(''));
}

function dataText(key: string, value: PathGraphValue | undefined): string {
  if (value === null || value === undefined) return '';
  return `<data key="${key}">${typeof value === 'number' ? String(value).replace('Infinity', 'INF') : escaped(String(value))}</data>`;
}

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  // Line ends and tabs as references, or readers of XML would make spaces of them in attributes, and \n of \r.
  return text.replace(/[&<>"\t\n\r]/g, (sign) => NAMES[sign] ?? `&#${sign.charCodeAt(0)};`).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}
