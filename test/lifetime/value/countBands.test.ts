import { describe, expect, it } from 'vitest';
import type { BuyingModel } from '../../../src/lifetime/buying/buyingModel.js';
import { BgNbd } from '../../../src/lifetime/buying/bgNbd/bgNbd.js';
import { MbgNbd } from '../../../src/lifetime/buying/bgNbd/mbgNbd.js';
import { MbgCnbdK } from '../../../src/lifetime/buying/cnbd/mbgCnbdK.js';
import { Nbd } from '../../../src/lifetime/buying/nbd/nbd.js';
import { ParetoNbd } from '../../../src/lifetime/buying/paretoNbd/paretoNbd.js';
import { CountBands } from '../../../src/lifetime/value/countBands.js';

const unit = 'week';
const models: readonly BuyingModel[] = [
  Nbd.fromParameters({ unit, r: 0.5, alpha: 10 }),
  BgNbd.fromParameters({ unit, r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }),
  MbgNbd.fromParameters({ unit, r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }),
  ParetoNbd.fromParameters({ unit, r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }),
  MbgCnbdK.fromParameters({ unit, k: 2, r: 1.3, alpha: 2.8, a: 0.42, b: 0.79 }),
];
const histories = [
  [0, 0, 39, 52],
  [2, 30, 39, 39],
  [26, 30.9, 31, 52],
  [200, 38, 39, 52],
  [0, 0, 0, 520],
] as const;

const filled = (model: BuyingModel, [x, last, tenure, time]: (typeof histories)[number], isSteady = !('k' in model)): CountBands => {
  const bands = new CountBands();
  const theta = Float64Array.from(model.law.names, (name) => model.parameters[name]!);
  bands.fill(model.law, isSteady, model.law.alive(theta, x, last, tenure), theta, x, last, tenure, time);
  return bands;
};
const total = (bands: CountBands, value: (b: number) => number): number => Array.from({ length: bands.size }, (_, b) => bands.weights[b]! * value(b)).reduce((sum, part) => sum + part, 0);

describe.each(models.map((model) => [model.format, model] as const))('CountBands of %s', (_, model) => {
  it('has probabilities that add up to 1 and the mean that the law expects', () => {
    for (const history of histories) {
      const bands = filled(model, history);
      const [x, last, tenure, time] = history;
      const expected = model.expectedPurchases({ unit, frequency: [x], recency: [last], tenure: [tenure] }, { weeks: time })[0]!;
      expect(bands.none + total(bands, () => 1)).toBeCloseTo(1, 12);
      expect(total(bands, (b) => bands.counts[b]!) / expected).toBeCloseTo(1, 3);
    }
  });

  it('has the probabilities of the law up to 16 purchases, by recursion or one by one', () => {
    const [x, last, tenure, time] = histories[1];
    const theta = Float64Array.from(model.law.names, (name) => model.parameters[name]!);
    const alive = model.law.alive(theta, x, last, tenure);
    const atLeast = (n: number): number => alive * model.law.atLeast(theta, x, last, tenure, time, n);
    const bands = filled(model, histories[1]);
    for (let n = 1; n < 16; n++) {
      expect(bands.counts[n - 1]).toBe(n);
      expect(Math.abs(bands.weights[n - 1]! - (atLeast(n) - atLeast(n + 1)))).toBeLessThan(1e-12);
    }
    const slow = filled(model, histories[1], false);
    expect(slow.size).toBe(bands.size);
    expect(Math.max(...slow.weights.map((weight, b) => Math.abs(weight - bands.weights[b]!)))).toBeLessThan(1e-12);
  });
});

describe('CountBands', () => {
  it('knows the variance of a negative binomial number', () => {
    for (const history of histories) {
      const bands = filled(models[0]!, history);
      const [x, , tenure, time] = history;
      const mean = ((0.5 + x) * time) / (10 + tenure);
      // Numbers above 16 stand in bands.
      expect(Math.abs(bands.variance(0) / (mean * (1 + time / (10 + tenure))) - 1)).toBeLessThan(0.002);
      expect(bands.variance(0.5) - bands.variance(0)).toBeCloseTo(0.5 * total(bands, (b) => bands.counts[b]!), 9);
    }
  });

  it('is empty of who is dead, and of no time', () => {
    const bands = new CountBands();
    const theta = Float64Array.of(0.5, 10);
    bands.fill(models[0]!.law, true, 0, theta, 1, 1, 5, 10);
    expect([bands.size, bands.none]).toEqual([0, 1]);
    bands.fill(models[0]!.law, true, 1, theta, 1, 1, 5, 0);
    expect([bands.size, bands.none]).toEqual([0, 1]);
  });
});
