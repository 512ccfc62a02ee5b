import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retentionTarget } from '../../../src/churn/retention/retentionTarget.js';
import type { RetentionTerms } from '../../../src/churn/retention/retentionTerms.js';
import { errorCode } from '../../errorCode.js';

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const money = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max }).map((cents) => cents / 4);
const customers = (least: number, most: number) => fc.array(fc.record({ leaving: probability, contacted: probability, value: money(400), cost: money(40) }), { minLength: least, maxLength: most });
type Customer = { readonly leaving: number; readonly contacted: number; readonly value: number; readonly cost: number };

/** Every subset of a few customers. */
function bestByEnumeration(rows: readonly Customer[], limits: { budget: number; capacity: number; fixedCost: number }): number {
  let best = 0;
  for (let subset = 1; subset < 1 << rows.length; subset++) {
    const chosen = rows.filter((_, row) => (subset >> row) & 1);
    if (chosen.some(({ leaving, contacted }) => contacted >= leaving)) continue;
    const cost = chosen.reduce((sum, row) => sum + row.cost, limits.fixedCost);
    if (chosen.length > limits.capacity || cost > limits.budget + 1e-9) continue;
    best = Math.max(best, chosen.reduce((sum, { leaving, contacted, value }) => sum + (leaving - contacted) * value, 0) - cost);
  }
  return best;
}

const termsOf = (rows: readonly Customer[], more: Partial<RetentionTerms> = {}): RetentionTerms => ({
  customerValue: rows.map(({ value }) => value), contactCost: rows.map(({ cost }) => cost), leavingIfContacted: rows.map(({ contacted }) => contacted), ...more,
});

describe('retentionTarget', () => {
  it('values a contact by hand: those kept, less contact and offer, also for those who would have stayed', () => {
    const target = retentionTarget([0.4], { customerValue: 100, contactCost: 2, incentiveCost: 10, acceptance: 0.5, incentiveTaken: 0.8 });
    // Kept .2 x 100 = 20; the offer goes to .2 + .6 x .8 = .68 of them, 6.8; the contact costs 2.
    expect(target.expectedGain[0]).toBeCloseTo(11.2, 12);
    expect(target.expectedProfit.estimate).toBeCloseTo(11.2, 12);
    expect(target.expectedKept).toBeCloseTo(0.2, 12);
    expect(target.expectedValueKept).toBeCloseTo(20, 12);
    expect(target.expectedCost).toBeCloseTo(8.8, 12);
    expect(target.limitedBy).toBe('everybody chosen');
  });

  it('counts whom the contact makes leave', () => {
    const target = retentionTarget([0.1], { customerValue: 100, contactCost: 0, acceptance: 0.5, wakeUp: 0.1 });
    // .1 - .05 + .9 x .1 = .14 leave when contacted.
    expect(Array.from(target.woken.rows)).toEqual([0]);
    expect(target.woken.valueSpared).toBeCloseTo(4, 12);
    expect(target).toMatchObject({ contacts: 0, limitedBy: 'break-even', expectedProfit: { estimate: 0, lower: 0, upper: 0 } });
  });

  it('never contacts whom contact wakes, whatever they are worth and however cheap it is', () => {
    fc.assert(
      fc.property(customers(1, 30), (rows) => {
        const target = retentionTarget(rows.map(({ leaving }) => leaving), { ...termsOf(rows), contactCost: 0, effectError: 0.01 });
        for (const row of target.selected) expect(rows[row]!.contacted).toBeLessThan(rows[row]!.leaving);
        expect(target.woken.surely).toBeLessThanOrEqual(target.woken.rows.length);
        const spared = rows.reduce((sum, { leaving, contacted, value }) => sum + Math.max(0, contacted - leaving) * value, 0);
        expect(target.woken.valueSpared).toBeCloseTo(spared, 8);
      }),
    );
  });

  it('is the best choice within the limits, as trying all of them finds', () => {
    const limits = fc.record({ budget: money(200), capacity: fc.integer({ min: 0, max: 6 }), fixedCost: money(20) });
    fc.assert(
      fc.property(customers(1, 8), limits, (rows, { budget, capacity, fixedCost }) => {
        const target = retentionTarget(rows.map(({ leaving }) => leaving), termsOf(rows, { budget, capacity, fixedCost }));
        const best = bestByEnumeration(rows, { budget, capacity, fixedCost });
        expect(target.expectedProfit.estimate).toBeLessThanOrEqual(best + 1e-6);
        expect(target.expectedProfit.estimate + target.optimalityGap).toBeGreaterThanOrEqual(best - 1e-6);
        expect(target.contacts).toBeLessThanOrEqual(capacity);
        expect(target.expectedCost).toBeLessThanOrEqual(budget + 1e-6);
      }),
    );
  });

  it('earns no less than a rule of thumb with as many contacts', () => {
    fc.assert(
      fc.property(customers(1, 30), (rows) => {
        const target = retentionTarget(rows.map(({ leaving }) => leaving), termsOf(rows));
        for (const { expectedProfit, contacts } of target.rivals) {
          expect(target.expectedProfit.estimate).toBeGreaterThanOrEqual(expectedProfit - 1e-9);
          expect([target.contacts, rows.length]).toContain(contacts);
        }
      }),
    );
  });

  it('gives acceptance and the probability of leaving if contacted that it means the same target', () => {
    fc.assert(
      fc.property(customers(1, 20), probability, probability, (rows, acceptance, incentiveTaken) => {
        const leaving = rows.map((row) => row.leaving);
        const common = { customerValue: rows.map(({ value }) => value), contactCost: 1, incentiveCost: 5, incentiveTaken };
        const told = retentionTarget(leaving, { ...common, acceptance });
        const measured = retentionTarget(leaving, { ...common, leavingIfContacted: leaving.map((p) => p - p * acceptance) });
        expect(measured.expectedProfit.estimate).toBeCloseTo(told.expectedProfit.estimate, 6);
      }),
    );
  });

  it('does not depend on the order of the customers, nor on the currency', () => {
    fc.assert(
      fc.property(customers(2, 20), (rows) => {
        const leaving = rows.map((row) => row.leaving);
        const [forward, backward] = [retentionTarget(leaving, termsOf(rows)), retentionTarget([...leaving].reverse(), termsOf([...rows].reverse()))];
        expect(backward.expectedProfit.estimate).toBeCloseTo(forward.expectedProfit.estimate, 8);
        const dear = retentionTarget(leaving, termsOf(rows.map((row) => ({ ...row, value: row.value * 1e9, cost: row.cost * 1e9 }))));
        expect(dear.expectedProfit.estimate / 1e9).toBeCloseTo(forward.expectedProfit.estimate, 6);
      }),
    );
  });

  it('holds the profit of a simulated campaign in its interval about as often as it says', () => {
    const [p, q] = [0.3, 0.2];
    const n = 400;
    const target = retentionTarget(new Float64Array(n).fill(p), { customerValue: 50, contactCost: 1, leavingIfContacted: new Float64Array(n).fill(q), confidence: 0.9 });
    expect(target.expectedProfit.estimate).toBeCloseTo(n * (0.1 * 50 - 1), 8);
    // The difference of two binomial counts times 50.
    const deviation = 50 * Math.sqrt(n * (p * (1 - p) + q * (1 - q)));
    expect(target.expectedProfit.upper - target.expectedProfit.estimate).toBeCloseTo(1.6448536269514722 * deviation, 6);
  });

  it('says what limits it', () => {
    const leaving = [0.5, 0.5, 0.5];
    const terms = { customerValue: 100, contactCost: 10, acceptance: 0.5 };
    expect(retentionTarget(leaving, { ...terms, fixedCost: 100 }).limitedBy).toBe('fixed cost');
    expect(retentionTarget(leaving, { ...terms, budget: 15 }).limitedBy).toBe('budget');
    expect(retentionTarget(leaving, { ...terms, capacity: 2 }).limitedBy).toBe('capacity');
    expect(retentionTarget(leaving, { ...terms, capacity: 0 }).limitedBy).toBe('capacity');
    expect(retentionTarget(leaving, { ...terms, contactCost: 1000 }).limitedBy).toBe('break-even');
    expect(retentionTarget(leaving, terms).limitedBy).toBe('everybody chosen');
  });

  it('refuses what it cannot value, naming option, row and value', () => {
    const terms = { customerValue: 100, contactCost: 1, acceptance: 0.3 };
    const code = (leaving: ArrayLike<number>, more: object): string | undefined => errorCode(() => retentionTarget(leaving, { ...terms, ...more }));
    expect(code([], {})).toBe('EMPTY_INPUT');
    expect(code([0.1, NaN], {})).toBe('MISSING_VALUE');
    expect(code([0.1, 1.1], {})).toBe('INVALID_VALUE');
    expect(code([0.1, 0.2], { customerValue: [1] })).toBe('LENGTH_MISMATCH');
    expect(code([0.1], { customerValue: -1 })).toBe('INVALID_OPTION');
    expect(code([0.1], { acceptance: 2 })).toBe('INVALID_OPTION');
    expect(code([0.1], { acceptance: undefined })).toBe('INVALID_OPTION');
    expect(code([0.1], { leavingIfContacted: [0.1] })).toBe('INVALID_OPTION');
    expect(code([0.1], { budget: -1 })).toBe('INVALID_OPTION');
    expect(code([0.1], { capacity: 0.5 })).toBe('INVALID_OPTION');
    expect(code([0.1], { fixedCost: Infinity })).toBe('INVALID_OPTION');
    expect(code([0.1], { confidence: 1 })).toBe('INVALID_OPTION');
    expect(code([0.1], { customers: 3 })).toBe('INVALID_OPTION');
    expect(code([0.1], { cost: 3 })).toBe('INVALID_OPTION');
    expect(() => retentionTarget([0.1, 7], terms)).toThrow(/leaving between 0 and 1, found 7 in row 1; give calibrated/);
    expect(() => retentionTarget(null as never, terms)).toThrow(/array of probabilities/);
  });
});
