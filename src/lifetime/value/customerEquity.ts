import type { EventLog } from '../../data/eventLog.js';
import { requireKnownOptions } from '../../data/options.js';
import { VALUE_OPTIONS, type LifetimeValue } from './lifetimeValue.js';
import { sumTerms } from './lifetimeValueBy.js';
import type { ValueOptions } from './lifetimeValueTypes.js';
import { discountedArrivals, purchasesOfNewcomers, readNewcomers, type NewCohorts, type Newcomers } from './newcomers.js';
import { joinLoadings, sharedLoadings, totalLoadings } from './sharedLoadings.js';
import { lessCosts, valueFigure, valueRows, type ValueFigure, type ValueRow } from './valueSums.js';
import { meanAmount, type AmountLaw, type ValueTerms } from './valueTerms.js';
import type { ValueHistories } from './valueHistories.js';

/** Who is to come, and what is valued. */
export interface CustomerEquityOptions extends ValueOptions {
  /** New customers. @defaultValue none */
  readonly newCohorts?: NewCohorts;
}

/** The new customers of all periods. */
export interface NewCustomerValue {
  /** How many are expected within the horizon; Infinity where they come for ever. */
  readonly arrivals: number;
  /** What one who comes today is worth within the horizon, the cost of winning taken off. */
  readonly each: number;
  /** What all are worth, discounted to today; of their chance only the parameters are in the interval. */
  readonly value: ValueFigure;
}

/** What all customers are worth, those who are there and those to come. */
export interface CustomerEquity {
  /** Of the intervals. */
  readonly confidence: number;
  /** Those who are there. */
  readonly present: ValueRow;
  /** Those to come. */
  readonly coming: NewCustomerValue;
  /** Both together. */
  readonly total: ValueFigure;
}

const CALLER = 'customerEquity';

/**
 * What the customers of a company are worth: of those it has what they are going to bring, and of those to come within the horizon the same, from the day they come
 * (Gupta, Lehmann and Stuart, 2004; Rust, Lemon and Zeithaml, 2004).
 *
 * Newcomers buy as the laws say of customers of whom nothing is known yet, from their first purchase to the end of the horizon. Where margins or amounts were
 * given for each customer, those of newcomers are the mean. The error of the parameters is the same for both, so that the total is less certain than either;
 * how many really come is what you say.
 *
 * O(customers × parameters + periods).
 *
 * @param model - what `fitLifetimeValue` learnt
 * @param customers - those who are there: histories, or a log
 * @param options - who is to come, and what is valued; see {@link CustomerEquityOptions}
 * @returns values with intervals
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN` (a covariate)
 * @example
 * ```ts
 * import { fitLifetimeValue } from 'clientela/lifetime';
 * const customers = { unit: 'week', frequency: [0, 1, 2, 6], recency: [0, 6, 20, 38], tenure: [40, 40, 40, 40], monetary: [NaN, 20, 40, 30], weights: [25, 12, 9, 4] } as const;
 * const model = fitLifetimeValue(customers, { models: ['nbd'], horizon: { years: 2 } });
 * const equity = customerEquity(model, customers, { newCohorts: { perPeriod: 10, period: { months: 1 } } });
 * Math.round(equity.coming.arrivals); // => 240
 * equity.total.estimate === equity.present.value.estimate + equity.coming.value.estimate; // => true
 * ```
 */
export function customerEquity(model: LifetimeValue, customers: EventLog | ValueHistories, options: CustomerEquityOptions = {}): CustomerEquity {
  requireKnownOptions(CALLER, options, [...VALUE_OPTIONS, 'newCohorts']);
  const sums = sumTerms(CALLER, model, model.terms(CALLER, customers, options));
  const { terms, shared, z } = sums;
  const { delta, confidence, histories } = terms;
  const present = valueRows(sums, new Int32Array(histories.count), ['total'])[0]!;
  const newcomers = readNewcomers(CALLER, terms, options.newCohorts ?? { perPeriod: 0 });
  const purchases = purchasesOfNewcomers(CALLER, model.buying, newcomers, terms);
  const earned = meanEarned(terms, terms.amounts);
  const coming = earned > 0 ? earned * purchases : 0;
  const costs = newcomers.cost > 0 ? newcomers.cost * discountedArrivals(newcomers, delta) : 0;
  const one = { ...newcomers, arrivals: [{ time: 0, count: 1 }] };
  const ofPresent = shared === null ? null : totalLoadings(shared, histories.weights);
  const ofComing = shared === null ? null : newcomerLoadings(model, terms, newcomers, purchases, earned);
  const together = ofPresent === null || ofComing === null ? null : ofPresent.map((loading, k) => loading + ofComing[k]!);
  return {
    confidence,
    present,
    coming: { arrivals: newcomers.count, each: earned * purchasesOfNewcomers(CALLER, model.buying, one, terms) - newcomers.cost, value: lessCosts(valueFigure(coming, 0, squares(ofComing), z), costs) },
    total: lessCosts(valueFigure(present.value.estimate + coming, present.value.ownVariance, squares(together), z), costs),
  };
}

/** What a newcomer's purchase earns: by the law of amounts, or the mean of what those present earn. */
function meanEarned({ histories, spend, share }: ValueTerms, amounts: AmountLaw | null): number {
  const { count, weights } = histories;
  const mean = amounts === null ? 1 : meanAmount(amounts, 0, 0);
  let [sum, total] = [0, 0];
  for (let i = 0; i < count; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    sum += weight * share[i]! * (amounts === null ? spend[i]! : 1);
    total += weight;
  }
  return total > 0 ? (mean * sum) / total : 0;
}

/** What the parameters' uncertainty makes of the value of newcomers, unknown by unknown as for those present. */
function newcomerLoadings({ buying, spending }: LifetimeValue, terms: ValueTerms, newcomers: Newcomers, purchases: number, earned: number): Float64Array | null {
  const byPurchases = sharedLoadings(CALLER, buying, (moved) => Float64Array.of(earned * purchasesOfNewcomers(CALLER, moved, newcomers, terms)));
  if (terms.amounts === null || spending === null) return byPurchases?.loadings ?? null;
  const byAmounts = sharedLoadings(CALLER, spending, ({ parameters }) => Float64Array.of(meanEarned(terms, parameters) * purchases));
  return joinLoadings([byPurchases, byAmounts])?.loadings ?? null;
}

function squares(loadings: Float64Array | null): number {
  return loadings === null ? 0 : loadings.reduce((sum, loading) => sum + loading * loading, 0);
}
