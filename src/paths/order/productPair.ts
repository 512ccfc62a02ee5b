import type { Estimate } from '../../numeric/estimate.js';
import type { ProductElapsed } from './pairTimes.js';

/** A ratio of rates with its interval, safe to store as JSON: where no number is large enough, null says so. */
export interface ProductRateRatio {
  /** The ratio; null where it never comes without, so that no finite number is large enough. */
  readonly estimate: number | null;
  /** Lower end of the interval, always finite. */
  readonly lower: number;
  /** Upper end of the interval; null where it has no end. */
  readonly upper: number | null;
}

/** How one product goes with another that came before it, or might have; all counts are customers (sums of their weights). */
export interface ProductPair {
  /** The product that comes first in this reading; the pair the other way round is listed too. */
  readonly from: string;
  /** The product that comes later in this reading. */
  readonly to: string;
  /** Have both. */
  readonly both: number;
  /** Had `from` before `to`. */
  readonly before: number;
  /** Had both first at the same moment: these say nothing about the order and are left out of it. */
  readonly sameMoment: number;
  /** P(`from` before `to` | both, at different moments), with Wilson's interval; null where all came at the same moment. */
  readonly beforeShare: Estimate | null;
  /** The exact two-sided sign test against one half. */
  readonly orderP: number;
  /** The same with control of false discoveries over all pairs (Benjamini and Hochberg, 1995). */
  readonly orderQ: number;
  /** Days from `from` to `to` of those who went on: the shortest by which a tenth, a quarter, … of them had; null for nobody. */
  readonly elapsedDays: ProductElapsed | null;
  /** Have `from` and not yet `to`. */
  readonly waiting: number;
  /** Days until half of all with `from` have `to`, those still waiting as censored (Kaplan and Meier, 1958); null where it is not reached. */
  readonly medianDays: number | null;
  /** P(`to` within the horizon of `from`), likewise; null where nobody was observed so long after `from`. */
  readonly withinHorizon: Estimate | null;
  /** What that would be at the rate of customers without `from` at comparable time at risk: 1 - (1 - within) ** (1 / rateRatio), 0 where it never comes without. Uplift is the difference. */
  readonly otherwise: number | null;
  /** How often `to` comes per day once `from` is held, over how often before or without; null where one side was not observed. Its `estimate` and `upper` are null where it never comes without. */
  readonly rateRatio: ProductRateRatio | null;
  /** Two-sided, of the rates being the same. */
  readonly rateP: number;
  /** The same with control of false discoveries over all pairs. */
  readonly rateQ: number;
  /** First times of `to` behind the ratio, and days at risk: with `from` held, and without. */
  readonly eventsAfter: number;
  /** First times of `to` while `from` was not held. */
  readonly eventsWithout: number;
  /** Days at risk while `from` was held. */
  readonly daysAfter: number;
  /** Days at risk while it was not. */
  readonly daysWithout: number;
  /** The requirements of `to` and of `from` within which rates are compared: customers count from when they have them all. Empty where there are none, and for a requirement of `to` itself. */
  readonly given: readonly string[];
  /** Of those with `to`, the share that had `from` earlier (same moment left out), with Wilson's interval; null for nobody. */
  readonly earlierShare: Estimate | null;
  /** What that share would be if `from` had nothing to do with `to`: how common `from` is among those who could have `to` at the times it came. */
  readonly earlierByChance: number | null;
  /** Whether `to` requires `from`: see {@link productOrder}. */
  readonly prerequisite: boolean;
}
