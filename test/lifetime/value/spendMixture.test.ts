import { describe, expect, it } from 'vitest';
import { Nbd } from '../../../src/lifetime/buying/nbd/nbd.js';
import { CountBands } from '../../../src/lifetime/value/countBands.js';
import { SpendMixture } from '../../../src/lifetime/value/spendMixture.js';
import { gammaDraw } from '../../../src/numeric/gammaDraw.js';
import { incompleteBeta } from '../../../src/numeric/incompleteBeta.js';
import { createRandom } from '../../../src/numeric/random.js';

const { law } = Nbd.fromParameters({ unit: 'week', r: 0.5, alpha: 10 });
const THETA = Float64Array.of(0.5, 10);
const [P, Q] = [6.25, 3.74];

function loaded(x: number, tenure: number, time: number, q: number): { readonly bands: CountBands; readonly mixture: SpendMixture } {
  const bands = new CountBands();
  bands.fill(law, true, 1, THETA, x, tenure, tenure, time);
  const mixture = new SpendMixture(bands);
  mixture.load(P, q, 1 / P);
  return { bands, mixture };
}

describe('SpendMixture', () => {
  it('has quantiles that its distribution function gives back', () => {
    for (const [x, tenure, time] of [[0, 39, 52], [3, 39, 20], [12, 39, 30]] as const) {
      const q = P * x + Q;
      const { bands, mixture } = loaded(x, tenure, time, q);
      for (const share of [0.01, 0.05, 0.5, 0.9, 0.95, 0.999]) {
        const at = mixture.quantile(share);
        let below = bands.none;
        for (let b = 0; b < bands.size; b++) {
          const shape = 1 / (1 / (P * bands.counts[b]!) + bands.spreads[b]! / bands.counts[b]! ** 2);
          const scale = (P * bands.counts[b]!) / shape;
          if (at > 0) below += bands.weights[b]! * incompleteBeta(at / (at + scale), shape, q);
        }
        if (share <= bands.none) expect(at).toBe(0);
        else expect(below).toBeCloseTo(share, 8);
      }
    }
  });

  it('agrees with purchases drawn one by one', () => {
    const random = createRandom(5);
    const [x, tenure, time, draws] = [3, 39, 39, 40_000];
    const q = P * x + Q;
    const { mixture } = loaded(x, tenure, time, q);
    const sums = new Float64Array(draws);
    for (let i = 0; i < draws; i++) {
      const rate = gammaDraw(random, 0.5 + x) / (10 + tenure);
      const nu = gammaDraw(random, q);
      for (let at = -Math.log1p(-random.uniform()) / rate; at < time; at -= Math.log1p(-random.uniform()) / rate) sums[i]! += gammaDraw(random, P) / nu;
    }
    const mean = sums.reduce((sum, value) => sum + value, 0) / draws;
    const variance = sums.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws;
    for (const share of [0.2, 0.5, 0.95]) {
      const below = sums.filter((value) => value <= mixture.quantile(share)).length / draws;
      expect(Math.abs(below - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws));
    }
    expect(mixture.variance(P) / variance).toBeGreaterThan(0.95);
    expect(mixture.variance(P) / variance).toBeLessThan(1.05);
  });

  it('has no variance where amounts have none, and nothing of who does not buy', () => {
    expect(loaded(0, 39, 52, 1.9).mixture.variance(P)).toBe(Infinity);
    expect(loaded(0, 39, 52, 1.9).mixture.quantile(0.99)).toBeGreaterThan(0);
    const { mixture } = loaded(0, 39, 0, Q);
    expect([mixture.variance(P), mixture.quantile(0.999)]).toEqual([0, 0]);
  });
});
