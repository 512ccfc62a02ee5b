import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaGeometricLikelihood } from '../../../../src/lifetime/buying/bgNbd/betaGeometricLikelihood.js';
import type { TupleFactors, Tuples } from '../../../../src/lifetime/buying/fitting/tuples.js';
import { logGamma } from '../../../../src/numeric/logGamma.js';

const tuples: Tuples = {
  count: 7,
  x: Float64Array.of(0, 0, 1, 1, 4, 30, 30),
  last: Float64Array.of(0, 0, 2, 9, 11, 3, 35),
  tenure: Float64Array.of(4, 39, 39, 9, 30, 39, 38.5),
  weights: Float64Array.of(5, 2, 3, 1, 2.5, 0.5, 1),
  customers: 15,
  sumLogGaps: NaN,
};
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);
/** As in the papers, term by term. */
const naive = (first: 0 | 1, [r, alpha, a, b]: readonly [number, number, number, number], i: number): number => {
  const [x, last, tenure] = [tuples.x[i]!, tuples.last[i]!, tuples.tenure[i]!];
  const n = x + first;
  const alive = Math.exp(logBeta(a, b + n) - logBeta(a, b) - (r + x) * Math.log(alpha + tenure));
  const dead = n === 0 ? 0 : Math.exp(logBeta(a + 1, b + n - 1) - logBeta(a, b) - (r + x) * Math.log(alpha + last));
  return logGamma(r + x) - logGamma(r) + r * Math.log(alpha) + Math.log(alive + dead);
};
const log = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true });
const point = fc.tuple(log(0.05, 20), log(0.2, 50), log(0.05, 20), log(0.05, 50));
const factorsOf = (count: number): TupleFactors => ({ purchase: Float64Array.from({ length: count }, (_, i) => 0.5 + 0.3 * i), dropout: Float64Array.from({ length: count }, (_, i) => 1.7 - 0.2 * i), purchaseSlopes: new Float64Array(count), dropoutSlopes: new Float64Array(count) });

describe('betaGeometricLikelihood', () => {
  for (const first of [0, 1] as const) {
    const likelihood = betaGeometricLikelihood(first);
    const at = (logs: ArrayLike<number>, factors: TupleFactors | null = null, gradient = new Float64Array(4)): number => likelihood.evaluate(Float64Array.from(logs, Math.exp), tuples, factors, gradient);

    it(`is the formula of the papers, and its slopes are its own (${likelihood.law.names.length} parameters, first ${first})`, () => {
      fc.assert(
        fc.property(point, (logs) => {
          const theta = logs.map(Math.exp) as [number, number, number, number];
          let wanted = 0;
          for (let i = 0; i < tuples.count; i++) wanted += tuples.weights[i]! * naive(first, theta, i);
          const gradient = new Float64Array(4);
          expect(Math.abs(at(logs, null, gradient) / wanted - 1)).toBeLessThan(1e-10);
          for (let j = 0; j < 4; j++) {
            const step = 1e-5;
            const moved = (by: number): number[] => logs.map((value, k) => (k === j ? value + by : value));
            const slope = (8 * (at(moved(step)) - at(moved(-step))) - (at(moved(2 * step)) - at(moved(-2 * step)))) / (12 * step);
            expect(Math.abs(gradient[j]! - slope)).toBeLessThan(1e-6 * (1 + Math.abs(slope)) + 1e-9 * Math.abs(wanted));
          }
        }),
        { numRuns: 50 },
      );
    });

    it(`gives the slopes of covariates by the chain rule (first ${first})`, () => {
      fc.assert(
        fc.property(point, (logs) => {
          const theta = logs.map(Math.exp) as [number, number, number, number];
          const factors = factorsOf(tuples.count);
          const gradient = new Float64Array(4);
          const value = at(logs, factors, gradient);
          let wanted = 0;
          const own = (i: number, purchase: number, dropout: number): number => naive(first, [theta[0], theta[1] / purchase, theta[2] * dropout, theta[3]], i);
          for (let i = 0; i < tuples.count; i++) {
            const { [i]: purchase = 1 } = factors.purchase;
            const { [i]: dropout = 1 } = factors.dropout;
            wanted += tuples.weights[i]! * own(i, purchase, dropout);
            const step = 1e-4;
            const bySteps = (f: (by: number) => number): number => (8 * (f(step) - f(-step)) - (f(2 * step) - f(-2 * step))) / (12 * step);
            expect(factors.purchaseSlopes[i]).toBeCloseTo(bySteps((by) => own(i, purchase * Math.exp(by), dropout)), 5);
            expect(factors.dropoutSlopes[i]).toBeCloseTo(bySteps((by) => own(i, purchase, dropout * Math.exp(by))), 5);
          }
          expect(Math.abs(value / wanted - 1)).toBeLessThan(1e-10);
          const step = 1e-5;
          expect(gradient[3]).toBeCloseTo((at([logs[0], logs[1], logs[2], logs[3] + step], factorsOf(7)) - at([logs[0], logs[1], logs[2], logs[3] - step], factorsOf(7))) / (2 * step), 3);
        }),
        { numRuns: 20 },
      );
    });

    it(`is finite for every theta, as far as doubles go (first ${first})`, () => {
      fc.assert(
        fc.property(fc.tuple(log(1e-25, 1e25), log(1e-25, 1e25), log(1e-25, 1e25), log(1e-25, 1e25)), (logs) => {
          const gradient = new Float64Array(4);
          expect(at(logs, null, gradient)).toBeLessThan(Infinity);
          expect(at(logs, null, gradient)).toBeGreaterThan(-Infinity);
          expect(gradient.every((slope) => Number.isFinite(slope))).toBe(true);
        }),
        { numRuns: 50 },
      );
    });
  }

  it('keeps its digits where customers are all but alike', () => {
    // r and alpha, a and b in a ratio, ever larger: Poisson purchases and one probability of dropout.
    const [rate, dropout] = [0.1, 0.2];
    const poisson = (i: number): number => {
      const [x, last, tenure] = [tuples.x[i]!, tuples.last[i]!, tuples.tenure[i]!];
      const alive = x * Math.log(1 - dropout) - rate * tenure;
      const dead = x === 0 ? -Infinity : Math.log(dropout) + (x - 1) * Math.log(1 - dropout) - rate * last;
      return x * Math.log(rate) + alive + Math.log1p(Math.exp(dead - alive));
    };
    let wanted = 0;
    for (let i = 0; i < tuples.count; i++) wanted += tuples.weights[i]! * poisson(i);
    for (const size of [1e9, 1e12, 1e15]) {
      const found = betaGeometricLikelihood(0).evaluate(Float64Array.of(rate * size, size, dropout * size, (1 - dropout) * size), tuples, null, new Float64Array(4));
      expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-5 / (size / 1e9) + 1e-13);
    }
  });
});
