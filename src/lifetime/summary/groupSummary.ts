import { ClientelaError } from '../../errors.js';
import { gather } from '../../numeric/gather.js';
import { sortedOrder } from '../../numeric/sorting.js';
import { readCovariate, readHistories, readNumbers, type PurchaseHistories } from '../purchaseHistories.js';

/** Different histories, and how many customers each stands for. */
export interface GroupedHistories extends PurchaseHistories {
  /** Repeat purchases. */
  readonly frequency: Float64Array;
  /** From the first to the last purchase. */
  readonly recency: Float64Array;
  /** From the first purchase to the end of observation. */
  readonly tenure: Float64Array;
  /** How many customers each stands for. */
  readonly weights: Float64Array;
  /** Mean over these customers, so that the weighted sum stays what it was; where it was given. */
  readonly sumLogGaps?: Float64Array;
  /** Equal within a group; where they were given. */
  readonly covariates?: Readonly<Record<string, Float64Array>>;
}

const CALLER = 'groupSummary';

/**
 * The different histories among customers, ascending in frequency, recency, tenure and covariates, and how many customers each stands for.
 *
 * All that the models of purchases learn from, at a fraction of the size: ten million customers counted in days make about 200,000 (our simulation of a
 * year). Fits do this themselves; it is of use where data have to travel, or to be kept without customers. Weight 0 is left out. O(customers) for
 * each column.
 *
 * @param customers - a summary, or any histories; amounts and identifiers are not kept
 * @returns frozen histories with weights, from which every model is learnt as from `customers`
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `NON_FINITE_VALUE` naming column, row and value
 * @example
 * ```ts
 * const groups = groupSummary({ unit: 'week', frequency: [2, 0, 0], recency: [5, 0, 0], tenure: [8, 4, 4] });
 * groups.tenure; // => [4, 8]
 * groups.weights; // => [2, 1]
 * ```
 */
export function groupSummary(customers: PurchaseHistories): GroupedHistories {
  const { count, unit, frequency, recency, tenure } = readHistories(CALLER, customers);
  const weights = readGroupWeights(customers, count);
  const gaps = customers.sumLogGaps === undefined ? null : readNumbers(CALLER, 'sumLogGaps', customers.sumLogGaps, count);
  const names = Object.keys(customers.covariates ?? {});
  const columns = [frequency, recency, tenure, ...names.map((name) => readCovariate(CALLER, customers, name, count))];
  const order = orderBy(columns, count).filter((row) => weights === null || weights[row]! > 0);
  const starts = order.filter((row, i) => i === 0 || columns.some((values) => values[row] !== values[order[i - 1]!]));
  const [sums, gapSums] = [new Float64Array(starts.length), new Float64Array(starts.length)];
  for (let i = 0, group = -1; i < order.length; i++) {
    const row = order[i]!;
    if (row === starts[group + 1]) group++;
    const weight = weights === null ? 1 : weights[row]!;
    sums[group]! += weight;
    if (gaps !== null) gapSums[group]! += weight * gaps[row]!;
  }
  const [x, last, until, ...covariates] = columns.map((values) => gather(values, starts));
  return Object.freeze({
    unit, frequency: x!, recency: last!, tenure: until!, weights: sums,
    ...(gaps !== null && { sumLogGaps: gapSums.map((sum, group) => sum / sums[group]!) }),
    ...(names.length > 0 && { covariates: Object.freeze(Object.fromEntries(names.map((name, c) => [name, covariates[c]!]))) }),
  });
}

/** The rows ascending in the first column, among equals in the second, and so on: stable sorts from the last column to the first. */
function orderBy(columns: readonly Float64Array[], count: number): Uint32Array {
  let order = new Uint32Array(count).map((_, row) => row);
  for (const values of [...columns].reverse()) {
    const among = sortedOrder(gather(values, order));
    order = among.map((place) => order[place]!);
  }
  return order;
}

function readGroupWeights({ weights }: PurchaseHistories, count: number): Float64Array | null {
  if (weights === undefined) return null;
  const values = readNumbers(CALLER, 'weights', weights, count);
  const row = values.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (row < 0) return values;
  throw new ClientelaError('INVALID_VALUE', `${CALLER} needs weights finite and not negative, found ${values[row]!} in row ${row}`, { function: CALLER, column: 'weights', row, value: values[row]! });
}
