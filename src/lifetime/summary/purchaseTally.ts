import type { EventColumns } from '../../data/eventRoles.js';
import { ExactSum } from './exactSum.js';
import { periodOf, type Periods } from './periods.js';

/** What counts as a purchase and what is merged into one. */
export interface TallyRule {
  readonly periods: Periods;
  /** Whether an amount of 0 is a purchase. */
  readonly countZero: boolean;
}

/** One customer's purchases so far; used for one after the other. */
export class PurchaseTally {
  /** Number of the period of the first purchase. */
  first = 0;
  /** Of the last purchase. */
  last = 0;
  /** Different periods with a purchase. */
  periods = 0;
  /** Purchases, unmerged. */
  orders = 0;
  /** Logarithms of the numbers of periods between purchases. */
  readonly logGaps: ExactSum = new ExactSum();
  readonly spend: ExactSum = new ExactSum();
  /** Spent in the first period. */
  readonly firstSpend: ExactSum = new ExactSum();
  readonly returned: ExactSum = new ExactSum();

  /** Begins another customer. */
  clear(): void {
    this.first = this.last = this.periods = this.orders = 0;
    for (const sum of [this.logGaps, this.spend, this.firstSpend, this.returned]) sum.set(0, 0);
  }

  /** Reads the events of one customer, in order of time, from one to before another and before a moment. @returns the first event not read */
  read({ times, amounts }: EventColumns, from: number, to: number, end: number, { periods, countZero }: TallyRule): number {
    let event = from;
    for (; event < to && times[event]! < end; event++) {
      const amount = amounts === undefined ? 0 : amounts[event]!;
      if (amount < 0) this.returned.add(amount);
      else if (amounts === undefined || amount > 0 || (countZero && amount === 0)) this.#buy(periodOf(periods, times[event]!), amount);
    }
    return event;
  }

  /** Appends what another tally of the same customer holds, all of it later or in the same period. */
  join(later: PurchaseTally): void {
    this.returned.join(later.returned);
    if (later.periods === 0) return;
    const isFirst = this.periods === 0;
    if (isFirst) this.first = later.first;
    else if (later.first > this.last) this.logGaps.add(Math.log(later.first - this.last));
    if (later.first === this.first) this.firstSpend.join(later.firstSpend);
    this.periods += later.periods - (!isFirst && later.first === this.last ? 1 : 0);
    this.last = later.last;
    this.orders += later.orders;
    this.logGaps.join(later.logGaps);
    this.spend.join(later.spend);
  }

  #buy(period: number, amount: number): void {
    if (this.orders++ === 0) {
      this.first = this.last = period;
      this.periods = 1;
    } else if (period !== this.last) {
      this.logGaps.add(Math.log(period - this.last));
      this.periods++;
      this.last = period;
    }
    this.spend.add(amount);
    if (period === this.first) this.firstSpend.add(amount);
  }
}
