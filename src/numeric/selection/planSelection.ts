import { descending, sumOf, take } from './fillBudget.js';
import { priceOfBudget } from './priceOfBudget.js';
import { searchCore } from './searchCore.js';

/** What choosing each customer is worth net of its cost, and that cost. */
export interface SelectionValues {
  readonly net: Float64Array;
  readonly costs: Float64Array;
}

/** The order in which customers are contacted, and how far down the limits allow. */
export interface SelectionPlan {
  /** Every customer, the first to be contacted first. */
  readonly ranking: Uint32Array;
  /** The chosen ones, in the order of the ranking. */
  readonly selected: Uint32Array;
  /** No choice within the limits can be worth more than this: equal to the value of `selected` where that is proven best. */
  readonly bound: number;
}

/**
 * Chooses the customers worth most together within the limits.
 *
 * Where the contacts that pay cost the same, or the budget does not bind, the best by net value are exactly optimal. Where costs
 * differ and the budget binds this is a knapsack: the price of budget (the multiplier of Everett, 1963) bounds what any choice
 * could reach, three greedy choices start, and a search among those about worth their price improves the best of them, often to
 * the proof that nothing is better. O(n log n) for each of at most 60 prices, and a search of limited length.
 * The caller widens the budget by what rounding may add to the spend.
 */
export function planSelection(values: SelectionValues, budget: number, capacity: number): SelectionPlan {
  const { net, costs } = values;
  const byNet = descending(net);
  if (budget < 0) return { ranking: byNet, selected: new Uint32Array(0), bound: 0 };
  const free = take(byNet, net, costs, capacity, Infinity);
  if (sumOf(costs, free) <= budget) return { ranking: byNet, selected: free, bound: sumOf(net, free) };
  const cost = costs[free[0]!]!;
  if (costs.every((other, row) => other === cost || net[row]! <= 0)) {
    const selected = free.subarray(0, Math.floor(budget / cost));
    return { ranking: byNet, selected, bound: sumOf(net, selected) };
  }
  return knapsack(values, budget, capacity);
}

function knapsack({ net, costs }: SelectionValues, budget: number, capacity: number): SelectionPlan {
  const rows = Uint32Array.from(net.keys()).filter((row) => net[row]! > 0 && costs[row]! <= budget);
  const values = Float64Array.from(rows, (row) => net[row]!);
  const spends = Float64Array.from(rows, (row) => costs[row]!);
  const price = priceOfBudget(values, spends, budget, capacity);
  const ranking = descending(net.map((value, row) => value - price * costs[row]!));
  const limits = { budget, capacity: Math.min(capacity, rows.length) };
  const { chosen, bound } = searchCore(values, spends, limits, price, bestFill(values, spends, limits, price));
  const isChosen = new Uint8Array(net.length);
  for (const i of chosen) isChosen[rows[i]!] = 1;
  const selected = ranking.filter((row) => isChosen[row] === 1);
  const worth = sumOf(net, selected);
  return { ranking, selected, bound: bound === null ? worth : Math.max(bound, worth) };
}

/** The best of three greedy choices; by value alone the first that fits is the best single customer. */
function bestFill(values: Float64Array, spends: Float64Array, limits: { readonly budget: number; readonly capacity: number }, price: number): Uint32Array {
  const rankings = [values.map((value, i) => value - price * spends[i]!), values.map((value, i) => value / spends[i]!), values];
  const fills = rankings.map((ranking) => take(descending(ranking), values, spends, limits.capacity, limits.budget));
  return fills.reduce((best, fill) => (sumOf(values, fill) > sumOf(values, best) ? fill : best));
}
