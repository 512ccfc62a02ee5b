import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import { oppositeFlowsP } from './movementTests.js';

/** Customers who went from one segment to another, or stayed. */
export interface SegmentFlow {
  /** The name of the segment before. */
  readonly from: string;
  /** The name of the segment after; the same for those who stayed. */
  readonly to: string;
  /** How many. */
  readonly customers: number;
  /** Their share of those who were in `from`, 0 to 1. */
  readonly share: number;
  /** How many went the other way. */
  readonly back: number;
  /** Two-sided p-value of as many going there as back (exact); 1 for those who stayed. */
  readonly p: number;
  /** p corrected for all pairs of segments (Benjamini and Hochberg, 1995): below 0.05, more than coming and going. */
  readonly q: number;
  /** By how much the value of these customers changed in all; customers times the difference of the segments' values, where those of customers are not known at both moments; null without any. */
  readonly valueChange: number | null;
}

/** A flow from a segment of more than the mean value to one of less. */
export interface SegmentWarning extends SegmentFlow {
  /** Customers times the difference of the segments' values. */
  readonly valueAtStake: number;
  /** The flow in words. */
  readonly text: string;
}

/** The flows of a table of counts (row-major), those above 0, and those that go down in value. */
export function flowsBetween(segments: readonly string[], counts: Float64Array, worth: readonly number[], gains: Float64Array | undefined): { flows: SegmentFlow[]; warnings: SegmentWarning[] } {
  const k = segments.length;
  const totals = segments.map((_, i) => counts.subarray(i * k, (i + 1) * k).reduce((sum, count) => sum + count, 0));
  const pairs = segments.flatMap((_, i) => segments.slice(0, i).flatMap((__, j) => (counts[i * k + j]! + counts[j * k + i]! > 0 ? [[i, j] as const] : [])));
  const p = Float64Array.from(pairs, ([i, j]) => oppositeFlowsP(counts[i * k + j]!, counts[j * k + i]!));
  const q = falseDiscoveryQ(p);
  const tests = new Map(pairs.flatMap(([i, j], pair) => [i * k + j, j * k + i].map((cell) => [cell, { p: p[pair]!, q: q[pair]! }] as const)));
  const found: { flow: SegmentFlow; drop: number; isDown: boolean; total: number }[] = [];
  const valued = totals.map((total, i) => (Number.isNaN(worth[i]!) ? 0 : total));
  const mean = valued.reduce((sum, total, i) => sum + (total === 0 ? 0 : total * worth[i]!), 0) / valued.reduce((sum, total) => sum + total, 0);
  counts.forEach((customers, cell) => {
    if (customers === 0) return;
    const [i, j] = [Math.floor(cell / k), cell % k];
    const drop = customers * (worth[i]! - worth[j]!);
    const valueChange = gains?.[cell] ?? (Number.isNaN(drop) ? null : 0 - drop);
    const flow = { from: segments[i]!, to: segments[j]!, customers, share: customers / totals[i]!, back: i === j ? 0 : counts[j * k + i]!, ...(tests.get(cell) ?? { p: 1, q: 1 }), valueChange };
    found.push({ flow, drop, isDown: worth[i]! > mean && worth[j]! <= mean, total: totals[i]! });
  });
  found.sort((a, b) => b.flow.customers - a.flow.customers);
  const flows = found.map(({ flow }) => flow);
  const falling = found.filter(({ isDown }) => isDown).sort((a, b) => b.drop - a.drop);
  return { flows, warnings: falling.map(({ flow, drop, total }) => ({ ...flow, valueAtStake: drop, text: describe(flow, total) })) };
}

function describe({ from, to, customers, share, back, q }: SegmentFlow, total: number): string {
  const balance = q > 0.05 ? 'no more than coming and going' : customers > back ? 'more than chance' : 'fewer than come back';
  return `${customers} of ${total} went from ${from} to ${to} (${(100 * share).toFixed(1)} %), ${back} the other way: ${balance}`;
}
