import { readBinaryTarget, type TargetValue } from '../../data/binaryTarget.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { readColumn } from '../../data/readColumn.js';
import { readTable, type ColumnNameOf, type TableInput, type TableOf } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { traitColumn } from '../../evaluation/traitCandidates.js';
import type { Estimate } from '../../numeric/estimate.js';
import { falseDiscoveryQ } from '../../numeric/falseDiscovery.js';
import { judgeSubgroup, partsOf, selectorsOf, taskOf, type SubgroupSettings } from './judgeSubgroups.js';
import { searchSubgroups } from './subgroupSearch.js';

/** What subgroups are looked for, and how they are judged. */
export interface LeavingSubgroupsOptions<Names extends string = string> {
  /** The column that says who left; rows where it is missing are left out. */
  readonly target: Names;
  /** The value of it that is leaving. @defaultValue 1 of 0 and 1, true, or the later of two levels (`yes` of `no` and `yes`) */
  readonly positive?: TargetValue;
  /** The columns a subgroup may be described by. @defaultValue all but the target and identifiers */
  readonly features?: readonly Names[];
  /** Columns not to describe by, such as what is known only afterwards. */
  readonly exclude?: readonly Names[];
  /** Where leaving is more frequent than on average, or less. @defaultValue 'more' */
  readonly direction?: 'more' | 'less';
  /** `'excess'`: by the leavers beyond those of as many average customers, which finds where most of leaving is; `'rate'`: by the rate, which finds where it is most likely. @defaultValue 'excess' */
  readonly rankBy?: 'excess' | 'rate';
  /** At most so many conditions, from 1 to 4. @defaultValue 2 */
  readonly maxConditions?: number;
  /** At most so many subgroups. @defaultValue 10 */
  readonly top?: number;
  /** The fewest customers of a subgroup. @defaultValue 50, or a fiftieth of the customers where that is more */
  readonly minCustomers?: number;
  /** Into how many bands of equal size a number or date is cut. @defaultValue 5 */
  readonly bands?: number;
  /** The share of the rows, by chance, that judges what the others found; 0: all rows find and judge, and nothing is said of chance. @defaultValue 0.5 */
  readonly holdout?: number;
  /** Which share of the named subgroups may be chance finds. @defaultValue 0.05 */
  readonly falseDiscoveryRate?: number;
  /** Whether to name a subgroup that is worth no more than one with a condition less. @defaultValue false */
  readonly keepRedundant?: boolean;
  /** Of the intervals, in (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
  /** Which rows judge, made repeatable. @defaultValue 1 */
  readonly seed?: number;
}

/** Customers with something in common who leave more, or less, than others. */
export interface LeavingSubgroup {
  /** In words: `Contract = Month-to-month and OnlineSecurity = No`. */
  readonly text: string;
  /** Its conditions, one a column. */
  readonly conditions: readonly { readonly feature: string; readonly text: string }[];
  /** Rows that meet it, of all. */
  readonly customers: number;
  /** The share of them who left, on the rows that judge. */
  readonly rate: Estimate;
  /** That rate over the rate of all. */
  readonly lift: number;
  /** The share of all who left that it covers. */
  readonly coverage: number;
  /** Leavers beyond those of as many average customers, as a share of all customers (the weighted relative accuracy); below 0 where fewer leave. */
  readonly excess: number;
  /** Two-sided p-value of Fisher's exact test; null without a holdout. */
  readonly p: number | null;
  /** p corrected for all subgroups put to the test (Benjamini and Hochberg, 1995); null without a holdout. */
  readonly q: number | null;
}

/** What {@link leavingSubgroups} returns. */
export interface LeavingSubgroups {
  /** Rows with a known target. */
  readonly customers: number;
  /** The share of them who left. */
  readonly baseRate: number;
  /** How many subgroups were put to the test. */
  readonly tested: number;
  /** Those that hold beyond chance, the best first. */
  readonly subgroups: readonly LeavingSubgroup[];
}

const CALLER = 'leavingSubgroups';
const OPTIONS: readonly string[] = ['target', 'positive', 'features', 'exclude', 'direction', 'rankBy', 'maxConditions', 'top', 'minCustomers', 'bands', 'holdout', 'falseDiscoveryRate', 'keepRedundant', 'confidence', 'seed'];

/**
 * Where leaving happens: the subgroups of customers, by one to four conditions, that hold most of the leavers beyond the average (or the highest, or lowest, rate).
 *
 * All conjunctions of values and bands are searched, none better is missed (subgroup discovery by weighted relative accuracy: Lavrač, Flach and Zupan, 1999); found on one half of the rows, they are judged on the other, so
 * that the best of many looks is not taken at its word, and those that do not hold there beyond chance are not named. No subgroup is a normal answer. Subgroups overlap; for rules that
 * share the customers out take `profileRules`. O(conjunctions × rows / 32), far fewer than all by a bound on what a part could reach.
 *
 * @param data - a Frame, rows or columns, one row a customer (several snapshots of a customer count as several customers)
 * @param options - the target, and what to look for; see {@link LeavingSubgroupsOptions}
 * @returns the subgroups with rate, lift and excess
 * @throws a {@link ClientelaError} `TARGET_CLASSES`, `EMPTY_INPUT`, `UNKNOWN_COLUMN`, `COLUMN_KIND` or `INVALID_OPTION`
 * @example
 * ```ts
 * const customers = Array.from({ length: 2000 }, (_, i) => ({ plan: i % 4 ? 'gold' : 'basic', age: 20 + ((i * 7) % 50), left: i % 4 === 0 && (i * 7) % 50 < 20 ? i % 3 > 0 : i % 19 === 0 }));
 * const { subgroups } = leavingSubgroups(customers, { target: 'left' });
 * subgroups[0]?.text; // => 'plan = basic and age up to 39'
 * subgroups[0]?.lift > 3; // => true
 * ```
 */
export function leavingSubgroups<Data extends TableOf<Data>>(data: Data, options: LeavingSubgroupsOptions<ColumnNameOf<Data>>): LeavingSubgroups {
  const settings = readOptions(options);
  const view = readTable(CALLER, data as TableInput);
  const { labels } = readBinaryTarget(CALLER, view, options.target, options.positive);
  const known = Uint32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const isNamed = (name: string): boolean => name !== options.target && !(options.exclude as readonly string[] | undefined ?? []).includes(name);
  const names: readonly string[] = (options.features as readonly string[] | undefined) ?? view.names.filter(isNamed);
  const columns = names.filter(isNamed).flatMap((name) => traitColumn(name, readColumn(CALLER, view, name), settings.bands) ?? []);
  const [search, judge] = partsOf(known, labels, settings);
  const selectors = selectorsOf(columns, search);
  const task = taskOf(selectors, labels, search, settings, known.length);
  const found = searchSubgroups(task).map(({ selectors: places }) => judgeSubgroup(places.map((place) => selectors[place]!), { columns, labels, judge, known }, settings));
  const q = falseDiscoveryQ(Float64Array.from(found, ({ p }) => p ?? 1));
  const holds = (group: LeavingSubgroup): boolean => settings.holdout === 0 || (group.q! <= settings.falseDiscoveryRate && settings.sign * (group.lift - 1) > 0);
  return {
    customers: known.length,
    baseRate: known.reduce((sum, row) => sum + labels[row]!, 0) / known.length,
    tested: found.length,
    subgroups: found.map((group, i) => ({ ...group, q: group.p === null ? null : q[i]! })).filter(holds),
  };
}

/** The options, checked and completed. */
function readOptions(options: LeavingSubgroupsOptions): SubgroupSettings {
  requireKnownOptions(CALLER, options, OPTIONS);
  const { maxConditions = 2, top = 10, minCustomers, bands = 5, holdout = 0.5, falseDiscoveryRate = 0.05, keepRedundant = false, confidence = 0.95, seed = 1 } = options;
  const direction = requireChoice(CALLER, 'direction', options.direction ?? 'more', ['more', 'less']);
  const rankBy = requireChoice(CALLER, 'rankBy', options.rankBy ?? 'excess', ['excess', 'rate']);
  for (const [name, value, least] of [['maxConditions', maxConditions, 1], ['top', top, 1], ['bands', bands, 2], ['minCustomers', minCustomers ?? 1, 1]] as const) requireWhole(CALLER, name, value, least);
  if (maxConditions > 4) throw outside('maxConditions', 'from 1 to 4', maxConditions);
  if (!(holdout >= 0 && holdout < 1)) throw outside('holdout', 'from 0 to below 1', holdout);
  if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) throw outside('falseDiscoveryRate', 'between 0 and 1', falseDiscoveryRate);
  return { maxConditions, top, minCustomers, bands, holdout, falseDiscoveryRate, keepRedundant, rankBy, seed, sign: direction === 'more' ? 1 : -1, z: normalMultiplier(CALLER, confidence) };
}

function outside(option: string, needs: string, value: number): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} ${needs}, found ${describeValue(value)}`, { function: CALLER, option, value });
}
