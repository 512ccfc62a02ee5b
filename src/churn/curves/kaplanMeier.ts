import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { readSurvivalRows } from '../survivalRows.js';
import { requireKaplanMeier, type KaplanMeierOptions } from './curveOptions.js';
import { fitCurve } from './fitCurve.js';
import type { SurvivalCurve } from './survivalCurve.js';

const CALLER = 'kaplanMeier';

/**
 * How many customers are still there after any time, with those counted for as long as they were observed who have not left yet.
 *
 * The product over all earlier times of the share that passed each (Kaplan and Meier, 1958), with Greenwood's standard errors. Rows that enter late are at risk after their
 * entry, up to and with their duration: use `entry` where only customers who had stayed until some day could be in the data, or the curve comes out too high. O(n log n).
 *
 * Durations that were counted in floating point (.1 + .2) are equal only if they are so to the last bit: round them first.
 *
 * @param data - one row a customer
 * @param options - `duration` at least
 * @returns the curve
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND`, `MISSING_VALUE`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `TARGET_CLASSES`, `LENGTH_MISMATCH` or `INVALID_OPTION`
 * @example
 * ```ts
 * const curve = kaplanMeier([
 *   { months: 1, left: true }, { months: 2, left: false }, { months: 3, left: true }, { months: 4, left: true },
 * ], { duration: 'months', event: 'left' });
 * curve.survivalAt(1); // => 0.75
 * curve.survivalAt(3); // => 0.375
 * curve.restrictedMean(3).estimate; // => 2.5
 * ```
 */
export function kaplanMeier<Data extends TableOf<Data>>(data: Data, options: KaplanMeierOptions<ColumnNameOf<Data>>): SurvivalCurve {
  const shape = requireKaplanMeier(CALLER, options);
  return fitCurve(readSurvivalRows(CALLER, readTable(CALLER, data), options), options.standardErrors, shape);
}
