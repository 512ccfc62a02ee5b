import { describe, expect, it } from 'vitest';
import { compareConstantChurn } from '../../../src/lifetime/contractual/compareConstantChurn.js';
import { ShiftedBetaGeometric } from '../../../src/lifetime/contractual/shiftedBetaGeometric.js';
import { errorCode } from '../../errorCode.js';

const model = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 3, beta: 3 });

describe('compareConstantChurn', () => {
  it('sets one retention rate for all beside customers who differ', () => {
    // Of 60 new and 40 of two renewals: 1/2 and 5/8 renew.
    const { retention, constantLifetime, lifetime, understatement } = compareConstantChurn(model, [{ renewals: 0, customers: 60 }, { renewals: 2, customers: 40 }]);
    expect(retention).toBeCloseTo(0.55, 14);
    expect(constantLifetime).toBeCloseTo(0.55 / 0.45, 13);
    expect(lifetime).toBeCloseTo((0.6 * 3 + 0.4 * 5) / 2, 13);
    expect(understatement).toBeCloseTo(1 - constantLifetime / lifetime, 14);
  });

  it('finds nothing between them where customers are alike', () => {
    const alike = ShiftedBetaGeometric.fromParameters({ unit: 'month', alpha: 1e8, beta: 9e8 });
    const found = compareConstantChurn(alike, [{ renewals: 0, customers: 5 }, { renewals: 7, customers: 1 }], { annualDiscountRate: 0.1 });
    expect(found.retention).toBeCloseTo(0.9, 7);
    expect(Math.abs(found.understatement)).toBeLessThan(1e-6);
  });

  it('understates more where customers differ more, up to all', () => {
    const at = (alpha: number): number => compareConstantChurn(ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha, beta: 4 * alpha }), [{ renewals: 0, customers: 1 }], { annualDiscountRate: 0.1 }).understatement;
    const shares = [10, 3, 1, 0.3].map(at);
    shares.forEach((share, i) => expect(share).toBeGreaterThan(i === 0 ? 0 : shares[i - 1]!));
    expect(compareConstantChurn(ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 0.7, beta: 2 }), [{ renewals: 0, customers: 1 }])).toMatchObject({ lifetime: Infinity, understatement: 1 });
  });

  it('refuses what is no base', () => {
    expect(errorCode(() => compareConstantChurn(model, []))).toBe('EMPTY_INPUT');
    expect(errorCode(() => compareConstantChurn(model, undefined as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => compareConstantChurn(model, [{ renewals: 0, customers: 0 }]))).toBe('EMPTY_INPUT');
    expect(errorCode(() => compareConstantChurn(model, [{ renewals: 0, customers: -1 }]))).toBe('INVALID_VALUE');
    expect(errorCode(() => compareConstantChurn(model, [{ renewals: 0.5, customers: 1 }]))).toBe('INVALID_OPTION');
    expect(errorCode(() => compareConstantChurn(model, [{ renewals: 0, customers: 1 }], { annualDiscountRate: -1 }))).toBe('INVALID_OPTION');
  });
});
