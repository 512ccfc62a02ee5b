import { summariseGaps, type ElapsedDays } from './elapsedDays.js';
import type { Transitions } from './countTransitions.js';

/** The days each edge took, exact: the gaps are dealt to their edges (counted first), then sorted edge by edge. */
export function edgeGaps({ edgeOf, stepOf, from }: Transitions, times: Float64Array, offsets: Uint32Array, weights: Float64Array | null): ElapsedDays[] {
  const starts = new Uint32Array(from.length + 1);
  for (let t = 0; t < edgeOf.length; t++) starts[edgeOf[t]! + 1]!++;
  for (let e = 0; e < from.length; e++) starts[e + 1]! += starts[e]!;
  const next = starts.slice();
  const gaps = new Float64Array(edgeOf.length);
  const shares = weights && new Float64Array(edgeOf.length);
  let c = 0;
  for (let t = 0; t < edgeOf.length; t++) {
    const step = stepOf[t]!;
    const place = next[edgeOf[t]!]!++;
    gaps[place] = times[step]! - times[step - 1]!;
    if (shares === null) continue;
    while (offsets[c + 1]! <= step) c++;
    shares[place] = weights![c]!;
  }
  return Array.from(from, (_, e) => summariseGaps(gaps.subarray(starts[e], starts[e + 1]), shares && shares.subarray(starts[e], starts[e + 1])));
}
