import type { Estimate } from '../../numeric/estimate.js';
import { stratifiedAuc, type StratifiedRows } from './stratifiedAuc.js';

/** How well a warning tells who leaves so many days later. */
export interface WarningLead {
  /** More than this many days before leaving. */
  readonly from: number;
  /** Up to this many days before leaving. */
  readonly to: number;
  /** Rows of leavers in that span. */
  readonly leavers: number;
  /** Their AUC against those who were not seen to leave; null with fewer than 10 of them. */
  readonly auc: Estimate | null;
}

/** Fewer would be told by chance. */
const FEWEST = 10;

/** The AUC of the leavers of each span of days against those who were not seen to leave at all; the target says nothing of leavers after its horizon. */
export function leadFigures(values: Float64Array, days: Float64Array, rows: Uint32Array, task: StratifiedRows, { leads, z }: { readonly leads: readonly number[]; readonly z: number }): WarningLead[] {
  return leads.map((to, k) => {
    const from = k === 0 ? 0 : leads[k - 1]!;
    const isIn = (row: number): boolean => days[row]! <= to && (days[row]! > from || (k === 0 && days[row]! >= 0));
    const compared = rows.filter((row) => Number.isNaN(days[row]!) || isIn(row));
    const labels = Uint8Array.from(days, (_, row) => (isIn(row) ? 1 : 0));
    const { estimate, error, leavers } = stratifiedAuc(values, compared, { ...task, labels });
    const told = leavers >= FEWEST && error > 0;
    return { from, to, leavers, auc: told ? { estimate, lower: Math.max(0, estimate - z * error), upper: Math.min(1, estimate + z * error) } : null };
  });
}
