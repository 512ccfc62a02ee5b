import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueAtRisk } from '../../../src/churn/retention/valueAtRisk.js';
import { errorCode } from '../../errorCode.js';

const customer = fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.integer({ min: 0, max: 1e9 }), plan: fc.constantFrom('a', 'b', null), region: fc.constantFrom('x', 'y') });

describe('valueAtRisk', () => {
  it('adds up by hand', () => {
    const { atRisk, value, expectedLeavers, shareAtRisk, customersWithHalf, groups } = valueAtRisk([0.5, 0.1, 0.9], { customerValue: [100, 300, 20], by: { plan: ['gold', 'gold', null] }, confidence: 0.9 });
    expect(value).toBe(420);
    expect(expectedLeavers).toBeCloseTo(1.5, 12);
    expect(atRisk.estimate).toBeCloseTo(98, 12);
    // Variances: 10,000 x .25 + 90,000 x .09 + 400 x .09.
    expect(atRisk.upper - atRisk.estimate).toBeCloseTo(1.6448536269514722 * Math.sqrt(2500 + 8100 + 36), 8);
    expect(shareAtRisk).toBeCloseTo(98 / 420, 12);
    // 50 of 98, then 30.
    expect(customersWithHalf).toBe(1);
    expect(groups.map(({ dimension, group, customers }) => [dimension, group, customers])).toEqual([['plan', 'gold', 2], ['plan', null, 1]]);
    expect(groups[1]!.atRisk.estimate).toBeCloseTo(18, 12);
  });

  it('reconciles: the groups of every dimension add up to all, customers as well', () => {
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 40 }), (rows) => {
        const risk = valueAtRisk(rows.map(({ p }) => p), { customerValue: rows.map(({ value }) => value), by: { plan: rows.map(({ plan }) => plan), region: rows.map(({ region }) => region) } });
        const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));
        for (const dimension of ['plan', 'region']) {
          const groups = risk.groups.filter((group) => group.dimension === dimension);
          near(groups.reduce((sum, { atRisk }) => sum + atRisk.estimate, 0), risk.atRisk.estimate);
          near(groups.reduce((sum, { customers }) => sum + customers, 0), rows.length);
        }
        near(risk.perCustomer.reduce((sum, amount) => sum + amount, 0), risk.atRisk.estimate);
        expect(risk.atRisk.lower).toBeGreaterThanOrEqual(0);
        expect(risk.atRisk.upper).toBeLessThanOrEqual(Math.max(risk.value, risk.atRisk.estimate));
        expect(risk.customersWithHalf).toBeLessThanOrEqual(rows.length);
      }),
    );
  });

  it('is nothing where nothing is worth anything', () => {
    expect(valueAtRisk([0.5, 0.2], { customerValue: 0 })).toMatchObject({ shareAtRisk: 0, customersWithHalf: 0, atRisk: { estimate: 0, lower: 0, upper: 0 } });
  });

  it('refuses what it cannot add up', () => {
    expect(errorCode(() => valueAtRisk([], { customerValue: 1 }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => valueAtRisk([2], { customerValue: 1 }))).toBe('INVALID_VALUE');
    expect(errorCode(() => valueAtRisk([0.5], { customerValue: NaN }))).toBe('INVALID_OPTION');
    expect(errorCode(() => valueAtRisk([0.5], { customerValue: 1, by: { plan: ['a', 'b'] } }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => valueAtRisk([0.5], { customerValue: 1, by: { plan: ['a'] }, dimensions: ['x'] }))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => valueAtRisk([0.5], { customerValue: 1, confidence: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => valueAtRisk([0.5], { customerValue: 1, worth: 0 } as never))).toBe('INVALID_OPTION');
  });
});
