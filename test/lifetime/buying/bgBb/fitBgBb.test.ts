import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bgBbLikelihood } from '../../../../src/lifetime/buying/bgBb/bgBbLikelihood.js';
import { fitBgBb } from '../../../../src/lifetime/buying/bgBb/fitBgBb.js';
import { logGamma } from '../../../../src/numeric/logGamma.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { errorCode } from '../../../errorCode.js';
import { donors } from './donors.js';

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);
const codes = (model: { readonly fit: { readonly warnings: readonly { readonly code: string }[] } | null }): string[] => model.fit!.warnings.map(({ code }) => code);
const tuples = {
  count: 5,
  x: Float64Array.of(0, 0, 2, 3, 9),
  last: Float64Array.of(0, 0, 4, 9, 9),
  tenure: Float64Array.of(0, 7, 6, 9, 30),
  weights: Float64Array.of(1, 2, 1, 3, 0.5),
  customers: 7.5,
  sumLogGaps: NaN,
};

describe('fitBgBb', () => {
  it('has the likelihood of the paper, and its slope', () => {
    const positive = fc.double({ min: 0.05, max: 20, noNaN: true });
    fc.assert(
      fc.property(positive, positive, positive, positive, (alpha, beta, gamma, delta) => {
        const theta = Float64Array.of(alpha, beta, gamma, delta);
        const gradient = new Float64Array(4);
        let naive = 0;
        for (let i = 0; i < tuples.count; i++) {
          const [x, last, n] = [tuples.x[i]!, tuples.last[i]!, tuples.tenure[i]!];
          let sum = Math.exp(logBeta(alpha + x, beta + n - x) + logBeta(gamma, delta + n));
          for (let j = 0; j < n - last; j++) sum += Math.exp(logBeta(alpha + x, beta + last - x + j) + logBeta(gamma + 1, delta + last + j));
          naive += tuples.weights[i]! * (Math.log(sum) - logBeta(alpha, beta) - logBeta(gamma, delta));
        }
        expect(bgBbLikelihood.evaluate(theta, tuples, null, gradient)).toBeCloseTo(naive, 9);
        for (let j = 0; j < 4; j++) {
          const at = (step: number): number => bgBbLikelihood.evaluate(theta.map((value, k) => (k === j ? value * Math.exp(step) : value)), tuples, null, new Float64Array(4));
          expect(gradient[j]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 5);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is finite for every law, also for silences that no customer of it would have', () => {
    const long = { ...tuples, x: Float64Array.of(0, 0, 2, 500, 9), last: Float64Array.of(0, 0, 4, 500, 9), tenure: Float64Array.of(0, 7, 20_000, 5000, 30) };
    for (const alpha of [1e-20, 1, 1e20]) for (const gamma of [1e-20, 1, 1e20]) for (const delta of [1e-20, 1e20]) {
      const gradient = new Float64Array(4);
      expect(bgBbLikelihood.evaluate(Float64Array.of(alpha, 1 / alpha, gamma, delta), long, null, gradient)).toBeLessThan(0);
      expect(gradient.every((slope) => Number.isFinite(slope))).toBe(true);
    }
  });

  it('finds the law that made the histories', () => {
    const random = createRandom(5);
    const truth = [2, 3, 2, 8] as const;
    // A beta draw of whole parameters is an order statistic of uniform ones.
    const beta = (a: number, b: number): number => Array.from({ length: a + b - 1 }, () => random.uniform()).sort((p, q) => p - q)[a - 1]!;
    const rows = Array.from({ length: 4000 }, (_, i) => {
      const [p, death, tenure] = [beta(truth[0], truth[1]), beta(truth[2], truth[3]), 6 + (i % 7)];
      let [x, last] = [0, 0];
      for (let k = 1; k <= tenure && random.uniform() >= death; k++) if (random.uniform() < p) [x, last] = [x + 1, k];
      return [x, last, tenure] as const;
    });
    const model = fitBgBb({ unit: 'month', frequency: rows.map(([x]) => x), recency: rows.map(([, last]) => last), tenure: rows.map(([, , n]) => n) });
    expect(model.fit!.convergence.converged).toBe(true);
    expect(model.fit!.warnings).toEqual([]);
    // Four standard errors on the scale of the logarithms.
    model.fit!.estimates.forEach(({ estimate, standardError }, j) => expect(Math.abs(Math.log(estimate / truth[j]!))).toBeLessThan((4 * standardError!) / estimate));
  });

  it('counts weights as repetition, in any order, whatever the unit is called', () => {
    const small = { unit: 'year', frequency: [0, 1, 2, 4], recency: [0, 2, 5, 6], tenure: [6, 6, 7, 6] } as const;
    const weights = [5, 2, 1, 3];
    const rows = weights.flatMap((weight, i) => Array.from({ length: weight }, () => i)).reverse();
    const repeated = { unit: 'week', frequency: rows.map((i) => small.frequency[i]!), recency: rows.map((i) => small.recency[i]!), tenure: rows.map((i) => small.tenure[i]!) } as const;
    const [a, b] = [fitBgBb({ ...small, weights }, { prior: 'weak' }), fitBgBb(repeated, { prior: 'weak' })];
    expect(b.parameters).toEqual(a.parameters);
    expect(b.fit!.distinctHistories).toBe(4);
    expect(b.fit!.customers).toBe(11);
  });

  it('comes to the same from other starts', () => {
    const model = fitBgBb(donors);
    for (const start of [{ alpha: 20, delta: 0.1 }, { alpha: 0.1, beta: 5, gamma: 8 }, { gamma: 0.05, delta: 50 }]) {
      const other = fitBgBb(donors, { start });
      for (const name of ['alpha', 'beta', 'gamma', 'delta'] as const) expect(Math.abs(other.parameters[name] / model.parameters[name] - 1)).toBeLessThan(1e-5);
    }
  });

  it('says what such histories do not tell', () => {
    const of = (frequency: number[], recency: number[], tenure: number[]) => ({ unit: 'year', frequency, recency, tenure }) as const;
    expect(codes(fitBgBb(of([0, 0, 0], [0, 0, 0], [3, 4, 5])))).toContain('NO_REPEAT_PURCHASES');
    // All who are there bought at the last opportunity, so that nobody stops.
    expect(codes(fitBgBb(of([3, 4, 5, 2], [5, 5, 6, 6], [5, 5, 6, 6])))).toContain('DROPOUT_NOT_NEEDED');
    // Silences as long as others' gaps, of which nobody has to have stopped.
    expect(codes(fitBgBb({ unit: 'year', frequency: [1, 2, 2, 3, 1, 2, 4, 0], recency: [2, 4, 6, 5, 6, 3, 6, 0], tenure: [6, 6, 6, 6, 6, 6, 6, 6], weights: [9, 9, 9, 9, 9, 9, 9, 9] }))).toContain('DROPOUT_NOT_NEEDED');
    expect(codes(fitBgBb(donors))).toEqual([]);
    // Half of all leave at once, the others stay and buy alike.
    expect(codes(fitBgBb({ ...of([0, 3, 2, 4, 3], [0, 6, 6, 6, 5], [6, 6, 6, 6, 6]), weights: [300, 100, 80, 70, 50] }))).toContain('HETEROGENEITY_NOT_IDENTIFIED');
    const single = fitBgBb(of([2], [3], [6]), { prior: 'weak' });
    expect(Object.values(single.parameters).every((value) => value > 0 && value < Infinity)).toBe(true);
    const first = fitBgBb(of([0], [0], [0]), { prior: 'weak' });
    expect(Object.values(first.parameters).every((value) => value > 0 && value < Infinity)).toBe(true);
  });

  it('refuses what it cannot learn from', () => {
    expect(errorCode(() => fitBgBb({ unit: 'year', frequency: [], recency: [], tenure: [] }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitBgBb({ ...donors, weights: donors.weights.map(() => 0) }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitBgBb({ ...donors, weights: [1] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => fitBgBb({ unit: 'week', frequency: [2], recency: [30.43], tenure: [38.86] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => fitBgBb(donors, { purchaseCovariates: ['age'] } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitBgBb(donors, { prior: 'strong' as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitBgBb(null as never))).toBe('INVALID_INPUT');
  });
});
