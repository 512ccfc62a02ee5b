import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerPosteriors } from '../../../../src/lifetime/buying/answers/customerPosteriors.js';
import { mixtureMean, mixtureQuantile } from '../../../../src/lifetime/buying/answers/mixtureQuantile.js';
import { BgNbd } from '../../../../src/lifetime/buying/bgNbd/bgNbd.js';
import { Nbd } from '../../../../src/lifetime/buying/nbd/nbd.js';
import { incompleteBeta } from '../../../../src/numeric/incompleteBeta.js';
import { incompleteGamma } from '../../../../src/numeric/incompleteGamma.js';
import { errorCode } from '../../../errorCode.js';

const customers = { unit: 'week', frequency: [2, 0, 7], recency: [30.43, 0, 29.43], tenure: [38.86, 38.86, 38.86] } as const;

describe('mixtureQuantile', () => {
  it('is the quantile of the law where there is one', () => {
    // Exponential: -log(1 - p) / rate. Beta of 1 and 1: p.
    expect(mixtureQuantile({ kind: 'gamma', weights: [1], laws: [[1, 4]] }, 0.3)).toBeCloseTo(-Math.log(0.7) / 4, 13);
    expect(mixtureQuantile({ kind: 'beta', weights: [1], laws: [[1, 1]] }, 0.3)).toBeCloseTo(0.3, 13);
  });

  it('is the inverse of the distribution', () => {
    const shape = fc.double({ min: 0.7, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(shape, shape), { minLength: 2, maxLength: 5 }), fc.double({ min: 0.005, max: 0.995, noNaN: true }), fc.constantFrom('gamma' as const, 'beta' as const), (laws, p, kind) => {
        const weights = laws.map((_, i) => (i + 1) / ((laws.length * (laws.length + 1)) / 2));
        const at = mixtureQuantile({ kind, weights, laws }, p);
        const cdf = laws.reduce((sum, [a, b], i) => sum + weights[i]! * (kind === 'gamma' ? incompleteGamma(at * b, a) : incompleteBeta(at, a, b)), 0);
        expect(cdf).toBeCloseTo(p, 7);
      }),
      { numRuns: 60 },
    );
    expect(mixtureMean({ kind: 'gamma', weights: [0.25, 0.75], laws: [[2, 4], [9, 3]] })).toBe(0.125 + 2.25);
    expect(mixtureMean({ kind: 'beta', weights: [0.5, 0.5], laws: [[1, 3], [3, 1]] })).toBe(0.5);
  });
});

describe('customerPosteriors', () => {
  it('narrows the law of all customers by what one did', () => {
    const { purchaseRate, dropout, dropoutKind } = customerPosteriors(Nbd.fromParameters({ unit: 'week', r: 1, alpha: 10 }), customers);
    expect(purchaseRate.mean).toEqual(Float64Array.of(3 / 48.86, 1 / 48.86, 8 / 48.86));
    expect(incompleteGamma(purchaseRate.lower[0]! * 48.86, 3)).toBeCloseTo(0.025, 10);
    expect(incompleteGamma(purchaseRate.upper[0]! * 48.86, 3)).toBeCloseTo(0.975, 10);
    expect([dropout, dropoutKind]).toEqual([null, 'none']);
  });

  it('is a mixture over whether the customer has stopped', () => {
    const model = BgNbd.fromParameters({ unit: 'week', r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
    const { purchaseRate, dropout, dropoutKind } = customerPosteriors(model, customers, { confidence: 0.9 });
    expect(dropoutKind).toBe('probability');
    const alive = model.aliveProbability(customers)[0]!;
    expect(purchaseRate.mean[0]).toBeCloseTo((alive * 2.243) / (4.414 + 38.86) + ((1 - alive) * 2.243) / (4.414 + 30.43), 12);
    expect(dropout!.mean[0]).toBeCloseTo((alive * 0.793) / (0.793 + 2.426 + 2) + ((1 - alive) * 1.793) / (1.793 + 2.426 + 1), 12);
    for (const { mean, lower, upper } of [purchaseRate, dropout!]) for (let row = 0; row < 3; row++) expect(lower[row]! < mean[row]! && mean[row]! < upper[row]!).toBe(true);
    // Nobody has stopped who has never had the chance to.
    expect(dropout!.mean[1]).toBeCloseTo(0.793 / (0.793 + 2.426), 12);
  });

  it('refuses a confidence that is none', () => {
    expect(errorCode(() => customerPosteriors(Nbd.fromParameters({ unit: 'week', r: 1, alpha: 1 }), customers, { confidence: 1 }))).toBe('INVALID_OPTION');
  });
});
