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

  it('takes a weight of 3 as three customers', () => {
    const whole = countChance(Float64Array.of(0.2, 0.2, 0.2, 0.7), null);
    const weighted = countChance(Float64Array.of(0.2, 0.7, 0.4), Float64Array.of(3, 1, 0));
    expect(weighted.atLeast(2)).toBeCloseTo(whole.atLeast(2), 14);
  });

  it('takes weights that are not all whole as one customer each, by hand', () => {
    const { mean, variance, atLeast, atMost } = countChance(Float64Array.of(0.4, 0.2, 1), Float64Array.of(1.5, 0.5, 0.5));
    expect(mean).toBeCloseTo(0.6 + 0.1 + 0.5, 14);
    expect(variance).toBeCloseTo(2.25 * 0.24 + 0.25 * 0.16, 14);
    expect([0.5, 1, 2, 2.5].map(atLeast)).toEqual([1, 1 - 0.6 * 0.8, 0.4, 0.4 * 0.2].map((p) => expect.closeTo(p, 12) as number));
    expect([0.5, 1, 2, 2.5].map(atMost)).toEqual([0.48, 0.6, 1 - 0.08, 1].map((p) => expect.closeTo(p, 12) as number));
  });

  it('gives equal weights the p of none, and changes no p by a common factor', () => {
    const random = createRandom(8);
    const chances = Float64Array.from({ length: 60 }, () => random.uniform());
    const none = countChance(chances, null);
    const equal = countChance(chances, new Float64Array(60).fill(0.05));
    expect(equal.variance).toBeCloseTo(none.variance * 0.0025, 12);
    for (let k = 0; k <= 60; k += 5) expect(equal.atLeast(k * 0.05)).toBeCloseTo(none.atLeast(k), 12);
    const uneven = Float64Array.from({ length: 60 }, () => 0.3 + random.uniform());
    const [one, other] = [countChance(chances, uneven), countChance(chances, uneven.map((weight) => weight * 3.7e-4))];
    for (const z of [-3, -1, 0, 1, 3]) {
      const count = one.mean + z * Math.sqrt(one.variance);
      expect(other.atLeast(count * 3.7e-4) / one.atLeast(count)).toBeCloseTo(1, 6);
      expect(other.atMost(count * 3.7e-4) / one.atMost(count)).toBeCloseTo(1, 6);
    }
  });

  it('is near the tails of simulated counts of uneven weights', () => {
    const random = createRandom(12);
    const chances = Float64Array.from({ length: 40 }, (_, c) => (c < 20 ? 0.5 : 0.05));
    const weights = Float64Array.from({ length: 40 }, (_, c) => (c < 20 ? 1 + random.uniform() : 0.1 + random.uniform() / 10));
    const spread = countChance(chances, weights);
    const draws = Array.from({ length: 20_000 }, () => weights.reduce((sum, weight, c) => sum + (random.uniform() < chances[c]! ? weight : 0), 0));
    for (const z of [-2, -1, 0, 1, 2]) {
      const count = spread.mean + z * Math.sqrt(spread.variance);
      // Four standard errors of the simulation are .014 at most.
      expect(Math.abs(spread.atLeast(count) - draws.filter((sum) => sum >= count).length / 20_000)).toBeLessThan(0.02);
      expect(Math.abs(spread.atMost(count) - draws.filter((sum) => sum <= count).length / 20_000)).toBeLessThan(0.02);
    }
    const all = weights.reduce((a, b) => a + b, 0);
    const log = chances.reduce((sum, chance) => sum + Math.log(chance), 0);
    expect(Math.log(spread.atLeast(all)) / log).toBeCloseTo(1, 1);
    expect(spread.atMost(all)).toBe(1);
    expect([spread.atLeast(0), spread.atLeast(all * 1.01)]).toEqual([1, 0]);
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
