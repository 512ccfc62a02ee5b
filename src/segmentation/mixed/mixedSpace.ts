import { levelCodes, peerSpace, type PeerSpace, type Points } from '../../learners/peers/peerSpace.js';
import type { PeerMetric } from '../../learners/peers/peersState.js';
import type { TableView } from '../../data/table.js';
import { scaledPoints } from '../space/scaledPoints.js';
import type { ScaledFeature } from '../space/scaling.js';

/** A column of numbers among categories. For Gower's distance `scale` takes in the range, so that 1 on the scale of the model is all of it. */
export interface MixedNumber extends ScaledFeature {
  readonly kind: 'number';
  /** How much it counts. */
  readonly weight: number;
}

/** A column of categories or booleans: the same or different. */
export interface MixedCategory {
  readonly kind: 'category';
  /** The column of the data. */
  readonly column: string;
  /** What a difference counts. */
  readonly weight: number;
  /** The levels, by code unit. */
  readonly levels: readonly string[];
}

/** A column by which rows are compared. */
export type MixedFeature = MixedNumber | MixedCategory;

/** Rows as points among which distances are those of nearest peers, numbers on the scale of the model. */
export class MixedSpace {
  readonly features: readonly MixedFeature[];
  readonly peers: PeerSpace;
  readonly #numbers: readonly MixedNumber[];
  readonly #categories: readonly MixedCategory[];

  constructor(features: readonly MixedFeature[], metric: PeerMetric) {
    this.features = features;
    this.peers = peerSpace(features, metric);
    this.#numbers = features.filter((feature) => feature.kind === 'number');
    this.#categories = features.filter((feature) => feature.kind === 'category');
  }

  /** Throws `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE`. */
  points(caller: string, view: TableView): Points {
    const { squared, width } = this.peers;
    const numbers = scaledPoints(caller, this.#numbers, view);
    const factors = this.#numbers.map(({ weight }) => (squared ? Math.sqrt(weight) : weight));
    for (let i = 0; i < numbers.length; i++) numbers[i]! *= factors[i % width]!;
    const depth = this.#categories.length;
    const codes = new Int32Array(view.rowCount * depth);
    this.#categories.forEach(({ column, levels }, j) => {
      const given = levelCodes(caller, column, levels, view.source(column));
      for (let row = 0; row < given.length; row++) codes[row * depth + j] = given[row]!;
    });
    return { count: view.rowCount, numbers, codes, isComplete: depth === 0 && numbers.every((x) => x === x) };
  }

  /** Which features a row has, in their order. */
  isKnown({ numbers, codes }: Points, row: number): boolean[] {
    const { width } = this.peers;
    let number = row * width;
    let category = row * (this.features.length - width);
    return this.features.map(({ kind }) => (kind === 'number' ? !Number.isNaN(numbers[number++]) : codes[category++] !== -1));
  }

  /** The weight of the features a row has, as a share of all. */
  knownShare({ numbers, codes }: Points, row: number): number {
    const { width, weights, total } = this.peers;
    const depth = weights.length - width;
    let known = total;
    for (let j = 0; j < width; j++) if (Number.isNaN(numbers[row * width + j])) known -= weights[j]!;
    for (let j = 0; j < depth; j++) if (codes[row * depth + j] === -1) known -= weights[width + j]!;
    return known > total * 1e-12 ? known / total : 0;
  }
}
