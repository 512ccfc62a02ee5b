import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { Dimension } from '../../data/readDimensions.js';
import type { ColumnValues, TableInput } from '../../data/table.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { liftCustomers } from './liftCustomers.js';
import { readCustomerWeights, readPotentials, type PotentialColumns } from './potentialColumns.js';
import { readBy, readPeers } from './readBy.js';
import { scenarioGaps, type ScenarioGap } from './scenarioGaps.js';
import { scenarioRows, type ScenarioRow } from './scenarioRows.js';
import { shareBenchmarks, type ShareBenchmark } from './shareBenchmarks.js';

/** To which share, among whom, and along which dimensions; all optional. */
export interface ShareScenarioOptions {
  /** The share all are brought to: a number in [0, 1], or the quantile of the shares of those who spend here. @defaultValue `{ quantile: 0.75 }`, where the best quarter begins */
  readonly to?: number | { readonly quantile: number };
  /** With whom customers are compared: those of the same value of a dimension of `by`, or of a column. @defaultValue all */
  readonly peers?: string | ColumnValues;
  /** Peers of whom fewer spend here are brought to the share of all customers. @defaultValue 30 */
  readonly minPeers?: number;
  /** Whether those who spend nothing here are left as they are, or brought to the share as well. @defaultValue `'leave'` */
  readonly zeros?: 'leave' | 'lift';
  /** One value for each customer, called `group`, or a table of columns: the dimensions of the result. @defaultValue none */
  readonly by?: ColumnValues | TableInput;
  /** Which columns of `by`. @defaultValue all that are not identifiers */
  readonly dimensions?: readonly string[];
  /** How many customers each row stands for, 0 or more. @defaultValue 1 */
  readonly weights?: ArrayLike<number>;
  /** Of the intervals. @defaultValue 0.9 */
  readonly confidence?: number;
}

/** What it would bring; see {@link shareScenario}. */
export interface ShareScenario {
  /** Of the intervals. */
  readonly confidence: number;
  /** What each customer brings on top of what it spends, 0 or more. */
  readonly amounts: Float64Array;
  /** The share each is brought to: its own where that is greater, or where it is left as it is. */
  readonly shares: Float64Array;
  /** The share of each group of peers. */
  readonly benchmarks: readonly ShareBenchmark[];
  /** Everybody. */
  readonly total: ScenarioRow;
  /** By name of the dimension; values ascending, missing last. */
  readonly by: Readonly<Record<string, readonly ScenarioRow[]>>;
  /** What moves the total most, the greatest first: for each group of each dimension what is brought if it alone is lifted. */
  readonly tornado: readonly { readonly dimension: string; readonly name: string | null; readonly amount: number; readonly share: number }[];
  /** What closing the gaps between the groups of a dimension would bring, the greatest first. */
  readonly gaps: readonly ScenarioGap[];
}

const OPTIONS = ['to', 'peers', 'minPeers', 'zeros', 'by', 'dimensions', 'weights', 'confidence'] as const;

/**
 * What it would bring to have every customer spend here the share of its potential that the best quarter does: in total, by customer and along any dimension.
 *
 * The share of a customer is present / potential. Whoever is below the benchmark brings benchmark × potential - present more; nobody is lowered. The benchmark is
 * the quantile of those who spend here, among all or among `peers`. It is made of the same potentials: where these are all too great by a tenth the benchmark is
 * too small by as much, and the amounts stay. Intervals take that into account; that a quantile of few customers is chance they do not.
 *
 * `tornado` says which group moves the total most when it alone is lifted. `gaps` compares groups as wholes: what is brought when each has the share
 * of the best quarter of groups, a difference that does not average out within them.
 *
 * O(n log n), and customers × (dimensions + 1) × shared unknowns.
 *
 * @param potentials - what a MarketPotential predicts, or columns of your own
 * @param options - the share, the peers, the dimensions
 * @returns the amounts, and their sums
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `EMPTY_INPUT`, `INVALID_OPTION`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`, `COLUMN_KIND`
 * @example
 * ```ts
 * const customers = { present: [80, 50, 20, 0], potential: [100, 100, 100, 100] };
 * const { total, by, amounts } = shareScenario(customers, { to: 0.6, by: { branch: ['north', 'south', 'south', 'south'] } });
 * amounts; // => Float64Array.of(0, 10, 40, 0)
 * [total.amount.estimate, total.lifted, total.share, total.shareThen]; // => [50, 2, 0.375, 0.5]
 * by['branch']?.map(({ name, amount }) => [name, amount.estimate]); // => [['north', 0], ['south', 50]]
 * ```
 */
export function shareScenario(potentials: PotentialColumns, options: ShareScenarioOptions = {}): ShareScenario {
  const caller = 'shareScenario';
  requireKnownOptions(caller, options, OPTIONS);
  const { peers, zeros = 'leave', by, dimensions: chosen, confidence = 0.9 } = options;
  const values = readPotentials(caller, potentials);
  const { rowCount, present, potential, sharedCount } = values;
  const weights = readCustomerWeights(caller, options.weights, rowCount) ?? new Float64Array(rowCount).fill(1);
  const z = normalMultiplier(caller, confidence);
  const dimensions = by === undefined ? [] : readBy(caller, by, chosen, rowCount);
  const everybody: Dimension = { name: 'total', groups: ['total'], codes: new Int32Array(rowCount) };
  const compared = peers === undefined ? everybody : readPeers(caller, peers, dimensions, rowCount);
  const to = readAim(caller, options.to ?? { quantile: 0.75 });
  const terms = { values, weights, shares: present.map((spent, row) => (spent > 0 ? Math.min(1, spent / potential[row]!) : 0)), quantile: to.quantile, minPeers: requireWhole(caller, 'minPeers', options.minPeers ?? 30, 1) };
  const found = shareBenchmarks(terms, compared);
  const benchmarks = to.share === null ? found : found.map((benchmark) => ({ ...benchmark, share: to.share!, own: false, loadings: new Float64Array(sharedCount) }));
  const scenario = liftCustomers(values, terms.shares, benchmarks, compared.codes, requireChoice(caller, 'zeros', zeros, ['leave', 'lift']) === 'lift');
  const rowsOf = ({ groups, codes }: Dimension): ScenarioRow[] => scenarioRows(scenario, weights, groups, codes, z);
  const rows = dimensions.map((dimension) => ({ dimension: dimension.name, rows: rowsOf(dimension) }));
  const [total] = rowsOf(everybody);
  return {
    confidence,
    amounts: scenario.headroom,
    shares: scenario.shares,
    benchmarks: benchmarks.map(({ name, customers, share, own }) => ({ name, customers, share, own })),
    total: total!,
    by: Object.fromEntries(rows.map(({ dimension, rows: of }) => [dimension, of])),
    tornado: rows
      .flatMap(({ dimension, rows: of }) => of.map(({ name, amount: { estimate } }) => ({ dimension, name, amount: estimate, share: estimate > 0 ? estimate / total!.amount.estimate : 0 })))
      .sort((a, b) => b.amount - a.amount),
    gaps: scenarioGaps(rows, to, terms.minPeers),
  };
}

function readAim(caller: string, to: NonNullable<ShareScenarioOptions['to']>): { share: number | null; quantile: number } {
  const share = typeof to === 'number' ? to : null;
  const quantile = share ?? (Object(to) as { quantile?: unknown }).quantile;
  if (typeof quantile === 'number' && quantile >= 0 && quantile <= 1) return { share, quantile };
  throw new ClientelaError('INVALID_OPTION', `${caller} needs to as a share between 0 and 1, or { quantile } between 0 and 1, found ${describeValue(share === null && typeof to === 'object' ? quantile : to)}`, { option: 'to', value: to });
}
