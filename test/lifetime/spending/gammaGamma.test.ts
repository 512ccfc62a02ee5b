import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitGammaGamma } from '../../../src/lifetime/spending/fitGammaGamma.js';
import { GammaGamma } from '../../../src/lifetime/spending/gammaGamma.js';
import { gammaDraw } from '../../../src/numeric/gammaDraw.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';
import { simulateSpend } from './spendRows.js';

const model = GammaGamma.fromParameters({ p: 6.25, q: 3.74, v: 15.44 });
const customers = { frequency: [2, 1, 0, 7], monetary: [22.35, 11.77, NaN, 73.74] };
const parameter = fc.double({ min: 0.3, max: 20, noNaN: true });

describe('GammaGamma', () => {
  it('expects what 50 digits say (notes/lifetime.md 4.2)', () => {
    const right = [24.6637139108, 18.9168520578, 35.2189781022, 71.469670897];
    model.expectedSpend(customers).forEach((amount, i) => expect(Math.abs(amount / right[i]! - 1)).toBeLessThan(1e-11));
  });

  it('expects the mean of all of whom nothing is known, whatever stands for it', () => {
    const unseen = model.expectedSpend({ frequency: [0, 0, 3], monetary: [0, -5, NaN] });
    expect(unseen).toEqual(Float64Array.of(model.meanSpend, model.meanSpend, model.meanSpend));
    expect(model.meanSpend).toBeCloseTo((6.25 * 15.44) / 2.74, 12);
  });

  it('draws the mean of a customer towards that of all, less so the more was seen', () => {
    const amounts = model.expectedSpend({ frequency: [1, 5, 100, 1e9], monetary: [60, 60, 60, 60] });
    expect([...amounts].every((amount, i) => amount > (amounts[i - 1] ?? model.meanSpend))).toBe(true);
    expect(amounts[3]).toBeCloseTo(60, 6);
  });

  it('says where no mean exists, and never a negative one', () => {
    const wild = GammaGamma.fromParameters({ p: 0.3, q: 0.8, v: 15 });
    expect([wild.meanSpendExists, wild.meanSpend]).toEqual([false, Infinity]);
    const [unseen, seen] = wild.expectedSpend({ frequency: [0, 1], monetary: [NaN, 20] });
    expect(unseen).toBe(Infinity);
    // 0.3 + 0.8 is above 1: after one purchase a mean exists.
    expect(seen).toBeCloseTo((0.3 * 35) / 0.1, 10);
    expect(wild.spendQuantile({ frequency: [0], monetary: [NaN] }, 0.5)[0]).toBeLessThan(100);
  });

  it('has the quantiles of the mean of a customer that draws have', () => {
    const random = createRandom(4);
    const { p, q, v } = model.parameters;
    const draws = Float64Array.from({ length: 20_000 }, () => (p * (v + 2 * 22.35)) / gammaDraw(random, 2 * p + q)).sort();
    for (const share of [0.05, 0.5, 0.95]) {
      const at = model.spendQuantile(customers, share)[0]!;
      expect(Math.abs(draws.filter((draw) => draw <= at).length / 20_000 - share)).toBeLessThan(4.5 * Math.sqrt((share * (1 - share)) / 20_000));
    }
  });

  it('has the quantiles of purchases to come that draws have', () => {
    const random = createRandom(5);
    const { p, q, v } = model.parameters;
    for (const purchases of [1, 3]) {
      const draws = Float64Array.from({ length: 20_000 }, () => gammaDraw(random, p * purchases) / purchases / (gammaDraw(random, p + q) / (v + 11.77)));
      const at = model.purchaseQuantile(customers, 0.9, { purchases })[1]!;
      expect(Math.abs(draws.filter((draw) => draw <= at).length / 20_000 - 0.9)).toBeLessThan(4.5 * Math.sqrt(0.09 / 20_000));
    }
    // The mean of very many purchases is the customer's own.
    const own = model.spendQuantile(customers, 0.9)[1]!;
    expect(model.purchaseQuantile(customers, 0.9, { purchases: 1e7 })[1]! / own).toBeCloseTo(1, 3);
  });

  it('has quantiles that rise, around the mean, and move with the currency', () => {
    const check = fc.property(parameter, parameter, parameter, fc.double({ min: 0.05, max: 0.9, noNaN: true }), fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (p, q, v, share, rate) => {
      const [one, other] = [GammaGamma.fromParameters({ p, q, v }), GammaGamma.fromParameters({ p, q, v: v * rate })];
      const [low, high] = [one.spendQuantile(customers, share), one.spendQuantile(customers, share + 0.05)];
      const exchanged = other.spendQuantile({ ...customers, monetary: customers.monetary.map((amount) => amount * rate) }, share);
      const next = one.purchaseQuantile(customers, share);
      low.forEach((amount, i) => {
        expect(amount).toBeGreaterThan(0);
        expect(high[i]).toBeGreaterThan(amount);
        expect(exchanged[i]! / (amount * rate)).toBeCloseTo(1, 10);
        expect(Number.isFinite(next[i])).toBe(true);
      });
      expect(one.spendInterval(customers, { confidence: 0.9 }).lower).toEqual(one.spendQuantile(customers, (1 - 0.9) / 2));
    });
    fc.assert(check, { seed: 20261123, numRuns: 50 });
  });

  it('comes back from JSON to the bit, and reads what version 1 stored', () => {
    const fitted = fitGammaGamma(simulateSpend({ p: 4, q: 3, v: 20 }, 100, 1));
    const back = GammaGamma.fromJSON(JSON.parse(JSON.stringify(fitted)));
    expect(back).toEqual(fitted);
    expect(back.expectedSpend(customers)).toEqual(fitted.expectedSpend(customers));
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/lifetime/GammaGamma.v1.json'), 'utf8')) as { model: unknown; expected: number[] };
    expect([...GammaGamma.fromJSON(stored.model).expectedSpend(customers)]).toEqual(stored.expected);
  });

  it.each([{ format: 'Nbd' }, { parameters: { p: 1, q: 1 } }, { parameters: { p: 1, q: 1, v: -1 } }, { parameters: 'none' }, { firstPurchase: 'maybe' }])('refuses JSON with %j', (damage) => {
    expect(errorCode(() => GammaGamma.fromJSON({ ...model.toJSON(), ...damage }))).toBe('MODEL_FORMAT');
  });

  it('refuses what it cannot answer', () => {
    expect(errorCode(() => GammaGamma.fromJSON({ ...model.toJSON(), formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => GammaGamma.fromParameters({ p: 0, q: 1, v: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => GammaGamma.fromParameters({ p: 1, q: 1, v: 1, r: 1 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.withParameters({ p: 1, q: NaN, v: 1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.spendQuantile(customers, 1))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.purchaseQuantile(customers, 0.5, { purchases: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.spendInterval(customers, { confidence: 95 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => model.expectedSpend({ frequency: [1.5], monetary: [2] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => model.expectedSpend({ frequency: [1], monetary: [-2] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => model.expectedSpend({ frequency: [1], monetary: [] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => model.expectedSpend([] as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => model.expectedSpend({ ...customers, firstPurchase: 'included' }))).toBe('INVALID_INPUT');
    expect(errorCode(() => model.expectedSpend({ ...customers, firstPurchase: 'yes' as never }))).toBe('INVALID_OPTION');
  });
});
