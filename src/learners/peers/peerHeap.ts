/** The nearest rows met so far: a heap with the farthest on top. Of two at one distance the later row is the farther. */
export class PeerHeap {
  readonly #size: number;
  readonly #distances: Float64Array;
  readonly #rows: Int32Array;
  #count = 0;

  constructor(size: number) {
    this.#size = size;
    this.#distances = new Float64Array(size);
    this.#rows = new Int32Array(size);
  }

  /** What a distance may not exceed to be among the nearest. */
  get limit(): number {
    return this.#count < this.#size ? Infinity : this.#distances[0]!;
  }

  /** Takes a row in if it is among the nearest. */
  offer(distance: number, row: number): void {
    if (this.#count < this.#size) this.#rise(this.#count++, distance, row);
    else if (distance < this.#distances[0]! || (distance === this.#distances[0]! && row < this.#rows[0]!)) this.#sink(distance, row);
  }

  /** Empties the heap into two arrays, the nearest first, from `at` on. */
  drain(rows: Int32Array, distances: Float64Array, at: number): void {
    while (this.#count > 0) {
      const last = --this.#count;
      rows[at + last] = this.#rows[0]!;
      distances[at + last] = this.#distances[0]!;
      this.#sink(this.#distances[last]!, this.#rows[last]!);
    }
  }

  /** Empties the heap into an array, in any order, from `at` on: where only who is near matters, not how near. */
  spill(rows: Int32Array, at: number): void {
    for (let place = 0; place < this.#count; place++) rows[at + place] = this.#rows[place]!;
    this.#count = 0;
  }

  #rise(place: number, distance: number, row: number): void {
    const distances = this.#distances;
    const rows = this.#rows;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (distances[parent]! > distance || (distances[parent] === distance && rows[parent]! > row)) break;
      distances[place] = distances[parent]!;
      rows[place] = rows[parent]!;
      place = parent;
    }
    distances[place] = distance;
    rows[place] = row;
  }

  /** Instead of the top. */
  #sink(distance: number, row: number): void {
    const distances = this.#distances;
    const rows = this.#rows;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#count) break;
      const other = child + 1;
      if (other < this.#count && (distances[other]! > distances[child]! || (distances[other] === distances[child] && rows[other]! > rows[child]!))) child = other;
      if (distances[child]! < distance || (distances[child] === distance && rows[child]! < row)) break;
      distances[place] = distances[child]!;
      rows[place] = rows[child]!;
      place = child;
    }
    distances[place] = distance;
    rows[place] = row;
  }
}
