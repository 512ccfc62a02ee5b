import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { transposeRows, type SparseRows } from '../../../src/numeric/sparseRows.js';
import { distinctRows } from '../../../src/propensity/factors/distinctRows.js';
import { regularisedGram } from '../../../src/propensity/factors/factorKernels.js';
import { implicitAlsPlan } from '../../../src/propensity/factors/implicitAlsPlan.js';
import { learnImplicitAls, type FactorPlan } from '../../../src/propensity/factors/learnImplicitAls.js';
import { noiseRidge } from '../../../src/propensity/factors/noiseRidge.js';
import { solveRows } from '../../../src/propensity/factors/solveRows.js';
import { drawHeld, heldOf, naiveFactors, naiveLoss, rowsOf, setsOf } from './factorCases.js';

const planOf = (held: SparseRows, changes: Partial<FactorPlan> = {}): FactorPlan => ({ ...implicitAlsPlan(held), factors: 3, alpha: 5, ridge: 2, tolerance: 0, ...changes });
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!)));

// Sweeps written out: no distinct rows, no Woodbury, no Gram matrix.
function naiveSweeps(held: SparseRows, { start, alpha, ridge, factors, sweeps }: FactorPlan): { products: number[][]; losses: number[] } {
  let products = rowsOf(start!, factors);
  const losses: number[] = [];
  const half = (cells: SparseRows, fixed: number[][]): number[][] => setsOf(cells).map((set) => (set.length === 0 ? new Array<number>(factors).fill(0) : naiveFactors(fixed, set, alpha, ridge)));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const customers = half(held, products);
    products = half(transposeRows(held), customers);
    losses.push(naiveLoss(held, customers, products, alpha, ridge));
  }
  return { products, losses };
}

describe('learning implicit factors', () => {
  it('gives the factors and losses of the published example, and those of the customers', () => {
    const held = heldOf([[0, 1], [0, 2], [1, 2, 3]], 4);
    const start = [0.5, 0.1, -0.2, 0.3, 0.4, 0.4, 0.1, -0.3];
    const customers = { factors: new Float64Array(6), roots: new Float64Array(3).fill(1) };
    solveRows(held, { factors: Float64Array.from(start), roots: new Float64Array(4).fill(1) }, customers, { width: 2, alpha: 10, ridge: 0.1 }, 0);
    const { factors, losses } = learnImplicitAls(held, planOf(held, { factors: 2, alpha: 10, ridge: 0.1, sweeps: 1, steps: 0, start }));
    // tiny.py of the reference scripts, numpy.
    expect(largestDifference(customers.factors, [0.9362915122, 3.0215683929, 1.7826975209, 0.7174006993, 0.950713793, 0.9403674519])).toBeLessThan(1e-9);
    expect(largestDifference(factors, [0.4736887661, 0.180251067, 0.6124374952, 0.1599368989, 0.609257517, 0.0791771619, 0.7416568045, 0.0001907368])).toBeLessThan(1e-9);
    expect(losses[0]).toBeCloseTo(9.764284699260825, 12);
  });

  it('equals sweeps written out over all cells, for rows short and long', () => {
    for (const [rows, products, factors] of [[30, 8, 3], [12, 25, 2], [60, 5, 6]] as const) {
      const held = drawHeld(rows, products, rows);
      const start = Float64Array.from({ length: products * factors }, (_, i) => Math.sin(i));
      const plan = planOf(held, { factors, sweeps: 4, steps: 0, start });
      const expected = naiveSweeps(held, plan);
      const found = learnImplicitAls(held, plan);
      expect(largestDifference(found.factors, expected.products.flat())).toBeLessThan(1e-9);
      found.losses.forEach((loss, i) => expect(loss / expected.losses[i]!).toBeCloseTo(1, 12));
    }
  });

  it('never raises the loss, by either solver', () => {
    const check = fc.property(fc.integer({ min: 0, max: 1000 }), fc.constantFrom(0, 1, 30), fc.double({ min: 0.1, max: 20, noNaN: true }), fc.constantFrom(0, 3), (seed, alpha, ridge, steps) => {
      const held = drawHeld(50, 40, seed);
      const { losses } = learnImplicitAls(held, planOf(held, { alpha, ridge, steps, seed, factors: 4, sweeps: 8 }));
      for (let i = 1; i < losses.length; i++) expect(losses[i]).toBeLessThanOrEqual(losses[i - 1]! * (1 + 1e-12));
    });
    fc.assert(check, { seed: 20261122, numRuns: 15 });
  });

  it('by conjugate gradients knows its loss, and ends where the exact solver does', () => {
    const held = drawHeld(80, 60, 4, 0.6);
    const one = learnImplicitAls(held, planOf(held, { sweeps: 1, steps: 1 }));
    const longest = Math.max(...setsOf(held).map((set) => set.length));
    expect(longest).toBeGreaterThan(2 * Math.sqrt(3));
    const exact = learnImplicitAls(held, planOf(held, { sweeps: 200, steps: 0 }));
    const steps = learnImplicitAls(held, planOf(held, { sweeps: 200 }));
    expect(steps.losses.at(-1)! / exact.losses.at(-1)!).toBeCloseTo(1, 6);
    expect(one.losses[0]).toBeGreaterThan(steps.losses[0]!);
    // A sweep of no change: the customers that fit the products, and the loss from its definition.
    const customers = { factors: new Float64Array(80 * 3), roots: new Float64Array(80).fill(1) };
    solveRows(held, { factors: steps.factors, roots: new Float64Array(60).fill(1) }, customers, { width: 3, alpha: 5, ridge: 2 }, 0);
    expect(naiveLoss(held, rowsOf(customers.factors, 3), rowsOf(steps.factors, 3), 5, 2) / steps.losses.at(-1)!).toBeCloseTo(1, 8);
  });

  it('is the same to the bit for a seed, and to rounding for customers in another order', () => {
    const held = drawHeld(50, 10, 7);
    const sets = setsOf(held);
    const found = learnImplicitAls(held, planOf(held, { seed: 3 }));
    expect(learnImplicitAls(held, planOf(held, { seed: 3 }))).toEqual(found);
    const turned = heldOf([...sets.slice(20), ...sets.slice(0, 20)], 10);
    expect(largestDifference(learnImplicitAls(turned, planOf(held, { seed: 3 })).factors, found.factors)).toBeLessThan(1e-9);
    expect(learnImplicitAls(held, planOf(held, { seed: 4 })).factors).not.toEqual(found.factors);
  });

  it('is not moved by customers without holdings, and gives products nobody holds factors 0', () => {
    const held = heldOf([[0, 1], [0, 2], [1, 2], [0, 1, 2]], 4);
    const found = learnImplicitAls(held, planOf(held));
    expect(learnImplicitAls(heldOf([[], ...setsOf(held), []], 4), planOf(held))).toEqual(found);
    expect([...found.factors.subarray(9)]).toEqual([0, 0, 0]);
  });

  it('takes one product, and alpha 0: then only how many hold it counts', () => {
    const one = heldOf([[0], [0], []], 1);
    const { factors, losses } = learnImplicitAls(one, planOf(one, { factors: 1, ridge: 0.5, sweeps: 60, steps: 0 }));
    const [y] = factors;
    // At the end x = y / sqrt(2) by symmetry of both sides' penalties: 2 customers share what one product has.
    expect(losses.at(-1)).toBeLessThan(12);
    expect(naiveLoss(one, [[y! / Math.SQRT2], [y! / Math.SQRT2], [0]], [[y!]], 5, 0.5)).toBeCloseTo(losses.at(-1)!, 9);
    const held = drawHeld(30, 6, 2);
    const flat = learnImplicitAls(held, planOf(held, { alpha: 0, factors: 2, ridge: 1, sweeps: 3, start: Float64Array.from({ length: 12 }, (_, i) => Math.cos(i)) }));
    const expected = naiveSweeps(held, planOf(held, { alpha: 0, factors: 2, ridge: 1, sweeps: 3, start: Float64Array.from({ length: 12 }, (_, i) => Math.cos(i)) }));
    expect(flat.losses[2]! / expected.losses[2]!).toBeCloseTo(1, 10);
  });

  it('stops when the loss is steady, at the limit, or when told to', () => {
    const held = drawHeld(40, 8, 1);
    const steady = learnImplicitAls(held, planOf(held, { sweeps: 500, tolerance: 1e-4 }));
    expect(steady.convergence).toMatchObject({ converged: true, reason: 'loss steady', iterations: steady.losses.length });
    expect(steady.losses.length).toBeLessThan(500);
    expect(learnImplicitAls(held, planOf(held, { sweeps: 2 })).convergence).toMatchObject({ converged: false, reason: 'sweep limit', iterations: 2 });
    expect(learnImplicitAls(held, planOf(held, { sweeps: 500, tolerance: 0 })).losses).toHaveLength(500);
    const seen: number[] = [];
    const stopped = learnImplicitAls(held, planOf(held, { onSweep: (done, loss) => seen.push(loss) < 3 && done > 0 }));
    expect(stopped.convergence.reason).toBe('stopped by onProgress');
    expect(stopped.losses).toEqual(seen);
  });
});

describe('what learning rests on', () => {
  it('distinct rows are each row once, with how many are like it', () => {
    const sets = [[1, 2], [], [0], [1, 2], [0, 3], [1, 2], [0]];
    const { rows, counts } = distinctRows(heldOf(sets, 4));
    expect(setsOf(rows)).toEqual([[1, 2], [0], [0, 3]]);
    expect([...counts]).toEqual([3, 2, 1]);
    const many = drawHeld(500, 9, 6);
    const expected = new Map<string, number>();
    for (const set of setsOf(many)) if (set.length > 0) expected.set(set.join(), (expected.get(set.join()) ?? 0) + 1);
    const found = distinctRows(many);
    expect(Object.fromEntries(setsOf(found.rows).map((set, r) => [set.join(), found.counts[r]]))).toEqual(Object.fromEntries(expected));
  });

  it('the ridge from noise leaves chance, at alpha 1, one direction, popularity, and traits of customers more', () => {
    const secondShare = (held: SparseRows): number => {
      const { factors } = learnImplicitAls(held, planOf(held, { factors: 2, alpha: 1, ridge: noiseRidge(held, 1), sweeps: 100 }));
      const gram = regularisedGram(factors, 2, 0);
      const half = (gram[0]! + gram[3]!) / 2;
      const spread = Math.sqrt(half * half - gram[0]! * gram[3]! + gram[1]! * gram[2]!);
      return (half - spread) / (half + spread);
    };
    const random = createRandom(1);
    const chance = heldOf(Array.from({ length: 1000 }, () => [...Array.from({ length: 12 }).keys()].filter((c) => random.uniform() < 0.05 * (c + 1))), 12);
    expect(secondShare(chance)).toBeLessThan(1e-6);
    expect(secondShare(drawHeld(1000, 12, 5))).toBeGreaterThan(0.1);
  });

  it('the ridge from noise grows with the root of the customers, and is 1 where there is no noise', () => {
    const sets = setsOf(drawHeld(400, 12, 5));
    const ratio = noiseRidge(heldOf([...sets, ...sets, ...sets, ...sets], 12), 20) / noiseRidge(heldOf(sets, 12), 20);
    expect(ratio).toBeGreaterThan(1.7);
    expect(ratio).toBeLessThan(2);
    expect(noiseRidge(heldOf([[0], [0]], 1), 20)).toBe(1);
  });
});
