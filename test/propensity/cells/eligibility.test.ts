import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../src/data/holdings.js';
import { createRandom } from '../../../src/numeric/random.js';
import { eligibility } from '../../../src/propensity/cells/eligibilityRules.js';
import { errorCode } from '../../errorCode.js';

const customers = ['cid', 'ann', 'ben', 'new'];
const products = ['card', 'savings', 'credit'];
const cells = { customers, products };
const holdings = Holdings.fromRows(
  [
    { who: 'ann', what: 'card' },
    { who: 'ben', what: 'card' },
    { who: 'ben', what: 'savings' },
    { who: 'ben', what: 'arrears' },
    { who: 'ben', what: 'dunning' },
    { who: 'cid', what: 'savings' },
    { who: 'zoe', what: 'credit' },
  ],
  { customer: 'who', product: 'what' },
);

describe('eligibility', () => {
  it('says who may get what, and in words why not', () => {
    const may = eligibility(cells, { holdings, requires: { savings: ['card'], credit: ['card', 'savings'] }, excludes: { credit: ['arrears', 'dunning'] } });
    const reasons = customers.map((_, row) => products.map((product) => may.reason(row, product)));
    expect(reasons).toEqual([
      [null, 'holds it already', 'needs card first'],
      ['holds it already', null, 'needs savings first'],
      ['holds it already', 'holds it already', 'holds arrears and dunning, which rules it out'],
      [null, 'needs card first', 'needs card and savings first'],
    ]);
    expect(may.allows(0, 'card')).toBe(true);
    expect(may.allows(0, 1)).toBe(false);
  });

  it('gives the first reason of: blocked, held, requires, excludes, only, rule', () => {
    const rule = (customer: string | number, product: string): true | string => (product === 'credit' && customer === 'cid' ? 'asked for it last week' : true);
    const all = {
      holdings,
      repeatable: ['savings'],
      requires: { credit: ['savings'] },
      only: { card: { who: (customer: string | number) => customer !== 'new', reason: 'is under 18' }, credit: [true, true, false, true] },
      blocked: [{ customers: new Set(['ann', 'nobody']) }, { customers: ['ann', 'new'], reason: 'is in court with us' }],
      rule,
    };
    const may = eligibility(cells, all);
    expect(customers.map((_, row) => may.reason(row, 'card'))).toEqual([null, 'is not to be contacted', 'holds it already', 'is in court with us']);
    expect(may.reason(0, 'savings')).toBeNull();
    expect(customers.map((_, row) => may.reason(row, 'credit'))).toEqual(['asked for it last week', 'is not to be contacted', 'is not for this customer', 'is in court with us']);
    expect(eligibility(cells, { only: all.only }).reason(3, 'card')).toBe('is under 18');
    // Numbers as a boolean column has them: 1 yes, 0 no, -1 unknown.
    const column = eligibility(cells, { only: { card: Int8Array.of(1, 0, -1, 1) } });
    expect(customers.map((_, row) => column.allows(row, 'card'))).toEqual([true, false, false, true]);
  });

  it('knows blocked customers by text, as holdings do', () => {
    const numbered = { customers: [7, 8], products: ['card'] };
    const may = eligibility(numbered, { blocked: [{ customers: ['7'] }, { customers: [7, 8], reason: 'second' }] });
    expect([may.reason(0, 'card'), may.reason(1, 'card')]).toEqual(['is not to be contacted', 'second']);
    expect(eligibility({ customers: ['7'], products: ['card'] }, { blocked: { customers: [7] } }).allows(0, 'card')).toBe(false);
  });

  it('takes true and 1 for yes and nothing else, and has a reason where none is given', () => {
    const answers: Record<string, unknown> = { cid: true, ann: 1, ben: 'no', new: undefined };
    const may = eligibility(cells, { only: { card: { who: (customer) => answers[customer] as never } } });
    expect(customers.map((_, row) => may.reason(row, 'card'))).toEqual([null, null, 'is not for this customer', 'is not for this customer']);
  });

  it('lets everybody have everything without rules', () => {
    const may = eligibility(cells);
    expect(may.counts()).toEqual(products.map((product) => ({ product, eligible: 4, excluded: [] })));
  });

  it('counts, and writes blocks, as it answers cell by cell', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 40 }), (seed, count) => {
        const random = createRandom(seed);
        const ids = Array.from({ length: count }, (_, i) => (i * 7) % 41);
        const names = ['a', 'b', 'c'];
        const rows = ids.flatMap((customer) => [...names, 'd'].filter(() => random.uniform() < 0.4).map((product) => ({ customer, product })));
        const held = Holdings.fromRows(rows, { customer: 'customer', product: 'product' }, { products: [...names, 'd'], customers: ids });
        const who = ids.map(() => random.uniform() < 0.7);
        const may = eligibility({ customers: ids, products: names }, { holdings: held, requires: { b: ['a'] }, excludes: { c: ['d'] }, only: { a: who } });
        const expected = (row: number, product: string): string | null => {
          const has = (name: string): boolean => rows.some((holding) => holding.customer === ids[row] && holding.product === name);
          if (has(product)) return 'holds it already';
          if (product === 'b' && !has('a')) return 'needs a first';
          if (product === 'c' && has('d')) return 'holds d, which rules it out';
          return product === 'a' && !who[row]! ? 'is not for this customer' : null;
        };
        const [from, to] = [random.integer(count), count];
        const codes = new Uint16Array((to - from) * 3);
        may.codesInto(from, to, codes);
        const found = Array.from(codes, (code) => (code === 0 ? null : may.reasonOf(code)));
        expect(found).toEqual(Array.from(codes, (_, at) => expected(from + Math.floor(at / 3), names[at % 3]!)));
        for (const { product, eligible, excluded } of may.counts()) {
          const reasons = ids.map((_, row) => expected(row, product));
          expect(eligible).toBe(reasons.filter((reason) => reason === null).length);
          for (const { reason, customers: kept } of excluded) expect(kept).toBe(reasons.filter((other) => other === reason).length);
          expect(excluded.reduce((sum, { customers: kept }) => sum + kept, eligible)).toBe(count);
        }
      }),
      { seed: 20261122, numRuns: 30 },
    );
  });

  it('takes a product nobody holds yet as a requirement, when it is one of ours', () => {
    const none = Holdings.fromRows([{ who: 'ann', what: 'card' }], { customer: 'who', product: 'what' });
    expect(eligibility(cells, { holdings: none, requires: { card: ['credit'] } }).reason(0, 'card')).toBe('needs credit first');
  });

  it.each<[string, () => unknown, string, RegExp]>([
    ['no products', () => eligibility({ customers } as never), 'INVALID_INPUT', /customers and the names of the products/],
    ['customers that are null', () => eligibility({ customers: null, products } as never), 'INVALID_INPUT', /customers and the names of the products/],
    ['answers that are null', () => eligibility(cells, { only: { card: null as never } }), 'INVALID_OPTION', /only of "card" as one answer a customer or as a function/],
    ['the same product twice', () => eligibility({ customers, products: ['a', 'a'] }), 'INVALID_INPUT', /"a" at position 1/],
    ['an unknown rule', () => eligibility(cells, { need: {} } as never), 'INVALID_OPTION', /no option "need"/],
    ['rows for holdings', () => eligibility(cells, { holdings: [] as never }), 'INVALID_INPUT', /needs Holdings/],
    ['requirements without holdings', () => eligibility(cells, { requires: { card: ['savings'] } }), 'INVALID_OPTION', /give holdings/],
    ['requirements that are no record', () => eligibility(cells, { holdings, requires: ['card'] as never }), 'INVALID_OPTION', /by product, such as/],
    ['one requirement without list', () => eligibility(cells, { holdings, requires: { credit: 'card' as never } }), 'INVALID_OPTION', /requires of "credit" as a list/],
    ['a requirement for what is not offered', () => eligibility(cells, { holdings, requires: { cart: ['card'] } }), 'INVALID_OPTION', /no product "cart", named in requires; the products are card/],
    ['a requirement nobody knows', () => eligibility(cells, { holdings, excludes: { credit: ['arears'] } }), 'INVALID_OPTION', /no product "arears", named in excludes of "credit"; held are arrears/],
    ['an unknown repeatable', () => eligibility(cells, { holdings, repeatable: ['x'] }), 'INVALID_OPTION', /named in repeatable/],
    ['too few answers', () => eligibility(cells, { only: { card: [true] } }), 'LENGTH_MISMATCH', /each of the 4 customers, found 1/],
    ['no answers', () => eligibility(cells, { only: { card: true as never } }), 'INVALID_OPTION', /only of "card" as one answer a customer or as a function/],
    ['a list of nobody', () => eligibility(cells, { blocked: 'ann' as never }), 'INVALID_OPTION', /blocked as \{ customers/],
    ['a rule that is none', () => eligibility(cells, { rule: true as never }), 'INVALID_OPTION', /rule as a function/],
    ['a rule without reason', () => eligibility(cells, { rule: () => false as never }).counts(), 'INVALID_VALUE', /true or the reason in words, found false for customer "cid" and "card"/],
    ['a row that is none', () => eligibility(cells).reason(4, 'card'), 'UNKNOWN_ID', /row from 0 to 3, found 4/],
    ['a product that is none', () => eligibility(cells).allows(0, 'cart'), 'UNKNOWN_ID', /no product "cart"; the products are/],
    ['a column that is none', () => eligibility(cells).allows(0, 3), 'UNKNOWN_ID', /no product 3/],
  ])('says what is wrong with %s', (_, run, code, message) => {
    expect(errorCode(run)).toBe(code);
    expect(run).toThrow(message);
  });

  it('refuses a rule with a reason of its own for everybody', () => {
    const many = { customers: Array.from({ length: 65_536 }, (_, i) => i), products: ['a'] };
    expect(() => eligibility(many, { rule: (customer) => `customer ${customer}` }).counts()).toThrow(/fewer than 65536 different reasons/);
  });
});
