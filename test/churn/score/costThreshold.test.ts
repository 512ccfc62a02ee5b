import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costThreshold } from '../../../src/churn/score/costThreshold.js';
import { readCosts } from '../../../src/churn/score/decisionCosts.js';
import { errorCode as code } from '../../errorCode.js';

describe('costThreshold', () => {
  it('is where the cost of acting and of not acting are the same', () => {
    // 100 customers of probability .2: 20 leave, 30 % of them are kept for 190; all are contacted for 1, 80 take 10 for nothing.
    expect(20 * 0.3 * 190 - 100 * 1 - 80 * 10).toBeCloseTo(100 * (0.2 * (0.3 * 190 - 1) - 0.8 * 11), 10);
    expect(costThreshold({ customerValue: 200, incentiveCost: 10, contactCost: 1 })).toBeCloseTo(11 / 67, 14);
    expect(costThreshold({ falsePositive: 1, falseNegative: 3 })).toBe(0.25);
    expect(costThreshold({ falsePositive: 4, falseNegative: 10, truePositive: 2, trueNegative: 1 })).toBeCloseTo(3 / 11, 14);
  });

  it('is 0 where acting always pays, and Infinity where it never does', () => {
    expect(costThreshold({ customerValue: 100, contactCost: 0 })).toBe(0);
    expect(costThreshold({ customerValue: 10, contactCost: 5, acceptance: 0.3 })).toBe(Infinity);
    expect(costThreshold({ customerValue: 100, contactCost: 0, acceptance: 0 })).toBe(0);
    expect(costThreshold({ falsePositive: 2, falseNegative: 1, truePositive: 5 })).toBe(Infinity);
  });

  it('divides the probabilities on which acting is the cheaper from the others', () => {
    const amount = fc.double({ min: 0, max: 50, noNaN: true });
    fc.assert(fc.property(amount, amount, amount, amount, fc.double({ min: 0, max: 1, noNaN: true }), (falsePositive, falseNegative, truePositive, trueNegative, p) => {
      fc.pre(falseNegative >= truePositive || falsePositive >= trueNegative);
      const act = p * truePositive + (1 - p) * falsePositive;
      const wait = p * falseNegative + (1 - p) * trueNegative;
      fc.pre(Math.abs(act - wait) > 1e-9);
      expect(p >= costThreshold({ falsePositive, falseNegative, truePositive, trueNegative })).toBe(act < wait);
    }), { numRuns: 100 });
  });

  it('does not change with the currency', () => {
    const threshold = costThreshold({ customerValue: 200, incentiveCost: 10, contactCost: 1 });
    expect(costThreshold({ customerValue: 200e9, incentiveCost: 10e9, contactCost: 1e9 })).toBeCloseTo(threshold, 14);
  });

  it('reads costs one a customer', () => {
    const { gain, loss } = readCosts('test', { customerValue: [100, 200], contactCost: 1, incentiveCost: Float64Array.of(0, 10), acceptance: 0.5 }, 2);
    expect([...gain]).toEqual([49, 94]);
    expect([...loss]).toEqual([1, 11]);
  });

  it('refuses costs that cannot be', () => {
    const refused = (costs: unknown): string => code(() => costThreshold(costs as never));
    expect(refused({ customerValue: 100 })).toBe('INVALID_OPTION');
    expect(refused({ customerValue: 100, contactCost: -1 })).not.toBe('');
    expect(refused({ customerValue: 100, contactCost: 1, acceptance: 1.2 })).toBe('INVALID_OPTION');
    expect(refused({ customerValue: 100, contactCost: 1, bonus: 2 })).toBe('INVALID_OPTION');
    expect(refused({ falsePositive: 1 })).toBe('INVALID_OPTION');
    expect(refused({ falsePositive: 1, falseNegative: Infinity })).toBe('INVALID_OPTION');
    expect(refused(null)).toBe('INVALID_OPTION');
    expect(() => costThreshold({ falsePositive: -3, falseNegative: -9 })).toThrow('are they swapped?');
    expect(code(() => readCosts('test', { falsePositive: [1, 2], falseNegative: 1 }, 3))).toBe('LENGTH_MISMATCH');
    expect(code(() => readCosts('test', { customerValue: [1, 2], contactCost: 1 }, 3))).toBe('LENGTH_MISMATCH');
  });
});
