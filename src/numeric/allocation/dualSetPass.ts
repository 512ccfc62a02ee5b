import { hasOwnCosts, placePrices, type AllocationPrices, type AllocationProblem } from './allocationProblem.js';
import { bestSet, clashes, isAmong, setRoom } from './bestSet.js';
import type { DualPass } from './dualPass.js';

/**
 * The pass for customers who may get several actions. The best set is exact; smoothing spreads it over the sets one change away
 * (an action added, dropped or exchanged), which are what a customer on the edge goes between.
 */
export function dualSetPass(problem: AllocationProblem, prices: AllocationPrices, smoothing: number, reach: number, pass: DualPass): void {
  const { count, actionCount, values, costs, width, widths, conflicts } = problem;
  const own = hasOwnCosts(problem);
  const places = placePrices(prices, actionCount);
  const money = prices[2 * actionCount]!;
  const room = setRoom(actionCount, width);
  const { chosen } = room;
  const others = new Int16Array(width);
  const near = new Int16Array(actionCount);
  const worths = new Float64Array(actionCount);
  const most = width * (actionCount + 1);
  const changes = { count: 0, from: new Int16Array(most), to: new Int16Array(most), share: new Float64Array(most), mean: new Float64Array(actionCount + 1), touched: new Int16Array(actionCount + 1) };
  const { usage } = pass;
  for (let i = 0; i < count; i++) {
    const allowed = widths === null ? width : widths[i]!;
    if (allowed === 0) continue;
    const row = i * actionCount;
    const costRow = own ? row : 0;
    for (let k = 0; k < actionCount; k++) worths[k] = values[row + k]! - places[k]! - money * costs[costRow + k]!;
    pass.exact += bestSet(worths, allowed, conflicts, room);
    let size = 0;
    let least = Infinity;
    for (; size < allowed && chosen[size]! >= 0; size++) {
      const k = chosen[size]!;
      if (worths[k]! < least) least = worths[k]!;
      usage[k]!++;
      usage[actionCount]! += costs[costRow + k]!;
    }
    const reached = nearActions(worths, (size < allowed ? 0 : least) - reach, chosen, size, near);
    if (reached === 0 && !(least < reach)) continue;
    changes.count = 0;
    let total = 1;
    let lost = 0;
    // Empty places are all alike: one of them stands for the rest.
    for (let s = 0; s < allowed && s <= size; s++) {
      const from = s < size ? chosen[s]! : -1;
      const worth = from < 0 ? 0 : worths[from]!;
      let left = 0;
      for (let other = 0; other < size; other++) if (other !== s) others[left++] = chosen[other]!;
      for (let t = from < 0 ? 0 : -1; t < reached; t++) {
        const to = t < 0 ? -1 : near[t]!;
        const loss = to < 0 ? worth : worth - worths[to]!;
        if (!(loss < reach)) continue;
        if (to >= 0 && conflicts !== null && clashes(others, left, to, conflicts, actionCount)) continue;
        const share = Math.exp(-Math.max(loss, 0) / smoothing);
        changes.from[changes.count] = from;
        changes.to[changes.count] = to;
        changes.share[changes.count++] = share;
        total += share;
        lost += share * loss;
      }
    }
    if (changes.count === 0) continue;
    pass.smooth += smoothing * Math.log(total);
    pass.shortfall += lost / total;
    spreadChanges(changes, total, costs, costRow, actionCount, pass);
  }
  pass.smooth += pass.exact;
}

/** The actions worth more than `least` that are not chosen, ascending: how many. */
function nearActions(worths: Float64Array, least: number, chosen: Int16Array, size: number, near: Int16Array): number {
  let found = 0;
  for (let k = 0; k < worths.length; k++) {
    if (worths[k]! > least && !isAmong(chosen, size, k)) near[found++] = k;
  }
  return found;
}

interface Changes {
  count: number;
  readonly from: Int16Array;
  readonly to: Int16Array;
  readonly share: Float64Array;
  /** Room for the mean change, 0 outside of use, and for where it is not. */
  readonly mean: Float64Array;
  readonly touched: Int16Array;
}

/** Moves a customer's choice by the mean of the changes and adds their covariance. */
function spreadChanges({ count, from, to, share, mean, touched }: Changes, total: number, costs: Float64Array, costRow: number, actionCount: number, pass: DualPass): void {
  const { usage, curvature } = pass;
  const size = actionCount + 1;
  for (let c = 0; c < count; c++) {
    const weight = share[c]! / total;
    const out = from[c]!;
    const into = to[c]!;
    const cost = (into < 0 ? 0 : costs[costRow + into]!) - (out < 0 ? 0 : costs[costRow + out]!);
    if (into >= 0) {
      mean[into]! += weight;
      curvature[into * size + into]! += weight;
      curvature[actionCount * size + into]! += weight * cost;
    }
    if (out >= 0) {
      mean[out]! -= weight;
      curvature[out * size + out]! += weight;
      curvature[actionCount * size + out]! -= weight * cost;
    }
    if (into >= 0 && out >= 0) curvature[Math.max(into, out) * size + Math.min(into, out)]! -= weight;
    curvature[actionCount * size + actionCount]! += weight * cost * cost;
    mean[actionCount]! += weight * cost;
  }
  let changed = 0;
  for (let a = 0; a < size; a++) if (mean[a] !== 0) touched[changed++] = a;
  for (let t = 0; t < changed; t++) {
    const a = touched[t]!;
    usage[a]! += mean[a]!;
    for (let u = 0; u <= t; u++) curvature[a * size + touched[u]!]! -= mean[a]! * mean[touched[u]!]!;
  }
  for (let t = 0; t < changed; t++) mean[touched[t]!] = 0;
}
