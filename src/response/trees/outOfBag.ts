import type { UpliftNode } from './growUpliftTree.js';
import type { UpliftSample } from './upliftSample.js';

/** Adds up what trees say of the rows they did not see. */
export class OutOfBag {
  readonly #sample: UpliftSample;
  readonly #sums: Float64Array;
  readonly #trees: Uint32Array;
  /** Means of the arms, control first. */
  readonly #means: readonly number[];

  constructor(sample: UpliftSample) {
    const { table, armCount, rowsByArm } = sample;
    const { gradients } = table.memory;
    this.#sample = sample;
    this.#sums = new Float64Array(table.rowCount * (armCount - 1));
    this.#trees = new Uint32Array(table.rowCount);
    this.#means = rowsByArm.map((rows) => rows.reduce((sum, row) => sum + gradients[2 * row]!, 0) / rows.reduce((sum, row) => sum + gradients[2 * row + 1]!, 0));
  }

  /** Adds a tree just grown, whose uplifts stand last in the lists of the treatments; the last group of its rows are those it did not see. */
  add(nodes: readonly UpliftNode[], uplifts: readonly (readonly number[])[]): void {
    const { rows } = this.#sample.table.memory;
    const width = uplifts.length;
    const first = uplifts[0]!.length - nodes.length;
    nodes.forEach(({ split, bounds }, at) => {
      if (split !== null) return;
      for (let place = 0; place < width; place++) {
        const uplift = uplifts[place]![first + at]!;
        for (let i = bounds[bounds.length - 2]!; i < bounds[bounds.length - 1]!; i++) this.#sums[rows[i]! * width + place]! += uplift;
      }
      for (let i = bounds[bounds.length - 2]!; i < bounds[bounds.length - 1]!; i++) this.#trees[rows[i]!]!++;
    });
  }

  /**
   * How much of the uplifts is explained: mean of 2 z u - u² over the rows some tree did not see; its expectation is that of t² - (t - u)² for the true uplift t. z is the
   * transformed outcome: (y - mean) / share for the rows of the treatment, less that for those of control, and what the treatment adds on average.
   */
  explained(): number {
    const { trial: { shares, arms, weights }, outcomes, armCount } = this.#sample;
    const means = this.#means;
    let total = 0;
    let sum = 0;
    for (let row = 0; row < outcomes.length; row++) {
      const trees = this.#trees[row]!;
      if (trees === 0) continue;
      const weight = weights === null ? 1 : weights[row]!;
      const arm = arms[row]!;
      const rest = (outcomes[row]! - means[arm]!) / shares[arm]!;
      total += weight;
      for (let place = 1; place < armCount; place++) {
        const uplift = this.#sums[row * (armCount - 1) + place - 1]! / trees;
        const z = means[place]! - means[0]! + (arm === place ? rest : arm === 0 ? -rest : 0);
        sum += weight * (2 * z - uplift) * uplift;
      }
    }
    return total > 0 ? sum / total : 0;
  }

  /** The mean uplifts in the order of the data; NaN where there are none, and null where no row has any. */
  uplifts(): Float64Array | null {
    const { trial, armCount } = this.#sample;
    const width = armCount - 1;
    if (this.#trees.every((trees) => trees === 0)) return null;
    const uplifts = new Float64Array(trial.table.rowCount * width).fill(NaN);
    trial.rows.forEach((row, at) => {
      for (let place = 0; place < width; place++) uplifts[row * width + place] = this.#sums[at * width + place]! / this.#trees[at]!;
    });
    return uplifts;
  }
}
