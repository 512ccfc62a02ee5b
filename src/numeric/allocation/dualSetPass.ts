import { hasOwnCosts, placePrices, type AllocationPrices, type AllocationProblem } from './allocationProblem.js';
import { bestSet, clashes, setRoom } from './bestSet.js';
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
  const worths = new Float64Array(actionCount);
  const most = width * (actionCount + 1);
  const changes = { count: 0, from: new Int16Array(most), to: new Int16Array(most), share: new Float64Array(most) };
  const { usage } = pass;
  for (let i = 0; i < count; i++) {
    const allowed = widths === null ? width : widths[i]!;
    if (allowed === 0) continue;
    const row = i * actionCount;
    const costRow = own ? row : 0;
    for (let k = 0; k < actionCount; k++) worths[k] = values[row + k]! - places[k]! - money * costs[costRow + k]!;
    pass.exact += bestSet(worths, allowed, conflicts, room);
    changes.count = 0;
    let total = 1;
    let lost = 0;
    for (let s = 0; s < allowed; s++) {
      const from = chosen[s]!;
      const worth = from < 0 ? 0 : worths[from]!;
      if (from >= 0) {
        usage[from]!++;
        usage[actionCount]! += costs[costRow + from]!;
      }
      let size = 0;
      for (let other = 0; other < allowed; other++) if (other !== s && chosen[other]! >= 0) others[size++] = chosen[other]!;
      for (let to = from < 0 ? 0 : -1; to < actionCount; to++) {
        const loss = to < 0 ? worth : worth - worths[to]!;
        if (!(loss < reach) || to === from || chosen.includes(to, 0) && to >= 0) continue;
        if (to >= 0 && conflicts !== null && clashes(others, size, to, conflicts, actionCount)) continue;
        const share = Math.exp(-Math.max(loss, 0) / smoothing);
        changes.from[changes.count] = from;
        changes.to[changes.count] = to;
        changes.share[changes.count++] = share;
        total += share;
        lost += share * loss;
      }
      // Empty places are all alike: one of them stands for the rest.
      if (from < 0) break;
    }
    if (changes.count === 0) continue;
    pass.smooth += smoothing * Math.log(total);
    pass.shortfall += lost / total;
    spreadChanges(changes, total, costs, costRow, actionCount, pass);
  }
  pass.smooth += pass.exact;
}

interface Changes {
  count: number;
  readonly from: Int16Array;
  readonly to: Int16Array;
  readonly share: Float64Array;
}

/** Moves a customer's choice by the mean of the changes and adds their covariance. */
function spreadChanges({ count, from, to, share }: Changes, total: number, costs: Float64Array, costRow: number, actionCount: number, pass: DualPass): void {
  const { usage, curvature } = pass;
  const size = actionCount + 1;
  const mean = new Float64Array(size);
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
  for (let a = 0; a < size; a++) {
    if (mean[a] === 0) continue;
    usage[a]! += mean[a]!;
    for (let b = 0; b <= a; b++) curvature[a * size + b]! -= mean[a]! * mean[b]!;
  }
}
