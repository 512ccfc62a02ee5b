import type { TargetValue } from '../../data/binaryTarget.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { countedGroups } from '../curves/countedGroups.js';
import { codesAt } from '../curves/logRank.js';
import { readSurvivalRows } from '../survivalRows.js';
import { fitIncidence, requireIncidence, type AalenJohansenOptions } from './fitIncidence.js';
import type { IncidenceCurves } from './incidenceCurves.js';
import { readCauses } from './readCauses.js';

const CALLER = 'aalenJohansenBy';

/** What incidences in each group are estimated from, and how. */
export interface GroupedAalenJohansenOptions<Names extends string = string> extends AalenJohansenOptions<Names> {
  /** The column of groups: contract, segment, channel. */
  readonly by: Names;
}

/** The incidences in one group. */
export interface GroupIncidence {
  /** Its value in the column of groups. */
  readonly group: TargetValue;
  /** How many rows it has; by weight. */
  readonly rows: number;
  /** Its curves: of every cause, also of those that came to nobody in it. */
  readonly curves: IncidenceCurves;
}

/**
 * How many customers of each group each of several events has come to first, by any time: `aalenJohansen` for each value of a column. `grayTest` says whether the
 * incidence of a cause differs by more than chance.
 *
 * @param data - one row a customer
 * @param options - `duration`, `cause` and `by` at least
 * @returns curves per group, by size of the number or by code unit; groups of no weight are left out
 * @throws a {@link ClientelaError} as `aalenJohansen`; `MISSING_VALUE` where a row has no group
 * @example
 * ```ts
 * const rows = [{ months: 1, end: 'left', plan: 'basic' }, { months: 2, end: null, plan: 'basic' }, { months: 1, end: 'grew', plan: 'gold' }, { months: 2, end: null, plan: 'gold' }];
 * const groups = aalenJohansenBy(rows, { duration: 'months', cause: 'end', by: 'plan' });
 * groups.map(({ group, curves }) => `${group}: left ${curves.at(2).causes[1].estimate}`); // => ['basic: left 0.5', 'gold: left 0']
 * ```
 */
export function aalenJohansenBy<Data extends TableOf<Data>>(data: Data, options: GroupedAalenJohansenOptions<ColumnNameOf<Data>>): readonly GroupIncidence[] {
  const shape = requireIncidence(CALLER, options, 'by');
  const view = readTable(CALLER, data);
  const { causes, codes } = readCauses(CALLER, view, options);
  return countedGroups(CALLER, view, options.by, readSurvivalRows(CALLER, view, options)).map(({ group, rows, count, places }) => ({
    group,
    rows: count,
    curves: fitIncidence(rows, { causes, codes: codesAt(codes, places) }, options.standardErrors, shape),
  }));
}
