import { describeValue } from '../data/instant.js';
import { ClientelaError } from '../errors.js';

/** A figure that is the same for everybody, or one a customer. */
export type PerCustomer = number | ArrayLike<number>;

/** Net value of contacting each customer, and what the contact costs. */
export interface CampaignValues {
  readonly probabilities: Float64Array;
  readonly benefits: Float64Array;
  readonly costs: Float64Array;
  /** Probability times benefit, less the cost. */
  readonly net: Float64Array;
}

/** Checks probabilities, benefits and costs, and brings them to one number a customer. */
export function campaignValues(caller: string, scores: ArrayLike<number>, benefit: PerCustomer, contactCost: PerCustomer): CampaignValues {
  const n = scores.length;
  const probabilities = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const p = scores[row]!;
    if (!(p >= 0 && p <= 1)) throw notProbability(caller, row, p);
    probabilities[row] = p;
  }
  const benefits = amounts(caller, 'benefit', benefit, n);
  const costs = amounts(caller, 'contactCost', contactCost, n);
  return { probabilities, benefits, costs, net: probabilities.map((p, row) => p * benefits[row]! - costs[row]!) };
}

function notProbability(caller: string, row: number, value: unknown): ClientelaError {
  const remedy = Number.isNaN(value) ? 'leave out customers without a score' : 'give calibrated probabilities, such as the predict of a TargetScore';
  return new ClientelaError(
    Number.isNaN(value) ? 'MISSING_VALUE' : 'INVALID_VALUE',
    `${caller} needs scores between 0 and 1, found ${describeValue(value)} in row ${row}; ${remedy}`,
    { row, value },
  );
}

function amounts(caller: string, option: string, given: PerCustomer, n: number): Float64Array {
  const values = typeof given === 'number' ? new Float64Array(n).fill(given) : given;
  if (typeof values !== 'object' || (values as object | null) === null || values.length !== n) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs ${option} as a number or as one number for each of the ${n} scores, found ${describeValue(given)}`, {
      option,
    });
  }
  for (let row = 0; row < n; row++) {
    const value = values[row]!;
    if (!(value >= 0 && value < Infinity)) {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} finite and not negative, found ${describeValue(value)} for row ${row}`, {
        option,
        row,
        value,
      });
    }
  }
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

/** A limit such as a budget: not negative; absent is no limit. */
export function requireLimit(caller: string, option: string, value: number | undefined): number {
  if (value === undefined) return Infinity;
  if (typeof value === 'number' && value >= 0) return value;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a number that is not negative, found ${describeValue(value)}`, {
    option,
    value,
  });
}
