import { RowHeap } from './rowHeap.js';

/** Rows in segments of limited size, and the prices that keep them there. */
export interface LimitedAssignment {
  readonly labels: Int32Array;
  /** Added to the costs, they make every row's own segment its cheapest. */
  readonly offsets: Float64Array;
}

/**
 * The assignment of least cost whose segments have `lower` to `upper` rows: every row to its cheapest, then rows along the cheapest chains of segments from
 * those with too many to those with too few (successive shortest paths of the transport problem: exact). The dual prices come with it: those that keep the rows
 * farthest from the borders, so that only a real tie stands on one. O(rows * segments * log rows), and segments cubed for every row that must move.
 */
export function limitSizes(costs: Float64Array, segments: number, lower: number, upper: number): LimitedAssignment {
  const labels = new Int32Array(costs.length / segments);
  const sizes = new Array<number>(segments).fill(0);
  const heaps = Array.from({ length: segments * segments }, () => new RowHeap());
  const enter = (row: number, label: number): void => {
    labels[row] = label;
    sizes[label]!++;
    for (let c = 0; c < segments; c++) if (c !== label) heaps[label * segments + c]!.push(row, costs[row * segments + c]! - costs[row * segments + label]!);
  };
  for (let row = 0; row < labels.length; row++) {
    let label = 0;
    for (let c = 1; c < segments; c++) if (costs[row * segments + c]! < costs[row * segments + label]!) label = c;
    enter(row, label);
  }
  const nodes = segments + 1;
  const moves = (): Float64Array => {
    // What it costs to move a row from one to the other; the last node is outside, where a segment may give a place or take one.
    const edges = new Float64Array(nodes * nodes).fill(Infinity);
    for (let a = 0; a < segments; a++) {
      if (sizes[a]! < upper) edges[a * nodes + segments] = 0;
      if (sizes[a]! > lower) edges[segments * nodes + a] = 0;
      for (let c = 0; c < segments; c++) if (c !== a) edges[a * nodes + c] = heaps[a * segments + c]!.least((row) => labels[row] === a);
    }
    return edges;
  };
  let isFree = true;
  for (;;) {
    const from = sizes.findIndex((size) => size > upper);
    const to = from < 0 ? sizes.findIndex((size) => size < lower) : segments;
    if (to < 0) break;
    isFree = false;
    const path = shortestPaths(moves(), nodes, from < 0 ? segments : from);
    for (let node = to; path[node]! >= 0; node = path[node]!) {
      const giver = path[node]!;
      if (giver === segments || node === segments) continue;
      sizes[giver]!--;
      enter(heaps[giver * segments + node]!.take(), node);
    }
  }
  if (isFree) return { labels, offsets: new Float64Array(segments) };
  return { labels, offsets: offsetsOf(moves(), nodes) };
}

/** The prices under which the dearest move would still cost most: any move may cost less by `slack` without a gain in a circle, found by bisection. */
function offsetsOf(edges: Float64Array, nodes: number): Float64Array {
  const outside = nodes - 1;
  let low = 0;
  let high = edges.reduce((most, edge) => (edge < Infinity ? Math.max(most, edge) : most), 0);
  let prices = new Float64Array(nodes);
  relax(edges, nodes, prices);
  for (let step = 0; step < 60; step++) {
    const slack = (low + high) / 2;
    const trial = new Float64Array(nodes);
    const tightened = edges.map((edge, at) => (at % nodes === outside || at >= outside * nodes ? edge : edge - slack));
    if (relax(tightened, nodes, trial)) {
      low = slack;
      prices = trial;
    } else high = slack;
  }
  return prices.subarray(0, outside).map((price) => prices[outside]! - price);
}

/** The node before each on the cheapest way from the source; -1 for none. */
function shortestPaths(edges: Float64Array, nodes: number, source: number): Int32Array {
  const distances = new Float64Array(nodes).fill(Infinity);
  const before = new Int32Array(nodes).fill(-1);
  distances[source] = 0;
  relax(edges, nodes, distances, before);
  return before;
}

/** Bellman and Ford: costs may be negative; false where a circle of them is. */
function relax(edges: Float64Array, nodes: number, distances: Float64Array, before?: Int32Array): boolean {
  let isSettled = false;
  for (let round = 0; round <= nodes && !isSettled; round++) {
    isSettled = true;
    for (let at = 0; at < edges.length; at++) {
      const from = Math.floor(at / nodes);
      const to = at % nodes;
      // Rounding makes no circle of cost 0 a gain.
      const distance = distances[from]! + edges[at]!;
      if (!(distance < distances[to]! - 1e-12 * Math.abs(distance))) continue;
      distances[to] = distance;
      if (before) before[to] = from;
      isSettled = false;
    }
  }
  return isSettled;
}
