import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { graphNumbers } from './graphNumbers.js';
import type { PathGraph, PathGraphValue } from './pathGraph.js';

/** How a graph is written for Mermaid. */
export interface MermaidOptions {
  /** Where edges lead. @defaultValue 'right' */
  readonly direction?: 'right' | 'left' | 'down' | 'up';
  /** The field of the edges that is written on them: numbers with three digits, nothing where it is missing or null. @defaultValue 'label' */
  readonly edgeLabel?: string;
}

const DIRECTIONS = { right: 'LR', left: 'RL', down: 'TB', up: 'BT' } as const;

/**
 * A graph as the text of a Mermaid flowchart, which GitHub, GitLab and many editors draw.
 *
 * Nodes are called `n0`, `n1`, … in the order of the graph, so that no name can clash with a word of the language (`end`, `style`); what they are called stands in quotes, with
 * everything that Mermaid would read as markup written as `#34;`-like entities. `O(nodes + edges)`.
 *
 * @param graph - nodes and edges; see {@link PathGraph}
 * @param options - direction, what stands on the edges; see {@link MermaidOptions}
 * @returns lines of text, the last one ended too
 * @throws a {@link ClientelaError} `UNKNOWN_ID` for an edge without its node, `DUPLICATE_ID`, `INVALID_INPUT`, `INVALID_OPTION`
 * @example
 * ```ts
 * const graph = { nodes: [{ id: 'card' }, { id: 'end' }], edges: [{ from: 'card', to: 'end', customers: 12 }] };
 * mermaidOf(graph, { edgeLabel: 'customers' }).split('\n'); // => ['flowchart LR', '  n0["card"]', '  n1["end"]', '  n0 -->|"12"| n1', '']
 * ```
 */
export function mermaidOf(graph: PathGraph, options: MermaidOptions = {}): string {
  requireKnownOptions('mermaidOf', options, ['direction', 'edgeLabel']);
  const { direction = 'right', edgeLabel = 'label' } = options;
  const places = graphNumbers('mermaidOf', graph);
  const lines = [`flowchart ${DIRECTIONS[requireChoice('mermaidOf', 'direction', direction, ['right', 'left', 'down', 'up'])]}`];
  for (const { id, label } of graph.nodes) lines.push(`  n${places.get(id)!}[${quoted(label ?? id)}]`);
  for (const edge of graph.edges) {
    const label = edge[edgeLabel] ?? '';
    lines.push(`  n${places.get(edge.from)!} -->${label === '' ? '' : `|${quoted(label)}|`} n${places.get(edge.to)!}`);
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Text in quotes. Kept are letters, digits and what cannot be markup where it stands; the rest become entities, which Mermaid resolves after reading. An empty string would be
 * no text to its grammar, and it takes a line with `direction LR` anywhere in it for a statement.
 */
function quoted(value: PathGraphValue): string {
  const text = typeof value === 'number' ? String(Number(value.toPrecision(3))) : String(value);
  const safe = text.replace(/[^\p{L}\p{M}\p{N} .,/()+%_-]|[.)+-](?= )|%(?=%)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<=direction) /gu, (sign) => `#${sign.codePointAt(0)!};`);
  return `"${safe || ' '}"`;
}
