/**
 * Groups as Ward's linkage sees them: a centre and a weight each, those left standing in the first places. A group is known by one of its leaves.
 */
export class WardGroups {
  /** How many are left. */
  count: number;
  /** By leaf: the place of its group, where it stands for one; and by place: the leaf. */
  readonly placeOf: Int32Array;
  readonly leafAt: Int32Array;
  /** What the last search found: the place (-1 for none), and how much the squares within groups would rise. */
  nearest = -1;
  rise = 0;
  /** Even, so that coordinates go by two. */
  readonly #width: number;
  readonly #centers: Float64Array;
  readonly #weights: Float64Array;

  constructor(points: Float64Array, width: number, weights: Float64Array | null) {
    this.count = points.length / width;
    this.#width = width + (width & 1);
    this.#centers = new Float64Array(this.count * this.#width);
    for (let i = 0; i < this.count; i++) for (let j = 0; j < width; j++) this.#centers[i * this.#width + j] = points[i * width + j]!;
    this.#weights = weights === null ? new Float64Array(this.count).fill(1) : weights.slice();
    this.leafAt = Int32Array.from({ length: this.count }, (_, leaf) => leaf);
    this.placeOf = this.leafAt.slice();
  }

  /** Looks for the group whose merge with this one raises the squares least, and by less than `below`. */
  findNearest(place: number, below: number): void {
    const [centers, weights, width, count] = [this.#centers, this.#weights, this.#width, this.count];
    const from = place * width;
    const to = from + width;
    const weight = weights[place]!;
    let best = below;
    let nearest = -1;
    for (let other = 0, start = 0; other < count; other++, start += width) {
      const product = weight * weights[other]!;
      const sum = weight + weights[other]!;
      const limit = best * sum;
      let squares = 0;
      // As far as it can still be the nearest; the division only for what comes near.
      for (let k = from, at = start; k < to && squares * product < limit; k += 2, at += 2) {
        const a = centers[k]! - centers[at]!;
        const b = centers[k + 1]! - centers[at + 1]!;
        squares += a * a + b * b;
      }
      const rise = squares * product;
      if (rise < limit && other !== place && rise / sum < best) {
        best = rise / sum;
        nearest = other;
      }
    }
    this.nearest = nearest;
    this.rise = best;
  }

  /** Takes the group at one place into the one at another, and the last group into the place left. */
  merge(place: number, into: number): void {
    const [centers, weights, width] = [this.#centers, this.#weights, this.#width];
    const share = weights[place]! / (weights[place]! + weights[into]!);
    for (let k = 0; k < width; k++) centers[into * width + k]! += share * (centers[place * width + k]! - centers[into * width + k]!);
    weights[into]! += weights[place]!;
    const last = --this.count;
    centers.copyWithin(place * width, last * width, (last + 1) * width);
    weights[place] = weights[last]!;
    const leaf = this.leafAt[last]!;
    this.leafAt[place] = leaf;
    this.placeOf[leaf] = place;
  }
}
