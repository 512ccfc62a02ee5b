import type { EventLog } from '../data/eventLog.js';
import { customersAt, numbersAt, positionsWhere } from '../data/perCustomer.js';
import { purchasesBefore } from '../data/purchaseHistory.js';
import { calendarDays } from '../data/utcDays.js';

/** Recency, frequency and money of the customers with a purchase, unscored. */
export interface RfmValues {
  readonly customers: readonly (string | number)[];
  readonly recencyDays: Float64Array;
  readonly frequency: Float64Array;
  readonly revenue: Float64Array;
  readonly customersWithoutPurchase: number;
  readonly eventsIgnored: number;
}

/** What the events before `asOf` say, customer by customer. */
export function rfmValues(log: EventLog, asOf: number, returnsCount: boolean): RfmValues {
  const { events, purchases, lastPurchase, purchaseAmount, returnAmount } = purchasesBefore(log, asOf);
  const buyers = positionsWhere(purchases.length, (c) => purchases[c]! > 0);
  let eventsIgnored = log.times.length;
  let customersWithoutPurchase = 0;
  for (let c = 0; c < events.length; c++) {
    eventsIgnored -= events[c]!;
    if (events[c]! > 0 && purchases[c] === 0) customersWithoutPurchase++;
  }
  const amountOf = (c: number): number => purchaseAmount[c]! + (returnsCount ? returnAmount[c]! : 0);
  return {
    customers: customersAt(log.customers, buyers),
    recencyDays: numbersAt(buyers, (c) => calendarDays(lastPurchase[c]!, asOf)),
    frequency: numbersAt(buyers, (c) => purchases[c]!),
    revenue: numbersAt(buyers, log.amounts === undefined ? () => NaN : amountOf),
    customersWithoutPurchase,
    eventsIgnored,
  };
}
