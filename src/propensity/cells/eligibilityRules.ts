import type { Holdings } from '../../data/holdings.js';
import { describeValue } from '../../data/instant.js';
import { requireKnownOptions } from '../../data/options.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import { ClientelaError } from '../../errors.js';
import { Eligibility } from './eligibility.js';
import type { PropensityCells } from './propensityCells.js';
import { blockedRows, heldLists, onlyRules, ownColumn, requireList, rowsOf } from './readRules.js';
import { requireNames } from './requireCells.js';

/** One answer a customer, in the order of the rows (true, or 1), or a function of the customer; anything but true and 1 is no. */
export type WhoMay = ArrayLike<boolean | number> | ((customer: string | number) => boolean);

/** Who may get a product, and what to say to the others. */
export interface OnlyFor {
  /** Who may. */
  readonly who: WhoMay;
  /** Why the others may not, such as `'is under 18'`. @defaultValue `'is not for this customer'` */
  readonly reason?: string;
}

/** Customers who get nothing. */
export interface BlockedCustomers {
  /** Their identifiers, as text or number; who is in no row is passed over. */
  readonly customers: Iterable<string | number>;
  /** Why. @defaultValue `'is not to be contacted'` */
  readonly reason?: string;
}

/** Who may be offered what. */
export interface EligibilityRules {
  /** What customers hold. Who holds a product is not offered it; who is not in there holds nothing. Needed by `requires` and `excludes`. */
  readonly holdings?: Holdings;
  /** Products that a customer who holds them may get again. @defaultValue none */
  readonly repeatable?: readonly string[];
  /** Products that must be held before a product is offered: `{ savings: ['card'] }`. Held, all of them: being offered together does not count. */
  readonly requires?: Readonly<Record<string, readonly string[]>>;
  /** Held products, offered or not, any of which rules a product out: `{ credit: ['arrears'] }`. */
  readonly excludes?: Readonly<Record<string, readonly string[]>>;
  /** Products for some customers only, with a reason for the others (`'is not for this customer'` where none is given). */
  readonly only?: Readonly<Record<string, WhoMay | OnlyFor>>;
  /** Customers who are offered nothing. @defaultValue nobody */
  readonly blocked?: BlockedCustomers | readonly BlockedCustomers[];
  /** Anything else: true, or the reason in words. Asked last, and anew each time, so it must always answer the same. */
  readonly rule?: (customer: string | number, product: string) => true | string;
}

/**
 * Who may be offered what, with the reason in words where not.
 *
 * Nothing is computed for all cells: a cell costs O(log products held) when it is asked for. The first reason found is given, in the order blocked, held
 * already, `requires`, `excludes`, `only`, `rule`.
 *
 * @param cells - the customers and products: {@link PropensityCells}, or an object of `customers` and `products`
 * @param rules - what decides; without any, everybody may get everything
 * @returns an {@link Eligibility} to ask
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_OPTION` or `LENGTH_MISMATCH`
 * @example
 * ```ts
 * const may = eligibility(
 *   { customers: ['Ann', 'Ben', 'Cid'], products: ['card', 'fund'] },
 *   { only: { fund: { who: [true, false, true], reason: 'is under 18' } }, blocked: { customers: ['Cid'] } },
 * );
 * may.allows(0, 'fund'); // => true
 * may.reason(1, 'fund'); // => 'is under 18'
 * may.reason(2, 'card'); // => 'is not to be contacted'
 * may.counts()[0]; // => { product: 'card', eligible: 2, excluded: [{ reason: 'is not to be contacted', customers: 1 }] }
 * ```
 */
export function eligibility(cells: Pick<PropensityCells, 'customers' | 'products'>, rules: EligibilityRules = {}): Eligibility {
  const caller = 'eligibility';
  requireNames(caller, cells);
  requireKnownOptions(caller, rules, ['holdings', 'repeatable', 'requires', 'excludes', 'only', 'blocked', 'rule']);
  const { customers, products } = cells;
  const { holdings, rule } = rules;
  if (holdings !== undefined) requireHoldings(caller, holdings);
  if (rule !== undefined && typeof rule !== 'function') throw new ClientelaError('INVALID_OPTION', `${caller} needs rule as a function of customer and product, found ${describeValue(rule)}`, { option: 'rule' });
  const names = holdings?.products ?? [];
  const again = new Set(requireList('repeatable', rules.repeatable ?? []).map((product) => ownColumn('repeatable', products, product)));
  return new Eligibility({
    customers,
    products,
    held: holdings === undefined ? null : { rows: holdings.sparse, names, rowOf: rowsOf(customers, holdings) },
    own: Int32Array.from(products, (product, j) => (again.has(j) ? -1 : names.indexOf(product))),
    requires: heldLists('requires', rules.requires, products, holdings),
    excludes: heldLists('excludes', rules.excludes, products, holdings),
    only: onlyRules(rules.only, cells),
    ...blockedRows(rules.blocked, customers),
    rule: rule ?? null,
  });
}
