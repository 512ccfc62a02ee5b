import type { TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { readTable, type ColumnNameOf, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { codesAt } from '../curves/logRank.js';
import { readGroups, rowsOfGroups } from '../curves/readGroups.js';
import { scoreStatistic, withoutOne, type ScoreStatistic } from '../curves/scoreStatistic.js';
import { readSurvivalRows } from '../survivalRows.js';
import { addGray, type GraySums } from './graySums.js';
import { CAUSE_COLUMNS, readCauses, type CauseColumns } from './readCauses.js';

const CALLER = 'grayTest';

/** Which incidence to compare, and how. */
export interface GrayTestOptions<Names extends string = string> extends CauseColumns<Names> {
  /** The cause whose incidence is compared; all others compete with it. */
  readonly of: TargetValue;
  /** The column of groups to compare. */
  readonly by: Names;
  /** A column within each of whose values the groups are compared. @defaultValue none */
  readonly strata?: Names;
  /** Times count by (1 - incidence)^rho: above 0, early ones more. @defaultValue 0 */
  readonly rho?: number;
}

/** One group of a comparison of incidences. */
export interface GrayGroup {
  /** Its value in the column of groups. */
  readonly group: TargetValue;
  /** How many rows it has. */
  readonly rows: number;
  /** How many of them ended with the cause. */
  readonly observed: number;
  /** What it has of the cause above its share, each time times its weight; the scores of all groups add up to 0. */
  readonly score: number;
}

/** Whether the incidence of a cause differs between groups. */
export interface GrayTest extends ScoreStatistic {
  /** The cause. */
  readonly of: TargetValue;
  /** By size of the number, or by code unit. */
  readonly groups: readonly GrayGroup[];
}

/**
 * Whether one of several events comes to more customers of some groups than of others: Gray's test (1988) of the cumulative incidences themselves, which counts that other events
 * take customers away. `logRank` with other events as censored compares rates among those still there instead; the two may differ, and answer different questions.
 * O(n log n + times × groups³).
 *
 * @param data - one row a customer
 * @param options - `duration`, `cause`, `of` and `by` at least
 * @returns chi-square of groups - 1 degrees of freedom; a positive score is a group with more of the cause
 * @throws a {@link ClientelaError} as `aalenJohansen`; `INVALID_OPTION` for a single group or an unknown cause
 * @example
 * ```ts
 * const rows = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((months) => [
 *   { months, plan: 'basic', end: months > 6 ? null : 'left' }, { months, plan: 'gold', end: months > 6 ? null : 'grew' },
 * ]);
 * const { p, groups } = grayTest(rows, { duration: 'months', cause: 'end', of: 'left', by: 'plan' });
 * p < 0.01; // => true
 * groups[0].score > 0; // => true
 * ```
 */
export function grayTest<Data extends TableOf<Data>>(data: Data, options: GrayTestOptions<ColumnNameOf<Data>>): GrayTest {
  requireKnownOptions(CALLER, options, [...CAUSE_COLUMNS, 'of', 'by', 'strata', 'rho']);
  const { of, by, strata, rho = 0 } = options;
  if (!(rho >= 0 && rho < Infinity)) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs rho as a number of 0 or more, found ${rho}`, { function: CALLER, option: 'rho', value: rho });
  const view = readTable(CALLER, data);
  const { durations } = readSurvivalRows(CALLER, view, { duration: options.duration });
  const { causes, codes } = readCauses(CALLER, view, options);
  const place = causes.indexOf(of);
  if (place < 0) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs of as a cause, found ${describeValue(of)}; the causes are ${causes.map(describeValue).join(', ')}`, { function: CALLER, option: 'of', value: of });
  const kinds = codes.map((code) => (code === 0 ? 0 : code === place + 1 ? 1 : 2));
  const groups = readGroups(CALLER, view, 'by', by);
  const count = groups.levels.length;
  if (count < 2) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs at least two groups to compare, found one in column "${by}": ${describeValue(groups.levels[0])}`, { function: CALLER, column: by });
  const sums: GraySums = { scores: new Float64Array(count), variance: new Float64Array(count * count) };
  if (strata === undefined) addGray(sums, { durations, codes: kinds, groups: groups.codes }, rho);
  else {
    for (const places of rowsOfGroups(readGroups(CALLER, view, 'strata', strata))) {
      addGray(sums, { durations: Float64Array.from(places, (row) => durations[row]!), codes: codesAt(kinds, places), groups: codesAt(groups.codes, places) }, rho);
    }
  }
  const [rows, observed] = [new Float64Array(count), new Float64Array(count)];
  groups.codes.forEach((group, row) => {
    rows[group]!++;
    if (kinds[row] === 1) observed[group]!++;
  });
  return { ...scoreStatistic(...withoutOne(sums.scores, sums.variance)), of, groups: groups.levels.map((group, g) => ({ group, rows: rows[g]!, observed: observed[g]!, score: sums.scores[g]! })) };
}
