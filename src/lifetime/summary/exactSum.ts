/**
 * A sum that does not depend on the order of its terms: what rounding takes from the sum is kept beside it (Knuth's two-sum). Exact while the sum is
 * below 2^53 times the smallest term, which for amounts of one customer it is; so the sums of parts give that of the whole, to the bit.
 */
export class ExactSum {
  #sum = 0;
  #rest = 0;

  /** The sum, rounded once. */
  get value(): number {
    return this.#sum + this.#rest;
  }

  /** What rounding took from `value`. */
  get rest(): number {
    return this.#sum - this.value + this.#rest;
  }

  /** Begins anew. */
  set(value: number, rest: number): void {
    this.#sum = value;
    this.#rest = rest;
  }

  /** Adds a term. */
  add(term: number): void {
    const before = this.#sum;
    const sum = before + term;
    const added = sum - before;
    this.#rest += before - (sum - added) + (term - added);
    this.#sum = sum;
  }

  /** Adds another sum. */
  join(other: ExactSum): void {
    this.add(other.#sum);
    this.#rest += other.#rest;
  }

  /** The difference to a sum given as value and rest, rounded once. */
  minus(value: number, rest: number): number {
    const difference = this.#sum - value;
    const taken = difference - this.#sum;
    const error = this.#sum - (difference - taken) - (value + taken);
    return difference + (error + this.#rest - rest);
  }
}
