import { ClientelaError } from '../../errors.js';
import type { EventLog } from '../../data/eventLog.js';
import { describeValue, type Instant } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { customersAt, numbersAt, positionsWhere } from '../../data/perCustomer.js';
import { purchasesBefore } from '../../data/purchaseHistory.js';
import { requireLog } from '../../data/requireLog.js';
import { calendarDays } from '../../data/utcDays.js';
import { scoreCustomers, scoringOptions, type RfmPortfolio, type RfmScoringOptions } from './scoreCustomers.js';

/**
 * Money of one's own meaning, one number for each of `log.customers` from the events strictly before `asOf` (UTC epoch milliseconds);
 * `marginByItem` makes one.
 */
export type RfmMoney = (log: EventLog, asOf: number, returns: 'subtract' | 'ignore') => Float64Array;

/** How {@link rfm} counts and cuts. */
export interface RfmOptions extends RfmScoringOptions {
  /** The moment to look from; only events strictly before it count. */
  readonly asOf: Instant;
  /**
   * What money means: the sum over all purchases, the mean of one, or what a function says, such as `marginByItem({ card: 0.3 })`.
   *
   * @defaultValue 'sum'
   */
  readonly monetary?: 'sum' | 'mean' | RfmMoney;
  /**
   * What negative amounts do to money: `'subtract'` them, or `'ignore'` them. They are no purchases either way.
   *
   * @defaultValue 'subtract'
   */
  readonly returns?: 'subtract' | 'ignore';
}

/** Recency, frequency and money of every customer with a purchase, ascending by customer, their scores, and the segments these make. */
export interface RfmResult extends RfmPortfolio {
  /** Customers with events before `asOf` but no purchase: prospects, in no segment. */
  readonly customersWithoutPurchase: number;
  /** Events at or after `asOf`, which were not looked at. */
  readonly eventsIgnored: number;
}

/**
 * The portfolio by recency, frequency and money: three scores per customer, and named segments.
 *
 * Recency counts midnights (UTC) since the last purchase. Scores are honest about ties: a score is one more than the number of cut
 * points strictly below the value, recency counted from the other end, so that equal customers have equal scores whatever the order
 * of the rows. (The recipe that ranks first splits 1,493 one-time buyers of a well-known data set into two scores by the order of
 * the file.) On a discrete frequency the groups are then unequal, as they are in truth. Cut points are quantiles of type 7 over the
 * customers unless given. `O(events + customers · log customers)`. (Hughes, "Strategic Database Marketing", 1994.)
 *
 * @param log - who bought, when, and for how much; one row per order
 * @param options - `asOf` and how to count; see {@link RfmOptions}
 * @returns arrays in the order of `customers`, and a table of segments
 * @throws a {@link ClientelaError} `EMPTY_INPUT` when nobody bought before `asOf`; `INVALID_OPTION`, also for an `asOf` later than the end of
 * observation by more than a year and more than the length of the log (everybody would look lost); `INVALID_DATE`, `INVALID_INPUT`; `NON_FINITE_VALUE` when `monetary` is a function and gives a customer no finite money
 * @example
 * ```ts
 * import { EventLog } from 'clientela/data';
 * const log = EventLog.fromRows([
 *   { id: 'ann', day: '2026-06-01', paid: 40 },
 *   { id: 'ann', day: '2026-06-20', paid: 60 },
 *   { id: 'bob', day: '2025-12-31', paid: 10 },
 * ], { customer: 'id', time: 'day', amount: 'paid' });
 * const portfolio = rfm(log, { asOf: '2026-06-30', cuts: { recency: [14, 30, 90, 180], frequency: [1, 2, 4, 8] } });
 * portfolio.recencyDays; // => [10, 181]
 * portfolio.recencyScore; // => [5, 1]
 * portfolio.segments[portfolio.segment[1]!]?.name; // => 'hibernating'
 * ```
 */
export function rfm(log: EventLog, options: RfmOptions): RfmResult {
  requireLog('rfm', log);
  requireKnownOptions('rfm', options, ['asOf', 'monetary', 'returns', ...scoringOptions]);
  const { monetary = 'sum' } = options;
  const returns = requireChoice('rfm', 'returns', options.returns ?? 'subtract', ['subtract', 'ignore']);
  const own = typeof monetary === 'function';
  if (!own) requireChoice('rfm', 'monetary', monetary, ['sum', 'mean']);
  const asOf = log.momentOf('rfm', options.asOf);
  const { events, purchases, lastPurchase, purchaseAmount, returnAmount } = purchasesBefore(log, asOf);
  const buyers = positionsWhere(purchases.length, (c) => purchases[c]! > 0);
  if (buyers.length === 0) {
    throw new ClientelaError('EMPTY_INPUT', `rfm found no purchase before ${describeValue(new Date(asOf))}; choose a later asOf, or check the amounts`, { asOf });
  }
  const money = own ? monetary(log, asOf, returns) : [];
  const revenue = numbersAt(buyers, (c) => (log.amounts ? purchaseAmount[c]! + (returns === 'subtract' ? returnAmount[c]! : 0) : NaN));
  const values = {
    customers: customersAt(log.customers, buyers),
    recencyDays: numbersAt(buyers, (c) => calendarDays(lastPurchase[c]!, asOf)),
    frequency: numbersAt(buyers, (c) => purchases[c]!),
    monetary: numbersAt(buyers, (c, i) => (own ? money[c]! : revenue[i]! / (monetary === 'mean' ? purchases[c]! : 1))),
  };
  const unknown = own ? values.monetary.findIndex((value) => !Number.isFinite(value)) : -1;
  if (unknown >= 0) {
    const customer = values.customers[unknown]!;
    throw new ClientelaError('NON_FINITE_VALUE', `rfm needs monetary to give every customer finite money, found ${values.monetary[unknown]!} for ${describeValue(customer)}`, { customer });
  }
  return {
    ...scoreCustomers('rfm', values, revenue, options),
    customersWithoutPurchase: positionsWhere(events.length, (c) => events[c]! > 0 && purchases[c] === 0).length,
    eventsIgnored: log.times.length - events.reduce((sum, count) => sum + count, 0),
  };
}
