import { restored } from '../../../data/savedModel.js';
import { BuyingModel } from '../buyingModel.js';
import type { BuyingState } from '../buyingState.js';
import { givenState, savedState, type GivenParameters } from '../givenState.js';
import { BetaGeometricLaw } from './betaGeometricLaw.js';

/**
 * Names of the parameters of {@link BgNbd} and {@link MbgNbd}: the rates of purchase of customers are gamma with shape `r` and rate `alpha`, the
 * probabilities of stopping at a purchase beta with shapes `a` and `b`.
 */
export type BgNbdParameter = 'r' | 'alpha' | 'a' | 'b';

/**
 * A BG/NBD model of purchases: customers buy at a rate of their own until, after one of their repeat purchases, they silently stop. Learnt by `fitBgNbd`.
 *
 * Who has not bought again is active for certain here: see {@link MbgNbd} for what else one can say.
 *
 * @example
 * ```ts
 * const model = BgNbd.fromParameters({ unit: 'week', r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
 * const customers = { unit: 'week', frequency: [2, 0], recency: [30.43, 0], tenure: [38.86, 38.86] } as const;
 * model.aliveProbability(customers); // => [0.7265785700807, 1]
 * model.expectedPurchases(customers, { weeks: 39 }); // => [1.226028174767, 0.1950980520113]
 * // With 15 % a year taken off, all purchases to come are worth 5.17 of today's.
 * model.discountedPurchases(customers, { annualDiscountRate: 0.15 })[0]! < 5.2; // => true
 * ```
 */
export class BgNbd extends BuyingModel {
  /** Shape and rate of the gamma law of purchase rates, and the shapes of the beta law of dropout. */
  declare readonly parameters: Readonly<Record<BgNbdParameter, number>>;

  /** @internal */
  constructor(state: BuyingState) {
    super(new BetaGeometricLaw(0), state);
    Object.freeze(this);
  }

  /**
   * A model of given parameters, without a fit.
   *
   * @param given - `unit`, `r`, `alpha`, `a` and `b`
   * @returns the model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromParameters(given: GivenParameters<BgNbdParameter>): BgNbd {
    return new BgNbd(givenState('BgNbd.fromParameters', new BetaGeometricLaw(0), given));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): BgNbd {
    return restored('BgNbd', () => new BgNbd(savedState('BgNbd', new BetaGeometricLaw(0), json)));
  }

  /** `'BgNbd'`. */
  readonly format: string = 'BgNbd';

  /** @internal */
  withState(state: BuyingState): BgNbd {
    return new BgNbd(state);
  }
}
