import type { Labels } from '../data/labelsAndScores.js';
import { decisionRows, type DecisionCosts } from './decisionCosts.js';

/**
 * What probabilities cost per customer when each customer's own costs are known: the mean over customers of the cost of treating times the probability, and of leaving alone
 * times the rest.
 *
 * The loss that cost-sensitive learners minimise (Bahnsen, Aouada and Ottersten, 2014), smooth in the probabilities; `savingsScore` judges the decisions taken from
 * them. Smaller is better; it is least not for true probabilities but for 0 and 1. O(n).
 *
 * @param labels - 1 or true for the event (leaving), 0 or false for none
 * @param probabilities - of the event, in [0, 1], one per label
 * @param costs - of the four outcomes, and weights
 * @returns a cost per customer
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `NON_FINITE_VALUE` or `INVALID_OPTION`
 * @example
 * ```ts
 * // Half of 1 and half of 10 for the first, 0.2 of 1 for the second.
 * expectedCost([1, 0], [0.5, 0.2], { truePositive: 1, falsePositive: 1, falseNegative: 10 }); // => (5.5 + 0.2) / 2
 * ```
 */
export function expectedCost(labels: Labels, probabilities: ArrayLike<number>, costs: DecisionCosts): number {
  const rows = decisionRows('expectedCost', labels, probabilities, costs);
  let sum = 0;
  for (let i = 0; i < rows.labels.length; i++) {
    const p = rows.probabilities[i]!;
    sum += rows.weights[i]! * (p * rows.treated[i]! + (1 - p) * rows.left[i]!);
  }
  return sum / rows.total;
}
