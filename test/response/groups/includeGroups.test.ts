import { describe, expect, it } from 'vitest';
import { fitResponseGroups } from '../../../src/response/groups/fitResponseGroups.js';
import { isClientelaError } from '../../../src/errors.js';
import { customersWithTruth, FEATURES } from './customersWithTruth.js';

// Half of gold answers, a fifth of silver, one in fifty of the rest.
const customers = Array.from({ length: 4000 }, (_, i) => ({ plan: ['gold', 'silver', 'basic', 'basic'][i % 4]!, answered: i % 4 === 0 ? i % 8 === 0 : i % 4 === 1 ? i % 20 === 1 : i % 100 === 2 }));
const groups = fitResponseGroups(customers, { target: 'answered', contactCost: 2, benefit: 8 });

describe('include', () => {
  it('takes the groups of which even the lower bound pays', () => {
    expect(groups.groups.map(({ name }) => name)).toEqual(['plan is gold', 'plan is silver', 'plan is basic']);
    const { breakEvenRate, customers: count, groups: decided } = groups.include();
    expect(breakEvenRate).toBe(0.25);
    expect(count).toEqual({ estimate: 1000, lower: 1000, upper: 1000 });
    expect(decided.map(({ included }) => included)).toEqual([true, false, false]);
    expect(decided[0]!.paysProbability).toBeGreaterThan(0.999);
    expect(decided[2]!.paysProbability).toBeLessThan(1e-6);
    expect(decided[0]!.profitPerContact.estimate).toBeCloseTo(8 * groups.groups[0]!.rate.estimate - 2, 12);
  });

  it('is unsure of a group whose rate may pay: the interval holds it', () => {
    const { customers: count, groups: decided } = groups.include({ contactCost: 1, benefit: 5.2 });
    const { lower, upper } = groups.groups[1]!.rate;
    expect(lower < 1 / 5.2 && 1 / 5.2 < upper).toBe(true);
    expect(decided[1]!.included).toBe(false);
    expect(decided[1]!.paysProbability).toBeGreaterThan(0.3);
    expect(count).toEqual({ estimate: 1000, lower: 1000, upper: 2000 });
  });

  it('expects responses and profit with an interval of beta-binomial width', () => {
    const { responses, profit } = groups.include();
    const [a, b] = groups.groups[0]!.posterior;
    const rate = a / (a + b);
    expect(responses.estimate).toBeCloseTo(1000 * rate, 9);
    expect(profit.estimate).toBeCloseTo(8000 * rate - 2000, 8);
    const sd = Math.sqrt((1000 * rate * (1 - rate) * (a + b + 1000)) / (a + b + 1));
    expect(responses.upper - responses.lower).toBeCloseTo(2 * 1.959964 * sd, -0.7);
    expect(profit.upper).toBeCloseTo(8 * responses.upper - 2000, 8);
  });

  it('counts the customers given, or spreads a population, to the last one', () => {
    const some = customers.slice(0, 10);
    expect(groups.include({}, some).groups.map((group) => group.customers)).toEqual([3, 3, 4]);
    const spread = groups.include({ population: 1_000_001 }).groups.map((group) => group.customers);
    expect(spread.reduce((sum, size) => sum + size, 0)).toBe(1_000_001);
    expect(spread[0]).toBe(250_000);
  });

  it('fills the capacity with the best first', () => {
    const { groups: decided, customers: count } = groups.include({ contactCost: 0, capacity: 1500 });
    expect(decided.map(({ contacts }) => contacts)).toEqual([1000, 500, 0]);
    expect(count).toEqual({ estimate: 1500, lower: 1500, upper: 1500 });
  });

  it('includes nobody where nothing pays, everybody where nothing costs', () => {
    expect(groups.include({ benefit: 0 })).toMatchObject({ breakEvenRate: null, customers: { estimate: 0, lower: 0, upper: 0 }, profit: { estimate: 0, lower: 0, upper: 0 } });
    expect(groups.include({ contactCost: 9 }).customers.upper).toBe(0);
    expect(groups.include({ contactCost: 0 }).customers.estimate).toBe(4000);
  });

  it('refuses terms that are missing or wrong', () => {
    const bare = fitResponseGroups(customersWithTruth(800, 2), { target: 'answered', features: FEATURES });
    for (const [run, message] of [
      [() => bare.include({ benefit: 5 }), 'needs contactCost'],
      [() => bare.include({ contactCost: 1, benefit: -1 }), 'needs benefit'],
      [() => groups.include({ capacity: 1.5 }), 'capacity'],
      [() => groups.include({ population: 10 }, customers), 'found both'],
      [() => groups.include({ population: -1 }), 'population'],
      [() => groups.include({ margin: 1 } as never), 'knows no option "margin"'],
    ] as const) {
      let found: unknown;
      try {
        run();
      } catch (error) {
        found = error;
      }
      expect(isClientelaError(found) && found.code).toBe('INVALID_OPTION');
      expect((found as Error).message).toContain(message);
    }
  });
});
