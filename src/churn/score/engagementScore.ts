import { frozenCopy } from '../../data/frozenCopy.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import type { Reason, ReasonOptions } from '../../scores/targetScore.js';
import { ChurnScore } from './churnScore.js';
import type { EngagementReport, EngagementScoreState } from './engagementState.js';

/** Three probabilities a row, each in [0, 1], that add up to 1. */
export interface EngagementProbabilities {
  /** Of leaving. */
  readonly leave: Float64Array;
  /** Of staying as they are. */
  readonly same: Float64Array;
  /** Of staying and bringing more. */
  readonly grow: Float64Array;
}

/**
 * Both sides of a relationship: for every customer the probabilities of leaving, of staying as they are and of growing, which add up to 1.
 * Learnt by `fitEngagementScore`; only this class has to travel to where customers are scored.
 *
 * The two scores are nested: leaving or not, and of those who stay, growing or not; so p(grow) = (1 - p(leave)) x p(grow | stays), exactly.
 *
 * @example
 * ```ts
 * import { fitEngagementScore } from 'clientela/churn';
 * const customers = Array.from({ length: 300 }, (_, i) => ({ visits: i % 10, next: (i * 7) % 10 > i % 10 ? 'left' : (i * 3) % 10 < i % 10 ? 'grew' : 'same' }));
 * const score = fitEngagementScore(customers, { target: 'next', leave: 'left', grow: 'grew', methods: ['logistic'] });
 * const { leave, same, grow } = score.predictRow({ visits: 9 });
 * leave + same + grow; // => 1
 * grow > leave; // => true
 * ```
 */
export class EngagementScore {
  readonly #state: EngagementScoreState;
  /** The score of leaving, with its own report and reasons. */
  readonly leave: ChurnScore;
  /** The score of growing, of those who stay. */
  readonly grow: ChurnScore;
  /** How good the three probabilities are on customers not seen. */
  readonly report: EngagementReport;

  /** @internal */
  constructor(given: EngagementScoreState) {
    const state = frozenCopy(given);
    this.#state = state;
    this.leave = new ChurnScore(state.leave);
    this.grow = new ChurnScore(state.grow);
    this.report = Object.freeze({ ...state.together, leave: this.leave.report, grow: this.grow.report });
  }

  /**
   * The score that {@link EngagementScore.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @returns the same score
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): EngagementScore {
    return restored('EngagementScore', () => {
      const state = requireSavedModel('EngagementScore', 1, json, 'leave', 'grow', 'together') as unknown as EngagementScoreState;
      return new EngagementScore({ ...state, leave: ChurnScore.fromJSON(state.leave).toJSON(), grow: ChurnScore.fromJSON(state.grow).toJSON() });
    });
  }

  /** The columns a customer must have to be scored. */
  get features(): readonly string[] {
    return [...new Set([...this.leave.features, ...this.grow.features])];
  }

  /**
   * The three probabilities of every customer.
   *
   * @param data - raw rows, with every column of `features`
   * @returns probabilities in the order of the rows
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE` or `NON_FINITE_VALUE`
   */
  predict(data: TableInput): EngagementProbabilities {
    const leave = this.leave.predict(data);
    const grow = this.grow.predict(data).map((given, row) => (1 - leave[row]!) * given);
    return { leave, same: leave.map((p, row) => Math.max(0, 1 - p - grow[row]!)), grow };
  }

  /**
   * The three probabilities of one customer.
   *
   * @param row - a raw row
   * @returns probabilities that add up to 1
   * @throws a {@link ClientelaError} as {@link EngagementScore.predict}
   */
  predictRow(row: object): { leave: number; same: number; grow: number } {
    const leave = this.leave.predictRow(row);
    const grow = (1 - leave) * this.grow.predictRow(row);
    return { leave, same: Math.max(0, 1 - leave - grow), grow };
  }

  /**
   * Why one customer is inclined to leave, and, if not, to grow; the strongest reason first.
   *
   * @param row - a raw row
   * @param options - `top`: how many reasons at most; `words`: what customers call a column
   * @returns reasons of both scores
   * @throws a {@link ClientelaError} as {@link EngagementScore.predict}
   */
  explain(row: object, options: ReasonOptions = {}): { leave: Reason[]; grow: Reason[] } {
    return { leave: this.leave.explain(row, options), grow: this.grow.explain(row, options) };
  }

  /**
   * The score as plain JSON.
   *
   * @returns plain numbers and names
   */
  toJSON(): EngagementScoreState {
    return savedCopy(this.#state);
  }
}
