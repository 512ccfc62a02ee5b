import { requireChoice } from '../../data/options.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { readNumbers } from '../purchaseHistories.js';

/** Whether the amount of the first purchase is a part of `monetary`. */
export type FirstPurchase = 'excluded' | 'included';

/**
 * What a model of spend knows of each customer, in arrays of one length; what `customerSummary` gives is of this shape, and so is
 * `{ frequency: [2], monetary: [22.35] }`.
 */
export interface SpendHistories {
  /** Repeat purchases: those after the first, whole numbers from 0. */
  readonly frequency: ArrayLike<number>;
  /** Mean amount of the repeat purchases, above 0, or of all where `firstPurchase` is `'included'`; NaN, or anything where there were none, is not known. */
  readonly monetary: ArrayLike<number>;
  /** Whether `monetary` is a mean over `frequency` purchases, or over the first one too. @defaultValue 'excluded' */
  readonly firstPurchase?: FirstPurchase | undefined;
  /** How many customers each entry stands for. @defaultValue 1 each */
  readonly weights?: ArrayLike<number> | undefined;
}

/** Spend that has been checked: per customer how many amounts are known, and their mean. */
export interface Spends {
  readonly count: number;
  readonly firstPurchase: FirstPurchase;
  /** Amounts known; 0 where there are none. */
  readonly purchases: Float64Array;
  /** Mean of those amounts; 0 where there are none. */
  readonly mean: Float64Array;
}

/**
 * The amounts known of each customer. A mean of 0 is taken only where `zeroAllowed`: a law of amounts above 0 cannot be learnt from it.
 *
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE` or `INVALID_OPTION` naming column, row and value
 */
export function readSpends(caller: string, customers: SpendHistories, zeroAllowed: boolean): Spends {
  if (typeof (customers as unknown) !== 'object' || (customers as unknown) === null) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs customers as { frequency, monetary }, found ${describeValue(customers)}; make them with customerSummary`, { function: caller });
  }
  const firstPurchase = requireChoice(caller, 'firstPurchase', customers.firstPurchase ?? 'excluded', ['excluded', 'included']);
  const frequency = readNumbers(caller, 'frequency', customers.frequency);
  const count = frequency.length;
  const monetary = readNumbers(caller, 'monetary', customers.monetary, count);
  const [purchases, mean] = [new Float64Array(count), new Float64Array(count)];
  const first = firstPurchase === 'included' ? 1 : 0;
  for (let row = 0; row < count; row++) {
    const x = frequency[row]!;
    if (!(x >= 0 && Math.floor(x) === x && x < Infinity)) throw badValue(caller, 'frequency', x, row, 'as a whole number from 0: purchases after the first');
    const amount = monetary[row]!;
    if (x + first === 0 || Number.isNaN(amount)) continue;
    if (!(amount >= 0 && amount < Infinity) || (amount === 0 && !zeroAllowed)) {
      throw badValue(caller, 'monetary', amount, row, 'above 0 where there were purchases; leave out customers who paid nothing or got back more than they paid');
    }
    purchases[row] = x + first;
    mean[row] = amount;
  }
  return { count, firstPurchase, purchases, mean };
}

/** The weights of the customers; null where each counts once. */
export function readSpendWeights(caller: string, { weights: given }: SpendHistories, count: number): Float64Array | null {
  if (given === undefined) return null;
  const weights = readNumbers(caller, 'weights', given, count);
  const row = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (row < 0) return weights;
  throw badValue(caller, 'weights', weights[row]!, row, 'finite and not negative');
}

function badValue(caller: string, column: string, value: number, row: number, need: string): ClientelaError {
  return new ClientelaError('INVALID_VALUE', `${caller} needs ${column} ${need}, found ${value} in row ${row}`, { function: caller, column, row, value });
}
