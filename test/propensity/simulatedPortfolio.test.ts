import { describe, expect, it } from 'vitest';
import { simulatePortfolio } from './simulatedPortfolio.js';

describe('simulatePortfolio', () => {
  const small = { customers: 2000, products: 20, seed: 3 };
  const { customers, products, profile, held, taken, truth, rates } = simulatePortfolio(small);

  it('gives the same portfolio for the same seed, another for another', () => {
    expect(simulatePortfolio(small).taken).toEqual(taken);
    expect(simulatePortfolio({ ...small, seed: 4 }).taken).not.toEqual(taken);
  });

  it('has a probability just where the product is not held, with the rate that is told', () => {
    const holds = new Set(held.map(({ customer, product }) => (customer - 1) * 20 + products.indexOf(product)));
    expect([...truth].every((p, cell) => Number.isNaN(p) === holds.has(cell) && !(p <= 0) && !(p >= 1))).toBe(true);
    products.forEach((_, j) => {
      const open = [...truth].filter((p, cell) => cell % 20 === j && !Number.isNaN(p));
      expect(open.reduce((sum, p) => sum + p, 0) / open.length / rates[j]!).toBeCloseTo(1, 8);
    });
    expect([Math.min(...rates), Math.max(...rates)].map((rate) => Math.round(1e6 * rate) / 1e6)).toEqual([0.0002, 0.12]);
  });

  it('takes what is likely to be taken, and nothing that is held', () => {
    const sum = truth.reduce((total, p) => total + (p || 0), 0);
    const variance = truth.reduce((total, p) => total + (p * (1 - p) || 0), 0);
    expect(Math.abs(taken.length - sum)).toBeLessThan(3 * Math.sqrt(variance));
    expect(taken.every(({ customer, product }) => truth[(customer - 1) * 20 + products.indexOf(product)]! > 0)).toBe(true);
  });

  it('has profiles one value a customer, some missing', () => {
    for (const values of Object.values(profile)) expect(values.length).toBe(customers.length);
    expect(profile.income.filter(Number.isNaN).length).toBeGreaterThan(100);
    expect(profile.household.filter((level) => level === null).length).toBeGreaterThan(50);
  });
});
