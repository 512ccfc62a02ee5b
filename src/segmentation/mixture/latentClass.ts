import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput } from '../../data/table.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { SegmentAssignment, SegmentModel } from '../space/segmentAssignment.js';
import { levelCodes } from './latentFeatures.js';
import { latentRows, levelRows, logTable, type LatentClasses } from './latentRows.js';
import type { LatentClassState } from './latentState.js';
import { rowAssignment } from './rowAssignment.js';
import { settleRows, type Outcome } from './settleRows.js';

/**
 * Segments of customers described by categories: within a segment every feature has its own probabilities, and features say nothing of each other
 * (Lazarsfeld, 1950). Learnt by `fitLatentClass`; takes raw rows, also with values missing, and travels as JSON. A level never seen counts as missing.
 *
 * `distance` is the deviance from the most typical member: -2 times the logarithm of how likely the row is in its segment against the likeliest
 * levels of that segment, 0 for the typical member. A driver's contribution is the log of the level's probability in the segment over that in the second: with the
 * log of the ratio of their shares they add up to the log-odds. `margin` is 1 - P(second) / P(segment). An `outlier` is a row less likely than 99 % of those learnt
 * from; what it has no value for is taken at its likeliest.
 *
 * @example
 * ```ts
 * import { fitLatentClass } from 'clientela/segmentation';
 * const row = (channel: string, plan: string, pays: string) => ({ channel, plan, pays });
 * const customers = [row('web', 'basic', 'card'), row('shop', 'gold', 'cash'), row('shop', 'gold', 'card')].flatMap((customer, i) => Array(9 + i).fill(customer));
 * const stored = JSON.stringify(fitLatentClass(customers, { segments: 2 }));
 * const classes = LatentClass.fromJSON(JSON.parse(stored));
 * classes.assignRow({ channel: 'web', plan: null, pays: 'card' }).segment; // => 1
 * classes.profiles[1]?.plan; // => { basic: 1, gold: 0 }
 * ```
 */
export class LatentClass implements SegmentModel {
  /** The name in the JSON. */
  readonly format = 'LatentClass';
  /** The columns a row must have; a value may be missing. */
  readonly features: readonly string[];
  /** How many segments; fewer than asked for where so many cannot be told apart. */
  readonly segmentCount: number;
  /** The segments of the rows learnt from; empty in a model read from JSON. */
  readonly labels: Int32Array;
  /** Shares of the segments under the model, the largest first. */
  readonly weights: readonly number[];
  /** Of every segment, by column, the probability of every level. */
  readonly profiles: readonly Readonly<Record<string, Readonly<Record<string, number>>>>[];
  /** Of the rows learnt from. */
  readonly logLikelihood: number;
  /** Free parameters. */
  readonly parameterCount: number;
  /** Schwarz's criterion: lower is better. */
  readonly bic: number;
  /** Akaike's criterion: lower is better. */
  readonly aic: number;
  /** BIC with a price for overlap: lower is better. */
  readonly icl: number;
  /** How well the segments are told apart: 1 when every row is certain, 0 when none is (1 - entropy of the memberships over its maximum). */
  readonly entropyR2: number;
  /** How the fit ended. */
  readonly convergence: Convergence;
  /** What to know before using the segments, in words; mostly nothing. */
  readonly warnings: readonly string[];
  readonly #state: LatentClassState;
  readonly #levels: readonly number[];
  readonly #params: LatentClasses;

  /** @internal */
  constructor(state: LatentClassState, labels: Int32Array = new Int32Array(0)) {
    this.#state = state;
    this.features = state.features.map(({ column }) => column);
    this.segmentCount = state.weights.length;
    this.#levels = state.features.map(({ levels }) => levels.length);
    const table = state.weights.flatMap((_, c) => state.features.flatMap(({ levels, probabilities }) => probabilities.slice(c * levels.length, (c + 1) * levels.length)));
    this.#params = { weights: state.weights, table };
    this.labels = labels;
    this.weights = state.weights;
    this.profiles = state.weights.map((_, c) =>
      Object.fromEntries(
        state.features.map(({ column, levels, probabilities }) => [column, Object.fromEntries(levels.map((level, place) => [level, probabilities[c * levels.length + place]!]))]),
      ),
    );
    this.logLikelihood = state.logLikelihood;
    this.parameterCount = state.parameterCount;
    this.bic = state.bic;
    this.aic = state.aic;
    this.icl = state.icl;
    this.entropyR2 = state.entropyR2;
    this.convergence = state.convergence;
    this.warnings = state.warnings;
    Object.freeze(this);
  }

  /**
   * The model that {@link LatentClass.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: it assigns as before to the last bit; `labels` are empty
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): LatentClass {
    return restored('LatentClass', () => new LatentClass(requireSavedModel('LatentClass', 1, json, 'features', 'weights') as unknown as LatentClassState));
  }

  /**
   * The likeliest segment of every row.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row, from 0; a row of which nothing is known gets the largest segment, 0
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  assign(data: TableInput): Int32Array {
    const codes = this.#codes('assign', data);
    const labels = new Int32Array(codes.length / this.features.length);
    this.#settle(codes, { labels });
    return labels;
  }

  /**
   * Where one row falls, how surely, and what speaks for it.
   *
   * @param row - a raw row, with every column of `features`; a value may be missing
   * @returns the segment, as {@link LatentClass.assign} gives it
   * @throws a {@link ClientelaError} as {@link LatentClass.assign}
   */
  assignRow(row: object): SegmentAssignment {
    const codes = this.#codes('assignRow', [row]);
    const memberships = new Float64Array(this.segmentCount);
    const labels = new Int32Array(1);
    this.#settle(codes, { memberships, labels });
    const densities = new Float64Array(1);
    this.#settle(codes, { densities }, true);
    // The logarithms, and after those of all levels what the likeliest level of each feature has.
    const { places } = levelRows(codes, null, this.#levels);
    const logs = logTable(this.#params, this.#levels, true);
    const stride = logs.length / this.segmentCount;
    const logOf = (j: number, segment: number): number => logs[segment * stride + places[j]!]!;
    const likeliest = (j: number, segment: number): number => logs[(segment + 1) * stride - this.features.length + j]!;
    return rowAssignment(row, this.features, labels[0]!, memberships, {
      isOutlier: densities[0]! < this.#state.outlierBelow,
      isMissing: (j) => Number.isNaN(codes[j]),
      distance: (segment) => this.features.reduce((sum, _, j) => sum + 2 * (likeliest(j, segment) - logOf(j, segment)), 0),
      contribution: (j, segment, second) => logOf(j, segment) - logOf(j, second),
    });
  }

  /**
   * The probability of every segment for every row, by Bayes' rule.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns row-major, rows x `segmentCount`; each row sums to 1
   * @throws a {@link ClientelaError} as {@link LatentClass.assign}
   */
  memberships(data: TableInput): Float64Array {
    const codes = this.#codes('memberships', data);
    const memberships = new Float64Array((codes.length / this.features.length) * this.segmentCount);
    this.#settle(codes, { memberships });
    return memberships;
  }

  /**
   * The model as plain JSON, the levels included.
   *
   * @returns what {@link LatentClass.fromJSON} reads
   */
  toJSON(): LatentClassState {
    return savedCopy(this.#state);
  }

  #codes(method: string, data: TableInput): Float64Array {
    const caller = `LatentClass.${method}`;
    return levelCodes(caller, readTable(caller, data), this.#state.features);
  }

  #settle(codes: Float64Array, outcome: Outcome, filled = false): void {
    settleRows(latentRows(levelRows(codes, null, this.#levels), this.#params, filled), this.segmentCount, outcome);
  }
}
