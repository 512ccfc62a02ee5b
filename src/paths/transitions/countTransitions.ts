import { internPairs } from './internPairs.js';

/** Journeys as nodes of a graph: the nodes of step `s` are `nodes[nodeOffsets[s]]` to `nodes[nodeOffsets[s + 1]]`. */
export interface NodeJourneys {
  readonly offsets: Uint32Array;
  readonly nodeOffsets: Uint32Array;
  readonly nodes: Int32Array;
  readonly nodeCount: number;
  readonly weights: Float64Array | null;
}

/** Every passage from a node of one step to a node of the next, in the order of the journeys. */
export interface Transitions {
  /** Which edge, one a passage. */
  readonly edgeOf: Int32Array;
  /** The step it leads to. */
  readonly stepOf: Uint32Array;
  /** The nodes of each edge, ascending. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** What is counted per node (`count`, `cases`, …) and per edge (`n`, `edgeCases`, `edgeReturns`); all are sums of weights. */
export type TransitionCounts = Readonly<Record<'count' | 'cases' | 'starts' | 'ends' | 'repeatedBy' | 'selfLoops' | 'returns' | 'n' | 'edgeCases' | 'edgeReturns', Float64Array>>;

/** All passages of customers whose weight is not 0: of two steps with a and b nodes a * b. */
export function listTransitions({ offsets, nodeOffsets, nodes, weights }: NodeJourneys): Transitions {
  let total = 0;
  const customers = offsets.length - 1;
  for (let c = 0; c < customers; c++) {
    if (weights?.[c] === 0) continue;
    for (let s = offsets[c]! + 1; s < offsets[c + 1]!; s++) total += (nodeOffsets[s + 1]! - nodeOffsets[s]!) * (nodeOffsets[s]! - nodeOffsets[s - 1]!);
  }
  const [a, b, stepOf] = [new Int32Array(total), new Int32Array(total), new Uint32Array(total)];
  let t = 0;
  for (let c = 0; c < customers; c++) {
    if (weights?.[c] === 0) continue;
    for (let s = offsets[c]! + 1; s < offsets[c + 1]!; s++) {
      for (let j = nodeOffsets[s]!; j < nodeOffsets[s + 1]!; j++) {
        for (let i = nodeOffsets[s - 1]!; i < nodeOffsets[s]!; i++) {
          a[t] = nodes[i]!;
          b[t] = nodes[j]!;
          stepOf[t++] = s;
        }
      }
    }
  }
  const { ids, from, to } = internPairs(a, b);
  return { edgeOf: ids, stepOf, from, to };
}

/** One pass over the journeys. A node done again counts as a self loop when it is in the step just before, as a return otherwise. */
export function countTransitions({ offsets, nodeOffsets, nodes, nodeCount, weights }: NodeJourneys, { edgeOf, from }: Transitions): TransitionCounts {
  const perNode = (): Float64Array => new Float64Array(nodeCount);
  const perEdge = (): Float64Array => new Float64Array(from.length);
  const [count, cases, starts, ends, repeatedBy, selfLoops, returns] = [perNode(), perNode(), perNode(), perNode(), perNode(), perNode(), perNode()];
  const [n, edgeCases, edgeReturns] = [perEdge(), perEdge(), perEdge()];
  // Steps and customers are numbered from 1 here, so that 0 is never; a step before the journey's first is of somebody else.
  const lastStep = new Uint32Array(nodeCount);
  const repeater = new Uint32Array(nodeCount);
  const passer = new Uint32Array(from.length);
  let t = 0;
  for (let c = 0; c + 1 < offsets.length; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    if (weight === 0) continue;
    const [first, end] = [offsets[c]!, offsets[c + 1]!];
    for (let s = first; s < end; s++) {
      const width = s === first ? 0 : nodeOffsets[s]! - nodeOffsets[s - 1]!;
      for (let j = nodeOffsets[s]!; j < nodeOffsets[s + 1]!; j++) {
        const node = nodes[j]!;
        const last = lastStep[node]!;
        const isReturn = last > first && last !== s;
        count[node]! += weight;
        if (s === first) starts[node]! += weight;
        if (s === end - 1) ends[node]! += weight;
        if (last <= first) cases[node]! += weight;
        else {
          if (isReturn) returns[node]! += weight;
          else selfLoops[node]! += weight;
          if (repeater[node] !== c + 1) repeatedBy[node]! += weight;
          repeater[node] = c + 1;
        }
        for (const stop = t + width; t < stop; t++) {
          const edge = edgeOf[t]!;
          n[edge]! += weight;
          if (passer[edge] !== c + 1) edgeCases[edge]! += weight;
          passer[edge] = c + 1;
          if (isReturn) edgeReturns[edge]! += weight;
        }
        lastStep[node] = s + 1;
      }
    }
  }
  return { count, cases, starts, ends, repeatedBy, selfLoops, returns, n, edgeCases, edgeReturns };
}
