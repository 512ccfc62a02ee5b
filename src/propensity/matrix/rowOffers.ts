import { describeValue } from '../../data/instant.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { PropensityMatrixState } from './matrixState.js';
import type { ProductPropensity, ReadRow } from './propensityRow.js';
import { moneyOf } from './topProducts.js';

/** What to offer one customer, and under which limits. */
export interface RowOfferOptions {
  /** What a sale brings, by product. @defaultValue 1 each: offers are then ranked by probability */
  readonly margin?: Readonly<Record<string, number>>;
  /** What an offer costs, by product. @defaultValue 0 each */
  readonly contactCost?: Readonly<Record<string, number>>;
  /** How many products the basket has at most. @defaultValue 3 */
  readonly maxProducts?: number;
  /** Groups of products of which the customer gets one at most; no product stands in two. */
  readonly exclusive?: readonly (readonly string[])[];
  /** For a product the products that have to be held before it can be offered. */
  readonly requires?: Readonly<Record<string, readonly string[]>>;
  /** Products less likely are not offered. @defaultValue 0 */
  readonly minProbability?: number;
}

/** One offer. */
export interface RowOffer extends ProductPropensity {
  /** Probability × margin − contactCost. */
  readonly expectedMargin: number;
}

/** What to offer one customer. */
export interface RowOffers {
  /** Every product that may be offered, the one that is expected to bring most first. */
  readonly offers: readonly RowOffer[];
  /** The first of them, null where none is worth its cost. */
  readonly first: RowOffer | null;
  /** The products that together bring most under the limits. */
  readonly basket: readonly RowOffer[];
  /** What the basket is expected to bring. */
  readonly expectedMargin: number;
  /** What was known of the customer, and what the answer fell back on, in words. */
  readonly trace: readonly string[];
}

/** Ranks the products of one customer and fills a basket: taking the best that still fits is exact where each product is in one group at most. */
export function recommendRow(caller: string, products: readonly string[], read: ReadRow, found: readonly ProductPropensity[], options: RowOfferOptions, state: PropensityMatrixState): RowOffers {
  requireKnownOptions(caller, options, ['margin', 'contactCost', 'maxProducts', 'exclusive', 'requires', 'minProbability']);
  const { maxProducts = 3, exclusive = [], requires = {}, minProbability = 0 } = options;
  requireWhole(caller, 'maxProducts', maxProducts, 1);
  const margin = moneyOf(caller, 'margin', options.margin, products, 1);
  const cost = moneyOf(caller, 'contactCost', options.contactCost, products, 0);
  const groupOf = groupsOf(caller, exclusive, products);
  requireKnownOptions(caller, requires, products);
  for (const [product, needed] of Object.entries(requires)) {
    if (Array.isArray(needed) && needed.every((name) => products.includes(name as string))) continue;
    throw new ClientelaError('INVALID_OPTION', `${caller} needs requires of "${product}" as an array of known products, found ${describeValue(needed)}`, { function: caller, option: 'requires', product });
  }
  if (!(minProbability >= 0 && minProbability <= 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs minProbability from 0 to 1, found ${describeValue(minProbability)}`, { function: caller, option: 'minProbability' });
  const open = found.filter(({ product, probability }) => probability >= minProbability && (requires[product] ?? []).every((needed) => read.names.includes(needed)));
  const offers = open
    .map((offer): RowOffer => {
      const j = products.indexOf(offer.product);
      return { ...offer, expectedMargin: offer.probability * margin[j]! - cost[j]! };
    })
    .sort((a, b) => b.expectedMargin - a.expectedMargin);
  const used = new Set<number>();
  const basket: RowOffer[] = [];
  for (const offer of offers) {
    const group = groupOf.get(offer.product);
    if (basket.length === maxProducts || offer.expectedMargin <= 0) break;
    if (group !== undefined && used.has(group)) continue;
    if (group !== undefined) used.add(group);
    basket.push(offer);
  }
  return { offers, first: basket[0] ?? null, basket, expectedMargin: basket.reduce((sum, offer) => sum + offer.expectedMargin, 0), trace: traceOf(read, state) };
}

function groupsOf(caller: string, exclusive: unknown, products: readonly string[]): Map<string, number> {
  const groupOf = new Map<string, number>();
  if (!Array.isArray(exclusive)) throw new ClientelaError('INVALID_OPTION', `${caller} needs exclusive as an array of groups of products, found ${describeValue(exclusive)}`, { function: caller, option: 'exclusive' });
  (exclusive as readonly (readonly string[])[]).forEach((group, g) => {
    for (const product of group) {
      if (!products.includes(product) || groupOf.has(product)) {
        throw new ClientelaError('INVALID_OPTION', `${caller} needs exclusive groups of known products, each in one of them, found ${describeValue(product)} in group ${g}`, { function: caller, option: 'exclusive', product });
      }
      groupOf.set(product, g);
    }
  });
  return groupOf;
}

/** From the full view down: what was known, what took its place, which products nothing can be said of. */
function traceOf({ knowsHoldings, names, unknown }: ReadRow, { newcomers, report }: PropensityMatrixState): string[] {
  const trace: string[] = [];
  if (knowsHoldings) trace.push(names.length === 0 ? 'holds nothing' : `holds ${names.join(', ')}`);
  else trace.push(newcomers === 'profile' ? 'what is held is not known: the profile alone decides' : 'what is held is not known: the rate of each product among all decides');
  if (unknown.length > 0) trace.push(`not known, and taken as missing: ${unknown.join(', ')}`);
  for (const { product, status, method, reason } of report.certificates) {
    if (status === 'refused') trace.push(`${product}: nothing is said of it, for ${reason}`);
    else if (knowsHoldings && method === 'popularity') trace.push(`${product}: its rate among all, for nothing known of a customer foretells it better`);
  }
  return trace;
}
