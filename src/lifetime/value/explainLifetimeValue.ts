import type { EventLog } from '../../data/eventLog.js';
import { requireKnownOptions } from '../../data/options.js';
import { VALUE_OPTIONS, type LifetimeValue } from './lifetimeValue.js';
import type { ValueOptions } from './lifetimeValueTypes.js';
import type { ValueHistories } from './valueHistories.js';

/** The average customer, as parts whose product is the mean value. */
export interface AverageValue {
  /** Mean probability of being active. */
  readonly alive: number;
  /** Discounted purchases of who is active. */
  readonly purchases: number;
  /** What a purchase earns: its amount times the margin, less returns. */
  readonly earned: number;
  /** Their product: the mean value of a customer. */
  readonly value: number;
}

/** Why customers are worth what they are: how many times the average each part of the value is. */
export interface LifetimeValueReasons {
  /** Identifiers; null where they are not known. */
  readonly customers: readonly (string | number)[] | null;
  /** What is compared with. */
  readonly average: AverageValue;
  /** Probability of being active, over the average. */
  readonly alive: Float64Array;
  /** Discounted purchases while active, over the average. */
  readonly purchases: Float64Array;
  /** What a purchase earns, over the average. */
  readonly earned: Float64Array;
  /** The value over the mean value: the product of the three. */
  readonly value: Float64Array;
  /** Which of the three is furthest from the average, as a ratio. */
  readonly main: readonly ('alive' | 'purchases' | 'earned')[];
}

const CALLER = 'explainLifetimeValue';

/**
 * Why a customer is worth more or less than the average: because of being active, of buying often, or of what a purchase earns.
 *
 * Exact: the three ratios multiply to that of the values. The average customer is active with the mean probability, buys as often as the active do on
 * average, and earns on each purchase the average over purchases, so that the product is the mean value. A part of nothing (an average of 0) counts
 * as 1. O(customers).
 *
 * @param model - what `fitLifetimeValue` learnt
 * @param customers - histories, or a log: the customers compared with each other
 * @param options - what is valued; see {@link ValueOptions}
 * @returns ratios for every customer, and the average
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION`, `LENGTH_MISMATCH`, `UNKNOWN_COLUMN`
 * @example
 * ```ts
 * import { fitLifetimeValue } from 'clientela/lifetime';
 * const customers = { unit: 'week', frequency: [0, 1, 2, 6], recency: [0, 6, 20, 38], tenure: [40, 40, 40, 40], monetary: [NaN, 20, 40, 30], weights: [25, 12, 9, 4] } as const;
 * const { alive, purchases, earned, value, main } = explainLifetimeValue(fitLifetimeValue(customers, { models: ['nbd'] }), customers);
 * // Nobody stops by this law: the best customer is worth more for buying often.
 * [alive[3], main[3]]; // => [1, 'purchases']
 * Math.abs(value[3]! / (alive[3]! * purchases[3]! * earned[3]!) - 1) < 1e-12; // => true
 * ```
 */
export function explainLifetimeValue(model: LifetimeValue, customers: EventLog | ValueHistories, options: ValueOptions = {}): LifetimeValueReasons {
  requireKnownOptions(CALLER, options, VALUE_OPTIONS);
  const { histories, alive, discounted, spend, share, value } = model.terms(CALLER, customers, options);
  const { count, weights } = histories;
  const mean = (values: Float64Array): number => {
    let [sum, total] = [0, 0];
    for (let i = 0; i < count; i++) {
      const weight = weights === null ? 1 : weights[i]!;
      if (weight > 0) sum += weight * values[i]!;
      total += weight;
    }
    return total > 0 ? sum / total : 0;
  };
  const means = { alive: mean(alive), discounted: mean(discounted), value: mean(value) };
  const average = { alive: means.alive, purchases: over(means.discounted, means.alive), earned: over(means.value, means.discounted), value: means.value };
  const parts = {
    alive: alive.map((here) => over(here, average.alive)),
    purchases: discounted.map((sum, i) => over(over(sum, alive[i]!), average.purchases)),
    earned: spend.map((amount, i) => over(amount * share[i]!, average.earned)),
  };
  const names = ['alive', 'purchases', 'earned'] as const;
  const furthest = (i: number): (typeof names)[number] => names.reduce((most, name) => (Math.abs(Math.log(parts[name][i]!)) > Math.abs(Math.log(parts[most][i]!)) ? name : most));
  return { customers: histories.customers, average, ...parts, value: value.map((worth) => over(worth, average.value)), main: Array.from({ length: count }, (_, i) => furthest(i)) };
}

/** A ratio; 1 of nothing to nothing. */
function over(part: number, whole: number): number {
  return whole > 0 ? part / whole : 1;
}
