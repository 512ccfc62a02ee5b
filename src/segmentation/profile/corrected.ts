import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';

/** One family of questions with its q-values; what was no question (p is NaN) is none of it. */
export function corrected<Found extends { readonly p: number }>(found: readonly Found[]): (Found & { readonly q: number })[] {
  const q = falseDiscoveryQ(Float64Array.from(found.flatMap(({ p }) => (p === p ? [p] : []))));
  let asked = 0;
  return found.map((one) => (one.p === one.p ? { ...one, q: q[asked++]! } : { ...one, p: 1, q: 1 }));
}
