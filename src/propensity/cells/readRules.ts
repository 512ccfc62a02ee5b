import type { Holdings } from '../../data/holdings.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { BlockedCustomers, EligibilityRules, OnlyFor, WhoMay } from './eligibilityRules.js';
import type { EligibilityTerms, HeldProduct } from './eligibilityTerms.js';
import type { PropensityCells } from './propensityCells.js';

const caller = 'eligibility';

/** The row of each customer in the holdings, -1 for who is not in there. */
export function rowsOf(customers: readonly (string | number)[], holdings: Holdings): Int32Array {
  if (customers === holdings.customers) return Int32Array.from(customers, (_, i) => i);
  return Int32Array.from(customers, (customer) => holdings.indexOf(customer));
}

/** The column of a product that is offered. */
export function ownColumn(option: string, products: readonly string[], product: unknown): number {
  const column = products.indexOf(product as string);
  if (column >= 0) return column;
  throw new ClientelaError('INVALID_OPTION', `${caller} knows no product ${describeValue(product)}, named in ${option}; the products are ${products.join(', ')}`, { option, product });
}

/** Refuses anything but a list. */
export function requireList(option: string, given: unknown): readonly unknown[] {
  if (Array.isArray(given)) return given as unknown[];
  throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as a list of products, found ${describeValue(given)}`, { option, value: given });
}

/** For each product the held products that decide about it. */
export function heldLists(option: 'requires' | 'excludes', given: unknown, products: readonly string[], holdings: Holdings | undefined): HeldProduct[][] {
  const lists: HeldProduct[][] = products.map(() => []);
  if (given === undefined) return lists;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs ${option} as held products by product, such as { savings: ['card'] }, found ${describeValue(given)}`, { option, value: given });
  }
  if (holdings === undefined) throw new ClientelaError('INVALID_OPTION', `${caller} needs to know what customers hold where there is ${option}; give holdings`, { option });
  for (const [product, list] of Object.entries(given)) {
    lists[ownColumn(option, products, product)] = requireList(`${option} of "${product}"`, list).map((held) => {
      const column = holdings.products.indexOf(held as string);
      // Nobody holds it yet, but it is one of ours; anything else is misspelt.
      if (column < 0 && !products.includes(held as string)) {
        throw new ClientelaError('INVALID_OPTION', `${caller} knows no product ${describeValue(held)}, named in ${option} of "${product}"; held are ${holdings.products.join(', ')}`, { option, product: held });
      }
      return { name: held as string, column };
    });
  }
  return lists;
}

/** For each product who may get it, where that is not everybody. */
export function onlyRules(given: EligibilityRules['only'], { customers, products }: Pick<PropensityCells, 'customers' | 'products'>): EligibilityTerms['only'] {
  const rules = products.map((): EligibilityTerms['only'][number] => null);
  for (const [product, own] of Object.entries(given ?? {})) {
    const { who, reason = 'is not for this customer' } = (Object.hasOwn(Object(own) as object, 'who') ? own : { who: own }) as OnlyFor;
    rules[ownColumn('only', products, product)] = { may: answers(who, product, customers), reason };
  }
  return rules;
}

function answers(who: WhoMay, product: string, customers: readonly (string | number)[]): (row: number) => boolean {
  const isYes = (answer: unknown): boolean => answer === true || answer === 1;
  if (typeof who === 'function') return (row) => isYes(who(customers[row]!));
  const length: unknown = typeof who === 'object' ? (who as ArrayLike<unknown> | null)?.length : undefined;
  if (typeof length !== 'number') throw new ClientelaError('INVALID_OPTION', `${caller} needs only of "${product}" as one answer a customer or as a function, found ${describeValue(who)}`, { option: 'only', product });
  if (length !== customers.length) {
    throw new ClientelaError('LENGTH_MISMATCH', `${caller} needs only of "${product}" as one answer for each of the ${customers.length} customers, found ${length}`, { option: 'only', product, found: length, expected: customers.length });
  }
  return (row) => isYes(who[row]);
}

/** For each customer the place of the reason that blocks, from 1. */
export function blockedRows(given: EligibilityRules['blocked'], customers: readonly (string | number)[]): Pick<EligibilityTerms, 'blocked' | 'blockReasons'> {
  const lists: readonly BlockedCustomers[] = given === undefined ? [] : Array.isArray(given) ? (given as readonly BlockedCustomers[]) : [given as BlockedCustomers];
  if (lists.length === 0) return { blocked: null, blockReasons: [] };
  // By text, as holdings know customers: 7 is '7'.
  const whose = new Map<string, number>();
  lists.forEach((list, at) => {
    if (typeof list !== 'object' || typeof (list as { customers?: Partial<Iterable<unknown>> } | null)?.customers?.[Symbol.iterator] !== 'function' || typeof list.customers === 'string') {
      throw new ClientelaError('INVALID_OPTION', `${caller} needs blocked as { customers: [...], reason }, found ${describeValue(list)}`, { option: 'blocked', value: list });
    }
    for (const customer of list.customers) if (!whose.has(String(customer))) whose.set(String(customer), at + 1);
  });
  return { blocked: Uint16Array.from(customers, (customer) => whose.get(String(customer)) ?? 0), blockReasons: lists.map(({ reason }) => reason ?? 'is not to be contacted') };
}
