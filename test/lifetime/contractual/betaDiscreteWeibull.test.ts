import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BetaDiscreteWeibull } from '../../../src/lifetime/contractual/betaDiscreteWeibull.js';
import { fitBetaDiscreteWeibull } from '../../../src/lifetime/contractual/fitBetaDiscreteWeibull.js';
import { ShiftedBetaGeometric } from '../../../src/lifetime/contractual/shiftedBetaGeometric.js';
import { logGamma } from '../../../src/numeric/logGamma.js';
import { errorCode } from '../../errorCode.js';

const positive = fc.double({ min: 0.05, max: 10, noNaN: true });
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

describe('BetaDiscreteWeibull', () => {
  it('is worked out by hand where every probability is as likely: 1 / (1 + t^shape) are left', () => {
    const model = BetaDiscreteWeibull.fromParameters({ unit: 'year', alpha: 1, beta: 1, shape: 2 });
    [1, 1 / 2, 1 / 5, 1 / 10].forEach((share, t) => expect(model.survivalCurve(3)[t]).toBeCloseTo(share, 14));
    expect(model.retention(3)).toBeCloseTo(1 / 2, 14);
    expect(model.survivalAfter(1, 2)).toBeCloseTo(1 / 5, 14);
    // The sum of 1 / (1 + t²) from 1 is (π coth π - 1) / 2.
    expect(model.residualLifetime(0)).toBeCloseTo((Math.PI / Math.tanh(Math.PI) - 1) / 2, 12);
  });

  it('has the survival of beta functions', () => {
    fc.assert(
      fc.property(positive, positive, fc.double({ min: 0.2, max: 3, noNaN: true }), fc.nat(30), fc.integer({ min: 1, max: 30 }), (alpha, beta, shape, from, ahead) => {
        const model = BetaDiscreteWeibull.fromParameters({ unit: 'year', alpha, beta, shape });
        const log = (t: number): number => logBeta(alpha, beta + t ** shape);
        expect(Math.abs(model.survivalAfter(from, ahead) / Math.exp(log(from + ahead) - log(from)) - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it('is the shifted beta-geometric at shape 1, in all lifetimes, near and far', () => {
    for (const [alpha, beta] of [[0.668, 3.806], [0.01, 0.01], [3, 5], [300, 5e4], [1e5, 1e6]] as const) {
      const [weibull, geometric] = [BetaDiscreteWeibull.fromParameters({ unit: 'year', alpha, beta, shape: 1 }), ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha, beta })];
      for (const renewals of [0, 10, 10_000]) for (const annualDiscountRate of [0, 1e-6, 1e-4, 0.01, 0.02, 0.1, 5]) {
        const [found, wanted] = [weibull.residualLifetime(renewals, { annualDiscountRate }), geometric.residualLifetime(renewals, { annualDiscountRate })];
        if (wanted === Infinity) expect(found).toBe(Infinity);
        else expect(Math.abs(found / wanted - 1)).toBeLessThan(2e-12);
      }
    }
  });

  it.each([
    // mpmath: renewals, rate, alpha, beta, shape, sum. The last three without discount, by its own summation.
    [0, 0.1, 0.2593, 1.7226, 1.5843, 5.494351593579501],
    [7, 0.1, 0.2593, 1.7226, 1.5843, 8.109283302820024],
    [3, 0.02, 0.2593, 1.7226, 1.5843, 21.07524350776791],
    [3, 0.01, 4, 9, 0.4, 36.45543327728337],
    [0, 0.005, 0.3, 2, 3, 7.554620144814251],
    [0, 0, 2.5, 4, 1.2, 1.842805991185133],
    [5, 0, 0.9, 4, 1.5, 17.31540389784795],
    [2, 0, 6, 4, 0.5, 9.614735636774078],
  ])('sums the residual lifetime of %d renewals at %f, alpha %f, beta %f, shape %f', (renewals, annualDiscountRate, alpha, beta, shape, sum) => {
    const model = BetaDiscreteWeibull.fromParameters({ unit: 'year', alpha, beta, shape });
    expect(Math.abs(model.residualLifetime(renewals, { annualDiscountRate }) / sum - 1)).toBeLessThan(1e-12);
  });

  it('has the elasticity of the sums', () => {
    for (const shape of [0.7, 1, 1.6]) for (const renewals of [0, 5]) for (const annualDiscountRate of [0.05, 0.3]) {
      const model = BetaDiscreteWeibull.fromParameters({ unit: 'year', alpha: 0.7, beta: 3, shape });
      let [sum, weighted] = [0, 0];
      for (let j = 1; j < 1500; j++) {
        const worth = model.survivalAfter(renewals, j) * (1 + annualDiscountRate) ** (1 - j);
        sum += worth;
        weighted += j * worth;
      }
      expect(Math.abs(model.retentionElasticity(renewals, { annualDiscountRate }) / (weighted / sum) - 1)).toBeLessThan(1e-9);
    }
    // One per cent more for everybody, where all are alike: r / (1 - r z).
    const alike = ShiftedBetaGeometric.fromParameters({ unit: 'year', alpha: 1e9, beta: 4e9 });
    const value = (r: number): number => r / (1 - r / 1.1);
    expect(alike.retentionElasticity(3, { annualDiscountRate: 0.1 })).toBeCloseTo(Math.log(value(0.8 * 1.0001) / value(0.8 / 1.0001)) / (2 * Math.log(1.0001)), 6);
    expect(errorCode(() => alike.retentionElasticity(3, { annualDiscountRate: 0 }))).toBe('INVALID_OPTION');
  });

  it('reckons with clocks that no double holds', () => {
    const model = BetaDiscreteWeibull.fromParameters({ unit: 'year', alpha: 0.001, beta: 2, shape: 40 });
    // Gamma(alpha + beta) / Gamma(beta) t^-(alpha shape).
    expect(model.survival(1e9)).toBeCloseTo(Math.exp(logGamma(2.001) - logGamma(2)) * 1e9 ** -0.04, 10);
    expect(model.survivalAfter(1e8, 9e8)).toBeCloseTo(10 ** -0.04, 12);
    expect(model.residualLifetime(1e9, { annualDiscountRate: 0.1 })).toBeCloseTo(11, 6);
    expect(model.residualLifetime(1e9, { annualDiscountRate: 1e-6 })).toBeLessThan(1e6 + 1);
    expect(model.residualLifetime(1e9, { annualDiscountRate: 1e-6 })).toBeGreaterThan(0.99e6);
  });

  it('has no end exactly where alpha times shape is not above 1', () => {
    const at = (shape: number): number => BetaDiscreteWeibull.fromParameters({ unit: 'year', alpha: 0.5, beta: 2, shape }).residualLifetime(0);
    expect(at(2)).toBe(Infinity);
    expect(at(2.001)).toBeGreaterThan(1000);
    expect(at(2.001)).toBeLessThan(Infinity);
    // Times beyond every double, and laws that fall like a stone.
    for (const [alpha, shape] of [[150, 0.01], [1e4, 0.5], [0.3, 40], [20, 20]] as const) expect(BetaDiscreteWeibull.fromParameters({ unit: 'year', alpha, beta: 2, shape }).residualLifetime(1)).toBeGreaterThanOrEqual(0);
  });

  it('comes back from JSON to the bit, and reads what version 1 stored', () => {
    const fitted = fitBetaDiscreteWeibull({ unit: 'year', cohorts: [{ survivors: [100, 80, 70, 65, 62] }] });
    const back = BetaDiscreteWeibull.fromJSON(JSON.parse(JSON.stringify(fitted)));
    expect(back).toEqual(fitted);
    expect(back.survivalCurve(9)).toEqual(fitted.survivalCurve(9));
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/lifetime/BetaDiscreteWeibull.v1.json'), 'utf8')) as { model: unknown; expected: number };
    expect(BetaDiscreteWeibull.fromJSON(stored.model).survivalAfter(4, 4)).toBe(stored.expected);
    expect(errorCode(() => BetaDiscreteWeibull.fromJSON({ ...fitted.toJSON(), parameters: { alpha: 1, beta: 1 } }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => BetaDiscreteWeibull.fromJSON(null))).toBe('MODEL_FORMAT');
    expect(errorCode(() => BetaDiscreteWeibull.fromParameters({ unit: 'year', alpha: 1, beta: 1 } as never))).toBe('INVALID_OPTION');
  });
});
