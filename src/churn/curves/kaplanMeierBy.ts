import type { TargetValue } from '../../data/binaryTarget.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { readSurvivalRows } from '../survivalRows.js';
import { requireKaplanMeier, type KaplanMeierOptions } from './curveOptions.js';
import { fitCurve } from './fitCurve.js';
import { countedGroups } from './countedGroups.js';
import type { SurvivalCurve } from './survivalCurve.js';

const CALLER = 'kaplanMeierBy';

/** What a curve for each group is estimated from, and how. */
export interface GroupedKaplanMeierOptions<Names extends string = string> extends KaplanMeierOptions<Names> {
  /** The column of groups: contract, segment, channel. */
  readonly by: Names;
}

/** The survival curve of one group. */
export interface GroupCurve {
  /** Its value in the column of groups. */
  readonly group: TargetValue;
  /** How many rows it has; by weight. */
  readonly rows: number;
  /** Its curve. */
  readonly curve: SurvivalCurve;
}

/**
 * How many customers of each group are still there after any time: `kaplanMeier` for each value of a column. `logRank` says whether the curves differ by more than chance.
 *
 * @param data - one row a customer
 * @param options - `duration` and `by` at least
 * @returns a curve per group, by size of the number or by code unit; groups of no weight are left out
 * @throws a {@link ClientelaError} as `kaplanMeier`; `MISSING_VALUE` where a row has no group
 * @example
 * ```ts
 * const curves = kaplanMeierBy([
 *   { months: 1, plan: 'basic' }, { months: 3, plan: 'basic' }, { months: 5, plan: 'gold' }, { months: 7, plan: 'gold' },
 * ], { duration: 'months', by: 'plan' });
 * curves.map(({ group, curve }) => `${group} ${curve.survivalAt(3)}`); // => ['basic 0', 'gold 1']
 * ```
 */
export function kaplanMeierBy<Data extends TableOf<Data>>(data: Data, options: GroupedKaplanMeierOptions<ColumnNameOf<Data>>): readonly GroupCurve[] {
  const shape = requireKaplanMeier(CALLER, options, 'by');
  const view = readTable(CALLER, data);
  const all = readSurvivalRows(CALLER, view, options);
  return countedGroups(CALLER, view, options.by, all).map(({ group, rows, count }) => ({ group, rows: count, curve: fitCurve(rows, options.standardErrors, shape) }));
}
