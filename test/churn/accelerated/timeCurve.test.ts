import { describe, expect, it } from 'vitest';
import { TimeCurve } from '../../../src/churn/accelerated/timeCurve.js';
import { timeFamily, type TimeDistribution } from '../../../src/churn/accelerated/timeFamily.js';

const curve = (distribution: TimeDistribution, scale: number): TimeCurve => new TimeCurve(timeFamily(distribution), scale);

/** The area by 40,000 steps of Simpson's rule in the square root of time, which takes the edge off a steep beginning. */
function area(of: TimeCurve, line: number, elapsed: number, horizon: number): number {
  const [steps, end] = [40_000, horizon ** 0.25];
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const u = (end * i) / steps;
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * of.survival(line, elapsed, u ** 4) * 4 * u ** 3;
  }
  return (sum * end) / (3 * steps);
}

describe('the curve of times', () => {
  it.each(['weibull', 'log-normal', 'log-logistic', 'gaussian', 'logistic'] as const)('%s: the restricted mean is the area under survival', (distribution) => {
    for (const [scale, line, elapsed, horizon] of [[0.7, 3, 0, 10], [0.7, 3, 15, 100], [2.5, 1, 0, 500], [0.1, 4, 0, 200], [1.5, 2, 1e-4, 50], [0.3, 1, 60, 20]] as const) {
      const one = curve(distribution, scale);
      const wanted = area(one, line, elapsed, horizon);
      // Simpson's rule itself is good for 9 digits.
      expect(Math.abs(one.restrictedMean(line, elapsed, horizon) / wanted - 1)).toBeLessThan(2e-8);
    }
  });

  it('in closed form: exponential, Weibull of shape 2, log-normal, log-logistic of shape 2', () => {
    expect(curve('exponential', 1).restrictedMean(Math.log(4), 0, 10)).toBeCloseTo(4 * (1 - Math.exp(-2.5)), 12);
    expect(curve('exponential', 1).restrictedMean(Math.log(4), 100, 10)).toBeCloseTo(4 * (1 - Math.exp(-2.5)), 12);
    expect(curve('weibull', 0.5).restrictedMean(0, 0, Infinity)).toBeCloseTo(Math.sqrt(Math.PI) / 2, 12);
    expect(curve('log-normal', 0.8).restrictedMean(1, 0, Infinity)).toBeCloseTo(Math.exp(1 + 0.32), 11);
    expect(curve('log-logistic', 0.5).restrictedMean(0, 0, 3)).toBeCloseTo(Math.atan(3), 12);
    expect(curve('log-logistic', 1).restrictedMean(0, 0, Infinity)).toBe(Infinity);
  });

  it('quantiles are the inverse of survival, from an elapsed time on, too', () => {
    for (const distribution of ['weibull', 'log-normal', 'log-logistic'] as const) {
      for (const [scale, elapsed, share] of [[0.5, 0, 0.5], [2, 30, 0.01], [1, 1e-9, 0.999], [0.4, 300, 0.2]] as const) {
        const one = curve(distribution, scale);
        expect(one.survival(3, elapsed, one.quantile(3, elapsed, share))).toBeCloseTo(1 - share, 10);
      }
    }
  });

  it('what nobody lives to see leaves nothing', () => {
    const one = curve('weibull', 0.01);
    expect([one.survival(0, 1e9, 1), one.quantile(0, 1e9, 0.5), one.restrictedMean(0, 1e9, 5), one.survival(0, 1e9, 0)]).toEqual([0, 0, 0, 1]);
    expect(curve('weibull', 1).restrictedMean(0, 3, 0)).toBe(0);
    // Steps too small to be told apart end, too.
    for (const [distribution, scale] of [['gaussian', 1], ['weibull', 0.5], ['log-normal', 1e-9]] as const) expect(curve(distribution, scale).restrictedMean(0, 1e9, 5)).toBeLessThan(1e-6);
  });
});
