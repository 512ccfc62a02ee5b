import { describeValue } from '../../data/instant.js';
import { perCustomerAmounts } from '../../data/perCustomerAmounts.js';
import { ClientelaError } from '../../errors.js';
import { ROUNDING } from '../../numeric/selection/rounding.js';

/** A figure that is the same for everybody, or one a customer. */
export type PerCustomer = number | ArrayLike<number>;

/** Net value of contacting each customer, and what the contact costs. */
export interface CampaignValues {
  readonly probabilities: Float64Array;
  readonly benefits: Float64Array;
  readonly costs: Float64Array;
  /** Probability times benefit, less the cost; exactly 0 where they are equal but for rounding. */
  readonly net: Float64Array;
}

/** Checks probabilities, benefits and costs, and brings them to one number a customer. */
export function campaignValues(caller: string, scores: ArrayLike<number>, benefit: PerCustomer, contactCost: PerCustomer): CampaignValues {
  const n = scores.length;
  const probabilities = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const p = scores[row]!;
    if (!(typeof p === 'number' && p >= 0 && p <= 1)) throw notProbability(caller, row, p);
    probabilities[row] = p;
  }
  const benefits = perCustomerAmounts(caller, 'benefit', benefit, n);
  const costs = perCustomerAmounts(caller, 'contactCost', contactCost, n);
  return campaignNet(probabilities, benefits, costs);
}

/** The same with what each contact is worth. */
export function campaignNet(probabilities: Float64Array, benefits: Float64Array, costs: Float64Array): CampaignValues {
  return { probabilities, benefits, costs, net: probabilities.map((p, row) => netValue(p * benefits[row]!, costs[row]!)) };
}

/** 0.07 of 100 is not worth a contact that costs 7, though the product is a rounding above it. */
function netValue(gross: number, cost: number): number {
  const net = gross - cost;
  return Math.abs(net) <= ROUNDING * cost ? 0 : net;
}

function notProbability(caller: string, row: number, value: unknown): ClientelaError {
  const remedy = Number.isNaN(value) ? 'leave out customers without a score' : 'give calibrated probabilities, such as the predict of a TargetScore';
  return new ClientelaError(
    Number.isNaN(value) ? 'MISSING_VALUE' : 'INVALID_VALUE',
    `${caller} needs scores between 0 and 1, found ${describeValue(value)} in row ${row}; ${remedy}`,
    { row, value },
  );
}

/** Scores by position, or the error that says what came instead. */
export function requireScores(caller: string, scores: ArrayLike<number> | null | undefined): ArrayLike<number> {
  if (typeof scores !== 'object' || scores === null || typeof (scores.length as unknown) !== 'number') {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs an array of scores, found ${describeValue(scores)}${typeof scores === 'object' && scores !== null ? '; give what its predict returns' : ''}`, { value: scores });
  }
  if (scores.length === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one score, found none`);
  return scores;
}

/** A limit such as a budget: not negative; absent is no limit. */
export function requireLimit(caller: string, option: string, value: number | undefined): number {
  if (value === undefined) return Infinity;
  if (typeof value === 'number' && value >= 0) return value;
  throw unusable(caller, option, 'a number that is not negative', value);
}

/** The most customers: a whole number, as nobody contacts half a customer; absent is no limit. */
export function requireCapacity(caller: string, value: number | undefined): number {
  const capacity = requireLimit(caller, 'capacity', value);
  if (Number.isInteger(capacity) || capacity === Infinity) return capacity;
  throw unusable(caller, 'capacity', 'a whole number of customers', value);
}

/** What is paid whoever is contacted: there is no campaign with an infinite one. */
export function requireFixedCost(caller: string, value: number): number {
  if (requireLimit(caller, 'fixedCost', value) < Infinity) return value;
  throw unusable(caller, 'fixedCost', 'a finite number', value);
}

function unusable(caller: string, option: string, need: string, value: unknown): ClientelaError {
  return new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as ${need}, found ${describeValue(value)}`, { option, value });
}
