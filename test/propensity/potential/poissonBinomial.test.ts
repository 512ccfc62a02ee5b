import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { countCumulants, countMasses, smoothCountCdf } from '../../../src/numeric/poissonBinomial.js';
import { poissonBinomial } from '../../../src/propensity/potential/poissonBinomial.js';

const draw = (n: number, size: number, seed = 1): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => size * random.uniform() ** 2);
};

describe('poissonBinomial', () => {
  it('gives the distribution worked out by hand', () => {
    const { probabilityOf, probabilityAtMost, quantile, mean, standardDeviation, method } = poissonBinomial([0.1, 0.2, 0.3, 0.4]);
    const expected = [0.3024, 0.4404, 0.2144, 0.0404, 0.0024];
    expected.forEach((mass, count) => expect(Math.abs(probabilityOf(count) - mass)).toBeLessThan(1e-15));
    expect([probabilityOf(-1), probabilityOf(5), probabilityOf(1.5), probabilityAtMost(-0.5), probabilityAtMost(4), probabilityAtMost(9)]).toEqual([0, 0, 0, 0, 1, 1]);
    expect(probabilityAtMost(1.9)).toBeCloseTo(0.7428, 14);
    expect([0, 0.3, 0.3025, 0.95, 0.999, 1].map(quantile)).toEqual([0, 0, 1, 2, 4, 4]);
    expect([mean, standardDeviation, method]).toEqual([1, Math.sqrt(0.7), 'exact']);
  });

  it('is the binomial distribution for equal probabilities, and no chance for 0 and 1', () => {
    const { probabilityOf } = poissonBinomial(new Float64Array(1000).fill(0.3));
    // choose(1000, 300) 0.3^300 0.7^700, from R: dbinom(300, 1000, 0.3)
    expect(probabilityOf(300)).toBeCloseTo(0.02752101, 7);
    const fixed = poissonBinomial([1, 0, 1, 1, 0]);
    expect([fixed.probabilityOf(3), fixed.probabilityAtMost(2), fixed.quantile(0.5), fixed.standardDeviation]).toEqual([1, 0, 3, 0]);
    const none = poissonBinomial([]);
    expect([none.mean, none.probabilityOf(0), none.quantile(0.9)]).toEqual([0, 1, 0]);
  });

  it('has the mean and the variance of its probabilities and adds up to 1, in any order of the customers', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (probabilities) => {
        const law = poissonBinomial(probabilities);
        const back = poissonBinomial([...probabilities].reverse());
        let [total, mean, square] = [0, 0, 0];
        for (let k = 0; k <= probabilities.length; k++) {
          const mass = law.probabilityOf(k);
          expect(back.probabilityOf(k)).toBeCloseTo(mass, 14);
          total += mass;
          mean += k * mass;
          square += k * k * mass;
        }
        expect(total).toBeCloseTo(1, 13);
        expect(mean).toBeCloseTo(law.mean, 11);
        expect(Math.abs(square - mean * mean - law.standardDeviation ** 2)).toBeLessThan(1e-9);
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });

  it('is approached by the refined normal distribution within 0.01 / sd³', () => {
    for (const [n, size] of [[60, 1], [400, 0.6], [1500, 0.6], [3000, 0.05], [8000, 0.02]] as const) {
      const probabilities = draw(n, size);
      const cumulants = countCumulants(probabilities);
      const { first, masses } = countMasses(probabilities);
      let sum = 0;
      masses.forEach((mass, k) => {
        sum += mass;
        expect(Math.abs(sum - smoothCountCdf(first + k, cumulants))).toBeLessThan(0.01 / cumulants.variance ** 1.5);
      });
      expect(sum).toBeCloseTo(1, 12);
    }
  });

  it('takes the refined normal distribution only for many customers with a wide spread', () => {
    expect(poissonBinomial(draw(2000, 1)).method).toBe('exact');
    expect(poissonBinomial(draw(150_000, 0.0005)).method).toBe('exact');
    const many = poissonBinomial(draw(150_000, 0.3));
    expect(many.method).toBe('refinedNormal');
    expect(Math.abs(many.quantile(0.5) - many.mean)).toBeLessThan(1);
    expect(many.quantile(0.975) - many.mean).toBeCloseTo(1.959964 * many.standardDeviation, -0.5);
    expect([many.probabilityOf(0.5), many.probabilityAtMost(-1), many.probabilityAtMost(150_000)]).toEqual([0, 0, 1]);
    expect(many.probabilityOf(Math.round(many.mean)) * many.standardDeviation).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 3);
  });

  it('refuses what are no probabilities', () => {
    expect(() => poissonBinomial([0.1, 1.2])).toThrow('poissonBinomial needs probabilities from 0 to 1, found 1.2 at 1; leave out who cannot take it');
    expect(() => poissonBinomial([0.1, NaN])).toThrow(expect.objectContaining({ code: 'INVALID_VALUE' }));
    expect(() => poissonBinomial(3 as never)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => poissonBinomial([0.5]).quantile(2)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});
