import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../src/data/holdings.js';
import { createRandom } from '../../../src/numeric/random.js';
import { eligibility } from '../../../src/propensity/cells/eligibilityRules.js';
import { penetrationBenchmark } from '../../../src/propensity/potential/penetrationBenchmark.js';
import { whiteSpace } from '../../../src/propensity/potential/whiteSpace.js';
import type { WhiteSpaceRow } from '../../../src/propensity/potential/whiteSpaceRows.js';

/** Penetrations of one product by region of 500 customers each, a second product held by three of ten everywhere. */
function regions(rates: readonly number[], seed = 1): { holdings: Holdings; by: { region: string[] } } {
  const random = createRandom(seed);
  const rows: { customer: number; product: string }[] = [];
  const region: string[] = [];
  rates.forEach((rate, r) => {
    for (let i = 0; i < 500; i++) {
      region.push(`r${r}`);
      if (random.uniform() < rate) rows.push({ customer: region.length, product: 'card' });
      if (random.uniform() < 0.3) rows.push({ customer: region.length, product: 'fund' });
    }
  });
  return { holdings: Holdings.fromRows(rows, { customer: 'customer', product: 'product' }, { customers: region.map((_, i) => i + 1) }), by: { region } };
}

const find = (rows: readonly WhiteSpaceRow[], product: string, group: string | null): WhiteSpaceRow => rows.find((row) => row.product === product && row.group === group)!;

describe('whiteSpace', () => {
  it('counts what one can count by hand', () => {
    const holdings = Holdings.fromRows([{ who: 'a', what: 'card' }, { who: 'b', what: 'card' }, { who: 'c', what: 'loan' }], { customer: 'who', product: 'what' }, { customers: ['d', 'e'] });
    const cells = { customers: ['e', 'd', 'c', 'b', 'a'], products: ['card', 'fund', 'loan'], probability: Float64Array.of(0.1, NaN, 0.3, 0.2, NaN, 0.4, 0.6, NaN, NaN, NaN, NaN, 0.5, NaN, NaN, 0.7) };
    const rows = whiteSpace(holdings, { cells, by: { town: ['x', 'x', null, 'y', 'x'] }, margin: { card: 10, fund: 1, loan: 100 } });
    expect(rows.length).toBe(9);
    expect(find(rows, 'card', 'x')).toMatchObject({ dimension: 'town', customers: 3, held: 1, open: 2, takers: expect.closeTo(0.3, 12), money: expect.closeTo(3, 12), potential: expect.closeTo(0.3, 12) });
    expect(find(rows, 'card', 'x').saturation).toBeCloseTo(1 / 1.3, 12);
    expect(find(rows, 'card', 'x').lift!.estimate).toBeCloseTo(1 / 3 / (2 / 5), 12);
    expect(find(rows, 'loan', null)).toMatchObject({ customers: 1, held: 1, open: 0, takers: null, gap: 0, saturation: 1, money: 0 });
    expect(find(rows, 'fund', 'y')).toMatchObject({ held: 0, open: 1, takers: null, lift: null, p: 1, saturation: null, penetration: { estimate: 0, lower: 0 } });
    expect(rows.map(({ money }) => money)).toEqual(rows.map(({ money }) => money!).sort((a, b) => b - a));
    expect([rows[0]!.product, rows[0]!.group, rows[0]!.money]).toEqual(['loan', 'x', expect.closeTo(140, 10)]);
  });

  it('finds the groups that differ, and the gap of those behind to the better ones', () => {
    const { holdings, by } = regions([0.1, 0.3, 0.3, 0.3, 0.3]);
    const rows = whiteSpace(holdings, { by, margin: { card: 10, fund: 10 } });
    const behind = find(rows, 'card', 'r0');
    expect(rows[0]).toEqual(behind);
    expect(behind.q).toBeLessThan(1e-6);
    expect(behind.lift!.upper).toBeLessThan(0.6);
    expect(behind.gap / 500).toBeCloseTo(0.2, 1);
    expect(behind.money).toBeCloseTo(10 * behind.gap, 10);
    expect(rows.filter(({ product }) => product === 'fund').every(({ q }) => q > 0.05)).toBe(true);
    expect(behind.gap).toBeLessThan(find(whiteSpace(holdings, { by, benchmark: 'best' }), 'card', 'r0').gap + 1e-12);
    expect(rows.every(({ penetration: { lower, estimate, upper }, lift, saturation }) => lower <= estimate && estimate <= upper && lift!.lower <= lift!.estimate && lift!.estimate <= lift!.upper && saturation! <= 1)).toBe(true);
  });

  it('makes no gap out of chance where groups do not differ', () => {
    const gaps = Array.from({ length: 10 }, (_, seed) => {
      const { holdings, by } = regions([0.2, 0.2, 0.2, 0.2], seed);
      const rows = whiteSpace(holdings, { by, benchmark: 'best' }).filter(({ product }) => product === 'card');
      const raw = Math.max(...rows.map(({ penetration }) => penetration.estimate));
      return [rows.reduce((sum, { gap }) => sum + gap, 0), rows.reduce((sum, { penetration }) => sum + (raw - penetration.estimate) * 500, 0)] as const;
    });
    const total = (k: 0 | 1): number => gaps.reduce((sum, pair) => sum + pair[k], 0);
    expect(total(0)).toBeLessThan(0.5 * total(1));
    expect(gaps.filter(([gap]) => gap === 0).length).toBeGreaterThanOrEqual(4);
  });

  it('offers only what may be offered, and reads a margin by cell', () => {
    const { holdings, by } = regions([0.1, 0.4]);
    const all = { customers: holdings.customers, products: holdings.products };
    const cells = { ...all, probability: Float64Array.from({ length: 2000 }, (_, cell) => (holdings.productsOf(1 + Math.floor(cell / 2)).includes(holdings.products[cell % 2]!) ? NaN : 0.01)) };
    const who = eligibility(cells, { only: { card: (customer) => Number(customer) <= 100 } });
    const row = find(whiteSpace(holdings, { by, cells, eligibility: who, margin: (customer) => Number(customer) }), 'card', 'r0');
    const open = holdings.customers.slice(0, 100).filter((id) => !holdings.productsOf(id).includes('card'));
    expect(row.open).toBe(open.length);
    expect(row.takers).toBeCloseTo(0.01 * open.length, 10);
    expect(row.money).toBeCloseTo(open.reduce<number>((sum, id) => sum + 0.01 * Number(id), 0), 8);
    expect(find(whiteSpace(holdings, { by, eligibility: who }), 'card', 'r0')).toMatchObject({ open: open.length, takers: null, money: null });
    expect(find(whiteSpace(holdings, { by, eligibility: who }), 'card', 'r1')).toMatchObject({ open: 0, gap: 0 });
    const refused = { ...cells, probability: cells.probability.map((p, cell) => (cell % 2 === 0 ? NaN : p)) };
    const byCell = find(whiteSpace(holdings, { by, cells: refused, margin: () => 5 }), 'card', 'r0');
    expect([byCell.takers, byCell.money, byCell.potential === byCell.gap]).toEqual([null, null, true]);
  });

  it('refuses what it cannot use', () => {
    const { holdings, by } = regions([0.5]);
    expect(() => whiteSpace(holdings, {} as never)).toThrow('whiteSpace needs by: a table with one row a customer, such as { segment: [...] }');
    expect(() => whiteSpace([] as never, { by })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => whiteSpace(holdings, { by, margin: () => 3 })).toThrow('whiteSpace needs margin as one number or by product where there are no cells, found a function');
    expect(() => whiteSpace(holdings, { by, benchmark: 'worst' as never })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(() => whiteSpace(holdings, { by, minCustomers: 0 })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(() => whiteSpace(holdings, { by: { region: ['a'] } })).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }));
  });

  it('has no money where the margin of one single customer is not known', () => {
    const holdings = Holdings.fromRows([{ who: 'a', what: 'card' }], { customer: 'who', product: 'what' });
    const cells = { customers: ['a'], products: ['card', 'fund'], probability: Float64Array.of(NaN, 0.5) };
    const rows = whiteSpace(holdings, { cells, by: { town: ['x'] }, margin: () => 10 });
    expect(rows.map(({ product, money }) => [product, money])).toEqual([['fund', 5], ['card', null]]);
  });
});

describe('penetrationBenchmark', () => {
  it('keeps rates that differ by far more than chance, and gives one rate where they do not', () => {
    const { level, settled } = penetrationBenchmark([100, 500, 900], [1000, 1000, 1000], 30, true);
    expect(settled[0]).toBeCloseTo(0.1, 2);
    expect(level).toBe(settled[2]);
    expect(penetrationBenchmark([10, 11, 9], [100, 100, 100], 30, false)).toEqual({ level: 0.1, settled: Float64Array.of(0.1, 0.1, 0.1) });
  });

  it('takes no small group as a benchmark, and the common rate where all are small', () => {
    const { level, settled } = penetrationBenchmark([100, 300, 10], [1000, 1000, 10], 30, true);
    expect(level).toBe(settled[1]);
    expect(settled[2]).toBeGreaterThan(level);
    expect(penetrationBenchmark([1, 3], [10, 10], 30, true).level).toBe(0.2);
    expect(penetrationBenchmark([1], [4], 30, true)).toEqual({ level: 0.25, settled: Float64Array.of(0.25) });
  });
});
