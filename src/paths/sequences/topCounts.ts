/** The highest counts so far, the least of them in front (a heap). */
export class TopCounts {
  readonly #heap: Float64Array;
  readonly #step: number;
  #size = 0;

  /** `step`: how much more is more. */
  constructor(top: number, step: number) {
    this.#heap = new Float64Array(top);
    this.#step = step;
  }

  /** The last of the highest, once there are so many; 0 before. */
  get last(): number {
    return this.#size < this.#heap.length ? 0 : this.#heap[0]!;
  }

  /** Takes a count; gives what another must have to change the last of the highest. */
  offer(count: number): number {
    const heap = this.#heap;
    if (this.#size < heap.length) {
      let at = this.#size++;
      for (; at > 0 && heap[(at - 1) >> 1]! > count; at = (at - 1) >> 1) heap[at] = heap[(at - 1) >> 1]!;
      heap[at] = count;
    } else if (count > heap[0]!) {
      let at = 0;
      for (let next = 1; next < heap.length; next = 2 * at + 1) {
        if (next + 1 < heap.length && heap[next + 1]! < heap[next]!) next++;
        if (heap[next]! >= count) break;
        heap[at] = heap[next]!;
        at = next;
      }
      heap[at] = count;
    }
    return this.last === 0 ? 0 : this.last + Math.max(this.#step, this.last * 1e-9);
  }
}
