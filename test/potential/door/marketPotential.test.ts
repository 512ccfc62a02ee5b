import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import type { CustomerPotentials } from '../../../src/potential/customerPotentials.js';
import { fitMarketPotential } from '../../../src/potential/door/fitMarketPotential.js';
import { MarketPotential } from '../../../src/potential/door/marketPotential.js';
import { people, shown } from './people.js';

const COLUMNS = ['present', 'wallet', 'participation', 'potential', 'headroom', 'share', 'potentialLower', 'potentialUpper', 'shareLower', 'shareUpper', 'ownVariance'] as const;
const world = people(300, { zeros: 0.25 });
const learnt = shown(world);
const model = fitMarketPotential(learnt, { spend: 'spend', customer: 'id', features: ['size', 'sector'], shareDrivers: ['years'], estimators: ['halfNormal'] });
const all = model.predict(learnt);

/** What holds of any potentials. */
function holds(found: CustomerPotentials): boolean {
  return found.present.every((present, i) => {
    const [potential, lower, upper, share] = [found.potential[i]!, found.potentialLower[i]!, found.potentialUpper[i]!, found.share[i]!];
    const amounts = potential >= present && found.headroom[i]! >= 0 && found.wallet[i]! >= potential && lower <= potential && potential <= upper && lower >= present && upper < Infinity;
    const shares = share >= 0 && share <= 1 && found.shareLower[i]! <= share && share <= found.shareUpper[i]! && found.shareUpper[i]! <= 1 && found.shareLower[i]! >= 0;
    return amounts && shares && found.participation[i]! >= 0 && found.participation[i]! <= 1 && found.ownVariance[i]! >= 0;
  });
}

describe('MarketPotential.predict', () => {
  it('is never below the present spend, with shares in [0, 1] and estimates within their intervals', () => {
    expect(holds(all)).toBe(true);
    expect(all.sharedLoadings.length).toBe(learnt.length * all.sharedCount);
    expect(all.sharedLoadings.every(Number.isFinite)).toBe(true);
    expect(all.customers).toEqual(learnt.map(({ id }) => id));
  });

  it('takes spenders for their wallet, and whoever spends nothing for the wallet of the profile times participation', () => {
    learnt.forEach(({ spend }, i) => {
      if (spend > 0) expect([all.participation[i], all.potential[i]]).toEqual([1, all.wallet[i]]);
      else expect(all.potential[i]).toBe(all.participation[i]! * all.wallet[i]!);
    });
    const others = model.predict([{ size: 5, sector: 'bar', years: 3, spend: 0 }, { size: 5, sector: 'hotel', years: 3, spend: null }]);
    expect(others.participation[0]).toBeLessThan(others.participation[1]!);
    expect(others.wallet[1]! / others.wallet[0]!).toBeGreaterThan(1.5);
    expect([...others.present]).toEqual([0, 0]);
    expect(others.customers).toBeNull();
  });

  it('takes everybody for a prospect where asked, spend known or not', () => {
    const { spend: _, ...profile } = learnt[0]!;
    const prospect = model.predictRow(profile, { prospects: true });
    expect(prospect).toEqual(model.predictRow(learnt[0]!, { prospects: true }));
    expect(prospect).toEqual(model.predictRow({ ...profile, spend: 0 }));
    expect(() => model.predictRow(profile)).toThrow(expect.objectContaining({ code: 'UNKNOWN_COLUMN', message: 'MarketPotential.predictRow found no column "spend"; the data have id, size, sector, years' }));
  });

  it('gives one row what it gives the batch, to the bit, and rows in another order their own figures', () => {
    for (const i of [0, 1, 2, learnt.findIndex(({ spend }) => spend === 0)]) {
      const row = model.predictRow(learnt[i]!);
      expect(row.customer).toBe(learnt[i]!.id);
      for (const name of COLUMNS.slice(0, -1)) expect(row[name as 'potential']).toBe(all[name][i]);
    }
    const turned = model.predict([...learnt].reverse());
    for (const name of COLUMNS) expect([...turned[name]].reverse()).toEqual([...all[name]]);
    const frame = model.predict(Frame.fromRows(learnt));
    for (const name of COLUMNS) expect(frame[name]).toEqual(all[name]);
  });

  it('holds its guarantees at the edges: unseen levels, missing values, tiny and huge spend', () => {
    const prop = fc.property(fc.double({ min: -6, max: 12, noNaN: true }), fc.constantFrom('bar', 'moon', null), fc.constantFrom(1, 100, null), (power, sector, size) =>
      holds(model.predict([{ size, sector, years: 1, spend: 10 ** power }, { size, sector, years: null, spend: 0 }])));
    fc.assert(prop, { seed: 20261122, numRuns: 40 });
  });

  it('travels as JSON to the bit', () => {
    const stored: unknown = JSON.parse(JSON.stringify(model));
    const again = MarketPotential.fromJSON(stored);
    expect(again.predict(learnt)).toEqual(all);
    expect(JSON.parse(JSON.stringify(again))).toEqual(stored);
    expect(again.peersOf(learnt[0]!)).toEqual(model.peersOf(learnt[0]!));
    expect(() => MarketPotential.fromJSON({ ...(stored as object), formatVersion: 2 })).toThrow(expect.objectContaining({ code: 'MODEL_VERSION' }));
    expect(() => MarketPotential.fromJSON({ ...(stored as object), format: 'Glm' })).toThrow(expect.objectContaining({ code: 'MODEL_FORMAT' }));
    expect(() => MarketPotential.fromJSON({ ...(stored as object), wallets: undefined })).toThrow(expect.objectContaining({ code: 'MODEL_FORMAT' }));
  });

  it('refuses what it cannot read, naming column, row and remedy', () => {
    const row = learnt[0]!;
    const message = (rows: readonly object[]): unknown => {
      try {
        return model.predict(rows as never);
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(message([row, { ...row, id: 'x', spend: -3 }])).toBe('MarketPotential.predict needs a spend of 0 or more, found -3 in column "spend", row 1; net it of returns over a longer period, or leave the row out');
    expect(message([{ ...row, spend: Infinity }])).toContain('found Infinity in column "spend", row 0');
    expect(message([{ ...row, size: Infinity }])).toContain('found Infinity in column "size", row 0');
    expect(message([{ ...row, spend: 'much' }])).toContain('MarketPotential.predict reads column "spend" as numbers, found "much" in row 0');
    expect(message([row, row])).toContain('MarketPotential.predict needs one row a customer, found "c0" in rows 0 and 1 of column "id"');
    expect(message([{ ...row, id: null }])).toContain('needs a customer in every row, found null in column "id", row 0');
    expect(() => model.predict(learnt, { prospect: true } as object)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(model.predict([]).potential).toEqual(new Float64Array(0));
  });
});

describe('MarketPotential.peersOf', () => {
  it('names spenders learnt from who are near, spend more than the customer and no more than its wallet', () => {
    const row = { ...learnt.find(({ spend, size }) => spend > 0 && size > 5)!, spend: 100 };
    const { wallet } = model.predictRow(row);
    const peers = model.peersOf(row, { peers: 3 });
    expect(peers.length).toBe(3);
    for (const { customer, row: at, spend } of peers) {
      expect(learnt[at]).toMatchObject({ id: customer, spend });
      expect(spend).toBeGreaterThan(100);
      expect(spend).toBeLessThanOrEqual(wallet);
    }
    expect(model.peersOf({ ...row, spend: 1e9 })).toEqual([]);
  });

  it('needs a model that kept them', () => {
    const bare = fitMarketPotential(learnt, { spend: 'spend', features: ['size', 'sector'], estimators: ['halfNormal'], peers: 0 });
    expect(() => bare.peersOf(learnt[0]!)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(bare.predict(learnt).customers).toBeNull();
  });
});

describe('MarketPotential.explain', () => {
  it('multiplies a typical wallet to that of the profile, and tells what moves share and participation', () => {
    const found = model.explain({ ...learnt[0]!, size: 9, sector: 'hotel', years: 0 });
    expect(found.wallet.map(({ feature, direction }) => [feature, direction])).toEqual(expect.arrayContaining([['size', 'raises'], ['sector', 'raises']]));
    expect(found.wallet.reduce((product, { factor }) => product * factor, found.typicalWallet)).toBeCloseTo(found.walletByProfile, 6);
    expect(found.wallet[0]!.text).toMatch(/^(size = 9|sector = hotel) raises the wallet to \d+ %$/);
    expect(found.share.map(({ feature }) => feature)).toEqual(['years']);
    expect(found.participation.find(({ feature }) => feature === 'sector')!.direction).toBe('raises');
    expect(found.potential).toEqual(model.predictRow({ ...learnt[0]!, size: 9, sector: 'hotel', years: 0 }));
  });
});

describe('MarketPotential.attainability', () => {
  it('is a probability, falls with the step, and is small for whoever is at the top already', () => {
    const [near, far] = [model.attainability(learnt, { step: 0.1 }), model.attainability(learnt, { step: 1 })];
    expect(near.every((p, i) => p >= far[i]! && far[i]! >= 0 && p <= 1)).toBe(true);
    const [low, high] = model.attainability([{ ...learnt[0]!, id: 'a', spend: 20 }, { ...learnt[0]!, id: 'b', spend: 5000 }]);
    expect(low).toBeGreaterThan(high!);
  });

  it('is participation * P(spends more than the step of the wallet) for whoever spends nothing', () => {
    const other = learnt.findIndex(({ spend }) => spend === 0);
    const found = model.attainability([learnt[other]!], { step: 0.001 })[0]!;
    expect(found / all.participation[other]!).toBeGreaterThan(0.99);
    expect(found / all.participation[other]!).toBeLessThanOrEqual(1);
  });

  it('needs a step above 0 and at most 1', () => {
    expect(() => model.attainability(learnt, { step: 0 })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', message: 'MarketPotential.attainability needs step above 0 and at most 1, found 0' }));
  });
});
