import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { betaQuantile } from '../../numeric/betaQuantile.js';
import type { Estimate } from '../../numeric/estimate.js';
import { incompleteBeta } from '../../numeric/incompleteBeta.js';
import { createRandom } from '../../numeric/random.js';
import { requireTerms } from './groupTerms.js';
import type { GroupTerms, ResponseGroup } from './responseGroupsState.js';

/** Costs, benefits and limits of a contact with whole groups. */
export interface InclusionTerms {
  /** What one contact costs. @defaultValue that of the fit */
  readonly contactCost?: number;
  /** What one response brings before the cost of the contact. @defaultValue that of the fit */
  readonly benefit?: number;
  /** Customers that can be contacted at most. @defaultValue no limit */
  readonly capacity?: number;
  /** How many customers there are, spread over the groups as those of the fit; not beside `data`. @defaultValue those of the fit */
  readonly population?: number;
}

/** One group as a campaign sees it. */
export interface GroupInclusion {
  /** Its number. */
  readonly group: number;
  /** Its rules in words. */
  readonly name: string;
  /** Customers in it. */
  readonly customers: number;
  /** Whether it is included: even the lower bound of its rate pays. */
  readonly included: boolean;
  /** Customers of it to contact: all, or as many as the capacity leaves. */
  readonly contacts: number;
  /** Probability that its rate exceeds the break-even. */
  readonly paysProbability: number;
  /** What a contact with it earns on average: rate * benefit - cost, with its interval. */
  readonly profitPerContact: Estimate;
}

/** Which groups to include. */
export interface GroupsToInclude {
  /** The rate at which a contact just pays: cost / benefit; null where a response brings nothing. */
  readonly breakEvenRate: number | null;
  /**
   * How many customers to include. The interval is that of the number in groups whose true rate pays (and no more than the capacity), from the beta
   * distributions of the rates, widened to hold the number itself, which is cautious.
   */
  readonly customers: Estimate;
  /** Responses to expect of them; the interval holds chance and what is not known of the rates. */
  readonly responses: Estimate;
  /** Their benefit less the cost of the contacts. */
  readonly profit: Estimate;
  /** Every group, the best first. */
  readonly groups: readonly GroupInclusion[];
}

const DRAWS = 4000;

/** Decides for every group; `sizes` are its customers. */
export function includeGroups(caller: string, groups: readonly ResponseGroup[], sizes: readonly number[], terms: InclusionTerms, kept: GroupTerms | null, confidence: number): GroupsToInclude {
  requireKnownOptions(caller, terms, ['contactCost', 'benefit', 'capacity', 'population']);
  const { contactCost, benefit } = requireTerms(caller, terms.contactCost ?? kept?.contactCost, terms.benefit ?? kept?.benefit);
  const capacity = terms.capacity === undefined ? Infinity : requireWhole(caller, 'capacity', terms.capacity, 0);
  const breakEven = benefit > 0 ? contactCost / benefit : null;
  let free = capacity;
  const decided = groups.map(({ group, name, rate, posterior: [a, b] }): GroupInclusion => {
    const customers = sizes[group]!;
    // What costs nothing always pays, even where the lower bound is 0 to the double.
    const included = breakEven !== null && (breakEven === 0 || rate.lower > breakEven);
    const contacts = included ? Math.min(customers, free) : 0;
    free -= contacts;
    const worth = (value: number): number => value * benefit - contactCost;
    return {
      group, name, customers, included, contacts,
      paysProbability: breakEven === null || breakEven >= 1 ? 0 : 1 - incompleteBeta(breakEven, a, b),
      profitPerContact: { estimate: worth(rate.estimate), lower: worth(rate.lower), upper: worth(rate.upper) },
    };
  });
  const count = decided.reduce((sum, { contacts }) => sum + contacts, 0);
  const responses = expectedResponses(groups, decided, confidence);
  const profit = (amount: number): number => amount * benefit - count * contactCost;
  return {
    breakEvenRate: breakEven,
    customers: payingCustomers(decided, count, capacity, confidence),
    responses,
    profit: { estimate: profit(responses.estimate), lower: profit(responses.lower), upper: profit(responses.upper) },
    groups: decided,
  };
}

// Whether each group truly pays is drawn again and again from its probability.
function payingCustomers(groups: readonly GroupInclusion[], estimate: number, capacity: number, confidence: number): Estimate {
  const random = createRandom(1);
  const counts = new Float64Array(DRAWS);
  for (const { paysProbability, customers } of groups) for (let draw = 0; draw < DRAWS; draw++) if (random.uniform() < paysProbability) counts[draw]! += customers;
  counts.sort();
  const tail = Math.floor((DRAWS * (1 - confidence)) / 2);
  const bound = (at: number): number => Math.min(counts[at]!, capacity);
  return { estimate, lower: Math.min(estimate, bound(tail)), upper: Math.max(estimate, bound(DRAWS - 1 - tail)) };
}

// Mean and variance of the beta-binomial of every group add up; the sum is taken for a share of the contacts with a beta distribution.
function expectedResponses(groups: readonly ResponseGroup[], decided: readonly GroupInclusion[], confidence: number): Estimate {
  let [count, mean, variance] = [0, 0, 0];
  decided.forEach(({ contacts, group }) => {
    const [a, b] = groups[group]!.posterior;
    const rate = a / (a + b);
    count += contacts;
    mean += contacts * rate;
    variance += (contacts * rate * (1 - rate) * (a + b + contacts)) / (a + b + 1);
  });
  if (count === 0) return { estimate: 0, lower: 0, upper: 0 };
  const share = mean / count;
  const shape = Math.max(1e-3, (share * (1 - share) * count * count) / variance - 1);
  const end = (p: number): number => count * betaQuantile(p, share * shape, (1 - share) * shape);
  return { estimate: mean, lower: Math.min(mean, end((1 - confidence) / 2)), upper: Math.max(mean, end((1 + confidence) / 2)) };
}
