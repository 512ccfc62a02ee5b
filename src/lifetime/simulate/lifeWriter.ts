import { gammaDraw } from '../../numeric/gammaDraw.js';
import type { Random } from '../../numeric/random.js';
import type { HoldoutPurchases } from '../summary/summaryTypes.js';
import type { CustomerLife } from './customerLife.js';
import { EventWriter } from './eventWriter.js';

/** Shapes and rate of a Gamma–Gamma law of amounts. */
export interface AmountLaw {
  /** Shape of the law of amounts of a customer. */
  readonly p: number;
  /** Shape of the law of rates over customers. */
  readonly q: number;
  /** Its rate, in money. */
  readonly v: number;
}

/** When one customer is observed: milliseconds of the first purchase, and units of time from it. */
export interface CustomerWindow {
  readonly firstMillis: number;
  readonly unitMillis: number;
  readonly tenure: number;
}

/** Columns of simulated customers, filled one row after another. */
export class LifeWriter {
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly tenure: Float64Array;
  readonly sumLogGaps: Float64Array;
  readonly monetary: Float64Array;
  readonly purchaseRate: Float64Array;
  readonly dropout: Float64Array;
  readonly alive: Uint8Array;
  readonly end: Float64Array;
  readonly meanAmount: Float64Array;
  readonly events: EventWriter = new EventWriter();
  readonly #later: Float64Array;
  readonly #laterSpend: Float64Array;

  constructor(count: number) {
    const column = (): Float64Array => new Float64Array(count);
    this.frequency = column();
    this.recency = column();
    this.tenure = column();
    this.sumLogGaps = column();
    this.monetary = column();
    this.purchaseRate = column();
    this.dropout = column();
    this.alive = new Uint8Array(count);
    this.end = column();
    this.meanAmount = column();
    this.#later = column();
    this.#laterSpend = column();
  }

  /** What is seen of one life, with amounts drawn on the way. */
  write(row: number, life: CustomerLife, times: readonly number[], window: CustomerWindow, amounts: AmountLaw | null, random: Random): void {
    this.tenure[row] = window.tenure;
    this.purchaseRate[row] = life.purchaseRate;
    this.dropout[row] = life.dropout;
    this.end[row] = life.end;
    this.alive[row] = Number(life.end > window.tenure);
    const nu = amounts === null ? NaN : gammaDraw(random, amounts.q) / amounts.v;
    const amount = (): number => (amounts === null ? NaN : gammaDraw(random, amounts.p) / nu);
    this.meanAmount[row] = amounts === null ? NaN : amounts.p / nu;
    this.events.add(row, window.firstMillis, amount());
    let spend = 0;
    let [x, last] = [0, 0];
    for (const time of times) {
      const paid = amount();
      this.events.add(row, window.firstMillis + time * window.unitMillis, paid);
      if (time > window.tenure) {
        this.#later[row]!++;
        this.#laterSpend[row]! += paid;
        continue;
      }
      if (x++ > 0) this.sumLogGaps[row]! += Math.log(time - last);
      else this.sumLogGaps[row] = Math.log(time);
      last = time;
      spend += paid;
    }
    this.frequency[row] = x;
    this.recency[row] = last;
    this.monetary[row] = x > 0 ? spend / x : NaN;
  }

  /** What came after the tenures. */
  holdout(duration: number, hasAmounts: boolean): HoldoutPurchases {
    const frequency = this.#later;
    const spend = hasAmounts ? this.#laterSpend : this.#laterSpend.fill(NaN);
    return { duration, frequency, spend, monetary: spend.map((sum, row) => (frequency[row]! > 0 ? sum / frequency[row]! : NaN)) };
  }
}
