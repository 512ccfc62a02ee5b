import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaGeometricLikelihood } from '../../../../src/lifetime/buying/bgNbd/betaGeometricLikelihood.js';
import { CnbdLikelihood } from '../../../../src/lifetime/buying/cnbd/cnbdLikelihood.js';
import { logGamma } from '../../../../src/numeric/logGamma.js';

const tuples = {
  count: 5,
  x: Float64Array.of(0, 1, 3, 3, 30),
  last: Float64Array.of(0, 2, 2, 9, 9),
  tenure: Float64Array.of(4, 9, 10, 9, 10),
  weights: Float64Array.of(2, 1, 3, 1, 0.5),
  customers: 7.5,
  sumLogGaps: -11.25,
};
const positive = fc.double({ min: 0.05, max: 30, noNaN: true });
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Written as the paper does: the two cases, alive by the stages made in silence and stopped at the last purchase, with beta and gamma functions. */
function naive(k: number, first: 0 | 1, [r, alpha, a, b]: readonly [number, number, number, number]): number {
  let sum = (k - 1) * tuples.sumLogGaps;
  for (let i = 0; i < tuples.count; i++) {
    const [x, last, tenure] = [tuples.x[i]!, tuples.last[i]!, tuples.tenure[i]!];
    const A = r + k * x;
    let alive = 0;
    for (let j = 0; j < k; j++) alive += Math.exp(logGamma(A + j) - logGamma(A) - logGamma(j + 1) - (A + j) * Math.log(alpha + tenure) + A * Math.log(alpha + last)) * (tenure - last) ** j;
    const stopped = x + first === 0 ? 0 : Math.exp(logBeta(a + 1, b + x + first - 1) - logBeta(a, b + x + first));
    sum += tuples.weights[i]! * (-x * logGamma(k) + logBeta(a, b + x + first) - logBeta(a, b) + logGamma(A) - logGamma(r) + r * Math.log(alpha) - A * Math.log(alpha + last) + Math.log(alive + stopped));
  }
  return sum;
}

describe('CnbdLikelihood', () => {
  it('is that of the paper, and its slopes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.constantFrom<0 | 1>(0, 1), fc.tuple(positive, positive, positive, positive), (k, first, theta) => {
        const likelihood = new CnbdLikelihood(k, first);
        const gradient = new Float64Array(4);
        const value = likelihood.evaluate(Float64Array.from(theta), tuples, null, gradient);
        expect(Math.abs(value - naive(k, first, theta))).toBeLessThan(1e-7);
        for (let j = 0; j < 4; j++) {
          const at = (step: number): number => likelihood.evaluate(Float64Array.from(theta, (value, i) => (i === j ? value * Math.exp(step) : value)), tuples, null, new Float64Array(4));
          expect(Math.abs(gradient[j]! - (at(1e-5) - at(-1e-5)) / 2e-5)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is that of the BG/NBD and the MBG/NBD at one stage', () => {
    const theta = Float64Array.of(0.24, 4.4, 0.8, 2.4);
    for (const first of [0, 1] as const) {
      const [own, other] = [new Float64Array(4), new Float64Array(4)];
      const value = new CnbdLikelihood(1, first).evaluate(theta, { ...tuples, sumLogGaps: NaN }, null, own);
      expect(value).toBeCloseTo(betaGeometricLikelihood(first).evaluate(theta, tuples, null, other), 11);
      own.forEach((slope, j) => expect(slope).toBeCloseTo(other[j]!, 11));
    }
  });

  it('gives each tuple its own alpha and a by the factors, and their slopes', () => {
    const factors = { purchase: Float64Array.of(1, 2, 0.5, 1, 3), dropout: Float64Array.of(0.7, 1, 1.4, 2, 1), purchaseSlopes: new Float64Array(5), dropoutSlopes: new Float64Array(5) };
    const theta = Float64Array.of(0.6, 2, 0.8, 1.4);
    const likelihood = new CnbdLikelihood(3, 1);
    const total = likelihood.evaluate(theta, tuples, factors, new Float64Array(4));
    const one = (i: number, purchase: number, dropout: number): number => {
      const at = (values: Float64Array): Float64Array => values.subarray(i, i + 1);
      const alone = { count: 1, x: at(tuples.x), last: at(tuples.last), tenure: at(tuples.tenure), weights: Float64Array.of(1), customers: 1, sumLogGaps: 0 };
      return likelihood.evaluate(Float64Array.of(theta[0]!, theta[1]! / purchase, theta[2]! * dropout, theta[3]!), alone, null, new Float64Array(4));
    };
    let sum = 2 * tuples.sumLogGaps;
    for (let i = 0; i < 5; i++) {
      const [p, d] = [factors.purchase[i]!, factors.dropout[i]!];
      sum += tuples.weights[i]! * one(i, p, d);
      expect(factors.purchaseSlopes[i]).toBeCloseTo((one(i, p * Math.exp(1e-5), d) - one(i, p * Math.exp(-1e-5), d)) / 2e-5, 5);
      expect(factors.dropoutSlopes[i]).toBeCloseTo((one(i, p, d * Math.exp(1e-5)) - one(i, p, d * Math.exp(-1e-5))) / 2e-5, 5);
    }
    expect(total).toBeCloseTo(sum, 11);
  });

  it('is finite wherever parameters are above 0', () => {
    const many = { ...tuples, count: 1, x: Float64Array.of(1e6), last: Float64Array.of(364), tenure: Float64Array.of(365), weights: Float64Array.of(1), customers: 1 };
    for (const size of [1e-20, 1e-6, 1e6, 1e20]) {
      for (let j = 0; j < 4; j++) {
        const theta = Float64Array.of(1, 1, 1, 1).fill(size, j, j + 1);
        for (const rows of [tuples, many]) {
          const gradient = new Float64Array(4);
          expect(Number.isFinite(new CnbdLikelihood(30, 0).evaluate(theta, rows, null, gradient))).toBe(true);
          expect(gradient.every((slope) => Number.isFinite(slope))).toBe(true);
        }
      }
    }
  });
});
