import type { Estimate } from '../../numeric/estimate.js';
import { twoSidedNormalP } from '../../numeric/normal.js';

/** Two-by-two tables, one a stratum: of `cases[s]` cases `casesWith[s]` have what is asked about, and so for the controls. */
export interface StratifiedTables {
  readonly casesWith: ArrayLike<number>;
  readonly controlsWith: ArrayLike<number>;
  readonly cases: ArrayLike<number>;
  readonly controls: ArrayLike<number>;
}

/** The most outcomes of a distribution that is summed exactly; beyond it the normal one is as good. */
const EXACT_WIDTH = 400;

/**
 * The odds ratio common to all strata (Mantel and Haenszel, 1959) with the interval of Robins, Breslow and Greenland (1986). Where a sum is 0, half a row is
 * added to each cell, spread over the strata by their size: in one stratum the correction of Haldane. Null where the tables say nothing of it.
 */
export function commonOddsRatio(tables: StratifiedTables, z: number): Estimate | null {
  if (!isTelling(tables)) return null;
  const plain = mantelHaenszel(tables, z, 0);
  return plain.estimate > 0 && plain.estimate < Infinity ? plain : mantelHaenszel(tables, z, 0.5);
}

/** Whether in any stratum with cases and controls some have it and some do not. */
export function isTelling({ casesWith, controlsWith, cases, controls }: StratifiedTables): boolean {
  for (let s = 0; s < cases.length; s++) {
    const withIt = casesWith[s]! + controlsWith[s]!;
    if (cases[s]! > 0 && controls[s]! > 0 && withIt > 0 && withIt < cases[s]! + controls[s]!) return true;
  }
  return false;
}

/** With `added` rows in each cell, all strata taken together. */
export function mantelHaenszel({ casesWith, controlsWith, cases, controls }: StratifiedTables, z: number, added: number): Estimate {
  let total = 0;
  for (let s = 0; s < cases.length; s++) total += cases[s]! + controls[s]!;
  let [up, down, upSame, mixed, downOther] = [0, 0, 0, 0, 0];
  for (let s = 0; s < cases.length; s++) {
    const size = cases[s]! + controls[s]!;
    if (size === 0) continue;
    const more = (added * size) / total;
    const n = size + 4 * more;
    const [a, b] = [casesWith[s]! + more, controlsWith[s]! + more];
    const [c, d] = [cases[s]! - casesWith[s]! + more, controls[s]! - controlsWith[s]! + more];
    const [r, t, same] = [(a * d) / n, (b * c) / n, (a + d) / n];
    up += r;
    down += t;
    upSame += same * r;
    mixed += same * t + (1 - same) * r;
    downOther += (1 - same) * t;
  }
  const half = z * Math.sqrt(upSame / (2 * up * up) + mixed / (2 * up * down) + downOther / (2 * down * down));
  const estimate = up / down;
  return { estimate, lower: estimate * Math.exp(-half), upper: estimate * Math.exp(half) };
}

/**
 * Two-sided p-value of cases and controls being alike within each stratum: exact (the smaller tail of the sum of hypergeometric counts, doubled; in one stratum
 * Fisher's test) unless the sum has more than 400 possible values, then that of Cochran (1954), Mantel and Haenszel (1959) without correction for continuity.
 */
export function conditionalP(tables: StratifiedTables): number {
  const { casesWith, controlsWith, cases, controls } = tables;
  let [observed, mean, variance, width, least] = [0, 0, 0, 0, 0];
  for (let s = 0; s < cases.length; s++) {
    const [n1, n0, with_] = [cases[s]!, controls[s]!, casesWith[s]! + controlsWith[s]!];
    const n = n1 + n0;
    observed += casesWith[s]!;
    least += Math.max(0, with_ - n0);
    width += Math.min(n1, with_) - Math.max(0, with_ - n0);
    if (n < 2) mean += n1 * with_;
    else {
      mean += (n1 * with_) / n;
      variance += ((n1 * n0 * with_) / (n * n)) * ((n - with_) / (n - 1));
    }
  }
  if (width === 0) return 1;
  return width > EXACT_WIDTH ? twoSidedNormalP((observed - mean) / Math.sqrt(variance)) : exactP(tables, observed - least, width);
}

/** The distribution of the cases' sum above its least value, stratum added to stratum. */
function exactP({ casesWith, controlsWith, cases, controls }: StratifiedTables, found: number, width: number): number {
  let sum = new Float64Array(width + 1);
  let [next, filled] = [new Float64Array(width + 1), 0];
  sum[0] = 1;
  for (let s = 0; s < cases.length; s++) {
    const point = hypergeometricPoints(cases[s]!, controls[s]!, casesWith[s]! + controlsWith[s]!);
    if (point.length === 1) continue;
    next.fill(0);
    for (let i = 0; i <= filled; i++) for (let j = 0; j < point.length; j++) next[i + j]! += sum[i]! * point[j]!;
    filled += point.length - 1;
    [sum, next] = [next, sum];
  }
  let [lower, upper] = [0, 0];
  for (let i = 0; i <= found; i++) lower += sum[i]!;
  for (let i = width; i >= found; i--) upper += sum[i]!;
  return Math.min(1, 2 * Math.min(lower, upper));
}

/** Probabilities of each number of cases among those with it, from the least possible; from the most likely one outwards, where nothing overflows. */
function hypergeometricPoints(cases: number, controls: number, withIt: number): Float64Array {
  const least = Math.max(0, withIt - controls);
  const points = new Float64Array(Math.min(cases, withIt) - least + 1);
  const up = (k: number): number => ((cases - k) * (withIt - k)) / ((k + 1) * (controls - withIt + k + 1));
  const mode = Math.floor(((cases + 1) * (withIt + 1)) / (cases + controls + 2)) - least;
  points[mode] = 1;
  let total = 1;
  for (let i = mode + 1; i < points.length; i++) total += points[i] = points[i - 1]! * up(least + i - 1);
  for (let i = mode - 1; i >= 0; i--) total += points[i] = points[i + 1]! / up(least + i);
  for (let i = 0; i < points.length; i++) points[i]! /= total;
  return points;
}
