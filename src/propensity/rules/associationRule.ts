import type { Estimate } from '../../numeric/estimate.js';

/**
 * Baskets with the antecedent often have the consequent. With A and C the shares of baskets with antecedent and consequent, and AC of those with both; a measure of ratios is
 * infinite where it divides by nothing (and `null` in JSON).
 */
export interface AssociationRule {
  /** What a basket has, in the order of the products of the holdings. */
  readonly antecedent: readonly string[];
  /** What it then often has too. */
  readonly consequent: readonly string[];
  /** Baskets with all products of both sides. */
  readonly count: number;
  /** Baskets with the antecedent. */
  readonly antecedentCount: number;
  /** Baskets with the consequent. */
  readonly consequentCount: number;
  /** A, also called coverage. */
  readonly antecedentSupport: number;
  /** C: what the confidence is to be held against. */
  readonly consequentSupport: number;
  /** AC: `count` as a share of all baskets. */
  readonly support: number;
  /** AC / A, the share of baskets with the antecedent that have the consequent, with the interval of Wilson (1927). */
  readonly confidence: Estimate;
  /** AC / (A C): how many times as often as if the sides had nothing to do with each other. */
  readonly lift: number;
  /** AC - A C: share of all baskets beyond what chance would give. */
  readonly leverage: number;
  /** (1 - C) / (1 - confidence): infinite for a rule without exception (Brin and others, 1997). */
  readonly conviction: number;
  /** Leverage as a share of the most it could be, -1 to 1 (Zhang, 2000). */
  readonly zhang: number;
  /** Correlation of having the one and having the other, -1 to 1. */
  readonly phi: number;
  /** Chi-square statistic of the 2 × 2 table, 1 degree of freedom, no correction. */
  readonly chiSquare: number;
  /** AC / sqrt(A C). */
  readonly cosine: number;
  /** Baskets with both as a share of those with either. */
  readonly jaccard: number;
  /** Mean of the confidences of the rule and of its reverse. */
  readonly kulczynski: number;
  /** |A - C| as a share of baskets with either: 0 for sides as frequent as each other. */
  readonly imbalance: number;
  /** Odds of the consequent with the antecedent, over those without. */
  readonly oddsRatio: number;
  /** Confidence beyond C as a share of 1 - C; below C as a share of C: -1 to 1 (Shortliffe and Buchanan, 1975). */
  readonly certainty: number;
  /** Confidence - C. */
  readonly addedValue: number;
  /** Confidence less the highest with a part of the antecedent, or none; at most 0 is redundant (Bayardo, Agrawal and Gunopulos, 1999). */
  readonly improvement: number;
  /** How much knowing the antecedent lowers the Gini impurity of the consequent. */
  readonly gini: number;
  /** `count` over the 99th percentile of what chance would give, at least 1 (Hahsler and Hornik, 2007): above 1 is more than luck, also where counts are small. */
  readonly hyperLift: number;
  /** Probability of so many baskets with both by chance (Fisher's exact test, one-sided). */
  readonly p: number;
  /** False-discovery rate: calling all rules up to this one significant, this share of them is expected to be chance (Benjamini and Hochberg, 1995). */
  readonly q: number;
  /** Whether `q` is at most `falseDiscovery`. */
  readonly significant: boolean;
}
