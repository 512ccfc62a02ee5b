import { savedCopy } from '../../data/savedModel.js';
import type { Duration } from '../../data/duration.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { readCovariate, readHistories, type Histories, type PurchaseHistories } from '../purchaseHistories.js';
import { discountIn, durationIn, type TimeUnit } from '../timeUnit.js';
import type { BuyingLaw } from './buyingLaw.js';
import type { BuyingFit, BuyingState } from './buyingState.js';

/** What future purchases are worth today. */
export interface DiscountOptions {
  /** What a year takes off: 0.1 for ten per cent. */
  readonly annualDiscountRate: number;
  /** How far ahead to count. @defaultValue for ever */
  readonly horizon?: Duration | undefined;
}

/** How many purchases {@link BuyingModel.purchaseProbability} asks for. */
export interface AtLeastOption {
  /** A whole number from 1. @defaultValue 1 */
  readonly atLeast?: number;
}

/**
 * A model of how customers buy and when they stop, with all that can be asked of it; see `BgNbd`, `ParetoNbd` and the others.
 *
 * Everything takes histories as `customerSummary` gives them, in the unit of the model, and answers with one number a customer in their
 * order. O(customers). A customer who is new has frequency, recency and tenure 0: {@link newCustomer}.
 *
 * @example
 * ```ts
 * import { Nbd } from 'clientela/lifetime';
 * // Customers buy at a tenth a week on average; this one has bought 3 times in 20 weeks.
 * const model: BuyingModel = Nbd.fromParameters({ unit: 'week', r: 1, alpha: 10 });
 * const customers = { unit: 'week', frequency: [3], recency: [15], tenure: [20] } as const;
 * model.expectedPurchases(customers, { weeks: 15 }); // => [2]
 * model.purchaseProbability(customers, { weeks: 30 }); // => [0.9375]
 * ```
 */
export abstract class BuyingModel {
  /** Of recency and tenure. */
  readonly unit: TimeUnit;
  /** By name, all above 0. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Coefficients by covariate: of the logarithm of the rate of purchases. */
  readonly purchaseCovariates: Readonly<Record<string, number>>;
  /** Coefficients by covariate: of the logarithm of the rate of dropout, or of the log-odds of its mean probability (of `a` of a beta law). */
  readonly dropoutCovariates: Readonly<Record<string, number>>;
  /** How it was learnt; null for a model made of given parameters. */
  readonly fit: BuyingFit | null;
  /** The formulas. @internal */
  readonly law: BuyingLaw;

  /** @internal */
  protected constructor(law: BuyingLaw, state: BuyingState) {
    this.law = law;
    this.unit = state.unit;
    this.parameters = Object.freeze({ ...state.parameters });
    this.purchaseCovariates = Object.freeze({ ...state.purchaseCovariates });
    this.dropoutCovariates = Object.freeze({ ...state.dropoutCovariates });
    this.fit = state.fit;
  }

  /** The name of the model, as in its JSON. */
  abstract readonly format: string;

  /** The same model with other parameters or coefficients. @internal */
  abstract withState(state: BuyingState): BuyingModel;

  /**
   * The probability that each customer is still active: has not silently stopped at the end of the tenure.
   *
   * @param customers - histories in the unit of the model
   * @returns one a customer, in [0, 1]
   * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH` or `UNKNOWN_COLUMN` (a covariate)
   */
  aliveProbability(customers: PurchaseHistories): Float64Array {
    return this.each('aliveProbability', customers, (theta, x, last, tenure) => this.law.alive(theta, x, last, tenure));
  }

  /**
   * The probability that each customer is still active a while after the end of the tenure.
   *
   * @param customers - histories in the unit of the model
   * @param ahead - how long after
   * @returns one a customer, in [0, 1], not above {@link BuyingModel.aliveProbability}
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link BuyingModel.aliveProbability}
   */
  aliveProbabilityAt(customers: PurchaseHistories, ahead: Duration): Float64Array {
    const time = this.timeOf('aliveProbabilityAt', 'ahead', ahead);
    return this.each('aliveProbabilityAt', customers, (theta, x, last, tenure) => this.law.alive(theta, x, last, tenure) * this.law.survives(theta, x, last, tenure, time));
  }

  /**
   * The purchases to expect of each customer within a horizon.
   *
   * @param customers - histories in the unit of the model
   * @param horizon - counted from the end of the tenure
   * @returns one a customer, from 0
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link BuyingModel.aliveProbability}
   */
  expectedPurchases(customers: PurchaseHistories, horizon: Duration): Float64Array {
    const time = this.timeOf('expectedPurchases', 'horizon', horizon);
    return this.each('expectedPurchases', customers, (theta, x, last, tenure) => this.law.alive(theta, x, last, tenure) * this.law.expected(theta, x, last, tenure, time));
  }

  /**
   * The probability that each customer buys at least so often within a horizon; one less it for once is the probability of no purchase.
   *
   * @param customers - histories in the unit of the model
   * @param horizon - counted from the end of the tenure
   * @param options - `atLeast`
   * @returns one a customer, in [0, 1]
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link BuyingModel.aliveProbability}
   */
  purchaseProbability(customers: PurchaseHistories, horizon: Duration, options: AtLeastOption = {}): Float64Array {
    requireKnownOptions(`${this.format}.purchaseProbability`, options, ['atLeast']);
    const { atLeast = 1 } = options;
    if (!Number.isInteger(atLeast) || atLeast < 1) throw new ClientelaError('INVALID_OPTION', `${this.format}.purchaseProbability needs atLeast as a whole number from 1, found ${String(atLeast)}`, { option: 'atLeast', value: atLeast });
    const time = this.timeOf('purchaseProbability', 'horizon', horizon);
    return this.each('purchaseProbability', customers, (theta, x, last, tenure) => this.law.alive(theta, x, last, tenure) * this.law.atLeast(theta, x, last, tenure, time, atLeast));
  }

  /**
   * The time within which the next purchase of each customer comes with a given probability, in the unit of the model, from the end of the tenure.
   *
   * @param customers - histories in the unit of the model
   * @param share - in (0, 1): .5 for the time that half of such customers take, counting those who never return
   * @returns one a customer; Infinity where they return with a smaller probability than that
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link BuyingModel.aliveProbability}
   */
  nextPurchase(customers: PurchaseHistories, share: number): Float64Array {
    if (!(typeof share === 'number' && share > 0 && share < 1)) throw new ClientelaError('INVALID_OPTION', `${this.format}.nextPurchase needs a share between 0 and 1, found ${String(share)}; 0.5 is the median`, { option: 'share', value: share });
    return this.each('nextPurchase', customers, (theta, x, last, tenure) => {
      const alive = this.law.alive(theta, x, last, tenure);
      return share < alive ? this.law.waits(theta, x, last, tenure, share / alive) : Infinity;
    });
  }

  /**
   * The purchases to expect of each customer, each at what it is worth today: times the margin of a purchase, the residual value.
   *
   * @param customers - histories in the unit of the model
   * @param options - `annualDiscountRate`, and a `horizon` for a value up to then
   * @returns one a customer, from 0; Infinity where nothing is discounted and the purchases to come have no end
   * @throws a {@link ClientelaError} `INVALID_OPTION`, or as {@link BuyingModel.aliveProbability}
   */
  discountedPurchases(customers: PurchaseHistories, options: DiscountOptions): Float64Array {
    requireKnownOptions(`${this.format}.discountedPurchases`, options, ['annualDiscountRate', 'horizon']);
    const delta = discountIn(this.unit, `${this.format}.discountedPurchases`, options.annualDiscountRate);
    const time = options.horizon === undefined ? Infinity : this.timeOf('discountedPurchases', 'horizon', options.horizon);
    return this.each('discountedPurchases', customers, (theta, x, last, tenure) => {
      const alive = this.law.alive(theta, x, last, tenure);
      return alive > 0 ? alive * this.law.discounted(theta, x, last, tenure, time, delta) : 0;
    });
  }

  /**
   * The model as plain data for `JSON.stringify`.
   *
   * @returns format, version, unit, parameters, coefficients and how they were learnt
   */
  toJSON(): object {
    const { format, unit, parameters, purchaseCovariates, dropoutCovariates, fit } = this;
    return savedCopy({ format, formatVersion: 1, unit, parameters, purchaseCovariates, dropoutCovariates, fit });
  }

  /** A duration in the unit of the model. @internal */
  timeOf(method: string, option: string, duration: Duration): number {
    return durationIn(this.unit, `${this.format}.${method}`, option, duration);
  }

  /** One number a customer, from its own parameters and its history. @internal */
  each(method: string, customers: PurchaseHistories, value: (theta: Float64Array, x: number, last: number, tenure: number) => number): Float64Array {
    const { count, frequency, recency, tenure } = this.read(method, customers);
    const thetaOf = this.parametersOf(method, customers, count);
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = value(thetaOf(i), frequency[i]!, recency[i]!, tenure[i]!);
    return values;
  }

  /** Histories that have been checked, in the unit of the model. @internal */
  read(method: string, customers: PurchaseHistories): Histories {
    const caller = `${this.format}.${method}`;
    const histories = readHistories(caller, customers);
    if (histories.unit === this.unit) return histories;
    throw new ClientelaError('INVALID_INPUT', `${caller} needs histories in the unit of the model, ${this.unit}, found ${histories.unit}; make the summary with unit: '${this.unit}'`, {
      function: caller,
      expected: this.unit,
      found: histories.unit,
    });
  }

  /** The parameters of each customer: those of all, moved by the customer's covariates. @internal */
  parametersOf(method: string, customers: PurchaseHistories, count: number): (row: number) => Float64Array {
    const { law, parameters } = this;
    const all = Float64Array.from(law.names, (name) => parameters[name]!);
    const purchase = this.#factors(method, customers, count, this.purchaseCovariates);
    const dropout = this.#factors(method, customers, count, this.dropoutCovariates);
    if (purchase === null && dropout === null) return () => all;
    const own = all.slice();
    return (row) => {
      if (purchase !== null) own[1] = all[1]! / purchase[row]!;
      if (dropout !== null) for (const [position, power] of law.dropoutPowers) own[position] = all[position]! * dropout[row]! ** power;
      return own;
    };
  }

  #factors(method: string, customers: PurchaseHistories, count: number, coefficients: Readonly<Record<string, number>>): Float64Array | null {
    const names = Object.keys(coefficients);
    if (names.length === 0) return null;
    const factors = new Float64Array(count);
    for (const name of names) {
      const values = readCovariate(`${this.format}.${method}`, customers, name, count);
      for (let i = 0; i < count; i++) factors[i]! += coefficients[name]! * values[i]!;
    }
    return factors.map((log) => Math.exp(log));
  }
}
