import type { AllocationPrices } from '../../numeric/allocation/allocationProblem.js';
import { bestSet, setRoom } from '../../numeric/allocation/bestSet.js';
import { costOf, pricing } from '../../numeric/allocation/plan.js';
import type { PropensityCells } from '../cells/propensityCells.js';
import type { BasketItem, BasketProduct } from './basketTypes.js';
import type { BasketProblem } from './basketProblem.js';

/** What one more product in a full basket would add, at the prices; 0 for a basket that is not full. */
export function contactPrices({ problem, conflicts }: BasketProblem, chosen: Int32Array, prices: AllocationPrices): Float64Array {
  const { count, actionCount, width, widths } = problem;
  const more = new Float64Array(count);
  const worths = new Float64Array(actionCount);
  const room = setRoom(actionCount, width + 1);
  const price = pricing(problem, prices);
  for (let i = 0; i < count; i++) {
    const allowed = widths === null ? width : widths[i]!;
    if (allowed === actionCount || (allowed > 0 && chosen[i * width + allowed - 1]! < 0)) continue;
    price(i, worths);
    const now = allowed === 0 ? 0 : bestSet(worths, allowed, conflicts, room);
    more[i] = Math.max(0, bestSet(worths, allowed + 1, conflicts, room) - now);
  }
  return more;
}

/** One cell as a part of a basket. */
export function basketItem({ probability, products }: PropensityCells, { problem, margin }: BasketProblem, row: number, column: number): BasketItem {
  const at = row * products.length + column;
  const p = probability[at]!;
  const value = p * margin[margin.length > products.length ? at : column]!;
  const contactCost = costOf(problem, row, column);
  return { product: products[column]!, probability: p, margin: value, contactCost, value: value - contactCost };
}

/** What all baskets hold of each product. */
export function describeProducts({ probability, products }: PropensityCells, { problem, margin, price }: BasketProblem, chosen: Int32Array): BasketProduct[] {
  const count = products.length;
  const [offers, sales, revenues, margins, costs] = [0, 1, 2, 3, 4].map(() => new Float64Array(count)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let slot = 0; slot < chosen.length; slot++) {
    const j = chosen[slot]!;
    if (j < 0) continue;
    const row = Math.floor(slot / problem.width);
    const at = row * count + j;
    const p = probability[at]!;
    offers[j]!++;
    sales[j]! += p;
    margins[j]! += p * margin[margin.length > count ? at : j]!;
    costs[j]! += costOf(problem, row, j);
    if (price !== null) revenues[j]! += p * price[price.length > count ? at : j]!;
  }
  return products.map((product, j) => ({
    product,
    offers: offers[j]!,
    sales: sales[j]!,
    ...(price === null ? {} : { revenue: revenues[j]! }),
    margin: margins[j]!,
    contactCost: costs[j]!,
    value: margins[j]! - costs[j]!,
  }));
}
