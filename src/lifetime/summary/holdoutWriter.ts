import type { PurchaseTally } from './purchaseTally.js';
import { firstOf } from './summaryWriter.js';
import type { HoldoutPurchases } from './summaryTypes.js';

/** What each customer's tally gained after the split. */
export class HoldoutWriter {
  readonly #frequency: Float64Array;
  readonly #spend: Float64Array;
  readonly #hasAmounts: boolean;
  #count = 0;
  #periods = 0;
  #value = 0;
  #rest = 0;

  constructor(most: number, hasAmounts: boolean) {
    this.#frequency = new Float64Array(most);
    this.#spend = new Float64Array(most);
    this.#hasAmounts = hasAmounts;
  }

  /** The tally as of the split. */
  begin({ periods, spend }: PurchaseTally): void {
    this.#periods = periods;
    this.#value = spend.value;
    this.#rest = spend.rest;
  }

  /** The tally of the same customer as of the end. */
  write({ periods, spend }: PurchaseTally): void {
    const row = this.#count++;
    this.#frequency[row] = periods - this.#periods;
    this.#spend[row] = this.#hasAmounts ? spend.minus(this.#value, this.#rest) : NaN;
  }

  /** The holdout of the customers written. */
  close(duration: number): HoldoutPurchases {
    const frequency = firstOf(this.#frequency, this.#count);
    const spend = firstOf(this.#spend, this.#count);
    const monetary = spend.map((sum, row) => (frequency[row] === 0 ? NaN : sum / frequency[row]!));
    return { duration, frequency, spend, monetary };
  }
}
