/**
 * Sums of hazards over ranges of blocks, by a tree of partial sums: nothing is subtracted, so that a range of small hazards beside large ones
 * keeps all its digits. Each hazard is `value * exp(-unit)`; a node holds its sum in the smallest unit beneath it.
 */
export class HazardTree {
  readonly #size: number;
  readonly #sums: Float64Array;
  readonly #units: Float64Array;

  /** Whether all units are one. */
  #isFlat = true;

  constructor(size: number) {
    this.#size = size;
    this.#sums = new Float64Array(2 * size);
    this.#units = new Float64Array(2 * size);
  }

  /** Takes the hazards of blocks from `first` on. O(blocks). */
  fill(values: Float64Array, units: Float64Array, first: number): void {
    const n = this.#size;
    this.#isFlat = true;
    for (let b = 0; b < n; b++) {
      this.#sums[n + b] = values[first + b]!;
      this.#units[n + b] = units[first + b]!;
      if (units[first + b] !== units[first]) this.#isFlat = false;
    }
    for (let node = n - 1; node > 0; node--) {
      const left = 2 * node;
      const right = left + 1;
      const unit = Math.min(this.#units[left]!, this.#units[right]!);
      this.#units[node] = unit;
      this.#sums[node] = this.#scaled(left, unit) + this.#scaled(right, unit);
    }
  }

  /** exp(eta) times the hazards of the blocks from `from` to before `to`; eta is at most the unit of each of them. O(log blocks). */
  expected(eta: number, from: number, to: number): number {
    let sum = 0;
    if (this.#isFlat) {
      for (let l = from + this.#size, r = to + this.#size; l < r; l >>= 1, r >>= 1) {
        if (l & 1) sum += this.#sums[l++]!;
        if (r & 1) sum += this.#sums[--r]!;
      }
      return sum * Math.exp(eta - this.#units[1]!);
    }
    for (let l = from + this.#size, r = to + this.#size; l < r; l >>= 1, r >>= 1) {
      if (l & 1) sum += this.#scaled(l++, eta);
      if (r & 1) sum += this.#scaled(--r, eta);
    }
    return sum;
  }

  #scaled(node: number, unit: number): number {
    const sum = this.#sums[node]!;
    return sum === 0 ? 0 : sum * Math.exp(unit - this.#units[node]!);
  }
}
