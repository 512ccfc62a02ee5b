import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { readSurvivalRows } from '../survivalRows.js';
import { fitIncidence, requireIncidence, type AalenJohansenOptions } from './fitIncidence.js';
import type { IncidenceCurves } from './incidenceCurves.js';
import { readCauses } from './readCauses.js';

const CALLER = 'aalenJohansen';

/**
 * How many customers each of several events has come to first, by any time: leaving against upgrading, leaving for one reason against another.
 *
 * At each time the share still without any event times the share of those at risk to whom the event comes (Aalen and Johansen, 1978). Events at one time are one draw among all
 * causes: nothing hangs on the order of the rows. To count other events as censored instead (1 - Kaplan and Meier) would tell how many would leave if nobody could do anything else,
 * and is too high. Standard errors by the infinitesimal jackknife, as in R. O(n log n + n × causes).
 *
 * @param data - one row a customer
 * @param options - `duration` and `cause` at least
 * @returns a curve per cause
 * @throws a {@link ClientelaError} as `kaplanMeier`; `INVALID_OPTION` where no row is censored and `censored` is not given, `TARGET_CLASSES` where no row has a cause
 * @example
 * ```ts
 * const curves = aalenJohansen([
 *   { months: 1, end: 'left' }, { months: 1, end: 'grew' }, { months: 2, end: 'left' }, { months: 3, end: 'still here' },
 * ], { duration: 'months', cause: 'end', censored: 'still here' });
 * curves.at(2).causes.map(({ cause, estimate }) => `${cause} ${estimate}`); // => ['grew 0.25', 'left 0.5']
 * curves.restrictedTimeLost('left', 3).estimate; // => 0.25 * 2 + 0.25 * 1
 * ```
 */
export function aalenJohansen<Data extends TableOf<Data>>(data: Data, options: AalenJohansenOptions<ColumnNameOf<Data>>): IncidenceCurves {
  const shape = requireIncidence(CALLER, options);
  const view = readTable(CALLER, data);
  return fitIncidence(readSurvivalRows(CALLER, view, options), readCauses(CALLER, view, options), options.standardErrors, shape);
}
