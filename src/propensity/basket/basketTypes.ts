import type { Holdings } from '../../data/holdings.js';
import type { CellAmounts } from '../cells/cellAmounts.js';
import type { Eligibility } from '../cells/eligibility.js';

/** A number for each product that has one. */
export type PerProduct = Readonly<Record<string, number>>;

/**
 * What one more unit of each limit would add to the value, at most about: they are prices at the margin, of a first small unit, and whole offers come in
 * steps. 0 where there is enough, absent where there is no limit.
 */
export interface BasketPrices {
  /** Of one more unit of budget. */
  readonly budget: number;
  /** Of one more customer for a product at its capacity. */
  readonly capacity: PerProduct;
  /** Of one customer fewer that a minimum asks for. */
  readonly minimum: PerProduct;
}

/** What a sale brings, what a contact costs, and the limits of the baskets; money is in one currency, the caller's. */
export interface IdealBasketOptions {
  /** What a customer who takes the product brings, before the contact is paid: by product, by cell, or a function. */
  readonly margin: CellAmounts;
  /** What he pays for it, for the expected revenue. @defaultValue no revenue */
  readonly price?: CellAmounts;
  /** What offering it costs, whether he takes it or not; it is taken from the value and counts against the budget. @defaultValue 0 */
  readonly contactCost?: CellAmounts;
  /** The most products in a basket: one number, or one a customer, 0 for who is to be left alone. @defaultValue as many as are worth their contact */
  readonly maxPerCustomer?: number | ArrayLike<number>;
  /** The most customers who are offered a product: whole numbers. @defaultValue no limit */
  readonly capacity?: PerProduct;
  /** The fewest customers who are offered a product: whole numbers. @defaultValue 0 */
  readonly minimum?: PerProduct;
  /** The most that all contacts may cost. @defaultValue no limit */
  readonly budget?: number;
  /** Groups of products of which a customer gets one at most. @defaultValue none */
  readonly exclusive?: readonly (readonly string[])[];
  /** Who may be offered what. @defaultValue whoever has a probability */
  readonly eligibility?: Eligibility;
  /** What customers hold already and are not offered; for more rules make an `eligibility`. */
  readonly holdings?: Holdings;
  /** Products that must be held, not only offered, before a product is: `{ savings: ['card'] }`. Needs `holdings`. */
  readonly requires?: Readonly<Record<string, readonly string[]>>;
  /** Cells below are left out: one probability, or one a product. @defaultValue 0 */
  readonly minProbability?: number | PerProduct;
  /** The gap that is small enough: the search ends there; 0 asks for the best that can be found. @defaultValue 0.0001 */
  readonly tolerance?: number;
  /** Prices of an earlier plan for about the same customers: solving again is faster from there. */
  readonly start?: BasketPrices;
  /** Called after every look at the customers with the bound reached; returning false ends the search, the plan is the best so far. */
  readonly onProgress?: (progress: BasketProgress) => boolean | undefined | void;
}

/** How far the search has come. */
export interface BasketProgress {
  /** Looks at the customers so far. */
  readonly done: number;
  /** Looks allowed. */
  readonly total: number;
  /** The bound: it falls. Of many customers the search ends with the part still open, and this is then the bound of that part alone. */
  readonly objective: number;
}

/** One product of a basket. */
export interface BasketItem {
  /** Its name. */
  readonly product: string;
  /** That the customer takes it. */
  readonly probability: number;
  /** Probability × margin. */
  readonly margin: number;
  /** What offering it costs. */
  readonly contactCost: number;
  /** Expected margin less contact cost. */
  readonly value: number;
}

/** What all baskets together hold of a product. */
export interface BasketProduct {
  /** Its name. */
  readonly product: string;
  /** Customers who are offered it. */
  readonly offers: number;
  /** How many of them are expected to take it: the sum of the probabilities. */
  readonly sales: number;
  /** Expected revenue, where a price was given. */
  readonly revenue?: number;
  /** Expected margin, before contact costs. */
  readonly margin: number;
  /** Contact costs. */
  readonly contactCost: number;
  /** Margin less contact costs. */
  readonly value: number;
}
