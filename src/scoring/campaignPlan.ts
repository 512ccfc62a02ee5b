import { sortedOrder } from '../numeric/sorting.js';
import type { CampaignValues } from './campaignCosts.js';

/** The order in which customers are contacted, and how far down the limits allow. */
export interface CampaignPlan {
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
 * Where contacts cost the same, or the budget does not bind, the best by net value are exactly optimal. Where costs differ
 * and the budget binds this is a knapsack: the price of budget (the multiplier of Everett, 1963) is found by bisection, the
 * customers still worth their price are taken, what is left of the budget is filled, and the dual value bounds what any
 * choice could reach. O(n log n) for each of at most 60 prices.
 */
export function planCampaign(values: CampaignValues, budget: number, capacity: number): CampaignPlan {
  const { net, costs } = values;
  const free = take(descending(net), net, costs, capacity, Infinity);
  if (sumOf(costs, free) <= budget) return { ranking: descending(net), selected: free, bound: sumOf(net, free) };
  if (costs.every((cost) => cost === costs[0])) {
    const selected = free.subarray(0, affordable(costs[0]!, budget));
    return { ranking: descending(net), selected, bound: sumOf(net, selected) };
  }
  return knapsack(values, budget, capacity);
}

/** How many contacts of one price a budget pays for; a budget that is a multiple but for rounding pays for all of them. */
function affordable(cost: number, budget: number): number {
  return Math.max(0, Math.floor((budget / cost) * (1 + 1e-12)));
}

function knapsack({ net, costs }: CampaignValues, budget: number, capacity: number): CampaignPlan {
  let low = 0;
  let high = 0;
  for (let i = 0; i < net.length; i++) if (net[i]! > 0 && costs[i]! > 0) high = Math.max(high, net[i]! / costs[i]!);
  let bound = Infinity;
  const priced = new Float64Array(net.length);
  for (let step = 0; step < 60 && high - low > 1e-12 * high; step++) {
    const price = (low + high) / 2;
    for (let i = 0; i < net.length; i++) priced[i] = net[i]! - price * costs[i]!;
    const { worth, spend } = bestAtPrice(priced, costs, capacity);
    bound = Math.min(bound, worth + price * budget);
    if (spend > budget) low = price;
    else high = price;
  }
  for (let i = 0; i < net.length; i++) priced[i] = net[i]! - high * costs[i]!;
  const ranking = descending(priced);
  const selected = take(ranking, net, costs, capacity, budget);
  return { ranking, selected, bound: Math.max(bound, sumOf(net, selected)) };
}

/** What the best choice within the capacity is worth and spends when the budget has a price; sorts only if the capacity binds. */
function bestAtPrice(priced: Float64Array, costs: Float64Array, capacity: number): { worth: number; spend: number } {
  let worth = 0;
  let spend = 0;
  let count = 0;
  for (let i = 0; i < priced.length; i++) {
    if (priced[i]! <= 0) continue;
    worth += priced[i]!;
    spend += costs[i]!;
    count++;
  }
  if (count <= capacity) return { worth, spend };
  const chosen = take(descending(priced), priced, costs, capacity, Infinity);
  return { worth: sumOf(priced, chosen), spend: sumOf(costs, chosen) };
}

/** Down the ranking: whoever is worth something and still fits. */
function take(ranking: Uint32Array, worth: Float64Array, costs: Float64Array, capacity: number, budget: number): Uint32Array {
  const selected = new Uint32Array(ranking.length);
  let count = 0;
  let left = budget;
  for (let k = 0; k < ranking.length && count < capacity; k++) {
    const row = ranking[k]!;
    if (worth[row]! > 0 && costs[row]! <= left) {
      selected[count++] = row;
      left -= costs[row]!;
    }
  }
  return selected.subarray(0, count);
}

/** Highest first; equal values in the order of the rows. */
function descending(values: Float64Array): Uint32Array {
  return sortedOrder(values.map((value) => -value));
}

function sumOf(values: Float64Array, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row]!;
  return sum;
}
