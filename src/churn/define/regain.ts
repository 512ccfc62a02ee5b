import { lowerBound } from '../../numeric/lowerBound.js';
import type { Estimate } from '../../numeric/estimate.js';
import { survivalAt } from '../../numeric/survival/survivalCurve.js';
import type { GapTable } from './gapTable.js';
import type { VisitGaps } from './visitGaps.js';

/** Of the silences that have lasted so many days the share that ends within the horizon: R(d) = 1 - S(d + H) / S(d). `NaN` where silences were not observed so long. */
export function regainAt({ lengths, curve }: GapTable, days: number, horizon: number): number {
  const still = survivalAt(curve, days);
  return days + horizon > lengths[lengths.length - 1]! || still === 0 ? NaN : 1 - survivalAt(curve, days + horizon) / still;
}

/**
 * Its standard error by the infinitesimal jackknife over customers: gaps of one customer are alike, and Greenwood's formula, which takes them as
 * independent, would promise too much. Of log(1 - R); O(gaps).
 */
export function regainLogError({ starts }: VisitGaps, table: GapTable, days: number, horizon: number): number {
  const { lengths, greenwood, remaining, place } = table;
  const first = lowerBound(lengths, 0, lengths.length, days);
  // Gaps longer than `days` are at risk; those of exactly `days` have ended, or are not known to go on.
  const from = lengths[first] === days ? first + 1 : first;
  const beyond = lowerBound(lengths, 0, lengths.length, days + horizon);
  const to = lengths[beyond] === days + horizon ? beyond + 1 : beyond;
  const before = from === 0 ? 0 : greenwood[from - 1]!;
  const pull = new Float64Array(lengths.length);
  const push = new Float64Array(lengths.length);
  for (let k = from; k < lengths.length; k++) {
    pull[k] = greenwood[Math.min(k, to - 1)]! - before;
    push[k] = k < to && remaining[k]! > 0 ? pull[k]! - 1 / remaining[k]! : pull[k]!;
  }
  let sum = 0;
  for (let i = 0; i + 1 < starts.length; i++) {
    const open = starts[i + 1]! - 1;
    let influence = pull[place[open]!]!;
    for (let g = starts[i]!; g < open; g++) influence += push[place[g]!]!;
    sum += influence * influence;
  }
  return Math.sqrt(sum);
}

/** The share with its interval, on the scale of log(-log(1 - R)), which cannot leave [0, 1]. */
export function regainEstimate(gaps: VisitGaps, table: GapTable, days: number, horizon: number, z: number): Estimate | null {
  const estimate = regainAt(table, days, horizon);
  if (Number.isNaN(estimate)) return null;
  const log = Math.log1p(-estimate);
  if (estimate === 0 || estimate === 1) return { estimate, lower: estimate, upper: estimate };
  const width = Math.exp((z * regainLogError(gaps, table, days, horizon)) / -log);
  return { estimate, lower: -Math.expm1(log / width), upper: -Math.expm1(log * width) };
}
