import { descending, sumOf, take } from './fillBudget.js';

/**
 * The lowest price per unit of budget at which those still worth their price can all be afforded (Everett, 1963), by bisection: what
 * they spend falls as the price rises.
 */
export function priceOfBudget(values: Float64Array, spends: Float64Array, budget: number, capacity: number): number {
  let low = 0;
  let high = 0;
  for (let i = 0; i < values.length; i++) if (spends[i]! > 0) high = Math.max(high, values[i]! / spends[i]!);
  const priced = new Float64Array(values.length);
  for (let step = 0; step < 60 && high - low > 1e-12 * high; step++) {
    const price = (low + high) / 2;
    for (let i = 0; i < values.length; i++) priced[i] = values[i]! - price * spends[i]!;
    if (spendAtPrice(priced, spends, capacity) > budget) low = price;
    else high = price;
  }
  return high;
}

/** What the best choice within the capacity spends when the budget has a price; sorts only if the capacity binds. */
function spendAtPrice(priced: Float64Array, spends: Float64Array, capacity: number): number {
  let spend = 0;
  let count = 0;
  for (let i = 0; i < priced.length; i++) {
    if (priced[i]! <= 0) continue;
    spend += spends[i]!;
    count++;
  }
  return count <= capacity ? spend : sumOf(spends, take(descending(priced), priced, spends, capacity, Infinity));
}
