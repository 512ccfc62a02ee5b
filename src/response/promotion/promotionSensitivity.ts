import { frozenCopy } from '../../data/frozenCopy.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput } from '../../data/table.js';
import { ClientelaError } from '../../errors.js';
import type { OutcomeModelReader } from '../uplift/openPart.js';
import { Uplift } from '../uplift/uplift.js';
import { projectMonotone } from './projectMonotone.js';
import type { PromotionReport, PromotionSensitivityState } from './promotionSensitivityState.js';

/** One point of a response curve. */
export interface ResponsePoint {
  /** The discount. */
  readonly discount: number;
  /** What it adds to the expected outcome. */
  readonly response: number;
  /** The expected outcome with it. */
  readonly outcome: number;
}

/**
 * How each customer responds to discounts: a curve over their depth that never falls.
 * Learnt by `fitPromotionSensitivity`; predicts from raw rows, and travels as JSON.
 *
 * @example
 * ```ts
 * import { fitPromotionSensitivity } from 'clientela/response';
 * // Club members buy 1, 2 and 3 pieces at 0, 10 and 20 % off, others 1 whatever the price.
 * const trial = Array.from({ length: 120 }, (_, i) => ({ club: i % 2 ? 'yes' : 'no', off: (i % 3) * 10, pieces: i % 2 ? 1 + (i % 3) : 1 }));
 * const stored = JSON.stringify(fitPromotionSensitivity(trial, { target: 'pieces', discount: 'off' }));
 * const model = PromotionSensitivity.fromJSON(JSON.parse(stored));
 * model.predictResponse([{ club: 'yes' }, { club: 'no' }]); // => [1, 2, 0, 0]
 * model.predictSensitivity([{ club: 'yes' }]); // => [0.1]
 * ```
 */
export class PromotionSensitivity {
  /** The columns it predicts from. */
  readonly features: readonly string[];
  /** The discount of control. */
  readonly control: number;
  /** The other discounts, rising. */
  readonly discounts: readonly number[];
  /** What the trial says as a whole. */
  readonly report: PromotionReport;
  readonly #state: PromotionSensitivityState;
  readonly #uplift: Uplift;

  /** @internal */
  constructor(given: PromotionSensitivityState, uplift: Uplift) {
    const state = frozenCopy(given);
    this.#state = state;
    this.#uplift = uplift;
    this.features = uplift.features;
    this.control = state.control;
    this.discounts = state.discounts;
    const { effects, arms } = uplift.report;
    const averages = effects.map(({ average }) => average.estimate);
    this.report = frozenCopy({
      discounts: effects.map(({ average }, k) => ({ discount: state.discounts[k]!, rows: arms[k + 1]!.rows, average })),
      risesOnAverage: averages.every((average, k) => average >= (averages[k - 1] ?? 0)),
      uplift: uplift.report,
    });
    Object.freeze(this);
  }

  /**
   * The model that {@link PromotionSensitivity.toJSON} gave.
   *
   * @param json - the parsed JSON
   * @param reader - reads the models inside where they are of your own learner: their class, or a function
   * @returns the same model: its predictions are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown, reader?: OutcomeModelReader): PromotionSensitivity {
    return restored('PromotionSensitivity', () => {
      const state = requireSavedModel('PromotionSensitivity', 1, json, 'discounts', 'shares', 'uplift') as unknown as PromotionSensitivityState;
      return new PromotionSensitivity(state, Uplift.fromJSON(state.uplift, reader));
    });
  }

  /**
   * What each discount adds to the expected outcome of every row: never less than a smaller discount, and never negative.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns for each row one number for each of `discounts`, row after row
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `LENGTH_MISMATCH`
   */
  predictResponse(data: TableInput): Float64Array {
    const values = this.#uplift.predictUplift(data);
    projectMonotone(values, this.discounts.length, this.#state.shares);
    return values;
  }

  /**
   * What one discount adds to the expected outcome of every row; between the discounts of the trial the straight line of its neighbours.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @param discount - from `control` to the largest of the trial
   * @returns one number a row
   * @throws a {@link ClientelaError} `INVALID_OPTION` for a discount beyond the trial, or as {@link PromotionSensitivity.predictResponse}
   */
  predictResponseAt(data: TableInput, discount: number): Float64Array {
    const knots = [this.control, ...this.discounts];
    const deepest = knots.at(-1)!;
    if (!(discount >= this.control && discount <= deepest)) {
      throw new ClientelaError('INVALID_OPTION', `predictResponseAt needs a discount from ${this.control} to ${deepest}, which the trial had, found ${discount}`, { option: 'discount', value: discount });
    }
    const above = Math.max(1, knots.findIndex((knot) => knot >= discount));
    const share = (discount - knots[above - 1]!) / (knots[above]! - knots[above - 1]!);
    const curves = this.predictResponse(data);
    const width = this.discounts.length;
    return new Float64Array(curves.length / width).map((_, row) => {
      const low = above === 1 ? 0 : curves[row * width + above - 2]!;
      return low + share * (curves[row * width + above - 1]! - low);
    });
  }

  /**
   * How sensitive every row is to promotion: what one unit of discount adds to the expected outcome, over the whole curve.
   *
   * The slope through control that fits the curve best, each discount counting by its share of the rows. 0: no response that rises with the discount.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row, 0 or more
   * @throws a {@link ClientelaError} as {@link PromotionSensitivity.predictResponse}
   */
  predictSensitivity(data: TableInput): Float64Array {
    return this.#slopes(this.predictResponse(data), this.discounts.map((discount) => discount - this.control));
  }

  /**
   * The price elasticity of every row: by how many percent the expected outcome changes when the price rises by one; 0 or below.
   *
   * The slope through control of log(outcome) on log(price), each discount counting by its share of the rows. Where next to nothing is expected without promotion the
   * elasticity is not a number to trust: outcomes are taken as at least 1e-6 of their average.
   *
   * @param data - raw rows, with every column of `features`; others are ignored
   * @returns one number a row
   * @throws a {@link ClientelaError} `INVALID_INPUT` where `fullDiscount` was not given to the fit, or as {@link PromotionSensitivity.predictResponse}
   */
  predictElasticity(data: TableInput): Float64Array {
    const { fullDiscount } = this.#state;
    if (fullDiscount === null) {
      throw new ClientelaError('INVALID_INPUT', 'predictElasticity needs to know which discount makes the price 0, found none; fit with fullDiscount: 1 for shares, 100 for percentages');
    }
    const logPrice = (discount: number): number => Math.log((fullDiscount - discount) / fullDiscount);
    const prices = this.discounts.map((discount) => logPrice(discount) - logPrice(this.control));
    const responses = this.predictResponse(data);
    const outcomes = this.#uplift.predictOutcomes(data);
    const width = prices.length;
    const least = 1e-6 * Math.abs(this.report.uplift.arms[0]!.mean.estimate) || 1e-12;
    for (let i = 0; i < responses.length; i++) {
      const before = Math.max(least, outcomes[Math.floor(i / width) * (width + 1)]!);
      responses[i] = Math.log1p(responses[i]! / before);
    }
    return this.#slopes(responses, prices);
  }

  /**
   * The response curve of one customer, from control to the largest discount.
   *
   * @param row - a raw row, with every column of `features`
   * @returns one point for control and each of `discounts`
   * @throws a {@link ClientelaError} as {@link PromotionSensitivity.predictResponse}
   */
  curve(row: object): ResponsePoint[] {
    const outcome = this.#uplift.predictOutcomes([row])[0]!;
    const most = this.#uplift.positive === null ? Infinity : 1;
    return [0, ...this.predictResponse([row])].map((response, k) => ({ discount: k === 0 ? this.control : this.discounts[k - 1]!, response, outcome: Math.min(most, outcome + response) }));
  }

  /**
   * The model as plain data.
   *
   * @returns what {@link PromotionSensitivity.fromJSON} reads
   */
  toJSON(): PromotionSensitivityState {
    return savedCopy(this.#state);
  }

  /** Slopes through 0 of each row of the curves, by weighted least squares. */
  #slopes(curves: Float64Array, at: readonly number[]): Float64Array {
    const { shares } = this.#state;
    const total = at.reduce((sum, x, k) => sum + shares[k]! * x * x, 0);
    return new Float64Array(curves.length / at.length).map((_, row) => at.reduce((sum, x, k) => sum + shares[k]! * x * curves[row * at.length + k]!, 0) / total);
  }
}
