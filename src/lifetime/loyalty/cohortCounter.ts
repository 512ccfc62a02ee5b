/** Counts by the period of a customer's first purchase (the row) and the period of what follows (the column). */
export class CohortCounter {
  /** Of the periods, ascending; the last is the end. */
  readonly starts: readonly number[];
  readonly customers: Float64Array;
  readonly active: Float64Array;
  readonly purchases: Float64Array;
  readonly spend: Float64Array;
  #row = 0;
  #column = 0;
  /** The last column in which the customer was counted as active. */
  #counted = -1;

  constructor(starts: readonly number[]) {
    const width = starts.length - 1;
    this.starts = starts;
    this.customers = new Float64Array(width);
    [this.active, this.purchases, this.spend] = [new Float64Array(width * width), new Float64Array(width * width), new Float64Array(width * width)];
  }

  /** Begins a customer at the first purchase. */
  enter(time: number): void {
    let [low, high] = [0, this.starts.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= time) low = middle;
      else high = middle;
    }
    this.#row = this.#column = low;
    this.#counted = -1;
    this.customers[low]!++;
  }

  /** Counts what the customer did, in order of time. */
  count(time: number, amount: number): void {
    while (this.starts[this.#column + 1]! <= time) this.#column++;
    const cell = this.#row * this.customers.length + this.#column;
    if (this.#counted !== this.#column) {
      this.#counted = this.#column;
      this.active[cell]!++;
    }
    this.purchases[cell]!++;
    if (amount === amount) this.spend[cell]! += amount;
  }
}
