/** Rows by cost, the cheapest first; rows that have left meanwhile are passed over when they come up. */
export class RowHeap {
  readonly #rows: number[] = [];
  readonly #costs: number[] = [];

  /** Puts a row in. */
  push(row: number, cost: number): void {
    let at = this.#rows.length;
    for (; at > 0; at = (at - 1) >> 1) {
      const parent = (at - 1) >> 1;
      if (this.#costs[parent]! <= cost) break;
      this.#set(at, this.#rows[parent]!, this.#costs[parent]!);
    }
    this.#set(at, row, cost);
  }

  /** The least cost of a row that is still there; Infinity without one. */
  least(isThere: (row: number) => boolean): number {
    while (this.#rows.length > 0 && !isThere(this.#rows[0]!)) this.take();
    return this.#costs[0] ?? Infinity;
  }

  /** Takes the first row out. */
  take(): number {
    const first = this.#rows[0]!;
    const row = this.#rows.pop()!;
    const cost = this.#costs.pop()!;
    const count = this.#rows.length;
    if (count === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < count && this.#costs[child + 1]! < this.#costs[child]!) child++;
      if (child >= count || this.#costs[child]! >= cost) break;
      this.#set(at, this.#rows[child]!, this.#costs[child]!);
      at = child;
    }
    this.#set(at, row, cost);
    return first;
  }

  #set(at: number, row: number, cost: number): void {
    this.#rows[at] = row;
    this.#costs[at] = cost;
  }
}
