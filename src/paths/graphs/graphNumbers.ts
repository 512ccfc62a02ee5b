import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { PathGraph, PathGraphEdge } from './pathGraph.js';

/** The place of each node by its id, in a graph whose edges have both ends. */
export function graphNumbers(caller: string, graph: PathGraph): ReadonlyMap<string, number> {
  if (!Array.isArray((graph as PathGraph | undefined)?.nodes) || !Array.isArray(graph.edges)) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs a graph of nodes and edges, found ${describeValue(graph)}`, { function: caller });
  }
  const places = new Map<string, number>();
  for (const { id } of graph.nodes) {
    if (places.has(id)) throw new ClientelaError('DUPLICATE_ID', `${caller} needs each node once, found ${describeValue(id)} again`, { id });
    places.set(id, places.size);
  }
  for (const { from, to } of graph.edges as readonly PathGraphEdge[]) {
    for (const id of [from, to]) if (!places.has(id)) throw new ClientelaError('UNKNOWN_ID', `${caller} found an edge at ${describeValue(id)}, which is no node of the graph; add the node`, { id });
  }
  return places;
}
