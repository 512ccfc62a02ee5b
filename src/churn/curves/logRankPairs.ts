import type { TargetValue } from '../../data/binaryTarget.js';
import { requireChoice } from '../../data/options.js';
import type { ColumnNameOf, TableOf } from '../../data/table.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { codesAt, testGroups, type LogRankTest } from './logRank.js';
import { readLogRank, type LogRankOptions, type LogRankTask } from './logRankTask.js';
import { someRows } from './readGroups.js';

const CALLER = 'logRankPairs';

/** What to compare pair by pair, and how. */
export interface LogRankPairsOptions<Names extends string = string> extends LogRankOptions<Names> {
  /**
   * What the adjusted p-values keep below a level: the chance of any false find (`'holm'`; Holm, 1979), or the expected share of false finds among the finds
   * (`'falseDiscovery'`; Benjamini and Hochberg, 1995). @defaultValue 'holm'
   */
  readonly adjust?: 'holm' | 'falseDiscovery';
}

/** Two groups beside each other. */
export interface LogRankPair {
  /** The two, in the order of all groups. */
  readonly groups: readonly [TargetValue, TargetValue];
  /** The test of their rows alone. */
  readonly test: LogRankTest;
  /** Its p-value, adjusted for how many pairs there are. */
  readonly adjustedP: number;
}

/**
 * Which groups differ in how fast the event comes: the log-rank test of every pair, on the rows of the two alone, with p-values adjusted for their number. O(groups × n log n).
 *
 * @param data - one row a customer
 * @param options - `duration` and `by` at least
 * @returns a test per pair
 * @throws a {@link ClientelaError} as `logRank`
 * @example
 * ```ts
 * const rows = ['basic', 'silver', 'gold'].flatMap((plan, i) => [1, 2, 3, 4, 5, 6].map((months) => ({ plan, months: months + (i === 2 ? 9 : 0) })));
 * const pairs = logRankPairs(rows, { duration: 'months', by: 'plan' });
 * pairs.map(({ groups, adjustedP }) => `${groups.join('-')} ${adjustedP < 0.01}`); // => ['basic-gold true', 'basic-silver false', 'gold-silver true']
 * ```
 */
export function logRankPairs<Data extends TableOf<Data>>(data: Data, options: LogRankPairsOptions<ColumnNameOf<Data>>): readonly LogRankPair[] {
  const task = readLogRank(CALLER, data, options, 'adjust');
  const adjust = requireChoice(CALLER, 'adjust', options.adjust ?? 'holm', ['holm', 'falseDiscovery']);
  const pairs = task.levels.flatMap((_, b) => Array.from({ length: b }, (__, a) => [a, b] as const)).sort((x, y) => x[0] - y[0] || x[1] - y[1]);
  const tests = pairs.map(([a, b]) => testGroups(pairTask(task, a, b)));
  const p = Float64Array.from(tests, (test) => test.p);
  const adjusted = adjust === 'holm' ? holmP(p) : falseDiscoveryQ(p);
  return pairs.map(([a, b], i) => ({ groups: [task.levels[a]!, task.levels[b]!], test: tests[i]!, adjustedP: adjusted[i]! }));
}

/** The rows of two groups alone. */
function pairTask(task: LogRankTask, a: number, b: number): LogRankTask {
  const isOfPair = (row: number): boolean => task.codes[row] === a || task.codes[row] === b;
  const places = Uint32Array.from(task.codes.keys()).filter(isOfPair);
  const newPlace = new Map(Array.from(places, (row, place) => [row, place]));
  return {
    ...task,
    levels: [task.levels[a]!, task.levels[b]!],
    codes: codesAt(task.codes, places).map((code) => (code === a ? 0 : 1)),
    rows: someRows(task.rows, places),
    strata: task.strata && task.strata.map((stratum) => stratum.filter(isOfPair).map((row) => newPlace.get(row)!)).filter((stratum) => stratum.length > 0),
  };
}

/** The smallest p times those not yet rejected, in turn; never falling. */
function holmP(p: Float64Array): Float64Array {
  let least = 0;
  const adjusted = new Float64Array(p.length);
  sortedOrder(p).forEach((i, rank) => (adjusted[i] = least = Math.max(least, Math.min(1, (p.length - rank) * p[i]!))));
  return adjusted;
}
