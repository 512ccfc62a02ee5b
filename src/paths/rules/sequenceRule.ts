import { wilsonRate } from '../../evaluation/intervals.js';
import type { Estimate } from '../../numeric/estimate.js';

/** How often a rule holds, and how much more often than chance would have it. Counts are customers: the sum of their weights. */
export interface RuleMeasures {
  /** Customers with what comes before, and then what comes after. */
  readonly count: number;
  /** Customers with what comes before, whatever came later. */
  readonly beforeCount: number;
  /** Customers with what comes after, whether or not anything came earlier. */
  readonly afterCount: number;
  /** `count` as a share of all customers. */
  readonly support: number;
  /** `count` / `beforeCount`, with the interval of Wilson (1927). */
  readonly confidence: Estimate;
  /** Confidence over the share of all customers who have what comes after anywhere in their journey: above 1, they have it more often than others. */
  readonly lift: number;
  /** Support less what it would be if the one had nothing to do with the other: share of all customers beyond chance. */
  readonly leverage: number;
  /** (1 - share with what comes after) / (1 - confidence): infinite for a rule without exception (and `null` in JSON), 1 where everybody has what comes after. */
  readonly conviction: number;
}

/** Who had all of one set of items, often had all of another later: in any order within the sets, with every step of the one before every step of the other. */
export interface SequenceRule extends RuleMeasures {
  /** What came first, ascending by code unit. */
  readonly before: readonly string[];
  /** What came later, ascending by code unit. */
  readonly after: readonly string[];
}

/** All measures of a rule among `total` customers. */
export function measureRule(count: number, beforeCount: number, afterCount: number, total: number, z: number): RuleMeasures {
  const share = afterCount / total;
  const confidence = wilsonRate(count, beforeCount, z);
  return {
    count,
    beforeCount,
    afterCount,
    support: count / total,
    confidence,
    lift: confidence.estimate / share,
    leverage: count / total - (beforeCount / total) * share,
    // Where both are nothing the rule says no more than everybody does.
    conviction: confidence.estimate === 1 && share === 1 ? 1 : (1 - share) / (1 - confidence.estimate),
  };
}
