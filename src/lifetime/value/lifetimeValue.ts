import { restored, savedCopy } from '../../data/savedModel.js';
import type { EventLog } from '../../data/eventLog.js';
import { requireKnownOptions } from '../../data/options.js';
import type { Duration } from '../../data/duration.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import type { GammaGamma } from '../spending/gammaGamma.js';
import { givenValueState, type GivenValueSettings } from './givenValueState.js';
import type { LifetimeValueReport } from './lifetimeValueReport.js';
import type { LifetimeValueState } from './lifetimeValueState.js';
import type { LifetimeValues, PredictValueOptions, ValueOptions } from './lifetimeValueTypes.js';
import { readLifetimeValueState } from './readLifetimeValueState.js';
import { standardErrorsOf } from './sharedLoadings.js';
import { termsOf } from './termsOf.js';
import type { LogReading, ValueHistories } from './valueHistories.js';
import { valueLoadings } from './valueLoadings.js';
import { valueSpread } from './valueSpread.js';

/** The options that say what is valued. */
export const VALUE_OPTIONS = ['horizon', 'annualDiscountRate', 'margin', 'marginPerPurchase', 'spend', 'confidence', 'asOf'] as const;

/**
 * What customers are going to be worth: a law of buying, a law of amounts, and the horizon, discount and margin that values are asked for with. Learnt by
 * `fitLifetimeValue`; see there.
 *
 * @example
 * ```ts
 * import { Nbd } from 'clientela/lifetime';
 * const model = LifetimeValue.fromLaws({ buying: Nbd.fromParameters({ unit: 'week', r: 1, alpha: 10 }) }, { horizon: { weeks: 10 }, annualDiscountRate: 0, margin: 0.2, meanSpend: 50 });
 * const customers = { unit: 'week', frequency: [3], recency: [9], tenure: [10] } as const;
 * const { expectedPurchases, value } = model.predict(customers);
 * // (1 + 3) / (10 + 10) a week, each 50 with a margin of 20 %.
 * [expectedPurchases[0], value[0]]; // => [2, 20]
 * ```
 */
export class LifetimeValue {
  /** The law of buying and stopping: ask it for purchases, probabilities and times. */
  readonly buying: BuyingModel;
  /** The law of amounts; null where none could be learnt. */
  readonly spending: GammaGamma | null;
  /** The amount of every purchase where there is no law of amounts; 1 where amounts are not known. */
  readonly meanSpend: number;
  /** What values are counted in: amounts, or purchases where amounts are not known. */
  readonly measure: 'amounts' | 'purchases';
  /** How far ahead, unless asked otherwise. */
  readonly horizon: Duration | 'ever';
  /** What a year takes off, unless asked otherwise. */
  readonly annualDiscountRate: number;
  /** The share of an amount that is earned, unless asked otherwise. */
  readonly margin: number;
  /** What a purchase earns whatever its amount; null where amounts and margin count. */
  readonly marginPerPurchase: number | null;
  /** The share of amounts brought back that is taken off values, in [0, 1]. */
  readonly returnedShare: number;
  /** Of intervals, unless asked otherwise. */
  readonly confidence: number;
  /** How histories are made of a log. */
  readonly reading: LogReading;
  /** Which laws were tried, why this one, and what to mind. */
  readonly report: LifetimeValueReport;

  /** @internal */
  constructor(state: LifetimeValueState) {
    this.buying = state.buying;
    this.spending = state.spending;
    this.meanSpend = state.meanSpend;
    this.measure = state.measure;
    this.horizon = state.horizon;
    this.annualDiscountRate = state.annualDiscountRate;
    this.margin = state.margin;
    this.marginPerPurchase = state.marginPerPurchase;
    this.returnedShare = state.returnedShare;
    this.confidence = state.confidence;
    this.reading = state.reading;
    this.report = state.report;
    Object.freeze(this);
  }

  /**
   * A model of laws that you have: fitted apart, with covariates, or of given parameters.
   *
   * @param laws - the law of buying, and the law of amounts where there is one
   * @param settings - horizon, discount and margin, as for `fitLifetimeValue`; `meanSpend` is the amount of every purchase where there is no law of amounts
   * @returns the model, whose report has the laws' own warnings; nothing is taken off for returns
   * @throws a {@link ClientelaError} `INVALID_OPTION`
   */
  static fromLaws(laws: { readonly buying: BuyingModel; readonly spending?: GammaGamma | null }, settings: GivenValueSettings = {}): LifetimeValue {
    return new LifetimeValue(givenValueState('LifetimeValue.fromLaws', laws, settings));
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model: its answers are equal to the last bit
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): LifetimeValue {
    return restored('LifetimeValue', () => new LifetimeValue(readLifetimeValueState(json)));
  }

  /**
   * What each customer is worth: expected purchases, amounts and value, and between which ends the value really brought is going to lie.
   *
   * The interval covers what chance makes of one customer: how many purchases, which amounts, and the customer's own mean amount, which is known
   * from few purchases or none. It does not cover the error of the parameters (that is `standardError`), nor margins and returns that differ from
   * what was given. A customer who probably does not return has a lower end of 0. All purchases of a customer are discounted by their mean factor: exact on
   * average; over many years at high rates the ends are somewhat too far apart.
   *
   * O(customers); with intervals × the different numbers of purchases, with standard errors × twice the parameters.
   *
   * @param customers - histories in the unit of the model, with `monetary` where there is a law of amounts; or a log, which is summarised as the one learnt from
   * @param options - horizon, discount, margin, what is wanted; see {@link PredictValueOptions}
   * @returns a number each for every customer, in their order
   * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN` (a covariate)
   */
  predict(customers: EventLog | ValueHistories, options: PredictValueOptions = {}): LifetimeValues {
    const caller = 'LifetimeValue.predict';
    requireKnownOptions(caller, options, [...VALUE_OPTIONS, 'intervals', 'standardErrors']);
    const { intervals = true, standardErrors = false } = options;
    const terms = this.terms(caller, customers, options);
    const { alive, expected, discounted, spend, value, confidence } = terms;
    const spread = intervals && terms.time < Infinity ? valueSpread(caller, terms, { ends: true, variance: false }) : null;
    const shared = standardErrors ? valueLoadings(caller, this, terms) : null;
    return {
      customers: terms.histories.customers,
      aliveProbability: alive,
      expectedPurchases: expected,
      discountedPurchases: discounted,
      expectedSpend: spend,
      value,
      lower: spread?.lower ?? null,
      upper: spread?.upper ?? null,
      standardError: shared === null ? null : standardErrorsOf(shared),
      confidence,
    };
  }

  /**
   * The model as plain data for `JSON.stringify`.
   *
   * @returns format, version, both laws, settings and report
   */
  toJSON(): object {
    const { buying, spending, meanSpend, measure, horizon, annualDiscountRate, margin, marginPerPurchase, returnedShare, confidence, reading, report } = this;
    return savedCopy({ format: 'LifetimeValue', formatVersion: 1, buying: buying.toJSON(), spending: spending?.toJSON() ?? null, meanSpend, measure, horizon, annualDiscountRate, margin, marginPerPurchase, returnedShare, confidence, reading, report });
  }

  /** All parts of the values of customers; functions over the model ask for them here, and so bring none of the formulas along. @internal */
  terms(caller: string, customers: EventLog | ValueHistories, options: ValueOptions): ReturnType<typeof termsOf> {
    return termsOf(caller, this, customers, options);
  }
}
