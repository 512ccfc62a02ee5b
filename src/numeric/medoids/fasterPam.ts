import type { Random } from '../random.js';
import type { LocalSearch } from './searchLocally.js';

/** Rows that medoids are chosen among: every distance, and what a row counts. */
export interface MedoidProblem {
  readonly count: number;
  /** Row-major, square, symmetric. */
  readonly distances: Float64Array;
  readonly weights: Float64Array;
}

/**
 * A set of medoids that improves by swaps: FasterPAM (Schubert and Rousseeuw, 2021, Information Systems 101).
 * Taking x for medoid i changes the cost by R_i + sum over o of w (min(d(o,x), d1) - d1), and for the rows of medoid i of w (min(d(o,x), d2) - d1) - w (d2 - d1),
 * where d1, d2 are distances to the nearest and second medoid and R_i = sum of w (d2 - d1) is the loss of removing i: all i at once in O(n).
 */
export class MedoidSet implements LocalSearch<Int32Array> {
  readonly medoids: Int32Array;
  cost = 0;
  readonly #problem: MedoidProblem;
  readonly #near: Int32Array;
  readonly #next: Int32Array;
  readonly #toNear: Float64Array;
  readonly #toNext: Float64Array;
  readonly #losses: Float64Array;
  readonly #changes: Float64Array;

  constructor(problem: MedoidProblem, medoids: Int32Array) {
    const { count } = problem;
    this.#problem = problem;
    this.medoids = medoids;
    this.#near = new Int32Array(count);
    this.#next = new Int32Array(count);
    this.#toNear = new Float64Array(count);
    this.#toNext = new Float64Array(count);
    this.#losses = new Float64Array(medoids.length);
    this.#changes = new Float64Array(medoids.length);
    this.restore(medoids);
  }

  /** The medoids as they are. */
  save(): Int32Array {
    return this.medoids.slice();
  }

  /** Takes these medoids. O(n k). */
  restore(medoids: Int32Array): void {
    this.medoids.set(medoids);
    for (let row = 0; row < this.#problem.count; row++) this.#rank(row);
    this.#total();
  }

  /** Eager swaps until a whole round of candidates brings none. O(n^2) a round. */
  improve(): void {
    const { count } = this.#problem;
    const { medoids } = this;
    if (medoids.length === 1) {
      this.#centre();
      return;
    }
    for (let row = 0, idle = 0; idle < count; row = (row + 1) % count) {
      idle++;
      // Of a medoid the distance to the nearest is 0, which no swap improves on.
      if (medoids[this.#near[row]!] === row) continue;
      const place = this.#bestSwap(row);
      if (place < 0) continue;
      this.#swap(place, row);
      idle = 0;
    }
  }

  /** Puts random rows in the place of one medoid or two. */
  kick(random: Random): void {
    for (let kicks = 1 + random.integer(2); kicks > 0; kicks--) {
      const row = random.integer(this.#problem.count);
      if (!this.medoids.includes(row)) this.#swap(random.integer(this.medoids.length), row);
    }
  }

  /** The one row that is nearest to all. */
  #centre(): void {
    const { count, distances, weights } = this.#problem;
    for (let row = 0; row < count; row++) {
      let sum = 0;
      for (let o = 0, at = row * count; o < count; o++, at++) sum += weights[o]! * distances[at]!;
      if (sum < this.cost * (1 - 1e-12)) [this.cost, this.medoids[0]] = [sum, row];
    }
    this.restore(this.medoids);
  }

  #bestSwap(row: number): number {
    const { count, distances, weights } = this.#problem;
    const near = this.#near;
    const toNear = this.#toNear;
    const toNext = this.#toNext;
    const changes = this.#changes;
    changes.set(this.#losses);
    let all = 0;
    for (let o = 0, at = row * count; o < count; o++, at++) {
      const distance = distances[at]!;
      if (distance >= toNext[o]!) continue;
      const least = toNear[o]!;
      if (distance < least) {
        all += weights[o]! * (distance - least);
        changes[near[o]!]! -= weights[o]! * (toNext[o]! - least);
      } else changes[near[o]!]! -= weights[o]! * (toNext[o]! - distance);
    }
    let best = 0;
    for (let i = 1; i < changes.length; i++) if (changes[i]! < changes[best]!) best = i;
    // What rounding leaves is no gain: it could go round for ever.
    return changes[best]! + all < -1e-12 * this.cost ? best : -1;
  }

  #swap(place: number, row: number): void {
    const { count, distances } = this.#problem;
    this.medoids[place] = row;
    for (let o = 0, at = row * count; o < count; o++, at++) {
      const distance = distances[at]!;
      if (this.#near[o] === place || this.#next[o] === place) this.#rank(o);
      else if (distance < this.#toNear[o]!) {
        this.#next[o] = this.#near[o]!;
        this.#toNext[o] = this.#toNear[o]!;
        this.#near[o] = place;
        this.#toNear[o] = distance;
      } else if (distance < this.#toNext[o]!) {
        this.#next[o] = place;
        this.#toNext[o] = distance;
      }
    }
    this.#total();
  }

  #rank(row: number): void {
    const { count, distances } = this.#problem;
    const { medoids } = this;
    let near = -1;
    let next = -1;
    let least = Infinity;
    let second = Infinity;
    for (let i = 0; i < medoids.length; i++) {
      const distance = distances[row * count + medoids[i]!]!;
      if (distance < least) {
        next = near;
        second = least;
        near = i;
        least = distance;
      } else if (distance < second) {
        next = i;
        second = distance;
      }
    }
    this.#near[row] = near;
    this.#next[row] = next;
    this.#toNear[row] = least;
    this.#toNext[row] = second;
  }

  #total(): void {
    const { count, weights } = this.#problem;
    this.#losses.fill(0);
    let cost = 0;
    for (let o = 0; o < count; o++) {
      cost += weights[o]! * this.#toNear[o]!;
      this.#losses[this.#near[o]!]! += weights[o]! * (this.#toNext[o]! - this.#toNear[o]!);
    }
    this.cost = cost;
  }
}
