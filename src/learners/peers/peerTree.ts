import { halveRows } from '../../numeric/halveRows.js';
import type { PeerHeap } from './peerHeap.js';

/** Points in a leaf. */
const LEAF = 16;

/**
 * A k-d tree (Friedman, Bentley and Finkel, 1977): halves of halves of the points, each time along the coordinate in which they spread
 * most. Points stand leaf by leaf, so that a leaf is read in one go. Built in O(n log n).
 */
export class PeerTree {
  readonly #width: number;
  readonly #squared: boolean;
  readonly #points: Float64Array;
  readonly #rows: Int32Array;
  /** By node (children of node i are 2i + 1 and 2i + 2): coordinate and value of the cut; -1 for a leaf. */
  readonly #cuts: Int16Array;
  readonly #values: Float64Array;
  #heap: PeerHeap | undefined;
  #query: Float64Array;
  #skipped = -1;
  /** By coordinate: what the query lacks to the box of the node. */
  readonly #gaps: Float64Array;

  /** @param numbers - row-major, nothing missing */
  constructor(numbers: Float64Array, width: number, squared: boolean) {
    const count = numbers.length / width;
    const nodes = 2 ** (Math.max(0, Math.ceil(Math.log2(count / LEAF))) + 1);
    this.#width = width;
    this.#squared = squared;
    this.#rows = Int32Array.from({ length: count }, (_, row) => row);
    this.#cuts = new Int16Array(nodes).fill(-1);
    this.#values = new Float64Array(nodes);
    this.#build(numbers, 0, 0, count);
    this.#points = new Float64Array(numbers.length);
    for (let i = 0; i < count; i++) {
      const from = this.#rows[i]! * width;
      for (let k = 0; k < width; k++) this.#points[i * width + k] = numbers[from + k]!;
    }
    this.#query = this.#points;
    this.#gaps = new Float64Array(width);
  }

  /** Offers the heap every point that may be among the nearest to a query, but the row `skipped`. O(log n) where coordinates are few. */
  search(query: Float64Array, heap: PeerHeap, skipped: number): void {
    this.#query = query;
    this.#heap = heap;
    this.#skipped = skipped;
    this.#gaps.fill(0);
    this.#visit(0, 0, this.#rows.length, 0);
  }

  #visit(node: number, from: number, to: number, bound: number): void {
    const axis = this.#cuts[node]!;
    if (axis < 0) {
      this.#readLeaf(from, to);
      return;
    }
    const middle = (from + to) >> 1;
    const distance = this.#query[axis]! - this.#values[node]!;
    const left = 2 * node + 1;
    if (distance < 0) this.#visit(left, from, middle, bound);
    else this.#visit(left + 1, middle, to, bound);
    const held = this.#gaps[axis]!;
    const gap = this.#squared ? distance * distance : Math.abs(distance);
    const far = bound - held + gap;
    // A little less, as the bound is rounded otherwise than the distances; and equal is near enough, as an earlier row may tie.
    if (far * (1 - 1e-12) > this.#heap!.limit) return;
    this.#gaps[axis] = gap;
    if (distance < 0) this.#visit(left + 1, middle, to, far);
    else this.#visit(left, from, middle, far);
    this.#gaps[axis] = held;
  }

  #readLeaf(from: number, to: number): void {
    const heap = this.#heap!;
    const width = this.#width;
    const points = this.#points;
    const query = this.#query;
    const squared = this.#squared;
    const rows = this.#rows;
    const skipped = this.#skipped;
    let limit = heap.limit;
    for (let i = from, at = from * width; i < to; i++) {
      let sum = 0;
      if (squared) {
        for (let k = 0; k < width; k++, at++) {
          const difference = query[k]! - points[at]!;
          sum += difference * difference;
        }
      } else for (let k = 0; k < width; k++, at++) sum += Math.abs(query[k]! - points[at]!);
      if (sum > limit || rows[i] === skipped) continue;
      heap.offer(sum, rows[i]!);
      limit = heap.limit;
    }
  }

  #build(numbers: Float64Array, node: number, from: number, to: number): void {
    if (to - from <= LEAF || 2 * node + 2 >= this.#cuts.length) return;
    const axis = this.#widest(numbers, from, to);
    if (axis < 0) return;
    const middle = (from + to) >> 1;
    halveRows(this.#rows, numbers, this.#width, axis, from, to - 1, middle);
    this.#cuts[node] = axis;
    this.#values[node] = numbers[this.#rows[middle]! * this.#width + axis]!;
    this.#build(numbers, 2 * node + 1, from, middle);
    this.#build(numbers, 2 * node + 2, middle, to);
  }

  /** -1 when all points are one. */
  #widest(numbers: Float64Array, from: number, to: number): number {
    let axis = -1;
    let most = 0;
    for (let k = 0; k < this.#width; k++) {
      let low = Infinity;
      let high = -Infinity;
      for (let i = from; i < to; i++) {
        const x = numbers[this.#rows[i]! * this.#width + k]!;
        if (x < low) low = x;
        if (x > high) high = x;
      }
      if (high - low > most) [axis, most] = [k, high - low];
    }
    return axis;
  }
}
