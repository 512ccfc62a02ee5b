import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { readAmounts, readCustomerWeights, readPotentials, type PotentialColumns } from './potentialColumns.js';

/** Which amounts, and how the curve is read; all optional. */
export interface PotentialConcentrationOptions {
  /** The column, or amounts of your own such as the expected capture of each, 0 or more. @defaultValue `'headroom'` */
  readonly of?: 'headroom' | 'potential' | 'wallet' | 'present' | ArrayLike<number>;
  /** Of which shares of customers, those with most, the share of the amount is asked; between 0 and 1. @defaultValue [0.01, 0.05, 0.1, 0.2, 0.5] */
  readonly top?: readonly number[];
  /** How many customers each row stands for, 0 or more. @defaultValue 1 */
  readonly weights?: ArrayLike<number>;
}

/** How unequally the potential is spread; see {@link potentialConcentration}. */
export interface PotentialConcentration {
  /** Sum of the amounts. */
  readonly total: number;
  /** How many customers; with `weights` their sum. */
  readonly customers: number;
  /** Those with nothing. */
  readonly zeros: number;
  /** 0 (all equal) to nearly 1 (one has everything); null where the total is 0. */
  readonly gini: number | null;
  /** The curve of Lorenz from (0, 0) to (1, 1): the `customerShare` of customers with least have the `amountShare`; 0 throughout where the total is 0. */
  readonly lorenz: { readonly customerShare: Float64Array; readonly amountShare: Float64Array };
  /** What those with most have, one line for each of `top`; within a row by the curve. Null where the total is 0. */
  readonly top: readonly { readonly customerShare: number; readonly amountShare: number | null }[];
  /** The fewest customers who have half of it. */
  readonly half: { readonly customers: number; readonly customerShare: number };
}

/**
 * How concentrated the headroom is: the Lorenz curve, the Gini coefficient, what the first tenth of customers has, and how few have half of it.
 *
 * Equal amounts lie on a straight piece of the curve, so that neither ties nor the order of rows matter; a row of weight 2 is the row twice. Amounts
 * expected of customers differ less than the true ones: what a model does not know of a customer is not in them, and the truth is somewhat
 * more concentrated. O(n log n). (Lorenz, 1905; Gini, 1912.)
 *
 * @param potentials - what a MarketPotential predicts, or columns of your own
 * @param options - which amounts; see {@link PotentialConcentrationOptions}
 * @returns plain figures
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `EMPTY_INPUT`, `INVALID_OPTION`, `INVALID_VALUE`, `NON_FINITE_VALUE`, `LENGTH_MISMATCH`
 * @example
 * ```ts
 * const { gini, top, half } = potentialConcentration({ present: [5, 5, 5, 5], potential: [15, 15, 25, 165] }, { top: [0.25, 0.5] });
 * gini; // => 0.575
 * top.map(({ amountShare }) => amountShare); // => [0.8, 0.9]
 * half.customers; // => 1
 * ```
 */
export function potentialConcentration(potentials: PotentialColumns, options: PotentialConcentrationOptions = {}): PotentialConcentration {
  const caller = 'potentialConcentration';
  requireKnownOptions(caller, options, ['of', 'top', 'weights']);
  const values = readPotentials(caller, potentials);
  const amounts = chosenAmounts(caller, values, options.of ?? 'headroom');
  const top = requireShares(caller, options.top ?? [0.01, 0.05, 0.1, 0.2, 0.5]);
  const n = values.rowCount;
  const weights = readCustomerWeights(caller, options.weights, n) ?? new Float64Array(n).fill(1);
  const order = sortedOrder(amounts);
  const customerShare = new Float64Array(n + 1);
  const amountShare = new Float64Array(n + 1);
  let [customers, total, zeros] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const weight = weights[order[i]!]!;
    const amount = amounts[order[i]!]!;
    if (amount === 0) zeros += weight;
    customerShare[i + 1] = customers += weight;
    amountShare[i + 1] = total += weight * amount;
  }
  let below = 0;
  for (let i = 1; i <= n; i++) {
    customerShare[i] = customerShare[i]! / customers;
    amountShare[i] = total > 0 ? amountShare[i]! / total : 0;
    // What lies between the curve and the diagonal, piece by piece: the great terms cancel within each.
    below += (customerShare[i]! - customerShare[i - 1]!) * (customerShare[i]! + customerShare[i - 1]! - amountShare[i]! - amountShare[i - 1]!);
  }
  const found = customersForHalf(amounts, weights, order, total / 2);
  return {
    total,
    customers,
    zeros,
    gini: total > 0 ? below : null,
    lorenz: { customerShare, amountShare },
    top: top.map((share) => ({ customerShare: share, amountShare: total > 0 ? 1 - curveAt(customerShare, amountShare, 1 - share) : null })),
    half: { customers: found, customerShare: found / customers },
  };
}

function chosenAmounts(caller: string, values: ReturnType<typeof readPotentials>, of: NonNullable<PotentialConcentrationOptions['of']>): Float64Array {
  if (of === 'headroom' || of === 'potential' || of === 'wallet' || of === 'present') return values[of];
  if (typeof of === 'object') return readAmounts(caller, 'of', of, values.rowCount, 0);
  throw new ClientelaError('INVALID_OPTION', `${caller} needs of as one of headroom, potential, wallet, present, or one amount for each customer, found ${describeValue(of)}`, { option: 'of', value: of });
}

function requireShares(caller: string, shares: readonly number[]): readonly number[] {
  if (shares instanceof Array && shares.every((share) => share > 0 && share < 1)) return shares;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs top as shares of customers between 0 and 1, found ${describeValue(shares)}`, { option: 'top' });
}

// The height of the curve at a share of customers; the curve is straight between its points.
function curveAt(x: Float64Array, y: Float64Array, at: number): number {
  let [low, high] = [0, x.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  const width = x[high]! - x[low]!;
  return width > 0 ? y[low]! + ((at - x[low]!) / width) * (y[high]! - y[low]!) : y[low]!;
}

// From the greatest down; of a row that stands for several no more than needed, and those whole.
function customersForHalf(amounts: Float64Array, weights: Float64Array, order: Uint32Array, half: number): number {
  let [held, customers] = [0, 0];
  // What rounding leaves of the half may not take one customer more.
  const wanted = half * (1 - 1e-12);
  for (let i = order.length - 1; i >= 0 && held < wanted; i--) {
    const amount = amounts[order[i]!]!;
    const weight = weights[order[i]!]!;
    const needed = Math.min(weight, Math.ceil((wanted - held) / amount));
    customers += needed;
    held += needed * amount;
  }
  return customers;
}
