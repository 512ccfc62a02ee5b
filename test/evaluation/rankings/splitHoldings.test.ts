import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Holdings, type HoldingRow } from '../../../src/data/holdings.js';
import { splitHoldings } from '../../../src/evaluation/index.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const roles = { customer: 'customer', product: 'product', since: 'since' } as const;
const day = (n: number): number => Date.UTC(2026, 0, 1 + n);

function portfolio(customers: number, products: number, seed = 1): Holdings {
  const random = createRandom(seed);
  const rows = [];
  for (let c = 0; c < customers; c++) for (let p = 0; p < products; p++) if (random.uniform() < 0.4) rows.push({ customer: c, product: `p${p}`, since: day(random.integer(30)) });
  return Holdings.fromRows(rows, roles, { customers: Array.from({ length: customers }, (_, c) => c), products: Array.from({ length: products }, (_, p) => `p${p}`) });
}

const keys = (holdings: Holdings): string[] => holdings.toRows().map((row: HoldingRow) => `${row.customer} ${row.product}`);

describe('splitHoldings', () => {
  it('keeps every holding once, with its date, and all customers and products on both sides', () => {
    const holdings = portfolio(60, 7);
    for (const options of [{}, { by: 'last' }, { by: 'last', share: 0.3 }, { by: 'time', asOf: day(15) }] as const) {
      const { train, test } = splitHoldings(holdings, options);
      expect(train.count).toBeGreaterThan(0);
      expect(test.count).toBeGreaterThan(0);
      expect([train.customers, train.products, test.customers, test.products]).toEqual([holdings.customers, holdings.products, holdings.customers, holdings.products]);
      const text = (row: HoldingRow): string => JSON.stringify(row);
      expect([...train.toRows(), ...test.toRows()].map(text).sort()).toEqual(holdings.toRows().map(text).sort());
    }
  });

  describe('by hash', () => {
    it('draws about the share asked for, evenly over customers and products, and otherwise for another seed', () => {
      const holdings = portfolio(2000, 10);
      for (const share of [0.2, 0.5]) {
        const { test } = splitHoldings(holdings, { share });
        const sd = Math.sqrt(share * (1 - share) * holdings.count);
        expect(Math.abs(test.count - share * holdings.count)).toBeLessThan(4 * sd);
        holdings.productCounts.forEach((count, p) => expect(Math.abs(test.productCounts[p]! / count - share)).toBeLessThan(4.5 * Math.sqrt((share * (1 - share)) / count)));
        // Two holdings of one customer fall independently: the number of test holdings per customer has the binomial variance.
        const excess = holdings.customers.map((_, c) => {
          const n = holdings.sparse.offsets[c + 1]! - holdings.sparse.offsets[c]!;
          return n === 0 ? 0 : (test.sparse.offsets[c + 1]! - test.sparse.offsets[c]! - share * n) ** 2 / (share * (1 - share) * n);
        });
        expect(Math.abs(excess.reduce((sum, value) => sum + value, 0) / excess.length - 1)).toBeLessThan(0.15);
      }
      const [one, two, high] = [splitHoldings(holdings).test, splitHoldings(holdings, { seed: 2 }).test, splitHoldings(holdings, { seed: 1 + 2 ** 32 }).test];
      const shared = new Set(keys(one));
      for (const other of [two, high]) {
        const both = keys(other).filter((key) => shared.has(key)).length / one.count;
        expect(both).toBeGreaterThan(0.15);
        expect(both).toBeLessThan(0.25);
      }
      expect(keys(splitHoldings(holdings, { seed: 1 }).test)).toEqual(keys(one));
    });

    it('leaves a holding on its side when customers and products come and go, and whether the identifier is a number or its text', () => {
      const all = portfolio(80, 8);
      const rows = all.toRows();
      const some = Holdings.fromRows(rows.filter(({ customer, product }) => Number(customer) % 3 !== 0 && product !== 'p2'), roles);
      const inTest = new Set(keys(splitHoldings(all).test));
      expect(keys(splitHoldings(some).test)).toEqual(keys(some).filter((key) => inTest.has(key)));
      const text = Holdings.fromRows(rows.map((row) => ({ ...row, customer: `${row.customer}` })), roles);
      expect(new Set(keys(splitHoldings(text).test))).toEqual(inTest);
    });

    it('takes draws instead: below the share is the test', () => {
      const holdings = Holdings.fromRows([{ customer: 'a', product: 'x', since: 0 }, { customer: 'a', product: 'y', since: 0 }, { customer: 'b', product: 'x', since: 0 }], roles);
      expect(keys(splitHoldings(holdings, { draws: [0.1, 0.2, 0] }).test)).toEqual(['a x', 'b x']);
      expect(keys(splitHoldings(holdings, { draws: [0.1, 0.2, 0], share: 0.05 }).test)).toEqual(['b x']);
    });
  });

  describe('by last', () => {
    const holdings = Holdings.fromRows([
      { customer: 'a', product: 'w', since: day(3) }, { customer: 'a', product: 'x', since: day(9) }, { customer: 'a', product: 'y', since: day(9) }, { customer: 'a', product: 'z', since: null },
      { customer: 'b', product: 'x', since: day(5) },
      { customer: 'c', product: 'x', since: null }, { customer: 'c', product: 'y', since: null },
    ], roles, { customers: ['a', 'b', 'c', 'd'] });

    it('holds out the latest of all who hold more; ties go by product, an unknown beginning is the earliest', () => {
      expect(keys(splitHoldings(holdings, { by: 'last' }).test)).toEqual(['a y', 'c y']);
      expect(keys(splitHoldings(holdings, { by: 'last', count: 2 }).test)).toEqual(['a x', 'a y']);
      expect(keys(splitHoldings(holdings, { by: 'last', count: 4 }).test)).toEqual([]);
    });

    it('or the latest floor(share x n)', () => {
      expect(keys(splitHoldings(holdings, { by: 'last', share: 0.5 }).test)).toEqual(['a x', 'a y', 'c y']);
      expect(keys(splitHoldings(holdings, { by: 'last', share: 0.75 }).test)).toEqual(['a w', 'a x', 'a y', 'c y']);
      expect(keys(splitHoldings(holdings, { by: 'last', share: 1 - 1e-16 * 2 }).train)).toEqual(['a z', 'b x', 'c x']);
    });

    it('equals sorting by (moment, product), for customers who hold few or many', () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 90 }), fc.integer({ min: 1, max: 95 }), (days, percent) => {
          const rows = days.map((n, p) => ({ customer: 1, product: `p${String(p).padStart(2, '0')}`, since: day(n) }));
          const expected = [...rows].sort((a, b) => a.since - b.since || (a.product < b.product ? -1 : 1)).slice(days.length - Math.floor(Math.round(percent * days.length) / 100 + 1e-9));
          const { test } = splitHoldings(Holdings.fromRows(rows, roles), { by: 'last', share: percent / 100 });
          expect(keys(test)).toEqual(expected.map(({ product }) => `1 ${product}`).sort());
        }),
        { seed: 20261122, numRuns: 60 },
      );
    });
  });

  describe('by time', () => {
    const holdings = Holdings.fromRows([
      { customer: 'a', product: 'w', since: day(3), until: day(8) }, { customer: 'a', product: 'x', since: day(10), until: null }, { customer: 'a', product: 'y', since: null, until: null },
      { customer: 'b', product: 'x', since: day(9), until: null }, { customer: 'b', product: 'y', since: day(40), until: null },
    ], { ...roles, until: 'until' });

    it('has what was held just before the moment, and what began from it on', () => {
      const { train, test } = splitHoldings(holdings, { by: 'time', asOf: '2026-01-11' });
      expect(keys(train)).toEqual(['a y', 'b x']);
      expect(keys(test)).toEqual(['a x', 'b y']);
    });

    it('ends the test with the horizon, its last moment excluded', () => {
      expect(keys(splitHoldings(holdings, { by: 'time', asOf: '2026-01-11', horizon: { days: 30 } }).test)).toEqual(['a x']);
      expect(keys(splitHoldings(holdings, { by: 'time', asOf: '2026-01-11', horizon: { days: 31 } }).test)).toEqual(['a x', 'b y']);
    });
  });

  it('refuses what it cannot use, naming the remedy', () => {
    const dated = portfolio(5, 3);
    const undated = Holdings.fromRows([{ c: 1, p: 'x' }], { customer: 'c', product: 'p' });
    expect(() => splitHoldings([] as never)).toThrow('splitHoldings needs Holdings, found an array of 0; make them with Holdings.fromRows');
    expect(() => splitHoldings(undated, { by: 'last' })).toThrow('splitHoldings needs to know since when products are held, found no dates; name their column as since when the holdings are made');
    expect(() => splitHoldings(dated, { by: 'time', asOf: day(3), share: 0.1 })).toThrow("splitHoldings has no use for share with by: 'time', which takes asOf, horizon; leave it out");
    expect(() => splitHoldings(dated, { draws: [0.5] })).toThrow(`splitHoldings needs one draw for each of ${dated.count} holdings, found 1`);
    expect(errorCode(() => splitHoldings(dated, { draws: [0.5] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => splitHoldings(dated, { draws: new Float64Array(dated.count).fill(NaN) }))).toBe('INVALID_VALUE');
    expect(errorCode(() => splitHoldings(undated, { by: 'time', asOf: 0 }))).toBe('INVALID_INPUT');
    expect(errorCode(() => splitHoldings(dated, { by: 'time' }))).toBe('INVALID_DATE');
    const wrong = [{ by: 'random' }, { share: 0 }, { share: 1 }, { seed: 0.5 }, { draws: new Float64Array(dated.count), seed: 1 }, { by: 'last', count: 0 }, { by: 'last', count: 1, share: 0.2 }, { by: 'time', asOf: day(1), horizon: {} }, { by: 'last', share: 2 }, { shares: 0.1 }];
    for (const options of wrong) expect([options, errorCode(() => splitHoldings(dated, options as never))]).toEqual([options, 'INVALID_OPTION']);
  });
});
