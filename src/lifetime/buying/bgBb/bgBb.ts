import { restored } from '../../../data/savedModel.js';
import type { Duration } from '../../../data/duration.js';
import { ClientelaError } from '../../../errors.js';
import type { Histories, PurchaseHistories } from '../../purchaseHistories.js';
import { BuyingModel } from '../buyingModel.js';
import type { BuyingState } from '../buyingState.js';
import { givenState, savedState, type GivenParameters } from '../givenState.js';
import { bgBbLaw } from './bgBbLaw.js';
import { requireOpportunities } from './opportunities.js';

/**
 * Names of the parameters of {@link BgBb}: at each opportunity a customer buys with a probability that is beta(`alpha`, `beta`) over customers, having
 * stopped for good before it with one that is beta(`gamma`, `delta`).
 */
export type BgBbParameter = 'alpha' | 'beta' | 'gamma' | 'delta';

/**
 * A beta-geometric/beta-binomial model of purchases, at most one a period, and of stopping. Learnt by `fitBgBb`.
 *
 * Frequency, recency, tenure and horizons are whole numbers of the unit. `aliveProbability` is that of being alive at the next opportunity, as Fader,
 * Hardie and Shang (2010) define it; a purchase of the k-th period ahead is discounted by k periods. A next purchase that takes more than 100,000
 * periods counts as never.
 *
 * @example
 * ```ts
 * // The donors of Fader, Hardie and Shang (2010): of six years, one who gave in four, the last time a year ago.
 * const model = BgBb.fromParameters({ unit: 'year', alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 });
 * const donor = { unit: 'year', frequency: [4], recency: [5], tenure: [6] } as const;
 * Math.round(model.aliveProbability(donor)[0] * 100); // => 70
 * Math.round(model.expectedPurchases(donor, { years: 5 })[0] * 100); // => 203
 * ```
 */
export class BgBb extends BuyingModel {
  /** Of the beta laws of buying and of stopping. */
  declare readonly parameters: Readonly<Record<BgBbParameter, number>>;

  /** @internal */
  constructor(state: BuyingState) {
    super(bgBbLaw, state);
    Object.freeze(this);
  }

  /**
   * A model of given parameters, without a fit.
   *
   * @param given - `unit`, `alpha`, `beta`, `gamma` and `delta`
   * @returns the model
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromParameters(given: GivenParameters<BgBbParameter>): BgBb {
    return new BgBb(givenState('BgBb.fromParameters', bgBbLaw, given));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): BgBb {
    return restored('BgBb', () => new BgBb(savedState('BgBb', bgBbLaw, json)));
  }

  /** `'BgBb'`. */
  readonly format: string = 'BgBb';

  /** @internal */
  withState(state: BuyingState): BgBb {
    return new BgBb(state);
  }

  /** @internal */
  override timeOf(method: string, option: string, duration: Duration): number {
    const exact = super.timeOf(method, option, duration);
    const periods = Math.round(exact);
    // Hours of a year do not divide without rest in doubles.
    if (Math.abs(exact - periods) <= 1e-9 * Math.max(1, exact)) return periods;
    throw new ClientelaError('INVALID_OPTION', `BgBb.${method} needs ${option} as whole ${this.unit}s, one opportunity to buy each, found ${exact} of them; say { ${this.unit}s: ${Math.max(1, periods)} }`, { option, value: exact });
  }

  /** @internal */
  override read(method: string, customers: PurchaseHistories): Histories {
    const histories = super.read(method, customers);
    requireOpportunities(`BgBb.${method}`, histories);
    return histories;
  }
}
