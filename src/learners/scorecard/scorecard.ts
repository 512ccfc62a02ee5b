import type { TargetValue } from '../../data/binaryTarget.js';
import { assignFields, requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { readTable, type TableInput, type TableView } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { Convergence } from '../../numeric/convergence.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import { binIndexes, binList, binWoes } from '../binning/binIndex.js';
import { rankContributions, type MarginExplanation } from '../explanation.js';
import type { LogisticCoefficient, LogisticInference } from '../logisticState.js';
import type { PointsScale } from './pointsScale.js';
import {
  UNSEEN,
  type LeftOutFeature,
  type RoundingEffect,
  type ScorecardFeature,
  type ScorecardReason,
  type ScorecardReasonOptions,
  type ScorecardState,
  type ScorecardSummary,
} from './scorecardState.js';

/**
 * A card of points: each feature gives the points of the bin its value falls in, and the sum is the score.
 * Learnt by `fitScorecard`; scores raw rows, gives its reasons, and travels as JSON. `scorecardTable` and `scorecardText` print it.
 *
 * A missing value has a bin of its own; a level never seen in training gives the neutral points, those of a weight of evidence of 0.
 * Probability and score are the same sum on two scales, so they always rank alike.
 *
 * @example
 * ```ts
 * import { fitScorecard } from 'clientela/learners';
 * const rows = Array.from({ length: 200 }, (_, i) => ({ plan: i % 2 ? 'gold' : 'basic', stayed: i % 10 < (i % 2 ? 8 : 4) ? 'yes' : 'no' }));
 * const stored = JSON.stringify(fitScorecard(rows, { target: 'stayed', points: { base: 500, odds: 1, pointsToDoubleOdds: 20 } }));
 * const card = Scorecard.fromJSON(JSON.parse(stored));
 * card.predictScore([{ plan: 'gold' }, { plan: 'basic' }]); // => [540, 488.3007]
 * card.predictProbabilityRow({ plan: 'gold' }); // => 0.8
 * card.reasons({ plan: 'basic' })[0]?.direction; // => 'lowers'
 * ```
 */
export class Scorecard implements ScorecardSummary {
  declare readonly target: string;
  declare readonly positive: TargetValue;
  declare readonly features: readonly string[];
  declare readonly leftOut: readonly LeftOutFeature[];
  declare readonly wrongSigned: readonly string[];
  declare readonly separated: readonly string[];
  declare readonly meaning: string;
  declare readonly coefficients: readonly LogisticCoefficient[];
  declare readonly inference: LogisticInference | null;
  declare readonly inferenceNote: string | null;
  declare readonly logLikelihood: number;
  declare readonly nullLogLikelihood: number;
  declare readonly parameterCount: number;
  declare readonly aic: number;
  declare readonly bic: number;
  declare readonly rowCount: number;
  declare readonly events: number;
  declare readonly convergence: Convergence;
  declare readonly rounding: RoundingEffect | null;
  declare readonly scale: PointsScale;
  declare readonly basePoints: number;
  declare readonly neutralPoints: number;
  readonly #state: ScorecardState;
  /** What each feature adds to the log-odds, at each index of its bins; the last for an unseen level. */
  readonly #logOdds: readonly Float64Array[];

  /** @internal */
  constructor(state: ScorecardState) {
    this.#state = state;
    this.#logOdds = state.features.map(({ binning, coefficient }) => binWoes(binning).map((woe) => woe * coefficient));
    Object.freeze(assignFields(this, state.summary));
  }

  /**
   * The card that {@link Scorecard.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same card: its scores are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): Scorecard {
    return restored('Scorecard', () => new Scorecard(requireSavedModel('Scorecard', 1, json, 'features', 'intercept', 'summary') as unknown as ScorecardState));
  }

  /**
   * The probability of the positive value for every row.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns probabilities in (0, 1), in the order of the rows
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  predictProbability(data: TableInput): Float64Array {
    return this.#margins('predictProbability', data).map(sigmoid);
  }

  /**
   * The probability of the positive value for one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns a probability in (0, 1)
   * @throws a {@link ClientelaError} as {@link Scorecard.predictProbability}
   */
  predictProbabilityRow(row: object): number {
    return this.predictProbability([row])[0]!;
  }

  /**
   * The score of every row, not rounded: the base points and the points of its bins. O(cells log bins).
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns points, in the order of the rows
   * @throws a {@link ClientelaError} as {@link Scorecard.predictProbability}
   */
  predictScore(data: TableInput): Float64Array {
    const { factor, offset } = this.scale;
    return this.#margins('predictScore', data).map((margin) => offset + factor * margin);
  }

  /**
   * The score of one row, equal to the last bit to what the batch gives.
   *
   * @param row - a raw row, with every column of `features`
   * @returns points
   * @throws a {@link ClientelaError} as {@link Scorecard.predictProbability}
   */
  predictScoreRow(row: object): number {
    return this.predictScore([row])[0]!;
  }

  /**
   * Why a row has its probability: what each feature adds to the log-odds of the average training customer, as every model says it.
   *
   * @param row - a raw row, with every column of `features`
   * @returns baseline and contributions in log-odds, the strongest first; baseline + contributions = margin
   * @throws a {@link ClientelaError} as {@link Scorecard.predictProbability}
   */
  explain(row: object): MarginExplanation {
    let margin = this.#state.intercept;
    let baseline = margin;
    const amounts = this.#places('explain', readTable('Scorecard.explain', [row]), ([place], table, { mean }) => {
      const amount = table[place!]!;
      // In the order of a batch, so that the sum is the same to the bit.
      margin += amount;
      baseline += mean;
      return amount - mean;
    });
    return { baseline, contributions: rankContributions(row, this.features, amounts), margin, prediction: sigmoid(margin) };
  }

  /**
   * Why a row has its score, in points against a baseline: what it loses most by comes first, what it gains most by last.
   *
   * @param row - a raw row, with every column of `features`
   * @param options - `baseline`: with what to compare; `top`: how many
   * @returns one reason a feature; ties in the order of the card
   * @throws a {@link ClientelaError} as {@link Scorecard.predictProbability}, or `INVALID_OPTION`
   */
  reasons(row: object, { baseline = 'neutral', top }: ScorecardReasonOptions = {}): ScorecardReason[] {
    const { factor } = this.scale;
    const reasons = this.#places('reasons', readTable('Scorecard.reasons', [row]), ([place], table, { binning, mean }): ScorecardReason => {
      const bins = binList(binning);
      const { feature } = binning;
      // In points of evidence alone.
      const gains = [...table].map((amount) => factor * amount);
      const gain = gains[place!]!;
      const known = { neutral: 0, mean: factor * mean, max: Math.max(...gains) };
      const lost = known[baseline] - gain;
      if (lost !== lost) throw new ClientelaError('INVALID_OPTION', `Scorecard.reasons needs baseline as neutral, mean or max, found ${baseline}`);
      return {
        feature,
        value: (row as Record<string, unknown>)[feature],
        bin: bins[place!]?.label ?? UNSEEN,
        points: this.neutralPoints + gain,
        lost,
        direction: lost > 0 ? 'lowers' : lost < 0 ? 'raises' : 'none',
      };
    });
    return reasons.sort((a, b) => b.lost - a.lost).slice(0, top);
  }

  /**
   * The card as plain JSON: numbers and names, all finite.
   *
   * @returns what {@link Scorecard.fromJSON} reads
   */
  toJSON(): ScorecardState {
    return savedCopy(this.#state);
  }

  // One sum a row whatever the door: a row and a batch, a probability and a score cannot differ.
  #margins(method: string, data: TableInput): Float64Array {
    const view = readTable(`Scorecard.${method}`, data);
    const sums = new Float64Array(view.rowCount).fill(this.#state.intercept);
    this.#places(method, view, (places, table) => {
      for (let row = 0; row < sums.length; row++) sums[row]! += table[places[row]!]!;
    });
    return sums;
  }

  #places<Result>(method: string, view: TableView, use: (places: Int32Array, table: Float64Array, feature: ScorecardFeature) => Result): Result[] {
    return this.#state.features.map((feature, j) => use(binIndexes(`Scorecard.${method}`, feature.binning, view.source(feature.binning.feature)), this.#logOdds[j]!, feature));
  }
}
