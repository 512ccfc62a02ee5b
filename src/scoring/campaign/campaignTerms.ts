import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalQuantile } from '../../numeric/normal.js';
import { campaignValues, requireCapacity, requireFixedCost, requireLimit, requireScores, type CampaignValues, type PerCustomer } from './campaignCosts.js';
import type { ControlOptions } from './controlGroup.js';
import { meanOf } from '../../numeric/selection/fillBudget.js';
import { ROUNDING } from '../../numeric/selection/rounding.js';

/** The terms of a campaign; money is in one currency, the caller's. */
export interface CampaignTerms {
  /** What one contact costs; one number, or one a customer. */
  readonly contactCost: PerCustomer;
  /** What one success brings before the cost of the contact; one number, or one a customer (known or predicted). */
  readonly benefit: PerCustomer;
  /** What the campaign costs whoever is contacted. @defaultValue 0 */
  readonly fixedCost?: number;
  /** The most that may be spent, fixed cost included. @defaultValue no limit */
  readonly budget?: number;
  /** The most customers that can be contacted; a whole number. @defaultValue no limit */
  readonly capacity?: number;
  /** Customers less likely to respond than this are not to be disturbed, even where a contact would pay; between 0 and 1. @defaultValue 0 */
  readonly minProbability?: number;
  /** The same as a multiple of the mean of all scores: 2 leaves out everybody less than twice as likely as the average customer. @defaultValue 0 */
  readonly minLift?: number;
  /** A random part of the chosen that is not contacted, so that the effect of the campaign can be measured. @defaultValue none */
  readonly control?: ControlOptions;
  /** Who the scores belong to, to have the chosen ones by name. */
  readonly customers?: ArrayLike<string | number>;
  /** Confidence of the interval of the profit, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** How much may be spent on contacts, and on how many. */
export interface CampaignLimits {
  readonly fixedCost: number;
  /** Without the fixed cost, and wider by what rounding may add. */
  readonly budget: number;
  readonly capacity: number;
}

/** Checked terms. */
export interface ReadTerms {
  readonly values: CampaignValues;
  readonly limits: CampaignLimits;
  /** Nobody below this probability is contacted, given those of all. */
  readonly thresholdOf: (probabilities: Float64Array) => number;
  /** The multiplier of a standard error for the interval. */
  readonly z: number;
}

const TERMS = ['contactCost', 'benefit', 'fixedCost', 'budget', 'capacity', 'minProbability', 'minLift', 'control', 'customers', 'confidence'];

/** The one door for scores and terms. */
export function readTerms(caller: string, scores: ArrayLike<number>, terms: CampaignTerms): ReadTerms {
  const count = requireScores(caller, scores).length;
  requireKnownOptions(caller, terms, TERMS);
  const { customers, minProbability = 0 } = terms;
  if (customers !== undefined && (customers as ArrayLike<unknown> | null)?.length !== count) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs one customer a score, found ${(customers as ArrayLike<unknown> | null)?.length ?? 'no'} customers and ${count} scores`);
  }
  const z = requireConfidence(caller, terms.confidence);
  const fixedCost = requireFixedCost(caller, terms.fixedCost ?? 0);
  const budget = requireLimit(caller, 'budget', terms.budget) * (1 + ROUNDING) - fixedCost;
  const capacity = requireCapacity(caller, terms.capacity);
  if (requireLimit(caller, 'minProbability', minProbability) > 1) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs minProbability between 0 and 1, found ${minProbability}; a multiple of the mean is minLift`, { option: 'minProbability', value: minProbability });
  }
  const minLift = requireLimit(caller, 'minLift', terms.minLift ?? 0);
  const values = campaignValues(caller, scores, terms.benefit, terms.contactCost);
  const thresholdOf = (probabilities: Float64Array): number => Math.max(minProbability, minLift > 0 ? minLift * meanOf(probabilities) : 0) * (1 - ROUNDING);
  return { values, limits: { fixedCost, budget, capacity }, thresholdOf, z };
}

/** The multiplier of a standard error, 1.96 for 0.95, or the error that says what a confidence is. */
export function requireConfidence(caller: string, confidence = 0.95): number {
  if (confidence > 0 && confidence < 1) return normalQuantile(0.5 + confidence / 2);
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a confidence between 0 and 1, found ${String(confidence)}`, { option: 'confidence', value: confidence });
}
