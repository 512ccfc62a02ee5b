import { sortedOrder } from './sorting.js';

/** Adjusted p-values: taking all with q <= r keeps the expected share of false finds among the finds at r (Benjamini and Hochberg, 1995). */
export function falseDiscoveryQ(p: Float64Array): Float64Array {
  const q = new Float64Array(p.length);
  const order = sortedOrder(p);
  let least = 1;
  for (let rank = p.length; rank > 0; rank--) {
    const i = order[rank - 1]!;
    // Never below p, which the rounding of p * n / n could undercut.
    least = Math.min(least, Math.max(p[i]!, (p[i]! * p.length) / rank));
    q[i] = least;
  }
  return q;
}
