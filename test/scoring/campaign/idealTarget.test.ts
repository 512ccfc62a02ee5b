import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import type { CampaignTerms } from '../../../src/scoring/campaign/campaignTerms.js';
import { idealTarget } from '../../../src/scoring/campaign/idealTarget.js';
import { errorCode as code } from '../../errorCode.js';


/** The best value over all subsets within the limits. */
function bruteForce(net: readonly number[], costs: readonly number[], budget: number, capacity: number): number {
  let best = 0;
  for (let set = 0; set < 1 << net.length; set++) {
    let [value, spend, size] = [0, 0, 0];
    for (let i = 0; i < net.length; i++) {
      if ((set >> i) & 1) {
        value += net[i]!;
        spend += costs[i]!;
        size++;
      }
    }
    if (spend <= budget + 1e-9 && size <= capacity) best = Math.max(best, value);
  }
  return best;
}

describe('idealTarget', () => {
  it('contacts whoever pays, the most valuable first (by hand)', () => {
    // Net of each: 10 p - 2 = -1.8, 3, -1, 1. Two pay; 10 x 0.8 - 4 = 4.
    const target = idealTarget([0.02, 0.5, 0.1, 0.3], { contactCost: 2, benefit: 10 });
    expect([...target.selected]).toEqual([1, 3]);
    expect(target).toMatchObject({ contacts: 2, spend: 4, breakEvenProbability: 0.2, lowestProbability: 0.3, limitedBy: 'break-even', tiedAtCut: 0, optimalityGap: 0 });
    expect(target.expectedProfit.estimate).toBeCloseTo(4, 12);
    expect(target.expectedResponses).toBeCloseTo(0.8, 12);
    // Variance 100 x (0.25 + 0.21).
    expect(target.expectedProfit.upper - 4).toBeCloseTo(1.959963984540054 * Math.sqrt(46), 9);
    expect([...target.ranking]).toEqual([1, 3, 2, 0]);
    [0, 3, 4, 3, 1.2].forEach((profit, k) => expect(target.curve.expectedProfit[k]).toBeCloseTo(profit, 12));
    [0, 0.5, 0.8, 0.9, 0.92].forEach((responses, k) => expect(target.curve.expectedResponses[k]).toBeCloseTo(responses, 12));
    expect([...target.curve.spend]).toEqual([0, 2, 4, 6, 8]);
    expect('customers' in target).toBe(false);
  });

  it('subtracts the fixed cost once, and contacts nobody when it is not covered', () => {
    const terms = { contactCost: 2, benefit: 10 };
    expect(idealTarget([0.5, 0.3], { ...terms, fixedCost: 1 })).toMatchObject({ contacts: 2, spend: 5, expectedProfit: { estimate: 3 } });
    expect([...idealTarget([0.5, 0.3], { ...terms, fixedCost: 1 }).curve.expectedProfit]).toEqual([0, 2, 3]);
    expect(idealTarget([0.5, 0.3], { ...terms, fixedCost: 9 })).toMatchObject({
      contacts: 0, spend: 0, limitedBy: 'fixed cost', lowestProbability: null, expectedProfit: { estimate: 0, lower: 0, upper: 0 }, optimalityGap: 0,
    });
  });

  it('says what limits the target', () => {
    const scores = [0.9, 0.8, 0.7];
    const terms = { contactCost: 1, benefit: 10 };
    expect(idealTarget(scores, terms).limitedBy).toBe('everybody chosen');
    expect(idealTarget(scores, { ...terms, budget: 2 })).toMatchObject({ contacts: 2, limitedBy: 'budget' });
    expect(idealTarget(scores, { ...terms, budget: 2, fixedCost: 1 })).toMatchObject({ contacts: 1, spend: 2, limitedBy: 'budget' });
    expect(idealTarget(scores, { ...terms, budget: 2, fixedCost: 3 })).toMatchObject({ contacts: 0, limitedBy: 'budget' });
    expect(idealTarget(scores, { ...terms, budget: 0 })).toMatchObject({ contacts: 0, limitedBy: 'budget' });
    expect(idealTarget(scores, { ...terms, capacity: 1 })).toMatchObject({ contacts: 1, limitedBy: 'capacity' });
    expect(idealTarget(scores, { ...terms, capacity: 0 })).toMatchObject({ contacts: 0, limitedBy: 'capacity' });
    expect(idealTarget(scores, { contactCost: 10, benefit: 10 })).toMatchObject({ contacts: 0, limitedBy: 'break-even' });
    expect(idealTarget(scores, { contactCost: 0, benefit: 0 })).toMatchObject({ contacts: 0, breakEvenProbability: null });
    expect(idealTarget(scores, { contactCost: 0, benefit: 5 })).toMatchObject({ contacts: 3, breakEvenProbability: 0 });
  });

  it('spends a budget to the last cent, whatever the rounding of the sum', () => {
    const scores = new Float64Array(1000).fill(0.9);
    expect(idealTarget(scores, { contactCost: 0.1, benefit: 10, budget: 70 }).contacts).toBe(700);
  });

  it('keeps the order of the rows on ties and tells how many were cut off by chance of order', () => {
    const target = idealTarget([0.5, 0.9, 0.5, 0.5], { contactCost: 1, benefit: 10, capacity: 2, customers: ['a', 'b', 'c', 'd'] });
    expect(target.customers).toEqual(['b', 'a']);
    expect(target.tiedAtCut).toBe(2);
  });

  it('takes a cost and a benefit for each customer', () => {
    const target = idealTarget([0.5, 0.5], { contactCost: [1, 6], benefit: new Float64Array([10, 10]) });
    expect([...target.selected]).toEqual([0]);
    expect(target.breakEvenProbability).toBeNull();
  });

  it('equals the best of all choices, or bounds its distance to it, and never breaks a limit', () => {
    const customer = fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), cost: fc.integer({ min: 0, max: 9 }), benefit: fc.integer({ min: 0, max: 40 }) });
    fc.assert(
      fc.property(
        fc.array(customer, { minLength: 1, maxLength: 9 }),
        fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
        fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
        fc.boolean(),
        (customers, budget, capacity, sameCost) => {
          const costs = customers.map(({ cost }) => (sameCost ? customers[0]!.cost : cost));
          const terms: CampaignTerms = {
            contactCost: costs,
            benefit: customers.map(({ benefit }) => benefit),
            ...(budget === undefined ? {} : { budget }),
            ...(capacity === undefined ? {} : { capacity }),
          };
          const target = idealTarget(customers.map(({ p }) => p), terms);
          const net = customers.map(({ p, benefit }, i) => p * benefit - costs[i]!);
          const best = bruteForce(net, costs, budget ?? Infinity, capacity ?? Infinity);
          expect(target.spend).toBeLessThanOrEqual((budget ?? Infinity) + 1e-9);
          expect(target.contacts).toBeLessThanOrEqual(capacity ?? Infinity);
          expect(target.expectedProfit.estimate).toBeLessThanOrEqual(best + 1e-9);
          expect(target.expectedProfit.estimate + target.optimalityGap).toBeGreaterThanOrEqual(best - 1e-9);
          if (sameCost || budget === undefined) expect(target.expectedProfit.estimate).toBeCloseTo(best, 9);
          expect(target.selected.every((row) => net[row]! > 0)).toBe(true);
        },
      ),
      { seed: 20261122, numRuns: 400 },
    );
  });

  it('comes close to the best when costs differ, and says how close', () => {
    const n = 2000;
    const scores = Float64Array.from({ length: n }, (_, i) => ((i * 7919) % n) / n / 2);
    const cost = Float64Array.from({ length: n }, (_, i) => 1 + (i % 13));
    const benefit = Float64Array.from({ length: n }, (_, i) => 10 + ((i * 31) % 97));
    for (const capacity of [n, 300]) {
      const target = idealTarget(scores, { contactCost: cost, benefit, budget: 1500, capacity });
      expect(target.spend).toBeLessThanOrEqual(1500);
      expect(target.contacts).toBeLessThanOrEqual(capacity);
      expect(target.optimalityGap / target.expectedProfit.estimate).toBeLessThan(0.001);
    }
  });

  it('has a curve whose best depth is the target where nothing limits it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 }), (scores) => {
        const { curve, contacts, expectedProfit } = idealTarget(scores, { contactCost: 3, benefit: 10 });
        expect(Math.max(...curve.expectedProfit)).toBeCloseTo(expectedProfit.estimate, 9);
        expect(curve.expectedProfit[contacts]).toBeCloseTo(expectedProfit.estimate, 9);
        expect(curve.spend[contacts]).toBe(3 * contacts);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('covers the profit that chance gives in about 95 of 100 campaigns', () => {
    const scores = Array.from({ length: 300 }, (_, i) => 0.15 + (i % 50) / 100);
    const { selected, expectedProfit } = idealTarget(scores, { contactCost: 1, benefit: 10 });
    let covered = 0;
    let state = 12345;
    const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    for (let campaign = 0; campaign < 1000; campaign++) {
      let profit = 0;
      for (const row of selected) profit += (uniform() < scores[row]! ? 10 : 0) - 1;
      if (profit >= expectedProfit.lower && profit <= expectedProfit.upper) covered++;
    }
    expect(covered).toBeGreaterThan(930);
    expect(covered).toBeLessThan(970);
  });

  it.each([
    [[], {}, 'EMPTY_INPUT', 'idealTarget needs at least one score, found none'],
    [[0.1, 1.2], {}, 'INVALID_VALUE', 'needs scores between 0 and 1, found 1.2 in row 1; give calibrated probabilities'],
    [[NaN], {}, 'MISSING_VALUE', 'found NaN in row 0; leave out customers without a score'],
    [[0.1], { benefit: -1 }, 'INVALID_OPTION', 'needs benefit finite and not negative, found -1'],
    [[0.1], { contactCost: Infinity }, 'INVALID_OPTION', 'needs contactCost finite and not negative, found Infinity'],
    [[0.1], { contactCost: [1, 2] }, 'LENGTH_MISMATCH', 'needs contactCost as one amount or as one for each of the 1 customers, found 2'],
    [[0.1], { benefit: [-1] }, 'INVALID_OPTION', 'needs benefit finite and not negative, found -1 in row 0'],
    [[0.1], { contactCost: undefined }, 'INVALID_OPTION', 'found undefined'],
    [[0.1], { budget: -5 }, 'INVALID_OPTION', 'needs budget as a number that is not negative, found -5'],
    [[0.1], { capacity: NaN }, 'INVALID_OPTION', 'needs capacity as a number that is not negative, found NaN'],
    [[0.1], { capacity: 2.5 }, 'INVALID_OPTION', 'needs capacity as a whole number of customers, found 2.5'],
    [[0.1], { fixedCost: Infinity }, 'INVALID_OPTION', 'needs fixedCost as a finite number, found Infinity'],
    [[0.1], { bugdet: 2 }, 'INVALID_OPTION', 'idealTarget knows no option "bugdet"; its options are contactCost, benefit'],
    [[0.1], { customers: null }, 'LENGTH_MISMATCH', 'needs one customer a score, found no customers and 1 scores'],
    [null, {}, 'INVALID_INPUT', 'idealTarget needs an array of scores, found null'],
    ['0.1', {}, 'INVALID_INPUT', 'idealTarget needs an array of scores, found "0.1"'],
    [{ values: [0.1] }, {}, 'INVALID_INPUT', 'idealTarget needs an array of scores, found an object; give what its predict returns'],
    [[0.1], { fixedCost: '3' }, 'INVALID_OPTION', 'needs fixedCost as a number that is not negative, found "3"'],
    [[0.1], { confidence: 95 }, 'INVALID_OPTION', 'needs a confidence between 0 and 1, found 95'],
    [[0.1], { customers: ['a', 'b'] }, 'LENGTH_MISMATCH', 'needs one customer a score, found 2 customers and 1 scores'],
  ])('refuses %j with %j', (scores, terms, expectedCode, message) => {
    const run = (): unknown => idealTarget(scores as number[], { contactCost: 1, benefit: 10, ...terms } as CampaignTerms);
    expect(run).toThrow(message);
    expect(code(run)).toBe(expectedCode);
  });

  it('refuses to run without terms', () => {
    const run = (): unknown => (idealTarget as unknown as (scores: number[]) => unknown)([0.5]);
    expect(code(run)).toBe('INVALID_OPTION');
    expect(run).toThrow('idealTarget needs an object of contactCost, benefit');
  });

  it('takes an infinite capacity for none', () => {
    expect(idealTarget([0.9, 0.8], { contactCost: 1, benefit: 10, capacity: Infinity }).contacts).toBe(2);
  });

  it('allows for rounding in the budget and at break-even', () => {
    expect(idealTarget([0.5, 0.5], { contactCost: [0.1, 0.2], benefit: 10, budget: 0.3 })).toMatchObject({ contacts: 2, limitedBy: 'everybody chosen' });
    expect(idealTarget([0.5, 0.5, 0.5], { contactCost: [0.1, 0.2, 0.7], benefit: [10, 10, 1.5], budget: 0.3 })).toMatchObject({ contacts: 2, optimalityGap: 0 });
    expect(idealTarget([0.5, 0.5], { contactCost: [0.1, 0.2], benefit: 10, budget: 1.3, fixedCost: 1 }).contacts).toBe(2);
    expect(0.07 * 100).toBeGreaterThan(7);
    expect(idealTarget([0.07], { contactCost: 7, benefit: 100 })).toMatchObject({ contacts: 0, limitedBy: 'break-even' });
    expect(idealTarget([0.5], { contactCost: 1, benefit: 2.2, fixedCost: 0.1 })).toMatchObject({ contacts: 0, limitedBy: 'fixed cost' });
  });

  it('names a break-even probability above 1 when no contact can pay', () => {
    expect(idealTarget([1], { contactCost: 15, benefit: 10 }).breakEvenProbability).toBe(1.5);
  });

  it('is not caught by a cheap customer who keeps out a valuable one', () => {
    const terms = { contactCost: [1, 100], benefit: [2.1, 200], budget: 100 };
    const target = idealTarget([1, 1], terms);
    expect([...target.selected]).toEqual([1]);
    expect(target).toMatchObject({ spend: 100, expectedProfit: { estimate: 100 }, optimalityGap: 0, limitedBy: 'budget' });
    const fixed = idealTarget([1, 1], { ...terms, budget: 110, fixedCost: 10 });
    expect([...fixed.selected]).toEqual([1]);
    expect(fixed).toMatchObject({ spend: 110, expectedProfit: { estimate: 90 }, optimalityGap: 0, limitedBy: 'budget' });
    expect(idealTarget([1, 1], { ...terms, budget: 200, fixedCost: 100 })).toMatchObject({ contacts: 0, limitedBy: 'fixed cost', optimalityGap: 0 });
  });

  it.each([[12], [4]])('finds the best of all choices among 12 customers who cost 1 or 30, %i contacts at most', (capacity) => {
    const customer = fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), cost: fc.constantFrom(1, 30), benefit: fc.integer({ min: 0, max: 90 }) });
    fc.assert(
      fc.property(fc.array(customer, { minLength: 12, maxLength: 12 }), (customers) => {
        const costs = customers.map(({ cost }) => cost);
        const net = customers.map(({ p, cost, benefit }) => p * benefit - cost);
        const terms = { contactCost: costs, benefit: customers.map(({ benefit }) => benefit), budget: 60, capacity };
        const target = idealTarget(customers.map(({ p }) => p), terms);
        expect(target.expectedProfit.estimate).toBeCloseTo(bruteForce(net, costs, 60, capacity), 9);
        expect(target.optimalityGap).toBe(0);
      }),
      { seed: 20261122, numRuns: 250 },
    );
  });

  it.each([[500, 2000], [3000, 2000], [9000, 2000], [3000, 400]])('comes within 0.1 %% of the bound for 2000 customers, budget %i, %i contacts at most', (budget, capacity) => {
    const random = createRandom(20261122);
    for (const twoPrices of [false, true]) {
      const scores = Float64Array.from({ length: 2000 }, () => random.uniform());
      const contactCost = scores.map(() => (twoPrices ? [1, 30][random.integer(2)]! : 1 + 29 * random.uniform()));
      const target = idealTarget(scores, { contactCost, benefit: 60, budget, capacity });
      expect(target.spend).toBeLessThanOrEqual(budget * (1 + 1e-9));
      expect(target.contacts).toBeLessThanOrEqual(capacity);
      expect(target.optimalityGap / target.expectedProfit.estimate).toBeLessThan(0.001);
    }
  });
});
