import { minimiseQuasiNewton } from '../../numeric/quasiNewton.js';
import { ClientelaError } from '../../errors.js';
import type { VisitGaps } from './visitGaps.js';

/** How the rates of visits are spread over customers: a gamma distribution. */
export interface RhythmPrior {
  /** Its shape: small where customers differ much. */
  readonly shape: number;
  /** Its rate, in days: `shape / rateDays` visits a day on average. */
  readonly rateDays: number;
}

/** Beyond this shape all customers have one rhythm; the likelihood is flat there. */
const ALIKE = 1e6;

/**
 * The prior by maximum likelihood from all customers, open gaps included: of a customer with n closed gaps in T days of observation since the first visit
 * the probability, rates integrated out, is Γ(a + n) / Γ(a) · b^a / (b + T)^(a + n). O(customers) an iteration.
 */
export function fitRhythmPrior(caller: string, { starts, lengths }: VisitGaps): RhythmPrior {
  const customers = starts.length - 1;
  const spans = new Float64Array(customers);
  let total = 0;
  for (let i = 0; i < customers; i++) {
    for (let g = starts[i]!; g < starts[i + 1]!; g++) spans[i]! += lengths[g]!;
    total += spans[i]!;
  }
  const closed = lengths.length - customers;
  if (closed === 0 || !(total > 0)) {
    throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs customers who came back to know any rhythm, found none of ${customers} with a second visit; choose a later moment or give a prior`, { function: caller, customers });
  }
  // In units of the mean gap the rate is of size 1 whatever the business.
  const unit = total / closed;
  const more = moreThan(starts);
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    const shape = Math.exp(at[0]!);
    const rate = Math.exp(at[1]!);
    if (!(shape < ALIKE) || !(rate > 0 && rate < ALIKE * ALIKE)) return Infinity;
    let [value, byShape, byRate] = [0, 0, 0];
    // log Γ(a + n) - log Γ(a) is the sum of log(a + k) for k below n: exact, and counted once for all customers.
    for (let k = 0; k < more.length; k++) {
      value += more[k]! * Math.log(shape + k);
      byShape += more[k]! / (shape + k);
    }
    for (let i = 0; i < customers; i++) {
      const span = spans[i]! / unit;
      const power = shape + starts[i + 1]! - starts[i]! - 1;
      const log = Math.log1p(span / rate);
      value -= power * log + (power - shape) * at[1]!;
      byShape -= log;
      byRate += (power * span) / (rate * (rate + span)) - (power - shape) / rate;
    }
    gradient[0] = (-byShape * shape) / customers;
    gradient[1] = (-byRate * rate) / customers;
    return -value / customers;
  };
  const { at } = minimiseQuasiNewton(objective, Float64Array.of(0, 0));
  return { shape: Math.exp(at[0]!), rateDays: unit * Math.exp(at[1]!) };
}

/** For each k how many customers have more than k closed gaps. */
function moreThan(starts: Uint32Array): Float64Array {
  let most = 0;
  for (let i = 0; i + 1 < starts.length; i++) most = Math.max(most, starts[i + 1]! - starts[i]! - 1);
  const counts = new Float64Array(most + 1);
  for (let i = 0; i + 1 < starts.length; i++) counts[starts[i + 1]! - starts[i]! - 1]!++;
  for (let k = most - 1; k >= 0; k--) counts[k]! += counts[k + 1]!;
  return counts.subarray(1);
}
