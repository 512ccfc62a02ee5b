import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitShiftedBetaGeometric } from '../../../src/lifetime/contractual/fitShiftedBetaGeometric.js';
import { ShiftedBetaGeometric } from '../../../src/lifetime/contractual/shiftedBetaGeometric.js';
import { errorCode } from '../../errorCode.js';

const uniform = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 1, beta: 1 });
const positive = fc.double({ min: 0.05, max: 30, noNaN: true });

describe('ShiftedBetaGeometric', () => {
  it('is worked out by hand where every probability of leaving is as likely: 1 / (t + 1) are left', () => {
    [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5].forEach((share, t) => expect(uniform.survivalCurve(4)[t]).toBeCloseTo(share, 14));
    expect(uniform.survival(9)).toBeCloseTo(1 / 10, 14);
    expect(uniform.retention(1)).toBeCloseTo(1 / 2, 14);
    expect(uniform.retention(9)).toBeCloseTo(9 / 10, 14);
    // Of those who renewed 4 times, not of all.
    expect(uniform.survivalAfter(4, 5)).toBeCloseTo(1 / 2, 14);
    expect(uniform.survivalAfter(4, 0)).toBe(1);
    expect(uniform.lifetimeQuantile(0.5)).toBe(1);
    expect(uniform.lifetimeQuantile(0.5, 4)).toBe(5);
    expect(uniform.lifetimeQuantile(0.51, 4)).toBe(6);
    expect(uniform.lifetimeQuantile(0.999999)).toBe(999_999);
  });

  it('has lifetimes that add up', () => {
    fc.assert(
      fc.property(positive, positive, fc.nat(20), fc.double({ min: 0.05, max: 0.5, noNaN: true }), (alpha, beta, renewals, annualDiscountRate) => {
        const model = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha, beta });
        let [residual, share] = [0, 1];
        for (let t = 1; t <= 800; t++) {
          share *= (beta + renewals + t - 1) / (alpha + beta + renewals + t - 1);
          residual += share * (1 + annualDiscountRate) ** (1 - t);
        }
        expect(Math.abs(model.residualLifetime(renewals, { annualDiscountRate }) / residual - 1)).toBeLessThan(1e-12);
        // What a customer is worth before a renewal: it is made or not, then the next is due a year later.
        const next = model.retention(renewals + 1) * (1 + model.residualLifetime(renewals + 1, { annualDiscountRate }) / (1 + annualDiscountRate));
        expect(Math.abs(model.residualLifetime(renewals, { annualDiscountRate }) / next - 1)).toBeLessThan(1e-12);
        expect(Math.abs(model.expectedLifetime({ annualDiscountRate }) / (1 + model.residualLifetime(0, { annualDiscountRate }) / (1 + annualDiscountRate)) - 1)).toBeLessThan(1e-12);
        expect(model.residualLifetime(renewals + 1, { annualDiscountRate })).toBeGreaterThan(model.residualLifetime(renewals, { annualDiscountRate }));
      }),
      { numRuns: 50 },
    );
  });

  it('has lifetimes without discount in closed form, or without end', () => {
    const model = ShiftedBetaGeometric.fromParameters({ unit: 'month', alpha: 3, beta: 5 });
    expect(model.residualLifetime(4)).toBeCloseTo((5 + 4) / (3 - 1), 13);
    expect(model.expectedLifetime()).toBeCloseTo((3 + 5 - 1) / (3 - 1), 13);
    expect(uniform.residualLifetime(4)).toBe(Infinity);
    expect(uniform.expectedLifetime()).toBe(Infinity);
    // The limit is reached steadily.
    expect(model.residualLifetime(4, { annualDiscountRate: 1e-9 })).toBeCloseTo(4.5, 6);
  });

  it('discounts by the year, whatever the period of the contract', () => {
    const [years, months] = (['year', 'month'] as const).map((unit) => ShiftedBetaGeometric.fromParameters({ unit, alpha: 2, beta: 9 })) as [ShiftedBetaGeometric, ShiftedBetaGeometric];
    expect(months.residualLifetime(3, { annualDiscountRate: 1.1 ** 12 - 1 })).toBeCloseTo(years.residualLifetime(3, { annualDiscountRate: 0.1 }), 11);
  });

  it('keeps its digits where customers hardly differ, and where they stay', () => {
    const alike = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 1e9, beta: 9e9 });
    expect(Math.abs(alike.survival(20) / 0.9 ** 20 - 1)).toBeLessThan(1e-7);
    expect(alike.residualLifetime(0)).toBeCloseTo(9, 6);
    const loyal = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 1e-20, beta: 1 });
    expect(loyal.survival(1e6)).toBe(1);
    expect(loyal.lifetimeQuantile(0.5)).toBe(Infinity);
    expect(loyal.residualLifetime(5, { annualDiscountRate: 0.1 })).toBeCloseTo(11, 12);
  });

  it('comes back from JSON to the bit, and reads what version 1 stored', () => {
    const fitted = fitShiftedBetaGeometric({ unit: 'year', cohorts: [{ survivors: [100, 80, 70, 65] }] });
    const back = ShiftedBetaGeometric.fromJSON(JSON.parse(JSON.stringify(fitted)));
    expect(back).toEqual(fitted);
    expect(back.survivalCurve(9)).toEqual(fitted.survivalCurve(9));
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/lifetime/ShiftedBetaGeometric.v1.json'), 'utf8')) as { model: unknown; expected: number };
    expect(ShiftedBetaGeometric.fromJSON(stored.model).residualLifetime(7, { annualDiscountRate: 0.1 })).toBe(stored.expected);
    const json = uniform.toJSON() as Record<string, unknown>;
    expect(errorCode(() => ShiftedBetaGeometric.fromJSON({ ...json, format: 'BetaDiscreteWeibull' }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => ShiftedBetaGeometric.fromJSON({ ...json, formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => ShiftedBetaGeometric.fromJSON({ ...json, parameters: { alpha: 1, beta: -1 } }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => ShiftedBetaGeometric.fromJSON({ ...json, parameters: 7 }))).toBe('MODEL_FORMAT');
  });

  it('refuses what it cannot answer', () => {
    expect(errorCode(() => ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 0, beta: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 1, beta: 1, shape: 1 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => uniform.survival(1.5))).toBe('INVALID_OPTION');
    expect(errorCode(() => uniform.retention(0))).toBe('INVALID_OPTION');
    expect(errorCode(() => uniform.survivalAfter(-1, 2))).toBe('INVALID_OPTION');
    expect(errorCode(() => uniform.residualLifetime(1, { annualDiscountRate: -0.1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => uniform.residualLifetime(1, { discount: 0.1 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => uniform.lifetimeQuantile(1))).toBe('INVALID_OPTION');
    expect(() => uniform.survival(NaN)).toThrow('ShiftedBetaGeometric.survival needs periods as a whole number of at least 0, found NaN');
  });
});
