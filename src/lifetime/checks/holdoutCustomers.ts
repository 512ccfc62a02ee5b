import type { EventLog } from '../../data/eventLog.js';
import { describeValue, requireInstant } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import { readHistories, readNumbers, type PurchaseHistories } from '../purchaseHistories.js';
import type { FirstPurchase } from '../spending/spendHistories.js';
import { customerSummary, type CustomerSummaryOptions } from '../summary/customerSummary.js';
import type { CustomerSummary, HoldoutPurchases } from '../summary/summaryTypes.js';
import { unitMillis } from '../timeUnit.js';

/** Histories with what followed; `customerSummary` with `split` makes them, and `simulatePurchases` with `holdout`. */
export interface HistoriesWithHoldout extends PurchaseHistories {
  /** Mean amount of the repeat purchases; for a model of amounts. */
  readonly monetary?: ArrayLike<number>;
  /** Whether `monetary` counts the first purchase, too. @defaultValue 'excluded' */
  readonly firstPurchase?: FirstPurchase | undefined;
  /** What the same customers did next. */
  readonly holdout?: HoldoutPurchases;
}

/** The histories that a model may see, and what it may not. */
export interface SplitCustomers {
  readonly calibration: PurchaseHistories;
  /** In the unit of the histories. */
  readonly duration: number;
  /** Purchases in the holdout. */
  readonly actual: Float64Array;
  readonly spend: Float64Array;
}

/** Histories with a holdout, checked and taken apart. */
export function splitHoldout(caller: string, customers: HistoriesWithHoldout): SplitCustomers {
  const { count } = readHistories(caller, customers);
  const { holdout, ...calibration } = customers;
  if (typeof (holdout as unknown) !== 'object' || holdout === undefined) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs customers with a holdout, found ${describeValue(holdout)}; make the summary with split`, { function: caller, column: 'holdout' });
  }
  if (customers.weights !== undefined) throw new ClientelaError('INVALID_INPUT', `${caller} judges forecasts customer by customer and takes no weights; give each customer`, { function: caller, column: 'weights' });
  if (count === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one customer, found none`, { function: caller });
  const { duration } = holdout;
  if (!(duration > 0 && duration < Infinity)) throw new ClientelaError('INVALID_VALUE', `${caller} needs a holdout of some duration, found ${duration}`, { function: caller, column: 'duration', value: duration });
  const actual = readNumbers(caller, 'holdout.frequency', holdout.frequency, count);
  const row = actual.findIndex((value) => !(Number.isInteger(value) && value >= 0));
  if (row >= 0) throw new ClientelaError('INVALID_VALUE', `${caller} needs holdout.frequency as whole numbers from 0, found ${actual[row]!} in row ${row}`, { function: caller, column: 'holdout.frequency', row, value: actual[row]! });
  return { calibration, duration, actual, spend: (holdout.spend as unknown) === undefined ? new Float64Array(count).fill(NaN) : readNumbers(caller, 'holdout.spend', holdout.spend, count) };
}

/**
 * What the customers of a log did in the period before the split that is as long as the holdout, and what they were like before it; null where the
 * log does not reach back so far.
 */
export function periodBeforeSplit(log: EventLog, options: CustomerSummaryOptions, duration: number): CustomerSummary | null {
  const end = requireInstant('backtestPurchases', 'split', options.split);
  const split = end - duration * unitMillis(options.unit ?? 'week');
  const { times, amounts } = log;
  const isSeen = times.some((time, event) => time < split && (amounts === undefined || amounts[event]! > 0));
  return isSeen ? customerSummary(log, { ...options, split, asOf: end }) : null;
}
