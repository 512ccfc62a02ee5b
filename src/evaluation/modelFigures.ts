import { perCustomerAmounts } from '../data/perCustomerAmounts.js';
import { ClientelaError } from '../errors.js';
import { countedMetric, type CountedMetric } from './countedMetric.js';
import type { Metric } from './crossValidate.js';
import { readProbabilities } from '../data/labelsAndScores.js';

/** The part of the options of `compareModels` that says what the models are compared on. */
export interface FigureOptions {
  readonly metric?: Metric;
  readonly contactCost?: number | ArrayLike<number>;
  readonly benefit?: number | ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
}

/** Whether models are compared on what a campaign by them would have earned. */
export function isCampaign(caller: string, { metric, benefit, contactCost }: FigureOptions): boolean {
  if (benefit === undefined && contactCost === undefined) return false;
  if (metric === undefined && benefit !== undefined && contactCost !== undefined) return true;
  throw new ClientelaError('INVALID_OPTION', `${caller} compares profits given both contactCost and benefit and no metric; give those two alone, or a metric alone`);
}

/** The figure of one model over samples of the rows. */
export function figureOf(caller: string, labels: Float64Array, scores: ArrayLike<number>, metric: Metric, options: FigureOptions): CountedMetric {
  return isCampaign(caller, options) ? profitPerCustomer(caller, labels, scores, options) : countedMetric(caller, metric, labels, scores, options.weights !== undefined);
}

// Everybody is contacted whose probability times benefit exceeds the cost: a rule, not the best depth in hindsight, so nothing is chosen on these rows.
function profitPerCustomer(caller: string, labels: Float64Array, probabilities: ArrayLike<number>, options: FigureOptions): CountedMetric {
  readProbabilities(caller, labels, probabilities, undefined);
  const cost = perCustomerAmounts(caller, 'contactCost', options.contactCost!, labels.length);
  const benefit = perCustomerAmounts(caller, 'benefit', options.benefit!, labels.length);
  const profits = labels.map((label, i) => (probabilities[i]! * benefit[i]! > cost[i]! ? benefit[i]! * label - cost[i]! : 0));
  return (counts) => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < counts.length; i++) {
      sum += counts[i]! * profits[i]!;
      total += counts[i]!;
    }
    return sum / total;
  };
}
