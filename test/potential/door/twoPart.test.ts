import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { potentialsOf } from '../../../src/potential/door/twoPart.js';

const column = (...values: number[]): Float64Array => Float64Array.from(values);

/** A spender of 60 with a wallet of 100, and somebody else with a log-normal wallet around 50. */
function two(probability: number, present = column(60, 0)): ReturnType<typeof potentialsOf> {
  const wallets = {
    wallet: column(100, 50),
    walletLower: column(70, 20),
    walletUpper: column(150, 80),
    share: column(0.62, 0),
    shareLower: column(0.4, 0),
    shareUpper: column(0.86, 0),
    ownVariance: column(400, 225),
    sharedLoadings: column(3, 4, 1, 2),
    sharedCount: 2,
  };
  return potentialsOf(['a', 'b'], present, wallets, { rows: Uint32Array.of(1), probability: column(probability), unknowns: 1, loadings: column(0.1) }, 0.9);
}

describe('potentialsOf', () => {
  it('leaves spenders as they are, and takes others for their wallet times participation', () => {
    const found = two(0.4);
    expect([...found.potential]).toEqual([100, 20]);
    expect([...found.headroom]).toEqual([40, 20]);
    expect([...found.participation]).toEqual([1, 0.4]);
    expect([...found.wallet]).toEqual([100, 50]);
    expect([...found.share]).toEqual([0.62, 0]);
    expect([found.potentialLower[0], found.potentialUpper[0], found.ownVariance[0]]).toEqual([70, 150, 400]);
  });

  it('gives others the variance of B * W, and the loadings of both parts', () => {
    const found = two(0.4);
    expect(found.ownVariance[1]).toBeCloseTo(0.4 * 225 + 0.4 * 0.6 * 2500, 10);
    expect(found.sharedCount).toBe(3);
    [3, 4, 0, 0.4, 0.8, 5].forEach((loading, i) => expect(found.sharedLoadings[i]).toBeCloseTo(loading, 12));
  });

  it('gives others the 5 and 95 % quantiles of B * W with W log-normal between its own ends, as drawing shows', () => {
    const random = createRandom(4);
    const spread = Math.log(4) / (2 * 1.6448536269514722);
    for (const p of [0.3, 0.97]) {
      const drawn = Array.from({ length: 40_000 }, () => (random.uniform() < p ? 40 * Math.exp(spread * random.normal()) : 0)).sort((a, b) => a - b);
      const { potentialLower, potentialUpper } = two(p);
      const share = drawn.filter((amount) => amount <= potentialUpper[1]!).length / drawn.length;
      expect(Math.abs(share - 0.95)).toBeLessThan(0.005);
      if (p === 0.3) expect(potentialLower[1]).toBe(0);
      else expect(Math.abs(drawn.filter((amount) => amount <= potentialLower[1]!).length / drawn.length - 0.05)).toBeLessThan(0.005);
    }
  });

  it('has the ends of the wallet where participation is certain, and holds the estimate whatever it is', () => {
    expect([two(1).potentialLower[1], two(1).potentialUpper[1]]).toEqual([20, 80]);
    const prop = fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (p) => {
      const { potential, potentialLower, potentialUpper } = two(p);
      return potentialLower[1]! >= 0 && potentialLower[1]! <= potential[1]! && potential[1]! <= potentialUpper[1]!;
    });
    fc.assert(prop, { seed: 20261122, numRuns: 200 });
  });
});
