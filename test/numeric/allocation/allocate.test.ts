import { describe, expect, it } from 'vitest';
import { allocate } from '../../../src/numeric/allocation/allocate.js';
import type { AllocationProblem } from '../../../src/numeric/allocation/allocationProblem.js';
import { isFeasible, recount } from '../../../src/numeric/allocation/plan.js';
import { createRandom } from '../../../src/numeric/random.js';
import { bruteForce, problem, smallProblem } from './instances.js';

const exact = { start: null, tolerance: 0 };

/** Feasible by a count of its own, and not above its bound. */
function expectSound(given: AllocationProblem, found: ReturnType<typeof allocate>): void {
  const plan = { slots: found.plan.slots, usage: new Float64Array(given.actionCount), spend: 0 };
  recount(given, plan);
  expect(isFeasible(given, plan)).toBe(true);
  expect(found.bound).toBeGreaterThanOrEqual(found.value);
  for (let i = 0; i < given.count; i++) {
    const set = [...plan.slots.subarray(i * given.width, (i + 1) * given.width)].filter((k) => k >= 0);
    expect(new Set(set).size).toBe(set.length);
    expect(set.length).toBeLessThanOrEqual(given.widths?.[i] ?? given.width);
    expect(set.every((k) => !Number.isNaN(given.values[i * given.actionCount + k]))).toBe(true);
    expect(set.some((a) => set.some((b) => given.conflicts?.[a * given.actionCount + b] === 1))).toBe(false);
  }
}

/** n customers of skewed worth for every action. */
function crowd(count: number, actionCount: number, limits: Partial<AllocationProblem> = {}, value: (u: number) => number = (u) => 10 * u ** 3 - 0.5): AllocationProblem {
  const random = createRandom(3);
  const values = Float64Array.from({ length: count * actionCount }, () => value(random.uniform()));
  return problem(count, actionCount, values, { costs: Float64Array.from({ length: actionCount }, (_, k) => 0.2 + 0.2 * k), ...limits });
}

describe('allocate', () => {
  it('gives the scarce action to whom it helps most, not to who likes it best', () => {
    // One call: worth 9 to the first, but 8 by mail too; worth 7 to the second, and nothing else is.
    const found = allocate(problem(2, 2, [9, 8, 7, NaN], { most: Float64Array.of(1, Infinity) }), exact);
    expect([...found.plan.slots]).toEqual([1, 0]);
    expect(found.value).toBe(15);
    expect(found.bound).toBe(15);
    // A second call would go to the first customer: worth 9 - 8. The price may be anything between that and what the second keeps.
    expect(found.prices[0]).toBeGreaterThanOrEqual(1 - 1e-6);
  });

  it('finds the best of all plans in small problems of every kind, and bounds it', () => {
    const random = createRandom(8);
    let proven = 0;
    let single = 0;
    for (let trial = 0; trial < 120; trial++) {
      const given = smallProblem(random);
      const best = bruteForce(given);
      const found = allocate(given, exact);
      expect(found.feasible).toBe(best > -Infinity);
      if (!found.feasible) continue;
      expectSound(given, found);
      expect(found.value).toBeCloseTo(best, 9);
      if (given.width > 1) continue;
      single++;
      if (found.bound - found.value < 1e-9) proven++;
    }
    expect(proven).toBe(single);
  });

  it.each<[string, AllocationProblem, number]>([
    ['capacities and a budget', crowd(3000, 4, { most: Float64Array.of(300, 600, Infinity, 200), budget: 500 }), 2e-4],
    ['minimum volumes of every action', crowd(3000, 3, { least: Float64Array.of(900, 900, 900), budget: 1150 }), 2e-4],
    ['three actions a customer, two of them never together', crowd(1500, 6, { width: 3, most: new Float64Array(6).fill(400), budget: 600, conflicts: Uint8Array.from({ length: 36 }, (_, at) => (at === 1 || at === 6 ? 1 : 0)) }), 2e-4],
    ['whole numbers, so that customers tie by the hundred', crowd(3000, 3, { most: Float64Array.of(500, 500, 500), budget: 300 }, (u) => Math.floor(5 * u) - 1), 1e-3],
    ['customers who are all the same', crowd(2000, 2, { budget: 321.1 }, () => 1), 2e-3],
    ['amounts of 1e9', crowd(2000, 3, { costs: Float64Array.of(1e9, 2e9, 3e9), budget: 3e11, most: Float64Array.of(100, 100, 100) }, (u) => 1e10 * u ** 3), 1e-3],
    ['amounts of 1e-9', crowd(2000, 3, { costs: Float64Array.of(1e-9, 2e-9, 3e-9), budget: 3e-7 * (1 + 1e-12) }, (u) => 1e-8 * u ** 3), 1e-3],
    ['a cost of its own for every customer and action', crowd(2000, 3, { costs: Float64Array.from({ length: 6000 }, (_, at) => 0.1 + ((at * 7919) % 100) / 100), budget: 200 }), 2e-4],
  ])('comes within a certified hair of the best plan: %s', (_, given, gap) => {
    const found = allocate(given, { start: null, tolerance: 1e-5 });
    expectSound(given, found);
    expect(found.bound - found.value).toBeLessThanOrEqual(gap * Math.abs(found.bound));
  });

  it('settles the many whose choice is clear: the same gap, capacities and budget kept, for 40,000 customers', () => {
    const given = crowd(40_000, 3, { most: Float64Array.of(6000, 9000, Infinity), least: Float64Array.of(0, 0, 3000), budget: 9000 });
    const found = allocate(given, { start: null, tolerance: 1e-4 });
    expectLimits(given, found);
    expect(found.bound - found.value).toBeLessThanOrEqual(1e-4 * found.bound);
    const again = allocate({ ...given, budget: 8500 }, { start: found.prices, tolerance: 1e-4 });
    expectLimits({ ...given, budget: 8500 }, again);
    expect(again.bound - again.value).toBeLessThanOrEqual(1e-4 * again.bound);
    expect(again.bound).toBeLessThan(found.bound);
  });

  it('settles customers who are alike by the shares of the plan', () => {
    const given = crowd(40_000, 2, { most: Float64Array.of(9000, Infinity), budget: 6000 }, (u) => Math.floor(2 * u) + 1);
    const found = allocate(given, { start: null, tolerance: 1e-4 });
    expectLimits(given, found);
    expect(found.bound - found.value).toBeLessThanOrEqual(1e-3 * found.bound);
  });

  it('settles sets of actions too', () => {
    const given = crowd(40_000, 3, { width: 2, budget: 9000, widths: Uint8Array.from({ length: 40_000 }, (_, i) => i % 3) });
    const found = allocate(given, { start: null, tolerance: 1e-4 });
    expectLimits(given, found);
    expect(found.bound - found.value).toBeLessThanOrEqual(1e-4 * found.bound);
  });

  it('says so when the least volumes cannot be met', () => {
    expect(allocate(problem(3, 2, [1, 1, 1, 1, 1, 1], { least: Float64Array.of(2, 2) }), exact).feasible).toBe(false);
    expect(allocate(problem(3, 1, [1, 1, 1], { least: Float64Array.of(2), costs: Float64Array.of(5), budget: 9 }), exact).feasible).toBe(false);
  });

  it('reaches least volumes through chains of customers', () => {
    // Only the first can take c; b must then come from the second, and a from the third.
    const given = problem(3, 3, [5, 5, 1, 5, 1, NaN, 1, NaN, NaN], { least: Float64Array.of(1, 1, 1) });
    const found = allocate(given, exact);
    expect([...found.plan.slots]).toEqual([2, 1, 0]);
  });
});

function expectLimits(given: AllocationProblem, found: ReturnType<typeof allocate>): void {
  const plan = { slots: found.plan.slots, usage: new Float64Array(given.actionCount), spend: 0 };
  recount(given, plan);
  expect(isFeasible(given, plan)).toBe(true);
  expect(plan.spend).toBe(found.plan.spend);
}
