import type { TargetValue } from '../../data/binaryTarget.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { addLogRank, type LogRankSums, type LogRankWeighting } from './logRankSums.js';
import { readLogRank, type LogRankOptions, type LogRankTask } from './logRankTask.js';
import { someRows } from './readGroups.js';
import { scoreStatistic, withoutOne, type ScoreStatistic } from './scoreStatistic.js';

/** One group of a comparison of curves. */
export interface LogRankGroup {
  /** Its value in the column of groups. */
  readonly group: TargetValue;
  /** How many rows it has; by weight. */
  readonly rows: number;
  /** Its events; each times the weight of its time. */
  readonly observed: number;
  /** The events it would have if at each time they came to all at risk alike. */
  readonly expected: number;
  /** observed / expected: above 1 where they come to it faster than to all; null where none is expected. */
  readonly ratio: number | null;
}

/** Whether groups differ in how fast the event comes. */
export interface LogRankTest extends ScoreStatistic {
  /** Which times counted more. */
  readonly weighting: LogRankWeighting;
  /** By size of the number, or by code unit. */
  readonly groups: readonly LogRankGroup[];
  /** The covariance of observed - expected, one row a group. */
  readonly variance: readonly (readonly number[])[];
}

/**
 * Whether the event comes to some groups faster than to others: the log-rank test (Mantel, 1966; Peto and Peto, 1972), its weighted forms, and within strata.
 *
 * At each time of an event the number in each group is set beside its share of those at risk; the sums of the differences, with their hypergeometric variance, give a chi-square of
 * groups - 1 degrees of freedom. Where no two events coincide it is the score test of a Cox regression. A group that is never at risk together with others is not compared.
 * O(n log n + times × groups²).
 *
 * @param data - one row a customer
 * @param options - `duration` and `by` at least
 * @returns the test, with observed and expected events; p 1 where there is no event to compare at; groups of no weight are left out
 * @throws a {@link ClientelaError} as `kaplanMeier`; `INVALID_OPTION` for a single group, `INVALID_VALUE` for weights that are not whole
 * @example
 * ```ts
 * const { statistic, p, groups } = logRank([
 *   { months: 1, plan: 'basic' }, { months: 2, plan: 'basic' }, { months: 3, plan: 'gold' }, { months: 4, plan: 'gold' },
 * ], { duration: 'months', by: 'plan' });
 * groups[0].expected; // => 1 / 2 + 1 / 3
 * Math.abs(statistic - (2 - 5 / 6) ** 2 / (1 / 4 + 2 / 9)) < 1e-12; // => true
 * p > 0.05; // => true
 * ```
 */
export function logRank<Data extends TableOf<Data>>(data: Data, options: LogRankOptions<ColumnNameOf<Data>>): LogRankTest {
  return testGroups(readLogRank('logRank', data, options));
}

/** The test of rows that have been read. */
export function testGroups({ levels, codes, rows, strata, weighting }: LogRankTask): LogRankTest {
  const count = levels.length;
  const sums: LogRankSums = { observed: new Float64Array(count), expected: new Float64Array(count), variance: new Float64Array(count * count) };
  if (strata === null) addLogRank(sums, rows, codes, weighting);
  else for (const places of strata) addLogRank(sums, someRows(rows, places), codesAt(codes, places), weighting);
  const { observed, expected, variance } = sums;
  const sizes = new Float64Array(count);
  for (let row = 0; row < codes.length; row++) sizes[codes[row]!]! += rows.weights === null ? 1 : rows.weights[row]!;
  return {
    ...scoreStatistic(...withoutOne(observed.map((value, g) => value - expected[g]!), variance)),
    weighting,
    groups: levels.map((group, g) => ({ group, rows: sizes[g]!, observed: observed[g]!, expected: expected[g]!, ratio: expected[g]! > 0 ? observed[g]! / expected[g]! : null })),
    variance: levels.map((_, g) => Array.from(variance.subarray(g * count, (g + 1) * count))),
  };
}

/** The codes of some rows. */
export function codesAt(codes: Int32Array, places: Uint32Array): Int32Array {
  return Int32Array.from(places, (row) => codes[row]!);
}
