import { restored } from '../../../data/savedModel.js';
import { BuyingModel } from '../buyingModel.js';
import type { BuyingState } from '../buyingState.js';
import { givenState, savedState, type GivenParameters } from '../givenState.js';
import { BetaGeometricLaw } from './betaGeometricLaw.js';
import type { BgNbdParameter } from './bgNbd.js';

/**
 * A modified BG/NBD model of purchases: customers buy at a rate of their own until, after one of their purchases, the first included, they silently
 * stop. Learnt by `fitMbgNbd`.
 *
 * @example
 * ```ts
 * const model = MbgNbd.fromParameters({ unit: 'week', r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 });
 * const customers = { unit: 'week', frequency: [2, 0], recency: [30.43, 0], tenure: [38.86, 38.86] } as const;
 * model.aliveProbability(customers); // => [0.7062022651185, 0.3897350809188]
 * model.expectedPurchases(customers, { weeks: 39 }); // => [1.262960623267, 0.1540127466751]
 * ```
 */
export class MbgNbd extends BuyingModel {
  /** Shape and rate of the gamma law of purchase rates, and the shapes of the beta law of dropout. */
  declare readonly parameters: Readonly<Record<BgNbdParameter, number>>;

  /** @internal */
  constructor(state: BuyingState) {
    super(new BetaGeometricLaw(1), state);
    Object.freeze(this);
  }

  /**
   * A model of given parameters, without a fit.
   *
   * @param given - `unit`, `r`, `alpha`, `a` and `b`
   * @returns the model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromParameters(given: GivenParameters<BgNbdParameter>): MbgNbd {
    return new MbgNbd(givenState('MbgNbd.fromParameters', new BetaGeometricLaw(1), given));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): MbgNbd {
    return restored('MbgNbd', () => new MbgNbd(savedState('MbgNbd', new BetaGeometricLaw(1), json)));
  }

  /** `'MbgNbd'`. */
  readonly format: string = 'MbgNbd';

  /** @internal */
  withState(state: BuyingState): MbgNbd {
    return new MbgNbd(state);
  }
}
