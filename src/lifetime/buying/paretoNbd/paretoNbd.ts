import { restored } from '../../../data/savedModel.js';
import { BuyingModel } from '../buyingModel.js';
import type { BuyingState } from '../buyingState.js';
import { givenState, savedState, type GivenParameters } from '../givenState.js';
import { paretoNbdLaw } from './paretoNbdLaw.js';

/**
 * Names of the parameters of {@link ParetoNbd}: the rates of purchase of customers are gamma with shape `r` and rate `alpha`, their rates of death
 * gamma with shape `s` and rate `beta`.
 */
export type ParetoNbdParameter = 'r' | 'alpha' | 's' | 'beta';

/**
 * A Pareto/NBD model of purchases: customers buy at a rate of their own until they silently stop, at a rate of their own and at any time. Learnt by
 * `fitParetoNbd`.
 *
 * Who has not bought for long is probably gone, whether they bought once or often.
 *
 * @example
 * ```ts
 * const model = ParetoNbd.fromParameters({ unit: 'week', r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 });
 * const customers = { unit: 'week', frequency: [2, 0], recency: [30.43, 0], tenure: [38.86, 38.86] } as const;
 * model.aliveProbability(customers); // => [0.869167559153, 0.2952866046169]
 * model.expectedPurchases(customers, { weeks: 39 }); // => [1.455123193258, 0.1070814682153]
 * // With 15 % a year taken off, all purchases to come are worth 6.5 of today's.
 * Math.round(10 * model.discountedPurchases(customers, { annualDiscountRate: 0.15 })[0]!) / 10; // => 6.5
 * ```
 */
export class ParetoNbd extends BuyingModel {
  /** Shape and rate of the gamma law of purchase rates, and of that of the rates of death. */
  declare readonly parameters: Readonly<Record<ParetoNbdParameter, number>>;

  /** @internal */
  constructor(state: BuyingState) {
    super(paretoNbdLaw, state);
    Object.freeze(this);
  }

  /**
   * A model of given parameters, without a fit.
   *
   * @param given - `unit`, `r`, `alpha`, `s` and `beta`
   * @returns the model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromParameters(given: GivenParameters<ParetoNbdParameter>): ParetoNbd {
    return new ParetoNbd(givenState('ParetoNbd.fromParameters', paretoNbdLaw, given));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): ParetoNbd {
    return restored('ParetoNbd', () => new ParetoNbd(savedState('ParetoNbd', paretoNbdLaw, json)));
  }

  /** `'ParetoNbd'`. */
  readonly format: string = 'ParetoNbd';

  /** @internal */
  withState(state: BuyingState): ParetoNbd {
    return new ParetoNbd(state);
  }
}
