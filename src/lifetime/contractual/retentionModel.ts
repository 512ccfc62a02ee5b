import { savedCopy } from '../../data/savedModel.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { discountIn, type TimeUnit } from '../timeUnit.js';
import { logRetained, type RetentionTheta } from './logRetained.js';
import type { RetentionFit, RetentionState } from './retentionState.js';

/** How future payments are worth less. */
export interface RetentionDiscount {
  /** What a year takes off: 0.1 for ten per cent. @defaultValue 0 */
  readonly annualDiscountRate?: number;
}

/**
 * A model of how long customers of a contract renew it, with all that can be asked of it; see `ShiftedBetaGeometric` and `BetaDiscreteWeibull`.
 *
 * Each customer leaves at a renewal with a probability of their own, so that those who are still there are better and better: the retention rate of a
 * cohort rises with its age although nobody changes. Times count periods of the contract, in `unit`. A customer of `n` renewals has paid n + 1 times.
 *
 * @example
 * ```ts
 * import { ShiftedBetaGeometric } from 'clientela/lifetime';
 * // Any probability of leaving is as likely: 1 / (t + 1) of the customers are left after t periods.
 * const model: RetentionModel = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 1, beta: 1 });
 * model.survivalCurve(3); // => [1, 1 / 2, 1 / 3, 1 / 4]
 * model.retention(3); // => 0.75
 * model.survivalAfter(3, 4); // => 0.5
 * ```
 */
export abstract class RetentionModel {
  /** Of the periods of the contract. */
  readonly unit: TimeUnit;
  /** By name, all above 0. */
  readonly parameters: Readonly<Record<string, number>>;
  /** How it was learnt; null for a model made of given parameters. */
  readonly fit: RetentionFit | null;

  /** @internal */
  protected constructor(state: RetentionState) {
    this.unit = state.unit;
    this.parameters = state.parameters;
    this.fit = state.fit;
  }

  /** The name of the model, as in its JSON. */
  abstract readonly format: string;

  /** Alpha, beta and shape. @internal */
  abstract get theta(): RetentionTheta;

  /** The sum over t from 1 of S(renewals + t) / S(renewals), each worth exp(-delta (t - 1)). @internal */
  abstract sumRetained(renewals: number, delta: number): number;

  /**
   * The share of customers who are still there after a number of periods.
   *
   * @param periods - renewals they must have made, a whole number from 0
   * @returns in [0, 1]
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  survival(periods: number): number {
    return this.#retained(0, this.#whole('survival', 'periods', periods));
  }

  /**
   * The share of customers who are still there after none, one, … periods: what a chart shows.
   *
   * @param periods - the last of them, a whole number from 0
   * @returns `periods` + 1 numbers in [0, 1], from 1 on and never rising
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  survivalCurve(periods: number): Float64Array {
    return Float64Array.from({ length: this.#whole('survivalCurve', 'periods', periods) + 1 }, (_, t) => this.#retained(0, t));
  }

  /**
   * The share of those still there who renew for the first time, the second, ….
   *
   * @param period - which renewal, a whole number from 1
   * @returns in [0, 1]
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  retention(period: number): number {
    requireWhole(`${this.format}.retention`, 'period', period, 1);
    return this.#retained(period - 1, period);
  }

  /**
   * The probability that a customer of some renewals makes so many more: S(n + t) / S(n), not S(n + t).
   *
   * @param renewals - made so far, a whole number from 0
   * @param ahead - further renewals, a whole number from 0
   * @returns in [0, 1]
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  survivalAfter(renewals: number, ahead: number): number {
    const from = this.#whole('survivalAfter', 'renewals', renewals);
    return this.#retained(from, from + this.#whole('survivalAfter', 'ahead', ahead));
  }

  /**
   * The number of payments to expect of a new customer, each at its worth today (DEL, the discounted expected lifetime): the first, which is made at
   * once, counts 1. Times the margin of a period, the value of a new customer.
   *
   * @param options - see {@link RetentionDiscount}
   * @returns from 1; Infinity where nothing is discounted and the sum has no end (see {@link RetentionModel.residualLifetime})
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  expectedLifetime(options: RetentionDiscount = {}): number {
    const delta = this.#delta('expectedLifetime', options);
    return 1 + Math.exp(-delta) * this.sumRetained(0, delta);
  }

  /**
   * The number of payments still to expect of a customer of some renewals, each at its worth on the day the next is due (DERL, the discounted expected
   * residual lifetime; Fader and Hardie, 2010): the next, if it is made, counts 1. Times the margin of a period, the residual value.
   *
   * At a discount rate of 0 the sum has no end where alpha × shape (alpha, in the shifted beta-geometric) is not above 1: too many customers stay for
   * ever. Discount, or ask for {@link RetentionModel.lifetimeQuantile}.
   *
   * @param renewals - made so far, a whole number from 0
   * @param options - see {@link RetentionDiscount}
   * @returns from 0; Infinity where the sum has no end
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  residualLifetime(renewals: number, options: RetentionDiscount = {}): number {
    return this.sumRetained(this.#whole('residualLifetime', 'renewals', renewals), this.#delta('residualLifetime', options));
  }

  /**
   * By how many per cent the residual lifetime of a customer of some renewals rises when the probability of renewing rises by one per cent (of itself)
   * for everybody and for ever: what a retention programme is measured against (Fader and Hardie, 2010). It is the mean number of renewals that a
   * payment still to come has to wait for, by its worth today.
   *
   * @param renewals - made so far, a whole number from 0
   * @param options - `annualDiscountRate`, above 0
   * @returns from 1; 9 to 10 digits where a period is a day or longer
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  retentionElasticity(renewals: number, options: Required<RetentionDiscount>): number {
    const from = this.#whole('retentionElasticity', 'renewals', renewals);
    const delta = this.#delta('retentionElasticity', options);
    if (delta === 0) throw new ClientelaError('INVALID_OPTION', `${this.format}.retentionElasticity needs an annualDiscountRate above 0, found ${options.annualDiscountRate}: undiscounted, the sum may have no end`, { option: 'annualDiscountRate', value: options.annualDiscountRate });
    // The sum of j S_j exp(-delta (j - 1)) is that without j less its derivative to delta: by central differences of fourth order.
    const step = 2e-3 * delta;
    const rise = (steps: number): number => Math.log(this.sumRetained(from, delta + steps * step) / this.sumRetained(from, delta - steps * step));
    return 1 - (8 * rise(1) - rise(2)) / (12 * step);
  }

  /**
   * After how many further periods a given share of customers has left; always finite where the mean is not.
   *
   * @param share - in (0, 1): 0.5 for the median
   * @param renewals - made so far, a whole number from 0
   * @defaultValue renewals 0
   * @returns the least number of periods, from 1; Infinity beyond 2^52
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  lifetimeQuantile(share: number, renewals: number = 0): number {
    if (!(share > 0 && share < 1)) throw new ClientelaError('INVALID_OPTION', `${this.format}.lifetimeQuantile needs a share between 0 and 1, found ${String(share)}; 0.5 is the median`, { option: 'share', value: share });
    const from = this.#whole('lifetimeQuantile', 'renewals', renewals);
    // A share that is reached exactly may come out a rounding below.
    const hasLeft = (periods: number): boolean => -Math.expm1(logRetained(this.theta, from, from + periods)) >= share * (1 - 1e-13);
    let [low, high] = [0, 1];
    while (!hasLeft(high)) {
      if (high >= 2 ** 52) return Infinity;
      [low, high] = [high, 2 * high];
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (hasLeft(middle)) high = middle;
      else low = middle;
    }
    return high;
  }

  /**
   * The model as plain data for `JSON.stringify`.
   *
   * @returns format, version, unit, parameters and how they were learnt
   */
  toJSON(): object {
    const { format, unit, parameters, fit } = this;
    return savedCopy({ format, formatVersion: 1, unit, parameters, fit });
  }

  #retained(from: number, to: number): number {
    return from === to ? 1 : Math.exp(logRetained(this.theta, from, to));
  }

  #whole(method: string, name: string, value: number): number {
    return requireWhole(`${this.format}.${method}`, name, value, 0);
  }

  #delta(method: string, options: RetentionDiscount): number {
    const caller = `${this.format}.${method}`;
    requireKnownOptions(caller, options, ['annualDiscountRate']);
    return discountIn(this.unit, caller, options.annualDiscountRate ?? 0);
  }
}
