import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { quantileOfSorted } from '../../numeric/quantile.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { badOption } from './badOption.js';

/** How {@link concentration} cuts. */
export interface ConcentrationOptions {
  /**
   * Up to which share of all value each class goes, from the greatest customer down; ascending, between 0 and 1. Two make the classes A, B and C.
   *
   * @defaultValue [0.8, 0.95]
   */
  readonly cutOffs?: readonly number[];
  /**
   * Of which shares of customers, the greatest, the share of value is asked.
   *
   * @defaultValue [0.01, 0.05, 0.1, 0.2, 0.5]
   */
  readonly top?: readonly number[];
}

/** One class of an ABC analysis. */
export interface ConcentrationClass {
  /** `'A'`, `'B'`, `'C'`, …. */
  readonly name: string;
  /** How many customers. */
  readonly customers: number;
  /** Their share of all customers. */
  readonly share: number;
  /** Sum of their values. */
  readonly value: number;
  /** Their share of all value; `NaN` when that is 0. */
  readonly valueShare: number;
}

/** How unequally value is spread over customers. Values below 0 count as 0. */
export interface Concentration {
  /** Sum of the values. */
  readonly total: number;
  /** Customers whose value is below 0, counted as 0, and the sum that was left out. */
  readonly negative: { readonly customers: number; readonly value: number };
  /** 0 (all equal) to (n - 1) / n (one has everything); `NaN` when the total is 0. */
  readonly gini: number;
  /** The Lorenz curve from (0, 0) to (1, 1): the smallest `customerShare` of customers have `valueShare` of the value; n + 1 points. */
  readonly lorenz: { readonly customerShare: Float64Array; readonly valueShare: Float64Array };
  /** The classes, greatest customers first; possibly without customers. */
  readonly classes: readonly ConcentrationClass[];
  /** Position in `classes`, in the order of the values given. */
  readonly classOf: Uint8Array;
  /** What the greatest customers have, one line per `top`; between two customers by the Lorenz curve. */
  readonly top: readonly { readonly customerShare: number; readonly valueShare: number }[];
}

/**
 * How concentrated the value of a portfolio is: Gini coefficient, Lorenz curve, ABC classes, and what the greatest customers have.
 *
 * A customer belongs to the first class whose cut-off the customers greater than he have not reached; equal customers share a class,
 * whatever the order of the rows. Values below 0 (more returned than bought) count as 0, and `negative` says how many and how much: with
 * them a Lorenz curve dips below 0 and a Gini coefficient may exceed 1. The coefficient is that of the customers given, without the
 * factor n / (n - 1) for samples. `O(n log n)`. (Lorenz, 1905; Gini, 1912; Dickie, "ABC inventory analysis", 1951.)
 *
 * @param values - one number per customer: `monetary` of an `rfm` result, or a lifetime value
 * @param options - cut-offs; see {@link ConcentrationOptions}
 * @returns plain figures
 * @throws a {@link ClientelaError} `NON_FINITE_VALUE` naming the row; `EMPTY_INPUT`, `INVALID_OPTION`
 * @example
 * ```ts
 * const { gini, classes, top } = concentration([10, 10, 20, 160], { top: [0.25, 0.5] });
 * gini; // => 0.575
 * classes.map((c) => c.customers); // => [1, 3, 0]
 * top; // => [{ customerShare: 0.25, valueShare: 0.8 }, { customerShare: 0.5, valueShare: 0.9 }]
 * ```
 */
export function concentration(values: ArrayLike<number>, options: ConcentrationOptions = {}): Concentration {
  requireKnownOptions('concentration', options, ['cutOffs', 'top']);
  const cutOffs = requireShares('cutOffs', options.cutOffs ?? [0.8, 0.95]);
  const top = requireShares('top', options.top ?? [0.01, 0.05, 0.1, 0.2, 0.5]);
  const { positive, negative } = readValues(values);
  const n = positive.length;
  const order = sortedOrder(positive);
  const customerShare = new Float64Array(n + 1);
  const valueShare = new Float64Array(n + 1);
  let [total, ranked] = [0, 0];
  for (let i = 0; i < n; i++) {
    const value = positive[order[i]!]!;
    total += value;
    // 2 Σ i x(i) - (n + 1) Σ x, summed without the two great terms.
    ranked += (2 * (i + 1) - n - 1) * value;
    customerShare[i + 1] = (i + 1) / n;
    valueShare[i + 1] = total;
  }
  for (let i = 1; i <= n; i++) valueShare[i] = valueShare[i]! / total;
  const classOf = classify(positive, order, valueShare, cutOffs);
  return {
    total,
    negative,
    gini: ranked / (n * total),
    lorenz: { customerShare, valueShare },
    classes: tabulate(positive, classOf, cutOffs.length + 1, total),
    classOf,
    top: top.map((share) => ({ customerShare: share, valueShare: 1 - quantileOfSorted(valueShare, 1 - share) })),
  };
}

function requireShares(option: string, shares: readonly number[]): readonly number[] {
  const isShare = (share: number, k: number): boolean => share > 0 && share < 1 && !(share <= shares[k - 1]!);
  if (shares instanceof Array && shares.every(isShare)) return shares;
  throw badOption('concentration', option, 'ascending shares between 0 and 1', shares);
}

function readValues(values: ArrayLike<number>): { positive: Float64Array; negative: Concentration['negative'] } {
  const positive = new Float64Array(values.length);
  let [customers, value] = [0, 0];
  for (let i = 0; i < positive.length; i++) {
    const given = values[i]!;
    if (!Number.isFinite(given)) {
      throw new ClientelaError('NON_FINITE_VALUE', `concentration needs finite values, found ${String(given)} in row ${i}; leave out who has none`, { row: i, value: given });
    }
    if (given >= 0) positive[i] = given;
    else {
      customers++;
      value += given;
    }
  }
  if (positive.length > 0) return { positive, negative: { customers, value } };
  throw new ClientelaError('EMPTY_INPUT', 'concentration needs at least one value, found none');
}

// From the greatest down; a run of equal values takes the class of its first.
function classify(values: Float64Array, order: Uint32Array, valueShare: Float64Array, cutOffs: readonly number[]): Uint8Array {
  const classOf = new Uint8Array(values.length);
  let current = 0;
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i]!;
    const before = order[i + 1];
    if (before === undefined || values[row] !== values[before]) {
      // What the greater ones have; the sum of all shares is 1 but for rounding.
      const reached = 1 - valueShare[i + 1]! + 1e-12;
      while (current < cutOffs.length && !(reached < cutOffs[current]!)) current++;
    }
    classOf[row] = current;
  }
  return classOf;
}

function tabulate(values: Float64Array, classOf: Uint8Array, length: number, total: number): ConcentrationClass[] {
  const [customers, value] = [new Float64Array(length), new Float64Array(length)];
  classOf.forEach((code, row) => {
    customers[code]!++;
    value[code]! += values[row]!;
  });
  return Array.from({ length }, (_, k) => ({
    name: String.fromCharCode(65 + k),
    customers: customers[k]!,
    share: customers[k]! / values.length,
    value: value[k]!,
    valueShare: value[k]! / total,
  }));
}
