import { describe, expect, it } from 'vitest';
import { profitCurve, type ProfitCurveOptions } from '../../src/evaluation/index.js';
import { forRows, reordered } from './rows.js';

describe('profitCurve', () => {
  it('counts by hand, fixed cost from the first contact on', () => {
    const { profits, contacts, profit, threshold } = profitCurve([1, 0, 1, 0], [0.9, 0.7, 0.4, 0.1], { contactCost: 1, benefit: 5, fixedCost: 2 });
    expect([...profits]).toEqual([0, 2, 1, 5, 4]);
    expect([contacts, profit, threshold]).toEqual([3, 5, 0.4]);
  });

  it('contacts nobody when no depth pays', () => {
    const { contacts, profit, threshold } = profitCurve([1, 0], [0.9, 0.1], { contactCost: 5, benefit: 4 });
    expect([contacts, profit, threshold]).toEqual([0, 0, Number.POSITIVE_INFINITY]);
  });

  it('takes the smallest of equally profitable depths', () => {
    expect(profitCurve([1, 0, 1], [3, 2, 1], { contactCost: 1, benefit: 2 }).contacts).toBe(1);
  });

  it('takes costs and benefits customer by customer', () => {
    const { profits } = profitCurve([1, 1, 0], [3, 2, 1], { contactCost: [1, 2, 3], benefit: Float64Array.of(10, 20, 30) });
    expect([...profits]).toEqual([0, 9, 27, 24]);
  });

  it.each([
    [{ contactCost: -1, benefit: 2 }, 'INVALID_OPTION', 'profitCurve needs contactCost finite and not negative, found -1'],
    [{ contactCost: 1, benefit: [2, -3] }, 'INVALID_OPTION', 'profitCurve needs benefit finite and not negative, found -3 in row 1'],
    [{ contactCost: 1, benefit: null }, 'INVALID_OPTION', 'needs benefit as one amount or as one for each of the 2 customers, found null'],
    [{ contactCost: [1], benefit: 2 }, 'LENGTH_MISMATCH', 'needs contactCost as one amount or as one for each of the 2 customers, found 1'],
  ])('refuses amounts by the rule of idealTarget: %j', (options, code, message) => {
    const run = (): unknown => profitCurve([1, 0], [0.9, 0.1], options as unknown as ProfitCurveOptions);
    expect(run).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }));
  });

  it('is a straight line within equal scores, which the best depth never cuts', () => {
    const { profits, contacts } = profitCurve([1, 0, 0, 1], [1, 1, 1, 0], { contactCost: 1, benefit: 6 });
    expect([...profits]).toEqual([0, 1, 2, 3, 8]);
    expect(contacts).toBe(4);
  });

  it('does not depend on the order of the rows, and its best depth is the largest of the curve', () => {
    forRows((rows) => {
      const options = { contactCost: 1, benefit: 3, fixedCost: 0.5 };
      const { profits, contacts, profit, threshold } = profitCurve(rows.labels, rows.scores, options);
      const other = reordered(rows, 6);
      expect(profitCurve(other.labels, other.scores, options).profits).toEqual(profits);
      expect(profit).toBe(Math.max(...profits));
      if (contacts > 0) expect(rows.scores.filter((score) => score >= threshold).length).toBe(contacts);
      expect(profits[rows.labels.length]).toBe(3 * rows.labels.filter(Boolean).length - rows.labels.length - 0.5);
    });
  });
});
