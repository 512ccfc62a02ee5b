import { halveRows } from '../../numeric/halveRows.js';
/** Points in a leaf. */
const LEAF = 16;

/**
 * A k-d tree (Friedman, Bentley and Finkel, 1977) with the box of every node. Points stand leaf by leaf, so that a leaf is read in one go.
 * Beside the nearest points it finds the nearest of another group by mutual reachability, passing over nodes of one group.
 */
export class PointTree {
  /** The row at every place. */
  readonly rows: Int32Array;
  readonly #width: number;
  readonly #points: Float64Array;
  /** By node (children of node i are 2i + 1 and 2i + 2): the least coordinates, then the greatest. */
  readonly #boxes: Float64Array;
  /** The nearest so far, ascending. */
  #nearest: Float64Array = new Float64Array(0);
  readonly #query: Float64Array;
  /** By place, squared. */
  #cores: Float64Array = new Float64Array(0);
  /** By place: the group, -1 for none; by node: the one group of all its points, -2 when there are several. */
  readonly #groups: Int32Array;
  readonly #groupOfNode: Int32Array;
  /** By group: the reachability a point must stay below, squared, and the distance where that is equal. */
  #limits: readonly [Float64Array, Float64Array] | null = null;
  #core = 0;
  #own = -1;
  /** What the last search for another group found: the place (-1 for none), the squared reachability and distance. */
  place = -1;
  reach: number = Infinity;
  square: number = Infinity;

  /** @param points - row-major, nothing missing */
  constructor(points: Float64Array, width: number) {
    const count = points.length / width;
    const nodes = 2 ** (Math.max(0, Math.ceil(Math.log2(count / LEAF))) + 1);
    this.#width = width;
    this.rows = Int32Array.from({ length: count }, (_, row) => row);
    this.#boxes = new Float64Array(nodes * 2 * width);
    this.#build(points, 0, 0, count);
    this.#points = new Float64Array(points.length);
    this.rows.forEach((row, place) => this.#points.set(points.subarray(row * width, (row + 1) * width), place * width));
    this.#query = new Float64Array(width);
    this.#groups = new Int32Array(count).fill(-1);
    this.#groupOfNode = new Int32Array(nodes);
  }

  /** The squared distance to the k-th nearest point; a point of the tree is the first of its own. */
  kthSquare(points: Float64Array, at: number, k: number): number {
    this.#ask(points, at);
    if (this.#nearest.length !== Math.min(k, this.rows.length)) this.#nearest = new Float64Array(Math.min(k, this.rows.length));
    this.#nearest.fill(Infinity);
    this.#visitNearest(0, 0, this.rows.length);
    return this.#nearest[this.#nearest.length - 1]!;
  }

  /** Gives every row its squared core distance and its group. */
  setGroups(cores: Float64Array, groups: Int32Array): void {
    this.#cores = Float64Array.from(this.rows, (row) => cores[row]!);
    this.rows.forEach((row, place) => (this.#groups[place] = groups[row]!));
    this.#group(0, 0, this.rows.length);
  }

  /**
   * Looks for the point of another group than `own` with the least mutual reachability, then the least distance: below the limits of its group, and
   * below `reach` and `square`. Sets `place`, `reach` and `square`.
   */
  searchOther(points: Float64Array, at: number, core: number, own: number, limits: readonly [Float64Array, Float64Array] | null, reach: number = Infinity, square: number = Infinity): void {
    this.#ask(points, at);
    this.#core = core;
    this.#own = own;
    this.#limits = limits;
    this.place = -1;
    this.reach = reach;
    this.square = square;
    if (this.#groupOfNode[0] === -2 || this.#isOther(this.#groupOfNode[0]!)) this.#visitOther(0, 0, this.rows.length);
  }

  /** One coordinate of a point. */
  coordinate(place: number, feature: number): number {
    return this.#points[place * this.#width + feature]!;
  }

  #ask(points: Float64Array, at: number): void {
    for (let k = 0; k < this.#width; k++) this.#query[k] = points[at + k]!;
  }

  #visitNearest(node: number, from: number, to: number): void {
    const nearest = this.#nearest;
    const last = nearest.length - 1;
    if (to - from <= LEAF) {
      for (let place = from; place < to; place++) {
        const square = this.#squareTo(place, nearest[last]!);
        if (square >= nearest[last]!) continue;
        let i = last;
        for (; i > 0 && nearest[i - 1]! > square; i--) nearest[i] = nearest[i - 1]!;
        nearest[i] = square;
      }
      return;
    }
    const middle = (from + to) >> 1;
    const left = this.#squareToBox(2 * node + 1);
    const right = this.#squareToBox(2 * node + 2);
    if (left <= right && left < nearest[last]!) this.#visitNearest(2 * node + 1, from, middle);
    if (right < nearest[last]!) this.#visitNearest(2 * node + 2, middle, to);
    if (left > right && left < nearest[last]!) this.#visitNearest(2 * node + 1, from, middle);
  }

  #visitOther(node: number, from: number, to: number): void {
    if (to - from <= LEAF) {
      for (let place = from; place < to; place++) this.#offer(place);
      return;
    }
    const middle = (from + to) >> 1;
    const left = this.#reachToBox(2 * node + 1);
    const right = this.#reachToBox(2 * node + 2);
    if (left <= right && left <= this.reach) this.#visitOther(2 * node + 1, from, middle);
    if (right <= this.reach) this.#visitOther(2 * node + 2, middle, to);
    if (left > right && left <= this.reach) this.#visitOther(2 * node + 1, from, middle);
  }

  #offer(place: number): void {
    const group = this.#groups[place]!;
    if (group < 0 || group === this.#own) return;
    let reach = this.#cores[place]!;
    if (this.#core > reach) reach = this.#core;
    if (reach > this.reach) return;
    const square = this.#squareTo(place, this.reach);
    if (square > reach) reach = square;
    if (reach > this.reach || (reach === this.reach && square >= this.square)) return;
    if (this.#limits !== null) {
      const [reaches, squares] = this.#limits;
      if (reach > reaches[group]! || (reach === reaches[group] && square >= squares[group]!)) return;
    }
    this.place = place;
    this.reach = reach;
    this.square = square;
  }

  // Exact up to the limit; beyond it only that it is beyond.
  #squareTo(place: number, limit: number): number {
    const [points, query, width] = [this.#points, this.#query, this.#width];
    let square = 0;
    for (let k = 0, at = place * width; k < width && square <= limit; k++, at++) {
      const difference = query[k]! - points[at]!;
      square += difference * difference;
    }
    return square;
  }

  // No more than the distance to any point of the box, rounding included: every term is.
  #squareToBox(node: number): number {
    const [boxes, query, width] = [this.#boxes, this.#query, this.#width];
    let square = 0;
    for (let k = 0, at = node * 2 * width; k < width; k++, at++) {
      const x = query[k]!;
      const gap = x < boxes[at]! ? boxes[at]! - x : x > boxes[at + width]! ? x - boxes[at + width]! : 0;
      square += gap * gap;
    }
    return square;
  }

  #reachToBox(node: number): number {
    const group = this.#groupOfNode[node]!;
    return group === -2 || this.#isOther(group) ? this.#squareToBox(node) : Infinity;
  }

  #isOther(group: number): boolean {
    return group >= 0 && group !== this.#own;
  }

  #group(node: number, from: number, to: number): number {
    let group = this.#groups[from]!;
    if (to - from <= LEAF) {
      for (let place = from + 1; place < to; place++) if (this.#groups[place] !== group) group = -2;
    } else {
      const middle = (from + to) >> 1;
      group = this.#group(2 * node + 1, from, middle);
      if (this.#group(2 * node + 2, middle, to) !== group) group = -2;
    }
    this.#groupOfNode[node] = group;
    return group;
  }

  #build(points: Float64Array, node: number, from: number, to: number): void {
    const [boxes, width] = [this.#boxes, this.#width];
    let axis = 0;
    let most = 0;
    for (let k = 0; k < width; k++) {
      let low = Infinity;
      let high = -Infinity;
      for (let place = from; place < to; place++) {
        const x = points[this.rows[place]! * width + k]!;
        if (x < low) low = x;
        if (x > high) high = x;
      }
      boxes[node * 2 * width + k] = low;
      boxes[(node * 2 + 1) * width + k] = high;
      if (high - low > most) [axis, most] = [k, high - low];
    }
    if (to - from <= LEAF) return;
    const middle = (from + to) >> 1;
    halveRows(this.rows, points, width, axis, from, to - 1, middle);
    this.#build(points, 2 * node + 1, from, middle);
    this.#build(points, 2 * node + 2, middle, to);
  }
}
