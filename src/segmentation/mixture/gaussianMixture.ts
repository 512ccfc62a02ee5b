import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import { requireWhole } from '../../data/options.js';
import type { Convergence } from '../../numeric/convergence.js';
import { createRandom } from '../../numeric/random.js';
import { scaledPoints } from '../space/scaledPoints.js';
import { unscaled, type ScaledFeature } from '../space/scaling.js';
import type { SegmentAssignment, SegmentModel } from '../space/segmentAssignment.js';
import type { CovarianceKind } from './covarianceKind.js';
import { gaussianFactors } from './gaussians.js';
import { gaussianRows } from './gaussianRows.js';
import type { GaussianMixtureState } from './gaussianState.js';
import { knownBlocks, type KnownBlock } from './knownBlocks.js';
import { rowAssignment } from './rowAssignment.js';
import { settleRows, type Outcome } from './settleRows.js';

/**
 * Segments as overlapping ellipsoids: every row belongs to every segment with a probability. Learnt by `fitGaussianMixture`; takes raw rows, also
 * with values missing, and travels as JSON.
 *
 * Where the distributions overlap the nearest centre need not be the likeliest segment, so `margin` is 1 - P(second) / P(segment) here: 0 on the
 * border, 1 without any doubt. A driver's contribution is what the log-odds of the segment against the second lose when that feature is not known;
 * where features go together these need not add up. A row is an `outlier` when its density is below that of 99 % of the rows learnt from; what it has no
 * value for is taken at its most ordinary.
 *
 * @example
 * ```ts
 * import { fitGaussianMixture } from 'clientela/segmentation';
 * const visits = [1, 2, 3, 2, 1, 3, 2, 9, 12, 15, 10, 14, 11, 13, 12].map((value) => ({ visits: value }));
 * const stored = JSON.stringify(fitGaussianMixture(visits, { segments: 2, scaling: 'none', covariance: 'diagonal' }));
 * const mixture = GaussianMixture.fromJSON(JSON.parse(stored));
 * mixture.segmentCount; // => 2
 * Array.from(mixture.assign([{ visits: 2 }, { visits: 12 }])); // => [1, 0]
 * mixture.assignRow({ visits: 12 }).confidence > 0.99; // => true
 * ```
 */
export class GaussianMixture implements SegmentModel {
  /** The name in the JSON. */
  readonly format = 'GaussianMixture';
  /** The columns a row must have; a value may be missing. */
  readonly features: readonly string[];
  /** How many segments; fewer than asked for where so many cannot be told apart. */
  readonly segmentCount: number;
  /** The segments of the rows learnt from; empty in a model read from JSON. */
  readonly labels: Int32Array;
  /** Shares of the segments under the model, the largest first. */
  readonly weights: readonly number[];
  /** The centres, in the units of the data; of a column on a logarithmic scale, what stands in its middle. */
  readonly means: readonly Readonly<Record<string, number>>[];
  /** One a segment, or one for all (tied), on the scale of the model: a row-major matrix, or the variances (diagonal, spherical). */
  readonly covariances: readonly (readonly number[])[];
  /** The shape of the segments; of `'auto'`, what was chosen. */
  readonly covariance: CovarianceKind;
  /** How each column enters: the scale of the model. */
  readonly scaling: readonly ScaledFeature[];
  /** Of the rows learnt from, on the scale of the model: with `scaling: 'none'` that of the data, otherwise comparable between fits of one scaling. */
  readonly logLikelihood: number;
  /** Free parameters. */
  readonly parameterCount: number;
  /** Schwarz's criterion: lower is better, as in scikit-learn (mclust has the opposite sign). */
  readonly bic: number;
  /** Akaike's criterion: lower is better. */
  readonly aic: number;
  /** BIC with a price for overlap (Biernacki, Celeux and Govaert, 2000): lower is better. */
  readonly icl: number;
  /** How the fit ended. */
  readonly convergence: Convergence;
  /** What to know before using the segments, in words; mostly nothing. */
  readonly warnings: readonly string[];
  readonly #state: GaussianMixtureState;

  /** @internal */
  constructor(state: GaussianMixtureState, labels: Int32Array = new Int32Array(0)) {
    this.#state = state;
    this.features = state.features.map(({ column }) => column);
    this.segmentCount = state.weights.length;
    this.labels = labels;
    this.weights = state.weights;
    const width = state.features.length;
    this.means = state.weights.map((_, c) => Object.fromEntries(state.features.map((feature, j) => [feature.column, unscaled(feature, state.means[c * width + j]!)])));
    this.covariances = state.covariances;
    this.covariance = state.covariance;
    this.scaling = state.features;
    this.logLikelihood = state.logLikelihood;
    this.parameterCount = state.parameterCount;
    this.bic = state.bic;
    this.aic = state.aic;
    this.icl = state.icl;
    this.convergence = state.convergence;
    this.warnings = state.warnings;
    Object.freeze(this);
  }

  /**
   * The mixture that {@link GaussianMixture.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same mixture: it assigns as before to the last bit; `labels` are empty
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): GaussianMixture {
    return restored('GaussianMixture', () => new GaussianMixture(requireSavedModel('GaussianMixture', 1, json, 'features', 'weights', 'means', 'covariances') as unknown as GaussianMixtureState));
  }

  /**
   * The likeliest segment of every row.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row, from 0; a row of which nothing is known gets the largest segment, 0
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  assign(data: TableInput): Int32Array {
    const points = this.#points('assign', data);
    const labels = new Int32Array(this.#count(points));
    this.#settle(points, { labels });
    return labels;
  }

  /**
   * Where one row falls, how surely, and what speaks for it.
   *
   * @param row - a raw row, with every column of `features`; a value may be missing
   * @returns the segment, as {@link GaussianMixture.assign} gives it; `distance` is Mahalanobis, of the features known
   * @throws a {@link ClientelaError} as {@link GaussianMixture.assign}
   */
  assignRow(row: object): SegmentAssignment {
    const point = this.#points('assignRow', [row]);
    const width = point.length;
    // The row, and the row without each of its features.
    const variants = new Float64Array((width + 1) * width);
    for (let v = 0; v <= width; v++) for (let j = 0; j < width; j++) variants[v * width + j] = v === j + 1 ? NaN : point[j]!;
    const segments = this.segmentCount;
    const joints = new Float64Array((width + 1) * segments);
    const memberships = new Float64Array((width + 1) * segments);
    const labels = new Int32Array(width + 1);
    this.#settle(variants, { joints, memberships, labels });
    const densities = new Float64Array(1);
    this.#settle(point, { densities }, true);
    const [{ columns, known }] = knownBlocks(point, width, null) as [KnownBlock];
    const { constants } = gaussianFactors(this.#state, columns, known);
    const logOdds = (v: number, segment: number, second: number): number => joints[v * segments + segment]! - joints[v * segments + second]!;
    return rowAssignment(row, this.features, labels[0]!, memberships.subarray(0, segments), {
      isOutlier: densities[0]! < this.#state.outlierBelow,
      isMissing: (j) => Number.isNaN(point[j]),
      distance: (segment) => Math.sqrt(Math.max(0, 2 * (constants[segment]! - joints[segment]!))),
      contribution: (j, segment, second) => logOdds(0, segment, second) - logOdds(j + 1, segment, second) || 0,
    });
  }

  /**
   * The probability of every segment for every row, by Bayes' rule.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns row-major, rows x `segmentCount`; each row sums to 1
   * @throws a {@link ClientelaError} as {@link GaussianMixture.assign}
   */
  memberships(data: TableInput): Float64Array {
    const points = this.#points('memberships', data);
    const memberships = new Float64Array(this.#count(points) * this.segmentCount);
    this.#settle(points, { memberships });
    return memberships;
  }

  /**
   * The logarithm of the density of every row, of the features it has: low for unusual customers.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row, on the scale of the model
   * @throws a {@link ClientelaError} as {@link GaussianMixture.assign}
   */
  logDensity(data: TableInput): Float64Array {
    const points = this.#points('logDensity', data);
    const densities = new Float64Array(this.#count(points));
    this.#settle(points, { densities });
    return densities;
  }

  /**
   * Customers drawn from the mixture, such as to try a campaign on.
   *
   * @param count - how many
   * @param seed - the same seed gives the same customers
   * @returns columns in the units of the data
   * @defaultValue seed 1
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  sample(count: number, seed = 1): Record<string, Float64Array> {
    const random = createRandom(seed);
    const { features, weights, means } = this.#state;
    const width = features.length;
    const { roots, isDiagonal } = gaussianFactors(this.#state, features.map((_, j) => j), 0);
    const columns = features.map(() => new Float64Array(requireWhole('GaussianMixture.sample', 'count', count, 0)));
    for (let row = 0; row < count; row++) {
      let left = random.uniform();
      let c = 0;
      while (left >= weights[c]! && c < weights.length - 1) left -= weights[c++]!;
      const root = roots[c % roots.length]!;
      const draws = features.map(() => random.normal());
      features.forEach((feature, i) => {
        let z = means[c * width + i]!;
        if (isDiagonal) z += root[i]! * draws[i]!;
        else for (let k = 0; k <= i; k++) z += root[i * width + k]! * draws[k]!;
        columns[i]![row] = unscaled(feature, z);
      });
    }
    return Object.fromEntries(features.map(({ column }, j) => [column, columns[j]!]));
  }

  /**
   * The mixture as plain JSON, the scaling included.
   *
   * @returns what {@link GaussianMixture.fromJSON} reads
   */
  toJSON(): GaussianMixtureState {
    return savedCopy(this.#state);
  }

  #points(method: string, data: TableInput): Float64Array {
    const caller = `GaussianMixture.${method}`;
    return scaledPoints(caller, this.#state.features, readTable(caller, data));
  }

  #count(points: Float64Array): number {
    return points.length / this.features.length;
  }

  #settle(points: Float64Array, outcome: Outcome, filled = false): void {
    for (const block of knownBlocks(points, this.features.length, null)) {
      settleRows(gaussianRows(block, gaussianFactors(this.#state, block.columns, block.known, filled)), this.segmentCount, outcome);
    }
  }
}
