import { restored } from '../../../data/savedModel.js';
import { BuyingModel } from '../buyingModel.js';
import type { BuyingState } from '../buyingState.js';
import { givenState, savedState, type GivenParameters } from '../givenState.js';
import { nbdLaw } from './nbdLaw.js';

/** Names of the parameters of {@link Nbd}: the rates of purchase of customers are gamma with shape `r` and rate `alpha`. */
export type NbdParameter = 'r' | 'alpha';

/**
 * A negative binomial model of purchases: customers buy at a rate of their own and nobody ever stops. What the models with dropout are measured
 * against. Learnt by `fitNbd`.
 *
 * @example
 * ```ts
 * const model = Nbd.fromParameters({ unit: 'week', r: 0.5, alpha: 10 });
 * const customers = { unit: 'week', frequency: [2], recency: [30], tenure: [40] } as const;
 * model.expectedPurchases(customers, { weeks: 20 }); // => [1]
 * model.aliveProbability(customers); // => [1]
 * ```
 */
export class Nbd extends BuyingModel {
  /** Shape and rate of the gamma law of rates. */
  declare readonly parameters: Readonly<Record<NbdParameter, number>>;

  /** @internal */
  constructor(state: BuyingState) {
    super(nbdLaw, state);
    Object.freeze(this);
  }

  /**
   * A model of given parameters, without a fit.
   *
   * @param given - `unit`, `r` and `alpha`
   * @returns the model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromParameters(given: GivenParameters<NbdParameter>): Nbd {
    return new Nbd(givenState('Nbd.fromParameters', nbdLaw, given));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): Nbd {
    return restored('Nbd', () => new Nbd(savedState('Nbd', nbdLaw, json)));
  }

  /** `'Nbd'`. */
  readonly format: string = 'Nbd';

  /** @internal */
  withState(state: BuyingState): Nbd {
    return new Nbd(state);
  }
}
