import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gammaGammaLikelihood, spendRows } from '../../../src/lifetime/spending/gammaGammaLikelihood.js';
import { logGamma } from '../../../src/numeric/logGamma.js';

const purchases = Float64Array.of(1, 2, 2, 7, 30);
const means = Float64Array.of(12, 30, 4, 55, 0.5);
const weights = Float64Array.of(1, 2.5, 1, 3, 1);
const total = purchases.map((n, i) => n * means[i]!);
const rows = spendRows({ purchases, total, weights });
const shape = fc.double({ min: -3, max: 4, noNaN: true }).map(Math.exp);

describe('gammaGammaLikelihood', () => {
  it('is the formula of Fader and Hardie, customer by customer', () => {
    const check = fc.property(shape, shape, shape, (p, q, v) => {
      let naive = 0;
      purchases.forEach((x, i) => {
        const m = means[i]!;
        naive += weights[i]! * (logGamma(p * x + q) - logGamma(p * x) - logGamma(q) + q * Math.log(v) + (p * x - 1) * Math.log(m) + p * x * Math.log(x) - (p * x + q) * Math.log(x * m + v));
      });
      expect(Math.abs(gammaGammaLikelihood(p, q, v, rows, new Float64Array(3)) - naive)).toBeLessThan(1e-11 * (1 + p + q) * 100);
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('is the same for a row that weighs two as for two rows', () => {
    const twice = (values: Float64Array): Float64Array => Float64Array.from([...values, ...values]);
    const [one, two] = [spendRows({ purchases, total, weights: weights.map(() => 2) }), spendRows({ purchases: twice(purchases), total: twice(total), weights: twice(weights).fill(1) })];
    const check = fc.property(shape, shape, fc.double({ min: -60, max: 30, noNaN: true }).map(Math.exp), (p, q, v) => {
      const [ofOne, ofTwo] = [new Float64Array(3), new Float64Array(3)];
      const value = gammaGammaLikelihood(p, q, v, one, ofOne);
      expect(gammaGammaLikelihood(p, q, v, two, ofTwo) / value).toBeCloseTo(1, 12);
      ofOne.forEach((slope, j) => expect(Math.abs(ofTwo[j]! - slope)).toBeLessThan(1e-11 * (1 + Math.abs(value) + Math.abs(slope))));
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('has the gradient that differences have', () => {
    const check = fc.property(fc.tuple(shape, shape, shape), (theta) => {
      const gradient = new Float64Array(3);
      gammaGammaLikelihood(theta[0], theta[1], theta[2], rows, gradient);
      theta.forEach((value, j) => {
        const at = (step: number): number => {
          const moved = theta.map((other, k) => (k === j ? value * Math.exp(step) : other));
          return gammaGammaLikelihood(moved[0]!, moved[1]!, moved[2]!, rows, new Float64Array(3));
        };
        const slope = (at(1e-4) - at(-1e-4)) / 2e-4;
        expect(Math.abs(gradient[j]! - slope)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
      });
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('keeps its digits where all customers are alike: amounts of one gamma law', () => {
    const [p, mean] = [3, 20];
    let gamma = 0;
    purchases.forEach((n, i) => {
      const rate = (p * n) / mean;
      gamma += weights[i]! * (p * n * Math.log(rate) - logGamma(p * n) + (p * n - 1) * Math.log(means[i]!) - rate * means[i]!);
    });
    const q = 1e12;
    const gradient = new Float64Array(3);
    expect(gammaGammaLikelihood(p, q, (q * mean) / p, rows, gradient)).toBeCloseTo(gamma, 6);
    // Along q and v together nothing is left to gain.
    expect(gradient[1]! + gradient[2]!).toBeCloseTo(0, 3);
  });
});
