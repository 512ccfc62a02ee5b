import type { Labels } from '../data/labelsAndScores.js';
import { ClientelaError } from '../errors.js';
import { decisionRows, type DecisionCosts } from './decisionCosts.js';

/** Options of {@link savingsScore}. */
export interface SavingsOptions extends DecisionCosts {
  /** Treat from this probability up, whatever the costs. @defaultValue each customer where treating costs less than leaving alone, by its probability */
  readonly threshold?: number;
}

/** What {@link savingsScore} returns; costs per customer. */
export interface Savings {
  /** The share of the cost without a model that it saves: 1 - cost / the smaller of costOfNone and costOfAll; below 0 it does harm. */
  readonly savings: number;
  /** What the decisions cost. */
  readonly cost: number;
  /** What treating nobody costs. */
  readonly costOfNone: number;
  /** What treating everybody costs. */
  readonly costOfAll: number;
  /** The share of the customers treated. */
  readonly treatedShare: number;
}

/**
 * How much of the cost of doing without a model its decisions save, when every customer has costs of its own.
 *
 * A customer is treated where probability x (falseNegative - truePositive) > (1 - probability) x (falsePositive - trueNegative), which is right for calibrated
 * probabilities (Elkan, 2001); the saving is measured on what happened, against the better of treating nobody and everybody (Bahnsen, Aouada and Ottersten, 2014).
 * For a retention offer d with contact f, accepted by a share g of leavers worth v: truePositive g d + (1 - g) v + f, falsePositive d + f, falseNegative v. O(n).
 *
 * @param labels - 1 or true for the event (leaving), 0 or false for none
 * @param probabilities - of the event, in [0, 1], one per label
 * @param options - costs of the four outcomes, threshold, weights
 * @returns the share saved, and the costs it is made of
 * @throws a {@link ClientelaError} `NOT_IDENTIFIED` when doing without costs nothing, `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * const found = savingsScore([1, 0, 0, 1], [0.6, 0.3, 0.05, 0.4], { truePositive: 2, falsePositive: 2, falseNegative: [10, 10, 10, 3] });
 * found.treatedShare; // => 0.5
 * found.cost; // => (2 + 2 + 0 + 3) / 4
 * found.savings; // => 1 - 7 / 8
 * ```
 */
export function savingsScore(labels: Labels, probabilities: ArrayLike<number>, options: SavingsOptions): Savings {
  const rows = decisionRows('savingsScore', labels, probabilities, options, ['threshold']);
  const { threshold } = options;
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `savingsScore needs a threshold from 0 to 1, found ${String(threshold)}`, { option: 'threshold', value: threshold });
  }
  let [cost, none, all, treated] = [0, 0, 0, 0];
  for (let i = 0; i < rows.labels.length; i++) {
    const p = rows.probabilities[i]!;
    const weight = rows.weights[i]!;
    const isTreated = threshold === undefined ? p * rows.saved[i]! > (1 - p) * rows.wasted[i]! : p >= threshold;
    cost += weight * (isTreated ? rows.treated[i]! : rows.left[i]!);
    none += weight * rows.left[i]!;
    all += weight * rows.treated[i]!;
    if (isTreated) treated += weight;
  }
  const without = Math.min(none, all);
  if (!(without > 0)) throw new ClientelaError('NOT_IDENTIFIED', 'savingsScore needs customers who cost something without a model, found none: there is nothing to save', { function: 'savingsScore' });
  return { savings: 1 - cost / without, cost: cost / rows.total, costOfNone: none / rows.total, costOfAll: all / rows.total, treatedShare: treated / rows.total };
}
