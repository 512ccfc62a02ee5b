import { restored } from '../../../data/savedModel.js';
import type { BuyingState } from '../buyingState.js';
import type { GivenParameters } from '../givenState.js';
import { CnbdModel, givenStages, savedStages, type CnbdParameter, type CnbdStages } from './cnbdModel.js';

/**
 * An MBG/CNBD-k model of purchases: customers buy at regular intervals of their own until, after one of their purchases, the first included, they
 * silently stop. Learnt by `fitMbgCnbdK`.
 *
 * With k = 1 it is `MbgNbd`.
 *
 * @example
 * ```ts
 * import { newCustomer } from 'clientela/lifetime';
 * const model = MbgCnbdK.fromParameters({ unit: 'week', k: 2, r: 1.329176, alpha: 2.812552, a: 0.424709, b: 0.7900287 });
 * const [expected] = model.expectedPurchases(newCustomer('week'), { weeks: 52 });
 * expected!.toFixed(6); // => '4.095128'
 * ```
 */
export class MbgCnbdK extends CnbdModel {
  /** @internal */
  constructor(state: BuyingState, stages: CnbdStages) {
    super(1, state, stages);
    Object.freeze(this);
  }

  /**
   * A model of given parameters, without a fit.
   *
   * @param given - `unit`, `k`, `r`, `alpha`, `a` and `b`
   * @returns the model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromParameters(given: GivenParameters<CnbdParameter> & { readonly k: number }): MbgCnbdK {
    return new MbgCnbdK(...givenStages('MbgCnbdK', given));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): MbgCnbdK {
    return restored('MbgCnbdK', () => new MbgCnbdK(...savedStages('MbgCnbdK', json)));
  }

  /** `'MbgCnbdK'`. */
  readonly format: string = 'MbgCnbdK';

  /** @internal */
  withState(state: BuyingState): MbgCnbdK {
    return new MbgCnbdK(state, this);
  }
}
