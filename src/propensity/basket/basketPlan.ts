import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { Convergence } from '../../numeric/convergence.js';
import { columnOf, rowsByCustomer } from '../cells/requireCells.js';
import type { BasketItem, BasketPrices, BasketProduct } from './basketTypes.js';
import { basketItem } from './describeBasket.js';
import { whyNot, type SolvedBasket } from './whyNot.js';

/** What a plan is worth, and what its limits are. */
export type BasketFigures = Pick<BasketPlan, 'perProduct' | 'value' | 'bound' | 'gap' | 'prices' | 'contactPrices' | 'binding' | 'convergence'>;

/**
 * The basket of every customer, and what decided it. Made by {@link idealBasket}; it keeps the cells it was made from.
 *
 * @example
 * ```ts
 * import { idealBasket } from 'clientela/propensity';
 * const cells = { customers: ['ann', 'bob'], products: ['card', 'loan'], probability: Float64Array.of(0.5, 0.1, 0.4, 0.3) };
 * const plan = idealBasket(cells, { margin: { card: 10, loan: 20 }, contactCost: 1, capacity: { loan: 1 } });
 * plan.basket('bob').map(({ product, value }) => [product, value]); // => [['loan', 5], ['card', 3]]
 * plan.customersOf('card'); // => ['ann', 'bob']
 * plan.value; // => 12
 * ```
 */
export class BasketPlan {
  /** One a row. */
  readonly customers: readonly (string | number)[];
  /** Names of the products, in the order of the codes in `chosen`. */
  readonly products: readonly string[];
  /** Row-major, customers × `width`: the columns of the products of each customer, the most valuable first, -1 for none. */
  readonly chosen: Int32Array;
  /** The most products in any basket. */
  readonly width: number;
  /** Offers, sales, margins and costs of each product. */
  readonly perProduct: readonly BasketProduct[];
  /** Products in all baskets. */
  readonly offers: number;
  /** Expected margins less contact costs of all baskets. */
  readonly value: number;
  /** What all contacts cost. */
  readonly spend: number;
  /** No plan within the limits is worth more: proven, not estimated. */
  readonly bound: number;
  /** The share of the bound that the plan is at most below the best possible one; 0 where it is proven best. */
  readonly gap: number;
  /** What one more unit of each limit would add, at most about. */
  readonly prices: BasketPrices;
  /** One a customer: what one more product would add to his basket at the prices; 0 where `maxPerCustomer` keeps nothing out. */
  readonly contactPrices: Float64Array;
  /** The limits that hold the value down: `'budget'`, `'capacity of fund'`, `'minimum of card'`, `'maxPerCustomer'`. */
  readonly binding: readonly string[];
  /** How the search ended. */
  readonly convergence: Convergence;
  readonly #solved: SolvedBasket;
  #rows: Map<string, number> | undefined;

  /** @internal */
  constructor(made: object, found: object) {
    const [solved, figures] = [made as SolvedBasket, found as BasketFigures];
    this.#solved = solved;
    ({ customers: this.customers, products: this.products } = solved.cells);
    this.chosen = solved.chosen;
    this.width = solved.read.problem.width;
    this.spend = solved.spend;
    this.offers = solved.usage.reduce((sum, offers) => sum + offers, 0);
    this.perProduct = figures.perProduct;
    this.value = figures.value;
    this.bound = figures.bound;
    this.gap = figures.gap;
    this.prices = figures.prices;
    this.contactPrices = figures.contactPrices;
    this.binding = figures.binding;
    this.convergence = figures.convergence;
  }

  /**
   * The products of one customer.
   *
   * @param customer - its identifier, as text or number
   * @returns the most valuable first; none where nothing is worth its contact
   * @throws a {@link ClientelaError} `UNKNOWN_ID`, or `DUPLICATE_ID` where the cells have two rows of one customer
   */
  basket(customer: string | number): BasketItem[] {
    const row = this.#rowOf('BasketPlan.basket', customer);
    const { cells, read } = this.#solved;
    const codes = this.chosen.subarray(row * this.width, (row + 1) * this.width);
    return Array.from(codes.filter((code) => code >= 0), (code) => basketItem(cells, read, row, code));
  }

  /**
   * The customers who are offered a product.
   *
   * @param product - its name
   * @returns their identifiers, in the order of the rows
   * @throws a {@link ClientelaError} `UNKNOWN_ID`
   */
  customersOf(product: string): (string | number)[] {
    const column = columnOf('BasketPlan.customersOf', this.products, product);
    const found: (string | number)[] = [];
    for (let slot = 0; slot < this.chosen.length; slot++) if (this.chosen[slot] === column) found.push(this.customers[Math.floor(slot / this.width)]!);
    return found;
  }

  /**
   * Why a product is not in a customer's basket.
   *
   * @param customer - its identifier, as text or number
   * @param product - its name
   * @returns the reason in words, such as `'basket is full'`; null where the product is in the basket
   * @throws a {@link ClientelaError} `UNKNOWN_ID` or `DUPLICATE_ID`
   */
  whyNot(customer: string | number, product: string): string | null {
    const caller = 'BasketPlan.whyNot';
    return whyNot(this.#solved, this.#rowOf(caller, customer), columnOf(caller, this.products, product));
  }

  #rowOf(caller: string, customer: string | number): number {
    this.#rows ??= rowsByCustomer(caller, this.customers);
    const row = this.#rows.get(String(customer));
    if (row !== undefined) return row;
    throw new ClientelaError('UNKNOWN_ID', `${caller} knows no customer ${describeValue(customer)}; it takes the identifiers of the cells`, { customer });
  }
}
