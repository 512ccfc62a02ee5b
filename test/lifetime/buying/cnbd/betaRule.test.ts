import { describe, expect, it } from 'vitest';
import { betaRule } from '../../../../src/lifetime/buying/cnbd/betaRule.js';
import { gammaRule } from '../../../../src/lifetime/buying/cnbd/gammaRule.js';

const near = (found: number, wanted: number): void => expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-12);

describe('betaRule', () => {
  it('has the moments of the beta law, with tails long or short', () => {
    for (const [a, b] of [[0.5, 0.5], [0.03, 2], [2, 0.03], [4, 900], [3000, 5000], [0.8, 20]] as const) {
      const { count, p, logQ, weights } = betaRule(a, b, -3);
      let [all, mean, square, left] = [0, 0, 0, 0];
      for (let i = 0; i < count; i++) {
        all += weights[i]!;
        mean += weights[i]! * p[i]!;
        square += weights[i]! * p[i]! * p[i]!;
        left += weights[i]! * Math.exp(logQ[i]!);
      }
      near(all, 1);
      near(mean, a / (a + b));
      near(square, (a * (a + 1)) / ((a + b) * (a + b + 1)));
      near(left, b / (a + b));
    }
  });
});

describe('gammaRule', () => {
  it('has the moments of the gamma law from the first on', () => {
    for (const [shape, rate] of [[0.05, 3], [1, 1], [40, 7], [1e5, 365]] as const) {
      const { count, rates, weights } = gammaRule(shape, rate, 3, 0.25);
      let [mean, square] = [0, 0];
      for (let i = 0; i < count; i++) {
        mean += weights[i]! * rates[i]!;
        square += weights[i]! * rates[i]! ** 2;
      }
      near(mean, shape / rate);
      near(square, (shape * (shape + 1)) / rate ** 2);
    }
  });
});
