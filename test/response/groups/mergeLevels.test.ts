import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { chiSquareSurvival } from '../../../src/numeric/chiSquare.js';
import { logWays, mergeLevels } from '../../../src/response/groups/mergeLevels.js';

const counts = (weights: readonly number[], events: readonly number[]): { weights: Float64Array; events: Float64Array } => ({ weights: Float64Array.from(weights), events: Float64Array.from(events) });

/** Every way to put levels 0..n-1 into branches, as lists of branch numbers in the order of first use. */
function* partitions(n: number): Generator<number[]> {
  const grow = function* (prefix: number[], used: number): Generator<number[]> {
    if (prefix.length === n) yield prefix;
    else for (let b = 0; b <= used; b++) yield* grow([...prefix, b], Math.max(used, b + 1));
  };
  yield* grow([], 0);
}

/** Kass's merging as the text says it, on contingency tables, with nothing clever. */
function naiveMerge(weights: readonly number[], events: readonly number[], missing: number, alpha: number): number[][] {
  let branches = weights.flatMap((weight, bin) => (weight > 0 ? [[bin]] : []));
  const chi = (some: readonly (readonly number[])[]): number => {
    const table = some.map((bins) => [bins.reduce((sum, bin) => sum + events[bin]!, 0), bins.reduce((sum, bin) => sum + weights[bin]! - events[bin]!, 0)]);
    const columns = [0, 1].map((k) => table.reduce((sum, row) => sum + row[k]!, 0));
    const all = columns[0]! + columns[1]!;
    if (columns.includes(0)) return 0;
    return table.flatMap((row) => row.map((cell, k) => ((cell - ((row[0]! + row[1]!) * columns[k]!) / all) ** 2 * all) / ((row[0]! + row[1]!) * columns[k]!))).reduce((a, b) => a + b, 0);
  };
  const mayMerge = (a: readonly number[], b: readonly number[]): boolean => {
    if (missing < 0) return true;
    if ((a.length === 1 && a[0] === missing) || (b.length === 1 && b[0] === missing)) return true;
    const known = (bins: readonly number[]): number[] => bins.filter((bin) => bin !== missing);
    const [low, high] = Math.min(...known(a)) < Math.min(...known(b)) ? [a, b] : [b, a];
    return !weights.some((weight, bin) => weight > 0 && bin !== missing && bin > Math.max(...known(low)) && bin < Math.min(...known(high)));
  };
  while (branches.length > 2) {
    let best: { a: number[]; b: number[]; p: number } | undefined;
    for (const a of branches) for (const b of branches) if (a[0]! < b[0]! && mayMerge(a, b)) {
      const p = chiSquareSurvival(chi([a, b]), 1);
      if (best === undefined || p > best.p + 1e-12) best = { a, b, p };
    }
    if (best === undefined || best.p <= alpha) break;
    const { a, b } = best;
    branches = [...branches.filter((branch) => branch !== a && branch !== b), [...a, ...b].sort((x, y) => x - y)].sort((x, y) => x[0]! - y[0]!);
  }
  return branches;
}

describe('mergeLevels', () => {
  it('merges what does not differ, and gives chi-square, p and the adjusted p, by hand', () => {
    // 20 and 22 of 100, then 60 of 100: the first two merge; chi-square of 42/200 against 60/100 is (78 * 40 ... ) as in scipy's chi2_contingency.
    const found = mergeLevels(counts([100, 100, 100], [20, 22, 60]), -1, 0.05, 1);
    expect(found.branches).toEqual([[0, 1], [2]]);
    expect(found.chiSquare).toBeCloseTo(45.187165775401066, 10);
    // S(3, 2) = 3 ways.
    expect(found.p / chiSquareSurvival(found.chiSquare, 1)).toBeCloseTo(3, 10);
  });

  it('keeps an order: equal rates apart do not merge', () => {
    expect(mergeLevels(counts([100, 100, 100, 0], [20, 60, 20, 0]), 3, 0.05, 1).branches).toEqual([[0], [1], [2]]);
    expect(mergeLevels(counts([100, 100, 100], [20, 60, 20]), -1, 0.05, 1).branches).toEqual([[0, 2], [1]]);
  });

  it('lets what is missing join any stretch, or stand alone', () => {
    expect(mergeLevels(counts([100, 100, 100, 100], [10, 40, 80, 79]), 3, 0.05, 1).branches).toEqual([[0], [1], [2, 3]]);
    expect(mergeLevels(counts([100, 100, 100, 100], [10, 40, 80, 11]), 3, 0.05, 1).branches).toEqual([[0, 3], [1], [2]]);
    expect(mergeLevels(counts([200, 200, 200], [20, 80, 180]), 2, 0.05, 1).branches).toEqual([[0], [1], [2]]);
  });

  it('joins what is too small with what it differs least from', () => {
    expect(mergeLevels(counts([100, 100, 10], [10, 60, 10]), -1, 0.05, 20).branches).toEqual([[0], [1, 2]]);
    expect(mergeLevels(counts([10, 10], [1, 9]), -1, 0.05, 20)).toMatchObject({ branches: [[0, 1]], degreesOfFreedom: 0, p: 1 });
  });

  it('equals the merging of the paper done naively on random tables', () => {
    const random = createRandom(4);
    for (let run = 0; run < 150; run++) {
      const size = 2 + random.integer(6);
      const weights = Array.from({ length: size }, () => (random.integer(8) === 0 ? 0 : 20 + random.integer(200)));
      const events = weights.map((weight) => Math.floor(weight * random.uniform() * 0.6));
      const missing = run % 3 === 0 ? -1 : size - 1;
      if (weights.every((weight) => weight === 0)) continue;
      const sorted = (branches: readonly (readonly number[])[]): string => JSON.stringify([...branches].sort((a, b) => a[0]! - b[0]!));
      expect(sorted(mergeLevels(counts(weights, events), missing, 0.05, 0).branches)).toBe(sorted(naiveMerge(weights, events, missing, 0.05)));
    }
  });

  it('counts the ways to merge as they can be counted one by one', () => {
    for (let levels = 1; levels <= 7; levels++) {
      const all = [...partitions(levels)];
      const branchesOf = (part: readonly number[]): number => new Set(part).size;
      const isOrdered = (part: readonly number[]): boolean => part.every((branch, i) => i === 0 || branch >= part[i - 1]!);
      for (let branches = 2; branches <= levels; branches++) {
        const ways = all.filter((part) => branchesOf(part) === branches);
        expect(Math.exp(logWays(levels, branches, false, false))).toBeCloseTo(ways.length, 6);
        expect(Math.exp(logWays(levels, branches, true, false))).toBeCloseTo(ways.filter(isOrdered).length, 6);
        // The last level floats: the others are in order.
        expect(Math.exp(logWays(levels, branches, true, true))).toBeCloseTo(ways.filter((part) => isOrdered(part.slice(0, -1))).length, 6);
      }
    }
    expect(logWays(5, 1, false, false)).toBe(0);
    expect(Number.isFinite(logWays(400, 9, false, false))).toBe(true);
  });
});
