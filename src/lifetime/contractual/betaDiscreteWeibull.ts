import { restored } from '../../data/savedModel.js';
import type { TimeUnit } from '../timeUnit.js';
import type { RetentionTheta } from './logRetained.js';
import { RetentionModel } from './retentionModel.js';
import type { RetentionState } from './retentionState.js';
import { givenRetention, savedRetention } from './savedRetention.js';
import { sumRetained } from './sumRetained.js';

/**
 * Names of the parameters of {@link BetaDiscreteWeibull}: `alpha` and `beta` of the beta law over customers, and the `shape` of time: above 1 where each
 * customer grows more likely to leave, below 1 where less.
 */
export type BetaDiscreteWeibullParameter = 'alpha' | 'beta' | 'shape';

/**
 * A beta-discrete-Weibull model of renewals (Fader, Hardie, Liu, Davin and Steenburgh, 2018): as the shifted beta-geometric, which it is at shape 1, but
 * the probability of leaving may also change with the age of the contract. Learnt by `fitBetaDiscreteWeibull`.
 *
 * @example
 * ```ts
 * const model = BetaDiscreteWeibull.fromParameters({ unit: 'year', alpha: 0.2593, beta: 1.7226, shape: 1.5843 });
 * model.survival(4).toFixed(3); // => '0.593'
 * model.survivalAfter(4, 4).toFixed(3); // => '0.770'
 * ```
 */
export class BetaDiscreteWeibull extends RetentionModel {
  /** Of the beta law of leaving, and of time. */
  declare readonly parameters: Readonly<Record<BetaDiscreteWeibullParameter, number>>;

  /** @internal */
  constructor(state: RetentionState) {
    super(state);
    Object.freeze(this);
  }

  /**
   * A model of given parameters, without a fit.
   *
   * @param given - `unit` of the periods, `alpha`, `beta` and `shape`, all above 0
   * @returns the model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromParameters(given: Readonly<Record<BetaDiscreteWeibullParameter, number>> & { readonly unit: TimeUnit }): BetaDiscreteWeibull {
    return new BetaDiscreteWeibull(givenRetention('BetaDiscreteWeibull.fromParameters', ['alpha', 'beta', 'shape'], given));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): BetaDiscreteWeibull {
    return restored('BetaDiscreteWeibull', () => new BetaDiscreteWeibull(savedRetention('BetaDiscreteWeibull', ['alpha', 'beta', 'shape'], json)));
  }

  /** `'BetaDiscreteWeibull'`. */
  readonly format: string = 'BetaDiscreteWeibull';

  /** @internal */
  get theta(): RetentionTheta {
    return [this.parameters.alpha, this.parameters.beta, this.parameters.shape];
  }

  /** @internal */
  sumRetained(renewals: number, delta: number): number {
    return sumRetained(this.theta, renewals, delta);
  }
}
