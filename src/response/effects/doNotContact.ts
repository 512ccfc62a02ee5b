import type { Estimate } from '../../numeric/estimate.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import { normalCdf } from '../../numeric/normal.js';
import type { EffectIntervals } from './effectIntervals.js';

/** Customers whom contact surely puts off, and how far the list can be trusted. */
export interface DoNotContact {
  /** Their rows, ascending. */
  readonly rows: Uint32Array;
  /** How many (sum of weights). */
  readonly customers: number;
  /** Effect measured on them in the trial, on rows that did not choose the list; null where it holds no treated or no control customer. */
  readonly effect: Estimate | null;
  /** The bound asked for. */
  readonly falseExclusionRate: number;
  /**
   * What it bounds. `'share'`: the expected share of customers on the list whom contact does not harm (Benjamini and Hochberg, 1995, as far as the standard errors are
   * right). `'probability'`: the probability that the list holds any bin whose average effect is not below 0 (Holm, 1979).
   */
  readonly bound: 'share' | 'probability';
}

/** Rows by their own z, at a false discovery rate. */
export function excludeCustomers({ z }: EffectIntervals, rate: number): Uint32Array {
  const q = falseDiscoveryQ(z.map((value) => normalCdf(value)));
  return Uint32Array.from(z.keys()).filter((row) => z[row]! < 0 && q[row]! <= rate);
}

/** Rows of the bins that Holm's steps leave standing. */
export function excludeBins({ z, bins, binCount }: EffectIntervals, rate: number): Uint32Array {
  const p = new Float64Array(binCount).fill(1);
  for (let row = 0; row < z.length; row++) p[bins![row]!] = normalCdf(z[row]!);
  const out = new Set<number>();
  for (const bin of [...p.keys()].sort((a, b) => p[a]! - p[b]!)) {
    if (p[bin]! > rate / (binCount - out.size)) break;
    out.add(bin);
  }
  return Uint32Array.from(z.keys()).filter((row) => out.has(bins![row]!));
}
