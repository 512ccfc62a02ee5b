import { ClientelaError } from '../../errors.js';
import type { MarkovChain } from './markovChain.js';

/**
 * The share of time in each state in the long run, by GTH elimination within the one set of nodes that is never left; null when there are several such sets, or
 * when journeys end. O(contexts^3 / 3).
 */
export function steadyShares(chain: MarkovChain, stateCount: number): Float64Array | null {
  const n = chain.rows.length - 1;
  const ahead = Array.from({ length: n }, (_, node) => chain.target.slice(chain.rows[node], chain.rows[node + 1]));
  const behind = ahead.map((): number[] => []);
  for (let node = 0; node < n; node++) for (const next of ahead[node]!) behind[next]?.push(node);
  let [core, back] = [reach(ahead, 0), reach(behind, 0)];
  if ([...core].some((node) => node < 0)) return null;
  // Where some node of the set does not lead back, the set beyond that node is smaller.
  for (let beyond: number | undefined; (beyond = [...core].find((node) => !back.has(node))) !== undefined; ) {
    core = reach(ahead, beyond);
    back = reach(behind, beyond);
  }
  for (let node = 0; node < n; node++) if (!back.has(node)) return null;
  const nodes = [...core];
  if (nodes.length > 3000) throw new ClientelaError('INVALID_INPUT', `MarkovPaths.steadyState takes up to 3000 contexts, found ${nodes.length}; fit a lower order, or group the items`, { contexts: nodes.length });
  const place = new Map(nodes.map((node, i) => [node, i]));
  const size = nodes.length;
  const p = new Float64Array(size * size);
  nodes.forEach((node, i) => {
    for (let m = chain.rows[node]!; m < chain.rows[node + 1]!; m++) p[i * size + place.get(chain.target[m]!)!]! += chain.chance[m]!;
  });
  for (let s = size - 1; s > 0; s--) {
    let out = 0;
    for (let j = 0; j < s; j++) out += p[s * size + j]!;
    for (let i = 0; i < s; i++) {
      p[i * size + s]! /= out;
      for (let j = 0; j < s; j++) p[i * size + j]! += p[i * size + s]! * p[s * size + j]!;
    }
  }
  const weight = new Float64Array(size).fill(1);
  for (let s = 1; s < size; s++) {
    weight[s] = 0;
    for (let i = 0; i < s; i++) weight[s]! += weight[i]! * p[i * size + s]!;
  }
  const shares = new Float64Array(stateCount);
  const total = weight.reduce((sum, value) => sum + value, 0);
  nodes.forEach((node, i) => {
    for (let m = chain.rows[node]!; m < chain.rows[node + 1]!; m++) shares[chain.state[m]!]! += (weight[i]! / total) * chain.chance[m]!;
  });
  return shares;
}

/** What can be reached from a node; below 0 are ends. */
function reach(next: readonly (readonly number[])[], from: number): Set<number> {
  const found = new Set<number>();
  const open = [from];
  while (open.length > 0) {
    for (const node of next[open.pop()!]!) {
      if (found.has(node)) continue;
      found.add(node);
      if (node >= 0) open.push(node);
    }
  }
  return found;
}
