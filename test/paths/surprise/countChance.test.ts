import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { countMasses } from '../../../src/numeric/poissonBinomial.js';
import { countChance } from '../../../src/paths/surprise/countChance.js';

describe('countChance', () => {
  it('is the binomial by hand', () => {
    const { mean, variance, atLeast, atMost } = countChance(Float64Array.of(0.5, 0.5, 0.5, 0, 1), null);
    expect([mean, variance]).toEqual([2.5, 0.75]);
    expect([0, 1, 2, 3, 4, 5].map(atLeast)).toEqual([1, 1, 7 / 8, 4 / 8, 1 / 8, 0]);
    expect([0, 1, 2, 3, 4, 5].map(atMost)).toEqual([0, 1 / 8, 4 / 8, 7 / 8, 1, 1]);
  });

  it('takes a weight of 3 as three customers and of a half as half the chance', () => {
    const whole = countChance(Float64Array.of(0.2, 0.2, 0.2, 0.7), null);
    const weighted = countChance(Float64Array.of(0.2, 0.7, 0.4), Float64Array.of(3, 1, 0));
    expect(weighted.atLeast(2)).toBeCloseTo(whole.atLeast(2), 14);
    const half = countChance(Float64Array.of(0.4, 1), Float64Array.of(1.5, 0.5));
    expect(half.mean).toBeCloseTo(0.4 + 0.2 + 0.5, 14);
    expect(half.atLeast(1)).toBeCloseTo(1 - 0.6 * 0.8 * 0.5, 14);
  });

  it('stays within 1 in 50 of the exact tails where it takes the saddlepoint', () => {
    const random = createRandom(4);
    const kinds = [0.5, 1 / 6, 0.02, 2 / 3, 0.9];
    for (const n of [3000, 8000]) {
      const chances = Float64Array.from({ length: n }, () => kinds[random.integer(5)]!);
      const spread = countChance(chances, null);
      const { first, masses } = countMasses(chances);
      const deviation = Math.sqrt(spread.variance);
      for (const z of [-7, -3, -0.01, 0, 0.005, 0.3, 2, 5, 8]) {
        const count = Math.round(spread.mean + z * deviation);
        let [upper, lower] = [0, 0];
        for (let k = masses.length - 1; k >= count - first; k--) upper += masses[k]!;
        for (let k = 0; k <= count - first; k++) lower += masses[k]!;
        expect(Math.abs(spread.atLeast(count) / upper - 1)).toBeLessThan(0.02);
        expect(Math.abs(spread.atMost(count) / lower - 1)).toBeLessThan(0.02);
      }
    }
  });

  it('goes on where the exact tail ends', () => {
    const few = countChance(new Float64Array(300).fill(0.01), null);
    const p = few.atLeast(60);
    // The first term of the binomial tail, and the bound of the sum of the rest.
    let log = 60 * Math.log(0.01) + 240 * Math.log(0.99);
    for (let i = 1; i <= 60; i++) log += Math.log((240 + i) / i);
    expect(p).toBeGreaterThan(Math.exp(log));
    expect(p).toBeLessThan(Math.exp(log) * 1.1);
    expect(few.atMost(300)).toBe(1);
  });
});
