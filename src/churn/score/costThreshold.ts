import { readCosts, thresholdOf, type OutcomeCosts, type RetentionCosts } from './decisionCosts.js';

/**
 * The probability from which acting on a customer pays, by what the four ends cost (Elkan, 2001).
 *
 * With a calibrated probability p, acting pays where p x gain > (1 - p) x loss. For an offer to stay the gain is acceptance x (customerValue -
 * incentiveCost) - contactCost, the loss incentiveCost + contactCost. It rests on the costs alone, whatever the share of leavers: rare events need no
 * resampling and no class weights, which would only spoil the probabilities.
 *
 * @param costs - an offer to stay, or the costs of the four ends; for costs that differ between customers see `ChurnScore.decide`
 * @returns a probability; 0 where acting always pays, Infinity where it never does
 * @throws a {@link ClientelaError} `INVALID_OPTION`
 * @example
 * ```ts
 * costThreshold({ customerValue: 200, incentiveCost: 10, contactCost: 1, acceptance: 0.3 }); // => 11 / (11 + 0.3 * 190 - 1)
 * costThreshold({ falsePositive: 1, falseNegative: 9 }); // => 0.1
 * ```
 */
export function costThreshold(costs: RetentionCosts | OutcomeCosts): number {
  const { gain, loss } = readCosts('costThreshold', costs, 1);
  return thresholdOf('costThreshold', gain[0]!, loss[0]!);
}
