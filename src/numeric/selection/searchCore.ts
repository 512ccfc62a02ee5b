import { descending, sumOf } from './fillBudget.js';
import { ROUNDING } from './rounding.js';

/** How many decisions the search may try, and about how many customers at most. */
const MOST_STEPS = 200_000;
const LARGEST_CORE = 1000;

/** What the search starts from: who may be decided either way, what is taken beyond them, and the loss it must stay below. */
interface Core {
  readonly items: Uint32Array;
  readonly reduced: Float64Array;
  readonly left: number;
  readonly slots: number;
  /** What a unit of budget and a contact are worth. */
  readonly prices: { readonly budget: number; readonly contact: number };
  readonly allowance: number;
  readonly rounding: number;
}

/**
 * Improves a choice by depth-first branch and bound, and says what no choice can exceed (`null`: the choice is proven best).
 *
 * With prices λ of budget B and μ of the K contacts, the reduced value of a customer is r = value - λ spend - μ, and every choice is worth
 * U - sum of |r| over those decided against the sign of r - λ (budget left) - μ (contacts left), where U = sum of max(r, 0) + λ B + μ K.
 * So nobody with |r| of at least U - best can be decided against it in a better choice; the rest, the core, is searched with the
 * smallest |r| varied first.
 */
export function searchCore(
  values: Float64Array,
  spends: Float64Array,
  limits: { readonly budget: number; readonly capacity: number },
  price: number,
  start: Uint32Array,
): { readonly chosen: Uint32Array; readonly bound: number | null } {
  const { budget, capacity } = limits;
  const priced = values.map((value, i) => value - price * spends[i]!);
  const contact = capacity < values.length ? Math.max(0, priced[descending(priced)[capacity]!]!) : 0;
  const reduced = priced.map((value) => value - contact);
  const bound = reduced.reduce((sum, r) => sum + Math.max(r, 0), price * budget + contact * capacity);
  const allowance = bound - sumOf(values, start);
  const rounding = ROUNDING * bound;
  if (allowance <= rounding) return { chosen: start, bound: null };
  const order = descending(reduced.map(Math.abs));
  const open = order.filter((i) => Math.abs(reduced[i]!) < allowance);
  const items = open.subarray(Math.max(0, open.length - LARGEST_CORE));
  const fixed = order.subarray(0, order.length - items.length).filter((i) => reduced[i]! > 0);
  const prices = { budget: price, contact };
  const core: Core = { items, reduced, left: budget - sumOf(spends, fixed), slots: capacity - fixed.length, prices, allowance, rounding };
  const { best, finished } = search(core, values, spends);
  const chosen = best === null ? start : Uint32Array.from([...fixed, ...items.filter((_, t) => best[t] === 1)]);
  return { chosen, bound: finished && items.length === open.length ? null : bound };
}

/** The core decided with the least loss, `null` if none loses less than allowed; unfinished when the steps run out. */
function search({ items, reduced, prices, rounding, ...core }: Core, values: Float64Array, spends: Float64Array): { best: Uint8Array | null; finished: boolean } {
  const n = items.length;
  const spendFrom = new Float64Array(n + 1);
  for (let t = n - 1; t >= 0; t--) spendFrom[t] = spendFrom[t + 1]! + spends[items[t]!]!;
  const taken = new Uint8Array(n);
  let { allowance } = core;
  let best: Uint8Array | null = null;
  let steps = 0;
  // Customers alike lie side by side: taking a later instead of an earlier one is the same choice.
  const isRepeat = (t: number): boolean => {
    const [item, before] = [items[t]!, items[t - 1]!];
    return t > 0 && taken[t - 1] === 0 && values[item] === values[before] && spends[item] === spends[before];
  };
  const decide = (t: number, loss: number, left: number, slots: number): void => {
    if (++steps > MOST_STEPS) return;
    const least = loss + prices.budget * Math.max(0, left - spendFrom[t]!) + prices.contact * Math.max(0, slots - (n - t));
    if (least >= allowance - rounding) return;
    if (t === n) {
      allowance = least;
      best = taken.slice();
      return;
    }
    const r = reduced[items[t]!]!;
    const spend = spends[items[t]!]!;
    const fits = spend <= left && slots >= 1 && !isRepeat(t);
    const choices = r > 0 ? [1, 0] : [0, 1];
    for (const choice of choices) {
      if (choice === 1 && !fits) continue;
      taken[t] = choice;
      decide(t + 1, loss + (choice === 1 ? Math.max(0, -r) : Math.max(0, r)), choice === 1 ? left - spend : left, slots - choice);
    }
  };
  decide(0, 0, core.left, core.slots);
  return { best, finished: steps <= MOST_STEPS };
}
