import { requireKnownOptions } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { rankCorrelation } from '../../numeric/rankCorrelation.js';

/** Estimated wallets to be judged, one a customer; with the ends of their intervals, also how often these hold. */
export interface JudgedWallets {
  /** The estimates, above 0 wherever the wallet is known; elsewhere they are not looked at. */
  readonly wallet: ArrayLike<number>;
  /** Lower ends of intervals. */
  readonly walletLower?: ArrayLike<number>;
  /** Upper ends. */
  readonly walletUpper?: ArrayLike<number>;
}

/** What estimates are judged by. */
export interface KnownWalletErrorOptions {
  /** The known wallets, one a customer; NaN (or null) where nobody knows, which leaves the customer out. */
  readonly known: ArrayLike<number | null>;
  /** What each spends now: for how well the headrooms are ranked. @defaultValue no ranks */
  readonly spend?: ArrayLike<number>;
  /** How much each customer counts. @defaultValue 1 */
  readonly weights?: ArrayLike<number>;
}

/** How far estimates lie from the known wallets. */
export interface KnownWalletError {
  /** The name given. */
  readonly name: string;
  /** Customers judged: those with a known wallet above 0 (and a weight). */
  readonly customers: number;
  /** Root mean square of ln(estimate / known). */
  readonly logError: number;
  /** Mean of ln(estimate / known). */
  readonly logBias: number;
  /** Sum of the estimates / sum of the known. */
  readonly totalRatio: number;
  /** Spearman's correlation of estimated and known headroom, without weights; null without spend, or where all headrooms are one. */
  readonly headroomRankCorrelation: number | null;
  /** Share of the known wallets within their intervals; null without intervals. */
  readonly coverage: number | null;
}

/**
 * How far several estimates of wallets lie from those known, the best first: one yardstick for every estimator.
 *
 * Only estimates made without the known wallets can be compared: those of a {@link KnownWallets} are judged by its `report.chosen`. O(n log n) each.
 *
 * @param estimates - wallets by name, one a customer
 * @param options - `known` at least
 * @returns one entry for each name, by ascending log error
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `NON_FINITE_VALUE`, `INVALID_VALUE`, `INVALID_INPUT`, `INVALID_OPTION`, or `EMPTY_INPUT` where no wallet is known
 * @example
 * ```ts
 * const errors = knownWalletErrors({ frontier: { wallet: [110, 200, 90] }, double: { wallet: [200, 100, 300] } }, { known: [100, 200, null] });
 * errors.map(({ name, customers }) => [name, customers]); // => [['frontier', 2], ['double', 2]]
 * errors[0]?.logError; // => Math.log(1.1) / Math.SQRT2
 * ```
 */
export function knownWalletErrors(estimates: Readonly<Record<string, JudgedWallets>>, options: KnownWalletErrorOptions): KnownWalletError[] {
  requireKnownOptions('knownWalletErrors', options, ['known', 'spend', 'weights']);
  const { known, spend, weights } = options;
  if (Object(estimates) !== estimates) throw new ClientelaError('INVALID_INPUT', `knownWalletErrors needs estimates by name, found ${describeValue(estimates)}`);
  const wallets = Float64Array.from(requireColumn('known', known, known), (value) => value ?? NaN);
  const amounts = spend && requireAmounts('spend', spend, wallets);
  const mass = weights ? requireAmounts('weights', weights, wallets) : new Float64Array(wallets.length).fill(1);
  const wrong = wallets.findIndex((value) => value < 0 || value === Infinity);
  if (wrong >= 0) throw new ClientelaError('INVALID_VALUE', `knownWalletErrors needs known wallets of 0 or more, found ${wallets[wrong]} in row ${wrong}; give null where nobody knows`, { row: wrong });
  const rows = Uint32Array.from(wallets.keys()).filter((row) => wallets[row]! > 0 && mass[row]! > 0);
  if (rows.length === 0) throw new ClientelaError('EMPTY_INPUT', 'knownWalletErrors needs a known wallet above 0 with a weight, found none');
  return Object.keys(estimates)
    .map((name) => judge(name, estimates[name]!, rows, wallets, mass, amounts))
    .sort((a, b) => a.logError - b.logError);
}

function judge(name: string, { wallet, walletLower, walletUpper }: JudgedWallets, rows: Uint32Array, known: Float64Array, mass: Float64Array, spend: Float64Array | undefined): KnownWalletError {
  const found = requireColumn(`${name}.wallet`, wallet, known);
  const [lower, upper] = [walletLower, walletUpper].map((ends, i) => ends && requireColumn(`${name}.${i ? 'walletUpper' : 'walletLower'}`, ends, known));
  let [total, errors, squares, estimated, truth, held] = [0, 0, 0, 0, 0, 0];
  for (const row of rows) {
    const weight = mass[row]!;
    const estimate = Number(found[row]);
    if (!(estimate > 0 && estimate < Infinity)) throw new ClientelaError('INVALID_VALUE', `knownWalletErrors needs finite estimates above 0 where the wallet is known, found ${found[row]} in ${name}.wallet, row ${row}`, { row });
    const error = Math.log(estimate / known[row]!);
    total += weight;
    errors += weight * error;
    squares += weight * error * error;
    estimated += weight * estimate;
    truth += weight * known[row]!;
    if (lower && upper && known[row]! >= lower[row]! && known[row]! <= upper[row]!) held += weight;
  }
  return {
    name,
    customers: rows.length,
    logError: Math.sqrt(squares / total),
    logBias: errors / total,
    totalRatio: estimated / truth,
    headroomRankCorrelation: spend ? headroomRanks(rows, found, known, spend) : null,
    coverage: lower && upper ? held / total : null,
  };
}

function requireColumn(name: string, values: ArrayLike<number | null> | undefined, like: ArrayLike<unknown>): ArrayLike<number | null> {
  if (!(Array.isArray(values) || ArrayBuffer.isView(values))) throw new ClientelaError('INVALID_INPUT', `knownWalletErrors needs ${name} as an array of numbers, found ${describeValue(values)}`, { option: name });
  const column = values as ArrayLike<number | null>;
  if (column.length === like.length) return column;
  throw new ClientelaError('LENGTH_MISMATCH', `knownWalletErrors needs ${name} as one number for each of the ${like.length} known, found ${column.length}`, { option: name });
}

function requireAmounts(name: string, values: ArrayLike<number>, like: ArrayLike<unknown>): Float64Array {
  const amounts = Float64Array.from(requireColumn(name, values, like) as ArrayLike<number>);
  const row = amounts.findIndex((value) => !(value >= 0 && value < Infinity));
  if (row >= 0) throw new ClientelaError('NON_FINITE_VALUE', `knownWalletErrors needs ${name} as numbers of 0 or more, found ${amounts[row]} in row ${row}`, { option: name, row });
  return amounts;
}

function headroomRanks(rows: Uint32Array, found: ArrayLike<number | null>, known: ArrayLike<number | null>, spend: ArrayLike<number>): number | null {
  const [estimated, truth] = [found, known].map((wallets) => Float64Array.from(rows, (row) => Number(wallets[row]) - spend[row]!)) as [Float64Array, Float64Array];
  const correlation = rankCorrelation(estimated, truth);
  return Number.isNaN(correlation) ? null : correlation;
}
