import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BgCnbdK } from '../../../../src/lifetime/buying/cnbd/bgCnbdK.js';
import { fitMbgCnbdK } from '../../../../src/lifetime/buying/cnbd/fitMbgCnbdK.js';
import { MbgCnbdK } from '../../../../src/lifetime/buying/cnbd/mbgCnbdK.js';
import { newCustomer } from '../../../../src/lifetime/newCustomer.js';
import { errorCode } from '../../../errorCode.js';
import { regularShoppers } from './regularShoppers.js';

const given = { unit: 'week', k: 2, r: 1.329176, alpha: 2.812552, a: 0.424709, b: 0.7900287 } as const;
const customers = { unit: 'week', frequency: [3, 0, 8], recency: [20, 0, 38], tenure: [40, 40, 39] } as const;

describe.each([
  ['BgCnbdK', BgCnbdK, 1],
  ['MbgCnbdK', MbgCnbdK, 0.7900287 / (0.424709 + 0.7900287)],
] as const)('%s', (format, Model, startsAlive) => {
  const model = Model.fromParameters(given);

  it('is made of parameters', () => {
    expect(model).toMatchObject({ unit: 'week', k: 2, candidates: [], fit: null, parameters: { r: 1.329176, alpha: 2.812552 } });
    expect(model.format).toBe(format);
    expect(Object.isFrozen(model)).toBe(true);
    expect(model.aliveProbability(newCustomer('week'))[0]).toBeCloseTo(startsAlive, 14);
    expect(model.nextPurchase(customers, 0.99)[0]).toBe(Infinity);
    model.aliveProbabilityAt(customers, { weeks: 0 }).forEach((alive, i) => expect(alive).toBeCloseTo(model.aliveProbability(customers)[i]!, 14));
  });

  it('answers each customer as if there were no other', () => {
    const all = model.expectedPurchases(customers, { weeks: 52 });
    [0, 1, 2].forEach((i) => {
      const alone = { unit: 'week', frequency: [customers.frequency[i]!], recency: [customers.recency[i]!], tenure: [customers.tenure[i]!] } as const;
      expect(model.expectedPurchases(alone, { weeks: 52 })[0]).toBe(all[i]);
    });
  });

  it('comes back from JSON to the bit, and reads what version 1 stored', () => {
    const back = Model.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(back).toEqual(model);
    expect(back.discountedPurchases(customers, { annualDiscountRate: 0.1 })).toEqual(model.discountedPurchases(customers, { annualDiscountRate: 0.1 }));
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, `../../../formats/lifetime/${format}.v1.json`), 'utf8')) as { model: unknown; expected: number[] };
    const read = Model.fromJSON(stored.model);
    expect(read.candidates.length).toBeGreaterThan(1);
    [...read.expectedPurchases(customers, { weeks: 20 })].forEach((mean, i) => expect(mean / stored.expected[i]!).toBeCloseTo(1, 12));
    const json = model.toJSON() as Record<string, unknown>;
    expect(errorCode(() => Model.fromJSON({ ...json, format: 'BgNbd' }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => Model.fromJSON({ ...json, formatVersion: 2 }))).toBe('MODEL_VERSION');
    for (const k of [undefined, 0, 2.5, 31, '2']) expect(errorCode(() => Model.fromJSON({ ...json, k }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => Model.fromJSON({ ...json, candidates: {} }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => Model.fromJSON(null))).toBe('MODEL_FORMAT');
  });

  it('keeps its stages when its parameters change', () => {
    const other = model.withState({ ...(model as unknown as { unit: 'week'; parameters: Record<string, number>; purchaseCovariates: object; dropoutCovariates: object; fit: null }), purchaseCovariates: {}, dropoutCovariates: {}, parameters: { r: 1, alpha: 2, a: 1, b: 3 } });
    expect(other).toBeInstanceOf(Model);
    expect(other.k).toBe(2);
    expect(other.parameters).toEqual({ r: 1, alpha: 2, a: 1, b: 3 });
  });

  it('refuses other parameters', () => {
    for (const k of [0, 1.5, 31, Infinity, undefined]) expect(errorCode(() => Model.fromParameters({ ...given, k: k as number }))).toBe('INVALID_OPTION');
    expect(errorCode(() => Model.fromParameters({ ...given, a: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => Model.fromParameters({ ...given, s: 1 } as never))).toBe('INVALID_OPTION');
  });
});

describe('a fitted CnbdModel', () => {
  it('keeps the candidates in its JSON', () => {
    const model = fitMbgCnbdK(regularShoppers(2, 1, [1.3, 2.8, 0.5, 1.2], 500, 8));
    const back = MbgCnbdK.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(back).toEqual(model);
    expect(back.candidates.length).toBeGreaterThan(1);
  });
});
