import { survivalAt, survivalQuantile } from '../../numeric/survival/survivalCurve.js';
import type { GapTable } from './gapTable.js';

/** By when a share of gaps has ended: as closed gaps alone say it, and with the open ones. */
export interface GapPercentile {
  /** The share, such as 0.9. */
  readonly share: number;
  /** Days within which this share of the closed gaps ended (type 7): biased, for the long gaps are the ones still open. */
  readonly naiveDays: number;
  /** Days within which this share of all gaps ends (Kaplan and Meier); null where the curve does not come so far. */
  readonly days: number | null;
  /** The share of all gaps that have ended by `naiveDays`: what the naive figure really stands for. */
  readonly endedByNaive: number;
}

/** Percentiles of the gaps, wrong and right. */
export function gapPercentiles(table: GapTable, shares: readonly number[]): GapPercentile[] {
  const { lengths, closed, curve } = table;
  const total = closed.reduce((sum, count) => sum + count, 0);
  return shares.map((share) => {
    const at = (total - 1) * share;
    const low = valueAt(lengths, closed, Math.floor(at));
    const naiveDays = low + (at - Math.floor(at)) * (valueAt(lengths, closed, Math.ceil(at)) - low);
    const days = survivalQuantile(curve, share);
    return { share, naiveDays, days: Number.isFinite(days) ? days : null, endedByNaive: 1 - survivalAt(curve, naiveDays) };
  });
}

/** The value at a position among the closed gaps in ascending order. */
function valueAt(lengths: Float64Array, closed: Float64Array, position: number): number {
  let before = 0;
  let k = 0;
  while (before + closed[k]! <= position) before += closed[k++]!;
  return lengths[k]!;
}
