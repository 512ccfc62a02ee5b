import type { PathGraph } from '../graphs/pathGraph.js';
import type { DirectlyFollows } from './directlyFollows.js';

/**
 * The process map as a graph, for `mermaidOf` and `graphMlOf`: activities as nodes with `count` and `cases`, edges with `n`, `cases` and `medianDays`.
 *
 * @param map - what `directlyFollows` found; its edges are those its limits kept
 * @returns nodes and edges, in its order
 * @example
 * ```ts
 * import { directlyFollows, Journeys } from 'clientela/paths';
 * const map = directlyFollows(Journeys.fromLists([['quote', 'contract'], ['quote']]));
 * directlyFollowsGraph(map).edges; // => [{ from: 'quote', to: 'contract', label: '1', n: 1, cases: 1, medianDays: null }]
 * ```
 */
export function directlyFollowsGraph({ activities, edges }: DirectlyFollows): PathGraph {
  return {
    nodes: activities.map(({ item, count, cases }) => ({ id: item, count, cases })),
    edges: edges.map(({ from, to, n, cases, elapsedDays }) => ({ from, to, label: String(n), n, cases, medianDays: elapsedDays && elapsedDays.median })),
  };
}
