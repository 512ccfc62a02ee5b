import type { SimulatedEvents } from './simulatedTypes.js';

/** Purchases in arrays that grow. */
export class EventWriter {
  #count = 0;
  #customer = new Int32Array(1024);
  #time = new Float64Array(1024);
  #amount = new Float64Array(1024);

  /** Appends a purchase. */
  add(customer: number, time: number, amount: number): void {
    if (this.#count === this.#time.length) this.#grow();
    this.#customer[this.#count] = customer;
    this.#time[this.#count] = time;
    this.#amount[this.#count++] = amount;
  }

  /** All purchases so far. */
  close(hasAmounts: boolean): SimulatedEvents {
    const events = { customer: this.#customer.slice(0, this.#count), time: this.#time.slice(0, this.#count) };
    return hasAmounts ? { ...events, amount: this.#amount.slice(0, this.#count) } : events;
  }

  #grow(): void {
    const customer = new Int32Array(2 * this.#count);
    const time = new Float64Array(2 * this.#count);
    const amount = new Float64Array(2 * this.#count);
    customer.set(this.#customer);
    time.set(this.#time);
    amount.set(this.#amount);
    [this.#customer, this.#time, this.#amount] = [customer, time, amount];
  }
}
