import { restored } from '../../../data/savedModel.js';
import type { BuyingState } from '../buyingState.js';
import type { GivenParameters } from '../givenState.js';
import { CnbdModel, givenStages, savedStages, type CnbdParameter, type CnbdStages } from './cnbdModel.js';

/**
 * A BG/CNBD-k model of purchases: customers buy at regular intervals of their own until, after one of their repeat purchases, they silently stop.
 * Learnt by `fitBgCnbdK`.
 *
 * A regular customer who is late has probably left; one who buys at random need not have. With k = 1 it is `BgNbd`.
 *
 * @example
 * ```ts
 * const given = { unit: 'week', r: 0.5, a: 0.8, b: 2.5 } as const;
 * const regular = BgCnbdK.fromParameters({ ...given, k: 4, alpha: 1.5 });
 * const random = BgCnbdK.fromParameters({ ...given, k: 1, alpha: 6 });
 * // Ten purchases in twenty weeks, then six weeks of silence.
 * const customers = { unit: 'week', frequency: [10], recency: [20], tenure: [26] } as const;
 * regular.aliveProbability(customers)[0]! < 0.2; // => true
 * random.aliveProbability(customers)[0]! > 0.6; // => true
 * ```
 */
export class BgCnbdK extends CnbdModel {
  /** @internal */
  constructor(state: BuyingState, stages: CnbdStages) {
    super(0, state, stages);
    Object.freeze(this);
  }

  /**
   * A model of given parameters, without a fit.
   *
   * @param given - `unit`, `k`, `r`, `alpha`, `a` and `b`
   * @returns the model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromParameters(given: GivenParameters<CnbdParameter> & { readonly k: number }): BgCnbdK {
    return new BgCnbdK(...givenStages('BgCnbdK', given));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): BgCnbdK {
    return restored('BgCnbdK', () => new BgCnbdK(...savedStages('BgCnbdK', json)));
  }

  /** `'BgCnbdK'`. */
  readonly format: string = 'BgCnbdK';

  /** @internal */
  withState(state: BuyingState): BgCnbdK {
    return new BgCnbdK(state, this);
  }
}
