import { hasOwnCosts, placePrices, type AllocationPrices, type AllocationProblem } from './allocationProblem.js';
import { dualSetPass } from './dualSetPass.js';

/** The dual function and its derivatives at some prices, before what the limits themselves add. */
export interface DualPass {
  /** What the customers could get at these prices: the sum of their best choices. */
  exact: number;
  /** The same, smoothed: never below `exact`. */
  smooth: number;
  /** What the smoothed choice is worth less at these prices than the best one. */
  shortfall: number;
  /** How often each action is chosen in the smoothed plan, then what it spends. */
  readonly usage: Float64Array;
  /** How the usage answers prices, (K + 1) x (K + 1), lower triangle. */
  readonly curvature: Float64Array;
}

/** Losses beyond so many times the smoothing weigh nothing. */
export const REACH = 20;

/** A pass with nothing in it. */
export function emptyPass(actionCount: number): DualPass {
  const size = actionCount + 1;
  return { exact: 0, smooth: 0, shortfall: 0, usage: new Float64Array(size), curvature: new Float64Array(size * size) };
}

/**
 * One look at every customer at these prices. The choice among nearly equal actions is spread over them as exp(-loss / smoothing), which makes
 * the piecewise linear dual function smooth (entropy smoothing, Nesterov 2005). O(customers x actions).
 */
export function dualPass(problem: AllocationProblem, prices: AllocationPrices, smoothing: number, pass: DualPass): void {
  pass.exact = 0;
  pass.smooth = 0;
  pass.shortfall = 0;
  pass.usage.fill(0);
  pass.curvature.fill(0);
  if (problem.width > 1) dualSetPass(problem, prices, smoothing, REACH * smoothing, pass);
  else singlePass(problem, prices, smoothing, pass);
  const size = problem.actionCount + 1;
  for (let a = 0; a < size * size; a++) pass.curvature[a]! /= smoothing;
}

function singlePass(problem: AllocationProblem, prices: AllocationPrices, smoothing: number, pass: DualPass): void {
  const { count, actionCount, values, costs, widths } = problem;
  const own = hasOwnCosts(problem);
  const places = placePrices(prices, actionCount);
  const money = prices[2 * actionCount]!;
  if (!own) for (let k = 0; k < actionCount; k++) places[k]! += money * costs[k]!;
  const { usage } = pass;
  const reach = REACH * smoothing;
  const room = { tied: new Int16Array(actionCount), shares: new Float64Array(actionCount), worths: new Float64Array(actionCount) };
  let exact = 0;
  let spend = 0;
  for (let i = 0; i < count; i++) {
    if (widths !== null && widths[i] === 0) continue;
    const row = i * actionCount;
    let best = 0;
    let second = -Infinity;
    let choice = -1;
    for (let k = 0; k < actionCount; k++) {
      const worth = own ? values[row + k]! - places[k]! - money * costs[row + k]! : values[row + k]! - places[k]!;
      if (!(worth > second)) continue;
      if (worth > best) {
        second = best;
        best = worth;
        choice = k;
      } else second = worth;
    }
    exact += best;
    if (best - second < reach) {
      for (let k = 0; k < actionCount; k++) room.worths[k] = own ? values[row + k]! - places[k]! - money * costs[row + k]! : values[row + k]! - places[k]!;
      spread(room, best, choice, smoothing, costs, own ? row : 0, pass);
    } else if (choice >= 0) {
      usage[choice]!++;
      spend += costs[own ? row + choice : choice]!;
    }
  }
  usage[actionCount]! += spend;
  pass.exact = exact;
  pass.smooth += exact;
}

interface TieRoom {
  readonly tied: Int16Array;
  readonly shares: Float64Array;
  readonly worths: Float64Array;
}

/** One customer whose best actions (or none) are nearly equal: the shares of each, and what they add to the pass. */
function spread({ tied, shares, worths }: TieRoom, best: number, choice: number, smoothing: number, costs: Float64Array, costRow: number, pass: DualPass): void {
  const reach = REACH * smoothing;
  let ties = 0;
  let total = 0;
  let lost = 0;
  if (best < reach) {
    total = Math.exp(-best / smoothing);
    lost = total * best;
  }
  for (let k = 0; k < worths.length; k++) {
    const loss = best - worths[k]!;
    if (!(loss < reach) && k !== choice) continue;
    const share = Math.exp(-loss / smoothing);
    tied[ties] = k;
    shares[ties++] = share;
    total += share;
    lost += share * loss;
  }
  pass.smooth += smoothing * Math.log(total);
  pass.shortfall += lost / total;
  addShares(tied, shares, ties, total, costs, costRow, pass);
}

/** Adds one customer spread over some actions, and over none for what is left of `total`. */
function addShares(tied: Int16Array, shares: Float64Array, ties: number, total: number, costs: Float64Array, costRow: number, { usage, curvature }: DualPass): void {
  const size = usage.length;
  const last = (size - 1) * size;
  let mean = 0;
  let square = 0;
  for (let t = 0; t < ties; t++) {
    const share = (shares[t]! /= total);
    const cost = costs[costRow + tied[t]!]!;
    mean += share * cost;
    square += share * cost * cost;
  }
  for (let t = 0; t < ties; t++) {
    const a = tied[t]!;
    const share = shares[t]!;
    usage[a]! += share;
    curvature[a * size + a]! += share;
    curvature[last + a]! += share * (costs[costRow + a]! - mean);
    // The tied are in ascending order: these are of the lower triangle.
    for (let s = 0; s <= t; s++) curvature[a * size + tied[s]!]! -= share * shares[s]!;
  }
  usage[size - 1]! += mean;
  curvature[last + size - 1]! += square - mean * mean;
}
