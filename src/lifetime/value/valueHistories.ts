import type { Duration } from '../../data/duration.js';
import type { EventLog } from '../../data/eventLog.js';
import type { Instant } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { readHistories, readNumbers, type PurchaseHistories } from '../purchaseHistories.js';
import { customerSummary } from '../summary/customerSummary.js';
import type { TimeUnit } from '../timeUnit.js';

/** Customers to value: what `customerSummary` gives, or as much of it as is known. */
export interface ValueHistories extends PurchaseHistories {
  /** Identifiers. */
  readonly customers?: readonly (string | number)[] | null | undefined;
  /** Mean amount of a purchase; `NaN` where it is not known. */
  readonly monetary?: ArrayLike<number> | undefined;
  /** Whether `monetary` is the mean of the repeat purchases, or of these and the first. @defaultValue 'excluded' */
  readonly firstPurchase?: 'excluded' | 'included' | undefined;
  /** Amounts of the first purchase, for those of whom no repeat purchase is known. */
  readonly firstAmount?: ArrayLike<number> | undefined;
  /** Sum of all purchases, from which with `returned` the share brought back is taken. */
  readonly spend?: ArrayLike<number> | undefined;
  /** Sum of all returns, 0 or below. */
  readonly returned?: ArrayLike<number> | undefined;
  /** What happened after the histories end: laws of buying are judged by it. */
  readonly holdout?: { /** In the unit of the histories. */ readonly duration: number; /** Purchases of each customer. */ readonly frequency: ArrayLike<number> } | undefined;
}

/** How histories were made of a log. */
export interface LogReading {
  /** Purchases within one period of this length are one; see `customerSummary`. */
  readonly mergeWithin: Duration;
  /** Whether the first purchase counts in the mean amount. */
  readonly firstPurchase: 'excluded' | 'included';
  /** Whether an event with an amount of 0 is a purchase. */
  readonly zeroAmounts: 'ignored' | 'purchases';
}

/** Histories that have been checked, with what is known of amounts. */
export interface ReadValueHistories {
  readonly source: ValueHistories;
  readonly count: number;
  readonly unit: TimeUnit;
  readonly frequency: Float64Array;
  readonly weights: Float64Array | null;
  readonly customers: readonly (string | number)[] | null;
  /** Purchases behind `monetary`: 0 where it is not known. */
  readonly known: Float64Array;
  /** Mean amount of these; 0 where it is not known. */
  readonly monetary: Float64Array;
}

/** Whether these are events, of which histories have to be made first. */
export function isLog(customers: EventLog | ValueHistories): customers is EventLog {
  return typeof (customers as unknown) === 'object' && (customers as unknown) !== null && 'momentOf' in customers;
}

/** The histories of a log, in the way that the model was learnt. */
export function historiesOf(log: EventLog, unit: TimeUnit, reading: LogReading, ends: { readonly asOf?: Instant | undefined; readonly split?: number } = {}): ValueHistories {
  const { asOf, split } = ends;
  return customerSummary(log, { unit, ...reading, ...(asOf === undefined ? {} : { asOf }), ...(split === undefined ? {} : { split }) });
}

/** Checks histories and what they say of amounts. */
export function readValueHistories(caller: string, source: ValueHistories): ReadValueHistories {
  const { count, unit, frequency } = readHistories(caller, source);
  const known = new Float64Array(count);
  const monetary = new Float64Array(count);
  if (source.monetary !== undefined) {
    const given = readNumbers(caller, 'monetary', source.monetary, count);
    const first = source.firstPurchase === 'included' ? 1 : 0;
    for (let i = 0; i < count; i++) {
      const amount = given[i]!;
      if (amount < 0 || amount === Infinity) {
        throw new ClientelaError('INVALID_VALUE', `${caller} needs monetary finite and not negative, found ${amount} in row ${i}; it is the mean of purchases, without returns`, { function: caller, column: 'monetary', row: i, value: amount });
      }
      const purchases = frequency[i]! + first;
      if (Number.isNaN(amount) || purchases === 0) continue;
      known[i] = purchases;
      monetary[i] = amount;
    }
  }
  const weights = source.weights === undefined ? null : readNumbers(caller, 'weights', source.weights, count);
  const { customers = null } = source;
  if (customers !== null && customers.length !== count) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs customers with one identifier for each of the ${count} histories, found ${customers.length}`, { function: caller, column: 'customers', expected: count, found: customers.length });
  }
  return { source, count, unit, frequency, weights, customers, known, monetary };
}
