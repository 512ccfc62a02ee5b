import { chosenCodes, describePrices, readPrices } from '../../data/allocation/limitPrices.js';
import { endOf, gapOf, solveAllocation } from '../../data/allocation/solveAllocation.js';
import { recount } from '../../numeric/allocation/plan.js';
import { typicalValue } from '../../numeric/allocation/typicalValue.js';
import type { PropensityCells } from '../cells/propensityCells.js';
import { BasketPlan } from './basketPlan.js';
import { readBasketProblem } from './basketProblem.js';
import type { BasketPrices, IdealBasketOptions } from './basketTypes.js';
import { contactPrices, describeProducts } from './describeBasket.js';
import { settleTies } from './stableTies.js';

/**
 * The basket of every customer, such that all baskets together are worth the most within capacities, budget and contact limits; with a proof of
 * how near the best it is, the price of every limit, and the reason for what is left out.
 *
 * A cell is worth probability × margin − contact cost. Each limit gets a price (Lagrangian duality: Everett, 1963); at the right prices every
 * customer takes the basket best for him, and the few who hang in the balance are settled by repair and exchanges. The prices prove that no plan is
 * worth more than `bound`: `gap` is that proof, not an estimate. Up to some hundred customers the plan is often the proven best (gap 0); from some
 * thousands the gap is about 0.001 %, and below 0.01 % where many cases are tied. A plan never breaks a limit; spend may pass the budget by rounding (1e-12 of it).
 *
 * Ties go to the lowest customer, then to the lowest product column. The same input gives the same plan. Time O(customers × products): one to two
 * seconds for 100,000 × 20, three where many cases are tied. Memory beside the cells 8 bytes a cell, 8 more where contact costs differ by customer, and some 16 bytes a customer and
 * 12 a place in a basket: 10⁷ cells are 80 MB. For more, give only the cells that can win (customers with no cell worth its contact can be left
 * out without any loss), or plan for parts of the customers with parts of the limits. At most 32,767 products, and 255 in one basket.
 *
 * @param cells - customers, products and probabilities
 * @param options - margins, costs and limits; only `margin` is needed
 * @returns the baskets, as a {@link BasketPlan}; empty ones where nobody is eligible or nothing is worth its contact
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE`, `LENGTH_MISMATCH`; `INVALID_OPTION`, also for minimum volumes that cannot be met
 * @example
 * ```ts
 * const cells = {
 *   customers: ['Ann', 'Ben', 'Cid'],
 *   products: ['card', 'fund', 'loan'],
 *   probability: Float64Array.of(0.5, 0.2, 0.1, 0.4, 0.1, 0.3, 0.1, 0.2, NaN),
 * };
 * const plan = idealBasket(cells, {
 *   margin: { card: 30, fund: 100, loan: 80 },
 *   contactCost: 2,
 *   capacity: { fund: 1 },
 *   exclusive: [['card', 'loan']],
 * });
 * plan.basket('Ann').map(({ product, value }) => [product, value]); // => [['fund', 18], ['card', 13]]
 * plan.basket('Ben').map(({ product }) => product); // => ['loan']
 * plan.whyNot('Ben', 'card'); // => 'goes not together with loan, which is in the basket'
 * plan.whyNot('Cid', 'fund'); // => 'capacity of fund is used by better cases (price 18.0)'
 * plan.value; // => 54
 * plan.gap; // => 0
 * ```
 */
export function idealBasket(cells: PropensityCells, options: IdealBasketOptions): BasketPlan {
  const read = readBasketProblem(cells, options);
  const { offered, problem, tolerance } = read;
  const solved = solveAllocation(offered, problem, { tolerance, start: readPrices(offered, options.start), onProgress: options.onProgress });
  const money = typicalValue(problem);
  settleTies(problem, solved.plan, solved.prices, Math.min(Math.max(0, solved.bound - solved.value), 1e-3 * money) + 1e-9 * money);
  recount(problem, solved.plan);
  const chosen = chosenCodes(problem, solved.plan);
  const gap = gapOf(solved);
  const more = contactPrices(read, chosen, solved.prices);
  const { prices, binding } = describePrices(offered.names, problem, solved.prices, money);
  return new BasketPlan(
    { cells, read, chosen, prices: solved.prices, usage: solved.plan.usage, spend: solved.plan.spend, least: 1e-9 * money },
    {
      perProduct: describeProducts(cells, read, chosen),
      value: solved.value,
      bound: solved.bound,
      gap,
      prices: prices as BasketPrices,
      contactPrices: more,
      binding: more.some((price) => price > 1e-6 * money) ? [...binding, 'maxPerCustomer'] : binding,
      convergence: endOf(solved, gap, tolerance),
    },
  );
}
