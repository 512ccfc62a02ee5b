import type { Random } from '../../numeric/random.js';
import type { LocalSearch } from '../../numeric/medoids/searchLocally.js';

/** Passes of all rows at once before single rows move; and how much dearer than the best a kicked partition may then be. */
const BATCH = 5;
const HOPELESS = 1.05;

/** Distinct rows as points of numbers (NaN missing) and codes of categories (-1 missing), both row-major, and what each counts. */
export interface MixedRows {
  readonly count: number;
  readonly numbers: Float64Array;
  readonly codes: Int32Array;
  readonly weights: Float64Array;
  /** What a mismatch costs, by category. */
  readonly mismatches: Float64Array;
  /** By category, how many levels. */
  readonly levels: readonly number[];
}

/**
 * Rows in segments, each with its means and its most frequent levels (Huang, 1998). What a segment costs is
 * sum over numbers of sum w (x - mean)^2 + sum over categories of gamma (known weight - weight of the mode): counts of every level make a move O(1) a category.
 */
export class PrototypePartition implements LocalSearch<Int32Array> {
  cost: number = Infinity;
  /** Passes over the rows so far. */
  passes = 0;
  /** Whether some improvement was cut off. */
  isLimited = false;
  readonly labels: Int32Array;
  readonly means: Float64Array;
  readonly modes: Int32Array;
  /** Rows by segment. */
  readonly sizes: Int32Array;
  readonly #rows: MixedRows;
  readonly #maxIterations: number;
  readonly #width: number;
  readonly #categories: number;
  /** Weight of the rows that have the number, by segment and number. */
  readonly #known: Float64Array;
  /** Weight by segment, category and level. */
  readonly #counts: Float64Array;
  /** Where each category begins in them. */
  readonly #starts: number[];
  readonly #levelCount: number;
  /** Of all rows: what a segment shows of a feature that none of its rows has. */
  readonly #allMeans: Float64Array;
  readonly #allModes: Int32Array;

  constructor(rows: MixedRows, segments: number, maxIterations: number) {
    this.#rows = rows;
    this.#maxIterations = maxIterations;
    this.#width = rows.numbers.length / rows.count;
    this.#categories = rows.levels.length;
    this.labels = new Int32Array(rows.count);
    this.means = new Float64Array(segments * this.#width);
    this.modes = new Int32Array(segments * this.#categories);
    this.sizes = new Int32Array(segments);
    this.#known = new Float64Array(this.means.length);
    let levels = 0;
    this.#starts = rows.levels.map((count) => (levels += count) - count);
    this.#levelCount = levels;
    this.#counts = new Float64Array(segments * levels);
    this.#allMeans = new Float64Array(this.#width);
    this.#allModes = new Int32Array(this.#categories).fill(-1);
    // All rows in segment 0 give what holds of all.
    this.refresh();
    this.#allMeans.set(this.means.subarray(0, this.#width));
    this.#allModes.set(this.modes.subarray(0, this.#categories));
  }

  /** The labels as they are. */
  save(): Int32Array {
    return this.labels.slice();
  }

  /** Takes these labels. */
  restore(labels: Int32Array): void {
    this.labels.set(labels);
    this.refresh();
  }

  /** Puts random rows in the place of one prototype or two. */
  kick(random: Random): void {
    for (let kicks = 1 + random.integer(2); kicks > 0; kicks--) this.place(random.integer(this.sizes.length), random.integer(this.#rows.count));
  }

  /** From prototypes to a partition that neither all rows at once nor the move of one make cheaper. */
  improve(cost: number): void {
    let passes = 0;
    let open = true;
    while (open && passes < Math.min(BATCH, this.#maxIterations)) {
      passes++;
      open = this.assign() > 0;
      this.refresh();
      if (!this.#fill()) continue;
      open = true;
      this.refresh();
    }
    let settled = false;
    this.passes += passes;
    if (this.cost > cost * HOPELESS) return;
    for (; !settled && passes < this.#maxIterations; passes++, this.passes++) settled = this.exchange() === 0;
    if (!settled) this.isLimited = true;
    this.refresh();
  }

  /** Makes a row the prototype of a segment. */
  place(segment: number, row: number): void {
    const { numbers, codes } = this.#rows;
    for (let j = 0; j < this.#width; j++) {
      const x = numbers[row * this.#width + j]!;
      this.means[segment * this.#width + j] = x === x ? x : this.#allMeans[j]!;
    }
    for (let j = 0; j < this.#categories; j++) {
      const code = codes[row * this.#categories + j]!;
      this.modes[segment * this.#categories + j] = code < 0 ? this.#allModes[j]! : code;
    }
  }

  /** From a row to a prototype; Infinity when above the limit. */
  distance(row: number, segment: number, limit: number): number {
    const { numbers, codes, mismatches } = this.#rows;
    const { means, modes } = this;
    const width = this.#width;
    const categories = this.#categories;
    let sum = 0;
    for (let j = 0, at = row * width, to = segment * width; j < width; j++) {
      const gap = numbers[at + j]! - means[to + j]!;
      if (gap === gap) sum += gap * gap;
    }
    if (sum > limit) return Infinity;
    for (let j = 0, at = row * categories, to = segment * categories; j < categories; j++) {
      const code = codes[at + j]!;
      if (code >= 0 && code !== modes[to + j]!) sum += mismatches[j]!;
    }
    return sum > limit ? Infinity : sum;
  }

  /** Puts every row to the nearest prototype, ties to the first; says how many moved. O(rows * segments). */
  assign(): number {
    const { labels, sizes } = this;
    let moved = 0;
    for (let row = 0; row < labels.length; row++) {
      let nearest = labels[row]!;
      let least = this.distance(row, nearest, Infinity);
      for (let segment = 0; segment < sizes.length; segment++) {
        const distance = this.distance(row, segment, least);
        if (distance > least || (distance === least && segment >= nearest)) continue;
        least = distance;
        nearest = segment;
      }
      if (labels[row] === nearest) continue;
      labels[row] = nearest;
      moved++;
    }
    return moved;
  }

  /** Prototypes and counts from the labels; and what the partition costs. */
  refresh(): void {
    const { count, numbers, codes, weights } = this.#rows;
    const width = this.#width;
    const categories = this.#categories;
    this.sizes.fill(0);
    this.#known.fill(0);
    this.#counts.fill(0);
    const sums = new Float64Array(this.means.length);
    for (let row = 0; row < count; row++) {
      const segment = this.labels[row]!;
      const weight = weights[row]!;
      this.sizes[segment]!++;
      for (let j = 0, at = row * width, to = segment * width; j < width; j++) {
        const x = numbers[at + j]!;
        if (x !== x) continue;
        sums[to + j]! += weight * x;
        this.#known[to + j]! += weight;
      }
      for (let j = 0; j < categories; j++) {
        const code = codes[row * categories + j]!;
        if (code >= 0) this.#counts[segment * this.#levelCount + this.#starts[j]! + code]! += weight;
      }
    }
    for (let i = 0; i < sums.length; i++) this.means[i] = this.#known[i]! > 0 ? sums[i]! / this.#known[i]! : this.#allMeans[i % width]!;
    for (let segment = 0; segment < this.sizes.length; segment++) for (let j = 0; j < categories; j++) this.#findMode(segment, j);
    let cost = 0;
    for (let row = 0; row < count; row++) cost += weights[row]! * this.distance(row, this.labels[row]!, Infinity);
    this.cost = cost;
  }

  /** Segments without rows are given the rows that are farthest from their own; says whether there were any. */
  #fill(): boolean {
    let filled = false;
    for (let segment = 0; segment < this.sizes.length; segment++) {
      if (this.sizes[segment]! > 0) continue;
      let farthest = -1;
      let most = -1;
      for (let row = 0; row < this.#rows.count; row++) {
        if (this.sizes[this.labels[row]!]! < 2) continue;
        const distance = this.distance(row, this.labels[row]!, Infinity);
        if (distance > most) [farthest, most] = [row, distance];
      }
      this.sizes[this.labels[farthest]!]!--;
      this.labels[farthest] = segment;
      this.sizes[segment] = 1;
      filled = true;
    }
    return filled;
  }

  /** Moves single rows while that makes the whole cheaper, means and modes moving along (Hartigan, 1975); says how many. O(rows * segments). */
  exchange(): number {
    let moved = 0;
    for (let row = 0; row < this.#rows.count; row++) {
      const from = this.labels[row]!;
      if (this.sizes[from]! < 2) continue;
      // What leaving saves, less what rounding may make of nothing.
      const saved = this.#change(row, from, -1, Infinity) * (1 - 1e-12);
      let least = saved;
      let to = from;
      for (let segment = 0; segment < this.sizes.length; segment++) {
        if (segment === from || this.sizes[segment] === 0) continue;
        const added = this.#change(row, segment, 1, least);
        if (added < least) [least, to] = [added, segment];
      }
      if (to === from) continue;
      this.#shift(row, from, -1);
      this.#shift(row, to, 1);
      this.labels[row] = to;
      moved++;
    }
    return moved;
  }

  /** What a row adds to the cost of a segment it comes to (sign 1), or takes from that of its own (sign -1); Infinity when not below the limit. */
  #change(row: number, segment: number, sign: number, limit: number): number {
    const { numbers, codes, weights, mismatches, levels } = this.#rows;
    const means = this.means;
    const knowns = this.#known;
    const counts = this.#counts;
    const width = this.#width;
    const categories = this.#categories;
    const weight = weights[row]!;
    let sum = 0;
    for (let j = 0, at = row * width, to = segment * width; j < width; j++) {
      const gap = numbers[at + j]! - means[to + j]!;
      const known = knowns[to + j]!;
      const after = known + sign * weight;
      if (gap === gap && after > 0) sum += (gap * gap * known) / after;
    }
    sum *= weight;
    for (let j = 0; j < categories && sum < limit; j++) {
      const code = codes[row * categories + j]!;
      if (code < 0) continue;
      const first = segment * this.#levelCount + this.#starts[j]!;
      const own = counts[first + code]!;
      const mode = this.modes[segment * categories + j]!;
      const most = mode < 0 ? 0 : counts[first + mode]!;
      // How far the weight of the mode moves along.
      let along = 0;
      if (sign > 0) along = Math.max(own + weight - most, 0);
      else if (code === mode) {
        let other = own - weight;
        for (let level = 0; level < levels[j]!; level++) if (level !== code && counts[first + level]! > other) other = counts[first + level]!;
        along = most - other;
      }
      sum += mismatches[j]! * (weight - along);
    }
    return sum < limit ? sum : Infinity;
  }

  #shift(row: number, segment: number, sign: number): void {
    const { numbers, codes, weights } = this.#rows;
    const weight = sign * weights[row]!;
    this.sizes[segment]! += sign;
    for (let j = 0, at = row * this.#width, to = segment * this.#width; j < this.#width; j++) {
      const x = numbers[at + j]!;
      if (x !== x) continue;
      const known = (this.#known[to + j]! += weight);
      if (known > 0) this.means[to + j]! += (weight * (x - this.means[to + j]!)) / known;
      else this.means[to + j] = this.#allMeans[j]!;
    }
    for (let j = 0; j < this.#categories; j++) {
      const code = codes[row * this.#categories + j]!;
      if (code < 0) continue;
      this.#counts[segment * this.#levelCount + this.#starts[j]! + code]! += weight;
      this.#findMode(segment, j);
    }
  }

  /** The most frequent level, the first of equals. */
  #findMode(segment: number, category: number): void {
    const first = segment * this.#levelCount + this.#starts[category]!;
    let mode = this.#allModes[category]!;
    let most = 0;
    for (let level = 0; level < this.#rows.levels[category]!; level++) {
      if (this.#counts[first + level]! > most) [mode, most] = [level, this.#counts[first + level]!];
    }
    this.modes[segment * this.#categories + category] = mode;
  }
}
