import { unitMillis, type TimeUnit } from '../timeUnit.js';
import { periodBefore, type Periods } from './periods.js';
import type { PurchaseTally } from './purchaseTally.js';
import type { CustomerSummary, HoldoutPurchases } from './summaryTypes.js';

/** What a summary is made for. */
export interface SummaryFrame {
  readonly unit: TimeUnit;
  readonly asOf: number;
  readonly periods: Periods;
  readonly hasAmounts: boolean;
  readonly firstPurchase: 'excluded' | 'included';
}

type Columns = Record<'frequency' | 'recency' | 'tenure' | 'sumLogGaps' | 'monetary' | 'orders' | 'firstAmount' | 'spend' | 'returned', Float64Array>;

/** Turns the tallies of customers, one after the other, into the columns of a summary. */
export class SummaryWriter {
  readonly #frame: SummaryFrame;
  readonly #unit: number;
  readonly #logPeriod: number;
  readonly #customers: (string | number)[];
  readonly #columns: Columns;
  #count = 0;

  constructor(most: number, frame: SummaryFrame) {
    const column = (): Float64Array => new Float64Array(most);
    this.#frame = frame;
    this.#unit = unitMillis(frame.unit);
    this.#logPeriod = Math.log(frame.periods.millis / this.#unit);
    this.#customers = new Array<string | number>(most);
    this.#columns = {
      frequency: column(), recency: column(), tenure: column(), sumLogGaps: column(), monetary: column(), orders: column(), firstAmount: column(), spend: column(), returned: column(),
    };
  }

  /** How many customers are written. */
  get count(): number {
    return this.#count;
  }

  /** Adds a customer with a purchase, observed until a moment. */
  write(customer: string | number, tally: PurchaseTally, end: number): void {
    const { periods, hasAmounts, firstPurchase } = this.#frame;
    const columns = this.#columns;
    const row = this.#count++;
    const { spend, firstSpend } = tally;
    const repeats = tally.periods - 1;
    this.#customers[row] = customer;
    columns.frequency[row] = repeats;
    columns.recency[row] = this.#time(tally.last - tally.first);
    columns.tenure[row] = this.#time(periodBefore(periods, end) - tally.first);
    columns.sumLogGaps[row] = repeats === 0 ? 0 : tally.logGaps.value + repeats * this.#logPeriod;
    columns.orders[row] = tally.orders;
    columns.monetary[row] = firstPurchase === 'included' ? spend.value / tally.periods : spend.minus(firstSpend.value, firstSpend.rest) / repeats;
    columns.firstAmount[row] = firstSpend.value;
    columns.spend[row] = spend.value;
    columns.returned[row] = tally.returned.value;
    if (!hasAmounts) columns.monetary[row] = columns.firstAmount[row] = columns.spend[row] = columns.returned[row] = NaN;
  }

  /** The summary of the customers written. */
  close(holdout?: HoldoutPurchases): CustomerSummary {
    const count = this.#count;
    const { unit, asOf, firstPurchase } = this.#frame;
    this.#customers.length = count;
    for (const name of Object.keys(this.#columns) as (keyof Columns)[]) this.#columns[name] = firstOf(this.#columns[name], count);
    return Object.freeze({ customers: this.#customers, unit, asOf, ...this.#columns, firstPurchase, ...(holdout && { holdout: Object.freeze(holdout) }) });
  }

  #time(periods: number): number {
    return (periods * this.#frame.periods.millis) / this.#unit;
  }
}

/** The first values, without a copy where these are all. */
export function firstOf(values: Float64Array, count: number): Float64Array {
  return count === values.length ? values : values.slice(0, count);
}
