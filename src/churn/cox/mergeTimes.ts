import { ClientelaError } from '../../errors.js';
import { sortedOrder } from '../../numeric/sorting.js';
import type { SurvivalRows } from '../survivalRows.js';

/**
 * Times that differ by no more than this share of their mean made equal, as floating point makes 0.1 + 0.2 and 0.3 differ (R's `timefix` with
 * 1.5e-8). Nothing is copied where nothing changes.
 */
export function mergeTimes(caller: string, rows: SurvivalRows, tolerance: number): SurvivalRows {
  if (tolerance === 0) return rows;
  const all = rows.entries === null ? rows.durations : Float64Array.from([...rows.durations, ...rows.entries]);
  const order = sortedOrder(all);
  const unique = distinct(all, order);
  const reach = tolerance * (unique.reduce((sum, time) => sum + time, 0) / unique.length);
  const merged = all.slice();
  for (let i = 1; i < order.length; i++) {
    const time = all[order[i]!]!;
    // Chains of close times are one time, as in R.
    merged[order[i]!] = time - all[order[i - 1]!]! <= reach ? merged[order[i - 1]!]! : time;
  }
  const durations = merged.slice(0, rows.durations.length);
  const entries = rows.entries && merged.slice(rows.durations.length);
  const row = entries === null ? -1 : entries.findIndex((start, i) => start >= durations[i]!);
  if (row < 0) return { ...rows, durations, entries };
  throw new ClientelaError('INVALID_VALUE', `${caller} needs every row to last longer than tieTolerance allows, found one from ${rows.entries![row]} to ${rows.durations[row]} in row ${row}; lower tieTolerance`, { function: caller, row });
}

function distinct(values: Float64Array, order: Uint32Array): Float64Array {
  const sorted = order.length === 0 ? new Float64Array() : Float64Array.from(order, (row) => values[row]!);
  return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
}
