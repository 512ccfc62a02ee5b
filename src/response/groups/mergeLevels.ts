import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import type { BinCounts } from './binInputs.js';

/** What CHAID made of one column in one node. */
export interface MergedLevels {
  /** The bins of each branch. */
  readonly branches: readonly (readonly number[])[];
  /** Pearson's chi-square of the branches, and its degrees of freedom. */
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  /** Its p times the number of ways to merge so many levels into so many branches (Bonferroni); at most 1. */
  readonly p: number;
}

interface Branch {
  readonly bins: readonly number[];
  readonly weight: number;
  readonly events: number;
}

/**
 * The levels merged as far as they do not differ (Kass, Applied Statistics 29, 1980): again and again the two that differ least, while their p is
 * above `alpha` and more than two are left; then those with too few customers join what they differ least from. Numbers (`missing` is their last bin,
 * -1 for a category) merge with their neighbours only, and what is missing with any. What was merged is not divided again. O(levels^3).
 */
export function mergeLevels({ weights, events }: BinCounts, missing: number, alpha: number, least: number): MergedLevels {
  const branches: Branch[] = [];
  weights.forEach((weight, bin) => weight > 0 && branches.push({ bins: [bin], weight, events: events[bin]! }));
  const count = branches.length;
  const floats = missing >= 0 && weights[missing]! > 0;
  while (branches.length > 2) {
    const [at, to, chiSquare] = leastDifferent(branches, missing, -1);
    if (chiSquareSurvival(chiSquare, 1) <= alpha) break;
    merge(branches, at, to);
  }
  for (let small = smallest(branches); branches.length > 1 && branches[small]!.weight < least; small = smallest(branches)) {
    const [at, to] = leastDifferent(branches, missing, small);
    merge(branches, at, to);
  }
  const degreesOfFreedom = branches.length - 1;
  const chiSquare = pearson(branches);
  const p = degreesOfFreedom === 0 ? 1 : chiSquareSurvival(chiSquare, degreesOfFreedom);
  const ways = logWays(count, branches.length, missing >= 0, floats);
  return { branches: branches.map(({ bins }) => bins), chiSquare, degreesOfFreedom, p: p === 0 ? 0 : Math.min(1, Math.exp(Math.log(p) + ways)) };
}

function merge(branches: Branch[], at: number, to: number): void {
  const [a, b] = [branches[at]!, branches[to]!];
  branches[at] = { bins: [...a.bins, ...b.bins].sort((x, y) => x - y), weight: a.weight + b.weight, events: a.events + b.events };
  branches.splice(to, 1);
}

function smallest(branches: readonly Branch[]): number {
  return branches.reduce((least, { weight }, at) => (weight < branches[least]!.weight ? at : least), 0);
}

// Of the pairs that may be merged (with one of them, where `one` is not -1) that with the least chi-square; of equal ones the first.
function leastDifferent(branches: readonly Branch[], missing: number, one: number): [at: number, to: number, chiSquare: number] {
  let best: [number, number, number] = [0, 1, Infinity];
  const last = branches.length - 1;
  const floating = missing >= 0 && branches[last]!.bins[0] === missing;
  for (let at = 0; at < last; at++) {
    for (let to = at + 1; to <= last; to++) {
      if (one >= 0 && at !== one && to !== one) continue;
      if (missing >= 0 && to > at + 1 && !(floating && to === last)) continue;
      const chiSquare = pearson([branches[at]!, branches[to]!]);
      if (chiSquare < best[2]) best = [at, to, chiSquare];
    }
  }
  return best;
}

function pearson(branches: readonly Branch[]): number {
  let [weight, events, sum] = [0, 0, 0];
  for (const branch of branches) {
    weight += branch.weight;
    events += branch.events;
  }
  const rate = events / weight;
  const variance = rate * (1 - rate);
  if (!(variance > 0)) return 0;
  for (const branch of branches) sum += (branch.events - branch.weight * rate) ** 2 / (branch.weight * variance);
  return sum;
}

/**
 * log of in how many ways c levels become r branches: C(c-1, r-1) along an order; with a missing level that may join any branch
 * C(c-2, r-2) + r C(c-2, r-1); without an order the Stirling number of the second kind.
 */
export function logWays(levels: number, branches: number, isOrdered: boolean, floats: boolean): number {
  if (branches <= 1) return 0;
  if (!isOrdered) return logStirling(levels, branches);
  if (!floats) return Math.log(binomial(levels - 1, branches - 1));
  return Math.log(binomial(levels - 2, branches - 2) + branches * binomial(levels - 2, branches - 1));
}

function binomial(n: number, k: number): number {
  let ways = k < 0 || k > n ? 0 : 1;
  for (let i = 1; i <= k && ways > 0; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}

// S(n, k) = k S(n - 1, k) + S(n - 1, k - 1), in logarithms: they leave the doubles from some 200 levels on.
function logStirling(levels: number, branches: number): number {
  const row = new Float64Array(branches + 1).fill(-Infinity);
  row[0] = 0;
  for (let n = 1; n <= levels; n++) {
    for (let k = Math.min(n, branches); k > 0; k--) {
      const [stay, open] = [Math.log(k) + row[k]!, row[k - 1]!];
      const most = Math.max(stay, open);
      row[k] = most === -Infinity ? most : most + Math.log(Math.exp(stay - most) + Math.exp(open - most));
    }
    row[0] = -Infinity;
  }
  return row[branches]!;
}
