import { restored } from '../../data/savedModel.js';
import { hypergeometricOne } from '../../numeric/hypergeometricOne.js';
import type { TimeUnit } from '../timeUnit.js';
import type { RetentionTheta } from './logRetained.js';
import { RetentionModel } from './retentionModel.js';
import type { RetentionState } from './retentionState.js';
import { givenRetention, savedRetention } from './savedRetention.js';

/** Names of the parameters of {@link ShiftedBetaGeometric}: customers leave at each renewal with a probability that is beta(`alpha`, `beta`) over them. */
export type ShiftedBetaGeometricParameter = 'alpha' | 'beta';

/**
 * A shifted beta-geometric model of renewals (Fader and Hardie, 2007): at each renewal a customer leaves with a probability of their own, which does
 * not change. Learnt by `fitShiftedBetaGeometric`.
 *
 * @example
 * ```ts
 * // The customers of Fader and Hardie (2010): what a customer of 7 renewals is still going to pay, at ten per cent a year.
 * const model = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 0.668, beta: 3.806 });
 * model.residualLifetime(7, { annualDiscountRate: 0.1 }).toFixed(3); // => '7.530'
 * model.residualLifetime(0, { annualDiscountRate: 0.1 }).toFixed(3); // => '5.415'
 * model.retention(1).toFixed(3); // => '0.851'
 * model.retention(8).toFixed(3); // => '0.942'
 * ```
 */
export class ShiftedBetaGeometric extends RetentionModel {
  /** Of the beta law of leaving. */
  declare readonly parameters: Readonly<Record<ShiftedBetaGeometricParameter, number>>;

  /** @internal */
  constructor(state: RetentionState) {
    super(state);
    Object.freeze(this);
  }

  /**
   * A model of given parameters, without a fit.
   *
   * @param given - `unit` of the periods, `alpha` and `beta`, both above 0
   * @returns the model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromParameters(given: Readonly<Record<ShiftedBetaGeometricParameter, number>> & { readonly unit: TimeUnit }): ShiftedBetaGeometric {
    return new ShiftedBetaGeometric(givenRetention('ShiftedBetaGeometric.fromParameters', ['alpha', 'beta'], given));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): ShiftedBetaGeometric {
    return restored('ShiftedBetaGeometric', () => new ShiftedBetaGeometric(savedRetention('ShiftedBetaGeometric', ['alpha', 'beta'], json)));
  }

  /** `'ShiftedBetaGeometric'`. */
  readonly format: string = 'ShiftedBetaGeometric';

  /** @internal */
  get theta(): RetentionTheta {
    return [this.parameters.alpha, this.parameters.beta, 1];
  }

  /** In closed form; (beta + n) / (alpha - 1) where nothing is discounted. @internal */
  sumRetained(renewals: number, delta: number): number {
    const [alpha, beta] = this.theta;
    const start = beta + renewals;
    return (start / (alpha + start)) * hypergeometricOne(start + 1, alpha + start + 1, Math.exp(-delta), alpha, -Math.expm1(-delta));
  }
}
