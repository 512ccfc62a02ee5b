import type { TargetValue } from '../../data/binaryTarget.js';
import type { UnseenValue } from '../../data/encoding.js';
import { frozenCopy } from '../../data/frozenCopy.js';
import { requireKnownOptions } from '../../data/options.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import type { GroupProfiles } from '../../evaluation/profiles.js';
import { TargetScore, type Reason, type ReasonOptions, type TargetRules } from '../../scores/targetScore.js';
import type { RetentionAmount } from '../retention/retentionTerms.js';
import type { ChurnReport } from './churnReport.js';
import type { ChurnDirection, ChurnScoreState } from './churnScoreState.js';
import { readCosts, thresholdOf, type OutcomeCosts, type RetentionCosts } from './decisionCosts.js';
import { featureWords } from './featureWords.js';

/** Whom to act on, by what it costs. */
export interface ChurnDecision {
  /** The probability of the event, one a row. */
  readonly probabilities: Float64Array;
  /** From which probability acting on this row pays; Infinity where it never does. */
  readonly thresholds: Float64Array;
  /** What acting on this row brings on average, less its costs; negative where it does not pay. */
  readonly expectedGain: Float64Array;
  /** The rows on which acting pays, those that bring most first. */
  readonly chosen: Uint32Array;
}

/**
 * A churn score: the calibrated probability of leaving (or of deepening) within the horizon, with its report, its profiles, its reasons and the
 * cut that costs ask for. Learnt by `fitChurnScore`; only this class has to travel to where customers are scored.
 *
 * @example
 * ```ts
 * import { fitChurnScore } from 'clientela/churn';
 * const customers = Array.from({ length: 200 }, (_, i) => ({ complaints: i % 10, left: (i * 3) % 10 < i % 10 ? 1 : 0 }));
 * const json = JSON.stringify(fitChurnScore(customers, { target: 'left', methods: ['logistic'] }));
 * const score = ChurnScore.fromJSON(JSON.parse(json));
 * score.features; // => ['complaints']
 * score.decide([{ complaints: 9 }, { complaints: 0 }], { customerValue: 100, contactCost: 5 }).chosen; // => [0]
 * ```
 */
export class ChurnScore {
  readonly #state: ChurnScoreState;
  readonly #score: TargetScore;
  /** The column that is predicted. */
  readonly target: string;
  /** The value of it whose probability is the score. */
  readonly positive: TargetValue;
  /** What the event is: leaving, or bringing more. */
  readonly direction: ChurnDirection;
  /** How good the score is on customers it has not seen, and whether to believe it. */
  readonly report: ChurnReport;

  /** @internal */
  constructor(given: ChurnScoreState) {
    const state = frozenCopy(given);
    this.#state = state;
    this.#score = TargetScore.fromJSON(state.score);
    this.target = this.#score.target;
    this.positive = this.#score.positive;
    this.direction = state.direction;
    this.report = Object.freeze({ ...this.#score.report, ...state.churn });
  }

  /**
   * The score that {@link ChurnScore.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same score
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): ChurnScore {
    return restored('ChurnScore', () => new ChurnScore(requireSavedModel('ChurnScore', 1, json, 'direction', 'score', 'churn') as unknown as ChurnScoreState));
  }

  /** The columns a customer must have to be scored. */
  get features(): readonly string[] {
    return this.#score.features;
  }

  /**
   * The probability of the event for every customer.
   *
   * @param data - raw rows, with every column of `features`
   * @returns probabilities in (0, 1), in the order of the rows
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  predict(data: TableInput): Float64Array {
    return this.#score.predict(data);
  }

  /**
   * The probability of the event for one customer.
   *
   * @param row - a raw row
   * @returns a probability in (0, 1)
   * @throws a {@link ClientelaError} as {@link ChurnScore.predict}
   */
  predictRow(row: object): number {
    return this.#score.predictRow(row);
  }

  /**
   * Why one customer has this score, compared with the average customer; the strongest reason first. Columns of a snapshot are put in words.
   *
   * @param row - a raw row
   * @param options - `top`: how many reasons at most; `words`: what customers call a column
   * @returns one reason for each feature that moves the score
   * @throws a {@link ClientelaError} as {@link ChurnScore.predict}
   */
  explain(row: object, options: ReasonOptions = {}): Reason[] {
    requireKnownOptions('ChurnScore.explain', options, ['top', 'words']);
    const words = this.#state.practice === null ? {} : Object.fromEntries(this.features.map((feature) => [feature, featureWords(feature)]));
    return this.#score.explain(row, { ...options, words: { ...words, ...options.words } });
  }

  /**
   * Who is most and least inclined: what is over- and under-represented in the top and bottom tenth of the customers learnt from.
   *
   * @returns traits of both groups; few or none when nothing marks them beyond chance
   */
  profiles(): GroupProfiles {
    return this.#score.profiles();
  }

  /**
   * Where the event was frequent and where it was rare among the customers learnt from: short rules, found on one half of them and measured on the other.
   *
   * @returns rules of the most and of the least inclined; none when none holds beyond chance
   */
  rules(): TargetRules {
    return this.#score.rules();
  }

  /**
   * What these rows hold that the score never saw in training.
   *
   * @param data - raw rows
   * @returns unseen levels and missing values, with what they are taken for; empty when all is familiar
   * @throws a {@link ClientelaError} as {@link ChurnScore.predict}
   */
  unseen(data: TableInput): UnseenValue[] {
    return this.#score.unseen(data);
  }

  /**
   * The probability from which acting on a customer pays, by costs that are the same for all; see `costThreshold`.
   *
   * @param costs - an offer to stay, or the costs of the four ends
   * @returns a probability; 0 where acting always pays, Infinity where it never does
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  threshold(costs: RetentionCosts | OutcomeCosts): number {
    const { gain, loss } = readCosts('ChurnScore.threshold', costs, 1);
    return thresholdOf('ChurnScore.threshold', gain[0]!, loss[0]!);
  }

  /**
   * Whom to act on, by costs that may differ between customers: each amount one number for all, or one a row. O(rows log rows) beyond the scores.
   *
   * @param data - raw rows, with every column of `features`
   * @param costs - an offer to stay, or the costs of the four ends
   * @returns the threshold and the expected gain of every row, and the rows on which acting pays
   * @throws a {@link ClientelaError} `INVALID_OPTION`, `LENGTH_MISMATCH`, or as {@link ChurnScore.predict}
   */
  decide(data: TableInput, costs: RetentionCosts<RetentionAmount> | OutcomeCosts<RetentionAmount>): ChurnDecision {
    const probabilities = this.predict(data);
    const { gain, loss } = readCosts('ChurnScore.decide', costs, probabilities.length);
    const thresholds = probabilities.map((_, row) => thresholdOf('ChurnScore.decide', gain[row]!, loss[row]!));
    const expectedGain = probabilities.map((p, row) => p * gain[row]! - (1 - p) * loss[row]!);
    const chosen = Uint32Array.from(expectedGain.keys()).filter((row) => expectedGain[row]! > 0);
    return { probabilities, thresholds, expectedGain, chosen: chosen.sort((a, b) => expectedGain[b]! - expectedGain[a]! || a - b) };
  }

  /**
   * How the score was practised on a log; `null` for one learnt from a table.
   *
   * @internal
   */
  get practice(): ChurnScoreState['practice'] {
    return this.#state.practice;
  }

  /**
   * The score as plain JSON.
   *
   * @returns plain numbers and names
   */
  toJSON(): ChurnScoreState {
    return savedCopy(this.#state);
  }
}
