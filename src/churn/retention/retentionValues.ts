import { requireKnownOptions } from '../../data/options.js';
import { perCustomerAmounts } from '../../data/perCustomerAmounts.js';
import { ClientelaError } from '../../errors.js';
import { readProbabilities } from './readProbabilities.js';
import type { RetentionAmount, RetentionTerms } from './retentionTerms.js';

/** What contacting each customer changes; a place per customer. */
export interface RetentionValues {
  /** The probability of leaving if left in peace. */
  readonly leaving: Float64Array;
  /** The probability of leaving if contacted. */
  readonly contacted: Float64Array;
  /** What each is worth who stays. */
  readonly values: Float64Array;
  /** The contact, and the offer by the probability that it is taken. */
  readonly costs: Float64Array;
  /** What is kept by the contact, less what it costs; `-Infinity` for whom contact does not keep. */
  readonly net: Float64Array;
}

const OPTIONS: readonly string[] = ['customerValue', 'contactCost', 'incentiveCost', 'acceptance', 'incentiveTaken', 'wakeUp', 'leavingIfContacted', 'effectError', 'fixedCost', 'budget', 'capacity', 'customers', 'confidence'];

/**
 * Reads the terms and values each contact. Of those who would leave, p, the share `acceptance` stays and takes the offer; of those who would stay the share `wakeUp`
 * leaves, and of the others `incentiveTaken` takes it all the same. With `leavingIfContacted` q, those kept are p - q, and 1 - p would have stayed.
 */
export function retentionValues(caller: string, leavingGiven: ArrayLike<number>, terms: RetentionTerms): RetentionValues {
  requireKnownOptions(caller, terms, OPTIONS);
  const leaving = readProbabilities(caller, 'leaving', leavingGiven);
  const n = leaving.length;
  const amounts = (option: string, given: RetentionAmount): Float64Array => perCustomerAmounts(caller, option, given, n);
  const [values, contactCosts, incentiveCosts] = [amounts('customerValue', terms.customerValue), amounts('contactCost', terms.contactCost), amounts('incentiveCost', terms.incentiveCost ?? 0)];
  const incentiveTaken = shares(caller, 'incentiveTaken', terms.incentiveTaken ?? 1, n);
  const { contacted, kept } = response(caller, leaving, terms);
  const costs = new Float64Array(n);
  const net = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    // Those who stay anyway, contacted or not.
    const loyal = Math.max(0, 1 - contacted[row]! - kept[row]!);
    costs[row] = contactCosts[row]! + incentiveCosts[row]! * (kept[row]! + loyal * incentiveTaken[row]!);
    const saved = leaving[row]! - contacted[row]!;
    net[row] = saved > 0 ? saved * values[row]! - costs[row]! : -Infinity;
  }
  return { leaving, contacted, values, costs, net };
}

/** How each would answer the contact: the probability of leaving then, and of being kept by the offer. */
function response(caller: string, leaving: Float64Array, terms: RetentionTerms): { readonly contacted: Float64Array; readonly kept: Float64Array } {
  const { leavingIfContacted, acceptance, wakeUp } = terms;
  const n = leaving.length;
  if (leavingIfContacted !== undefined) {
    if (acceptance !== undefined || wakeUp !== undefined) {
      throw new ClientelaError('INVALID_OPTION', `${caller} takes leavingIfContacted, or acceptance and wakeUp, not both: the former says what contact changes already`, { function: caller, option: 'leavingIfContacted' });
    }
    const contacted = readProbabilities(caller, 'leavingIfContacted', leavingIfContacted, n);
    return { contacted, kept: leaving.map((p, row) => Math.max(0, p - contacted[row]!)) };
  }
  if (acceptance === undefined) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs acceptance, the probability that one who would leave stays for the offer, or leavingIfContacted from an uplift; found neither`, { function: caller, option: 'acceptance' });
  }
  const accepted = shares(caller, 'acceptance', acceptance, n);
  const woken = shares(caller, 'wakeUp', wakeUp ?? 0, n);
  const kept = leaving.map((p, row) => p * accepted[row]!);
  return { contacted: leaving.map((p, row) => p - kept[row]! + (1 - p) * woken[row]!), kept };
}

function shares(caller: string, option: string, given: RetentionAmount, n: number): Float64Array {
  const values = perCustomerAmounts(caller, option, given, n);
  const row = values.findIndex((value) => value > 1);
  if (row < 0) return values;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} between 0 and 1, found ${values[row]} in row ${row}`, { function: caller, option, row, value: values[row] });
}
