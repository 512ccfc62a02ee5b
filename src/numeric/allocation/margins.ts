import { hasOwnCosts, placePrices, type AllocationPrices, type AllocationProblem } from './allocationProblem.js';
import { bestSet, clashes, isAmong, setRoom } from './bestSet.js';
import { pricing } from './plan.js';

/** What a price may be wrong by, as a share of what an action costs at the prices; the typical value stands in for prices of 0. */
const DOUBT = 0.002;

/** Writes everybody's best choice at these prices into `choices` (customers x width) and says how clear each is; Infinity where there is none to make. */
export function choiceMargins(problem: AllocationProblem, prices: AllocationPrices, money: number, choices: Int16Array): Float32Array {
  return problem.width === 1 ? singleMargins(problem, prices, money, choices) : setMargins(problem, prices, choices);
}

/**
 * How clear each customer's choice is: the least lead over another action, in units of what the two cost at the prices, as an error of the prices moves
 * dear actions more.
 */
function singleMargins(problem: AllocationProblem, prices: AllocationPrices, money: number, settled: Int16Array): Float32Array {
  const { count, actionCount, values, costs, widths } = problem;
  const own = hasOwnCosts(problem);
  const margins = new Float32Array(count);
  const worths = new Float64Array(actionCount);
  const dear = new Float64Array(actionCount);
  const places = placePrices(prices, actionCount);
  const unit = prices[2 * actionCount]!;
  const base = DOUBT * money;
  for (let i = 0; i < count; i++) {
    margins[i] = Infinity;
    if (widths !== null && widths[i] === 0) continue;
    const row = i * actionCount;
    const costRow = own ? row : 0;
    let best = 0;
    let choice = -1;
    for (let k = 0; k < actionCount; k++) {
      const price = places[k]! + unit * costs[costRow + k]!;
      const worth = values[row + k]! - price;
      worths[k] = worth;
      dear[k] = Math.abs(price);
      if (worth > best) {
        best = worth;
        choice = k;
      }
    }
    const mine = base + (choice < 0 ? 0 : dear[choice]!);
    let margin = choice < 0 ? Infinity : best / mine;
    for (let k = 0; k < actionCount; k++) {
      if (k === choice) continue;
      const lead = best - worths[k]!;
      const doubt = mine + dear[k]!;
      if (lead < margin * doubt) margin = lead / doubt;
    }
    settled[i] = choice;
    margins[i] = margin;
  }
  return margins;
}

function setMargins(problem: AllocationProblem, prices: AllocationPrices, settled: Int16Array): Float32Array {
  const { count, actionCount, width, widths, conflicts } = problem;
  const margins = new Float32Array(count);
  const worths = new Float64Array(actionCount);
  const room = setRoom(actionCount, width);
  const price = pricing(problem, prices);
  for (let i = 0; i < count; i++) {
    const allowed = widths === null ? width : widths[i]!;
    margins[i] = Infinity;
    if (allowed === 0) continue;
    price(i, worths);
    bestSet(worths, allowed, conflicts, room);
    settled.set(room.chosen, i * width);
    margins[i] = setMargin(worths, allowed, room.chosen, conflicts);
  }
  return margins;
}

/** The least loss of one change; with conflicts a lower bound of it. */
function setMargin(worths: Float64Array, allowed: number, chosen: Int16Array, conflicts: Uint8Array | null): number {
  let last = Infinity;
  let size = 0;
  for (; size < allowed && chosen[size]! >= 0; size++) if (worths[chosen[size]!]! < last) last = worths[chosen[size]!]!;
  const room = size < allowed;
  let margin = last;
  for (let k = 0; k < worths.length; k++) {
    const worth = worths[k]!;
    // What is missing fails this, too.
    if (!(worth > (room ? 0 : last) - margin) || isAmong(chosen, size, k)) continue;
    const loss = room && !(conflicts !== null && clashes(chosen, size, k, conflicts, worths.length)) ? -worth : last - worth;
    if (loss < margin) margin = loss;
  }
  return margin;
}
