import { readProbabilities, type Labels } from '../data/labelsAndScores.js';
import { requireKnownOptions } from '../data/options.js';
import { perCustomerAmounts } from '../data/perCustomerAmounts.js';

/** What each of the four outcomes costs: one amount for everybody, or one per customer; in one currency, the caller's, not negative. */
export interface DecisionCosts {
  /** Treating one with the event: the contact and the offer, and what is lost where it does not help. */
  readonly truePositive: number | ArrayLike<number>;
  /** Treating one without the event: the contact, and the offer given away. */
  readonly falsePositive: number | ArrayLike<number>;
  /** Leaving alone one with the event: what the customer was worth. */
  readonly falseNegative: number | ArrayLike<number>;
  /** Leaving alone one without the event. @defaultValue 0 */
  readonly trueNegative?: number | ArrayLike<number>;
  /** One per label, finite, from 0 up: a weight of 2 is the customer twice. @defaultValue all 1 */
  readonly weights?: ArrayLike<number>;
}

/** Checked rows with their costs; those of weight 0 are left out. */
export interface DecisionRows {
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
  readonly weights: Float64Array;
  /** What treating each costs, and leaving it alone. */
  readonly treated: Float64Array;
  readonly left: Float64Array;
  /** What treating each saves if it has the event, and costs if not: treating pays where probability x saved > (1 - probability) x wasted. */
  readonly saved: Float64Array;
  readonly wasted: Float64Array;
  /** Of the weights. */
  readonly total: number;
}

/** Reads labels, probabilities and costs. */
export function decisionRows(caller: string, labels: Labels, probabilities: ArrayLike<number>, costs: DecisionCosts, more: readonly string[] = []): DecisionRows {
  requireKnownOptions(caller, costs, ['truePositive', 'falsePositive', 'falseNegative', 'trueNegative', 'weights', ...more]);
  const read = readProbabilities(caller, labels, probabilities, costs.weights);
  const amounts = (option: string, given: number | ArrayLike<number>): Float64Array => {
    const all = perCustomerAmounts(caller, option, given, labels.length);
    return costs.weights === undefined ? all : all.filter((_, i) => costs.weights![i]! > 0);
  };
  const truePositive = amounts('truePositive', costs.truePositive);
  const falsePositive = amounts('falsePositive', costs.falsePositive);
  const falseNegative = amounts('falseNegative', costs.falseNegative);
  const trueNegative = amounts('trueNegative', costs.trueNegative ?? 0);
  return {
    labels: read.labels,
    probabilities: read.scores,
    weights: read.weights,
    treated: truePositive.map((cost, i) => (read.labels[i] === 1 ? cost : falsePositive[i]!)),
    left: falseNegative.map((cost, i) => (read.labels[i] === 1 ? cost : trueNegative[i]!)),
    saved: falseNegative.map((cost, i) => cost - truePositive[i]!),
    wasted: falsePositive.map((cost, i) => cost - trueNegative[i]!),
    total: read.positives + read.negatives,
  };
}
