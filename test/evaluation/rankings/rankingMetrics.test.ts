import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { Holdings } from '../../../src/data/holdings.js';
import { rankingMetrics, type RankingMetrics, type RankingSource } from '../../../src/evaluation/index.js';
import { wilsonRate } from '../../../src/evaluation/intervals.js';
import { meanOfShares } from '../../../src/evaluation/rankings/meanOfShares.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';
import { naiveFigures, naiveList } from './naiveRankings.js';

const names = (count: number): string[] => Array.from({ length: count }, (_, p) => `p${p}`);

/** Holdings of customers 0, 1, 2, … who hold these columns. */
function holdingsOf(columns: readonly (readonly number[])[], width: number): Holdings {
  const rows = columns.flatMap((held, customer) => held.map((column) => ({ customer, product: `p${column}` })));
  return Holdings.fromRows(rows, { customer: 'customer', product: 'product' }, { customers: columns.map((_, c) => c), products: names(width) });
}

const test = holdingsOf([[0, 2], [3], []], 4);
const scores = [0.5, 0.6, 0.9, 0.1, 1, 1, 1, 1, 0, 0, 0, 0];

describe('rankingMetrics', () => {
  it('counts by hand: a list p2 p1 p0 p3 of somebody who took p0 and p2, and one of ties', () => {
    const { metrics, perCustomer, customers, leftOut } = rankingMetrics(scores, test, { k: [1, 2, 3, 4], values: { p0: 30, p1: 5, p2: 10, p3: 0 } });
    expect(customers).toEqual([0, 1]);
    expect(leftOut).toEqual({ tookNothing: 1, heldTooFew: 0 });
    const ideal = 1 + 1 / Math.log2(3);
    const first = (figure: Exclude<keyof typeof perCustomer, symbol>): number => perCustomer[figure]![0]!;
    expect([first('recall@1'), first('recall@2'), first('recall@3')]).toEqual([1, 0.5, 1]);
    expect([first('precision@1'), first('precision@2'), first('precision@3'), first('precision@4')]).toEqual([1, 0.5, 2 / 3, 0.5]);
    expect([first('map@1'), first('map@2'), first('map@3')]).toEqual([1, 0.5, (1 + 2 / 3) / 2]);
    expect([first('ndcg@1'), first('ndcg@2'), first('ndcg@3')]).toEqual([1, 1 / ideal, 1.5 / ideal]);
    // 10 in front, 30 in third place; best is 30 and then 10.
    expect(first('valueNdcg@1')).toBeCloseTo(1 / 3, 12);
    expect(first('valueNdcg@3')).toBeCloseTo((10 + 30 / 2) / (30 + 10 / Math.log2(3)), 12);
    // All scores equal: p3 comes last.
    expect([perCustomer['hitRate@3'][1], perCustomer['mrr@3'][1], perCustomer['mrr@4'][1], perCustomer['precision@4'][1]]).toEqual([0, 0, 0.25, 0.25]);
    expect(perCustomer['valueNdcg@4']![1]).toBeNaN();
    expect(rankingMetrics(scores, test, { k: [1], values: [0, 0, 0, 0] }).metrics['valueNdcg@1']!.estimate).toBeNaN();
    expect(metrics['mrr@4'].estimate).toBe((1 + 0.25) / 2);
    expect(metrics['valueNdcg@1']!.estimate).toBeCloseTo(1 / 3, 12);
  });

  it("divides recall and map by n where asked for, as RecPack's RecallK and the map of recommenders", () => {
    const { perCustomer, definitions } = rankingMetrics(scores, test, { k: [1, 2], denominator: 'n' });
    expect([perCustomer['recall@1'][0], perCustomer['map@1'][0], perCustomer['ndcg@1'][0]]).toEqual([0.5, 0.5, 1]);
    expect(definitions['recall']).toBe('hits among the first k / n, n being the products taken');
    expect('valueNdcg@1' in perCustomer).toBe(false);
  });

  it('says how the lists use the catalogue', () => {
    const held = holdingsOf([[1], [0], [0]], 4);
    const { catalogue } = rankingMetrics(scores, test, { k: [2, 1], held, excludeHeld: false });
    // Depth 1 shows p2 and p0; depth 2 shows p2 p1 and p0 p1.
    expect(catalogue[1]).toEqual({ coverage: 0.5, gini: 0.5, entropy: Math.log(2), averagePopularity: (0 + 2 / 3) / 2 });
    expect(catalogue[2].coverage).toBe(0.75);
    expect(catalogue[2].gini).toBeCloseTo((-3 * 0 - 1 * 1 + 1 * 1 + 3 * 2) / (4 * 4), 12);
    expect(catalogue[2].entropy).toBeCloseTo(1.5 * Math.log(2), 12);
    expect(catalogue[2].averagePopularity).toBeCloseTo((0 + 1 / 3 + 2 / 3 + 1 / 3) / 4, 12);
    expect(rankingMetrics(scores, test, { k: [1] }).catalogue[1]).not.toHaveProperty('averagePopularity');
  });

  it('equals the definitions, for every form of ranking', () => {
    const cell = fc.record({ score: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom(NaN, -Infinity)), state: fc.constantFrom('free', 'free', 'held', 'taken') });
    const width = 7;
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }), fc.boolean(), fc.boolean(), (customers, whole, excludeHeld) => {
        const columnsOf = (row: (typeof customers)[number], state: string): number[] => row.flatMap((found, column) => (found.state === state ? [column] : []));
        const [held, taken] = [holdingsOf(customers.map((row) => columnsOf(row, 'held')), width), holdingsOf(customers.map((row) => columnsOf(row, 'taken')), width)];
        const rows = customers.map((row) => row.map(({ score }) => score));
        const worth = [3, 0, 2, 2, 9, 1, 4];
        const judged = customers.flatMap((row, c) => (columnsOf(row, 'taken').length > 0 ? [c] : []));
        if (judged.length === 0) return;
        const lists = rows.flatMap((row, c) => {
          const list = naiveList(row, new Set(excludeHeld ? columnsOf(customers[c]!, 'held') : []));
          return [...list, ...new Array<number>(width - list.length).fill(-1)];
        });
        const sources: RankingSource[] = [
          rows.flat(),
          Float64Array.from(rows.flat()),
          (wanted, out) => wanted.forEach((row, i) => out.set(rows[row]!, i * width)),
          { products: names(width), scoreInto: (part, from, to, out) => { for (let r = from; r < to; r++) out.set(rows[rowOfHeld(part, r)]!, (r - from) * width); } },
          { columns: lists, size: width },
        ];
        const rowOfHeld = (_: unknown, r: number): number => judged[r]!;
        const k = [1, 3, 5, 7] as const;
        const all = sources.map((source) => rankingMetrics(source, taken, { k, held, excludeHeld, denominator: whole ? 'n' : 'min(k, n)', values: worth }));
        for (const { perCustomer, customers: ids, catalogue } of all) {
          expect(ids).toEqual(judged);
          for (const depth of k) {
            judged.forEach((row, i) => {
              const expected = naiveFigures(rows[row]!, new Set(excludeHeld ? columnsOf(customers[row]!, 'held') : []), new Set(columnsOf(customers[row]!, 'taken')), depth, whole, worth);
              for (const [figure, value] of Object.entries(expected)) {
                const found = perCustomer[`${figure as 'recall'}@${depth}`][i]!;
                if (Number.isNaN(value) !== Number.isNaN(found) || Math.abs(found - value) > 1e-12) throw new Error(`${figure}@${depth} of ${row}: ${found} for ${value}`);
              }
            });
            const shown = new Set(judged.flatMap((row) => lists.slice(row * width, row * width + depth).filter((column) => column >= 0)));
            expect(catalogue[depth].coverage).toBeCloseTo(shown.size / width, 12);
          }
        }
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });

  it('gives the same in blocks as at once', () => {
    const random = createRandom(3);
    const [customers, width] = [300, 500];
    const all = Float64Array.from({ length: customers * width }, () => random.integer(40));
    const taken = holdingsOf(Array.from({ length: customers }, () => [random.integer(width)]), width);
    const calls: number[] = [];
    const found = rankingMetrics((rows, out) => {
      calls.push(rows.length);
      rows.forEach((row, i) => out.set(all.subarray(row * width, (row + 1) * width), i * width));
    }, taken, { k: [20] });
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.reduce((sum, count) => sum + count, 0)).toBe(customers);
    taken.sparse.columns.forEach((column, c) => {
      expect(found.perCustomer['ndcg@20'][c]).toBeCloseTo(naiveFigures(Array.from(all.subarray(c * width, (c + 1) * width)), new Set(), new Set([column]), 20, false, [])['ndcg']!, 12);
    });
  });

  it('leaves the input alone, and customers who hold too few out', () => {
    const held = holdingsOf([[1], [], [0]], 4);
    const frozen = Float64Array.from(scores);
    const found = rankingMetrics(frozen, test, { k: [1], held, minHeld: 1 });
    expect([...frozen]).toEqual(scores);
    expect(found.customers).toEqual([0]);
    expect(found.leftOut).toEqual({ tookNothing: 1, heldTooFew: 1 });
    expect(found.definitions['candidates']).toBe('all products that are not held');
    // The list without p1 is p2 p0 p3.
    expect(rankingMetrics(frozen, test, { k: [2], held }).perCustomer['recall@2'][0]).toBe(1);
  });

  it('covers the true mean at about the confidence asked for, and is no point where all customers are alike', () => {
    const random = createRandom(11);
    const [runs, customers, width] = [300, 60, 6];
    let covered = 0;
    // One product taken, equally likely any of six: the mean reciprocal rank of a fixed list is (1 + 1/2 + … + 1/6) / 6.
    const truth = (1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5 + 1 / 6) / 6;
    for (let run = 0; run < runs; run++) {
      const taken = holdingsOf(Array.from({ length: customers }, () => [random.integer(width)]), width);
      const { lower, upper } = rankingMetrics(new Float64Array(customers * width), taken, { k: [6] }).metrics['mrr@6'];
      if (lower <= truth && truth <= upper) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.92);
    expect(covered / runs).toBeLessThan(0.98);
    const all = rankingMetrics([1, 0, 1, 0], holdingsOf([[0], [0]], 2), { k: [1] }).metrics['recall@1'];
    expect(all).toEqual({ estimate: 1, lower: expect.closeTo(2 / (2 + 1.959964 ** 2), 5), upper: 1 });
    const half = rankingMetrics([1, 0, 1, 0], holdingsOf([[1], [1]], 2), { k: [2] }).metrics['mrr@2'];
    expect(half.estimate).toBe(0.5);
    expect(half.upper - half.lower).toBeGreaterThan(0.5);
  });

  it('does not trust the spread of a few customers who happen to be alike', () => {
    const width = (values: number[]): number => {
      const { lower, upper } = meanOfShares(Float64Array.from(values), 1.96);
      return upper - lower;
    };
    expect(width([0.5, 0.51])).toBeGreaterThan(0.5);
    // No leap between alike and nearly alike.
    expect(width([0.5, 0.51])).toBeCloseTo(width([0.505, 0.505]), 3);
    expect(width(Array.from({ length: 2000 }, (_, i) => 0.05 + 0.01 * (i % 2)))).toBeLessThan(0.001);
    const { estimate, lower, upper } = meanOfShares(Float64Array.of(1, 0, 0, NaN, 1, 0), 1.96);
    expect([estimate, lower, upper].map((x) => x.toFixed(12))).toEqual(Object.values(wilsonRate(2, 5, 1.96)).map((x: number) => x.toFixed(12)));
  });

  it('lists neither NaN nor -Infinity, and says -1 beyond the last candidate', () => {
    const taken = holdingsOf([[0], [1]], 3);
    const found = rankingMetrics([-Infinity, NaN, 1, 2, -Infinity, 2], taken, { k: [1, 3] });
    expect(found.perCustomer['hitRate@3']).toEqual(Float64Array.of(0, 0));
    expect(found.catalogue[3].coverage).toBeCloseTo(2 / 3, 12);
  });

  it('knows its figures at compile time', () => {
    expectTypeOf(rankingMetrics(scores, test).metrics['ndcg@10'].estimate).toEqualTypeOf<number>();
    expectTypeOf<RankingMetrics<5>['metrics']>().not.toHaveProperty('ndcg@10');
    // @ts-expect-error -- depth 3 was not asked for
    expect(rankingMetrics(scores, test, { k: [2] }).metrics['ndcg@3']).toBeUndefined();
  });

  it('refuses what it cannot use, naming the remedy', () => {
    const held = holdingsOf([[0], [], []], 4);
    expect(() => rankingMetrics(scores, test, { held })).toThrow('rankingMetrics needs test to hold what is not held already, found customer 0 with "p0" in both; split so that they are apart, or give excludeHeld: false');
    expect(errorCode(() => rankingMetrics(scores, test, { held }))).toBe('INVALID_VALUE');
    expect(() => rankingMetrics(scores.slice(1), test)).toThrow('rankingMetrics needs 3 customers x 4 products as scores, found 11 numbers; write them row by row');
    expect(() => rankingMetrics({ scoreInto: () => undefined }, test)).toThrow('rankingMetrics needs held, the holdings that the scores come from; give the training part of the split');
    expect(() => rankingMetrics(scores, holdingsOf([[], []], 4))).toThrow('rankingMetrics needs at least one customer who took a product, found none of 2; test on a longer time or a larger share');
    expect(errorCode(() => rankingMetrics(scores, holdingsOf([[]], 4)))).toBe('EMPTY_INPUT');
    const scorer = { products: ['x'], scoreInto: () => undefined };
    expect(() => rankingMetrics(scorer, test, { held: holdingsOf([[], [], []], 4) })).toThrow('rankingMetrics needs the scorer with the products of test in the same order, found 1 and 4 products; bring them in line with forProducts');
    expect(errorCode(() => rankingMetrics(scores, test, { held: holdingsOf([[], [], []], 5) }))).toBe('INVALID_INPUT');
    expect(() => rankingMetrics(scores, test, { held: holdingsOf([[], []], 4) })).toThrow('rankingMetrics needs held with the customers of test in the same order, found undefined and 2 in row 2; bring them in line with forCustomers');
    expect(errorCode(() => rankingMetrics(scores, test, { held: [] as never }))).toBe('INVALID_INPUT');
    expect(errorCode(() => rankingMetrics(scores, [] as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => rankingMetrics('best' as never, test))).toBe('INVALID_INPUT');
    expect(errorCode(() => rankingMetrics({} as never, test))).toBe('INVALID_INPUT');
    expect(() => rankingMetrics({ columns: [0, 1, 2, 3, 0, 1], size: 2 }, test, { k: [3] })).toThrow('rankingMetrics needs lists of 3 customers with at least 3 places each, found 6 numbers and a size of 2; make them longer or ask for a smaller k');
    expect(errorCode(() => rankingMetrics({ columns: [0], size: 1 }, test, { k: [1] }))).toBe('LENGTH_MISMATCH');
    for (const columns of [[0, 0, 1, 2, 0, 1], [0, 4, 1, 2, 0, 1], [-1, 0, 1, 2, 0, 1], [0.5, 0, 1, 2, 0, 1]]) {
      expect([columns, errorCode(() => rankingMetrics({ columns, size: 2 }, test, { k: [2] }))]).toEqual([columns, 'INVALID_VALUE']);
    }
    expect(() => rankingMetrics(scores, test, { values: { p0: 1, p1: 1, p2: -1, p3: 1 } })).toThrow('rankingMetrics needs values finite and from 0 up, found -1 for product "p2"');
    expect(errorCode(() => rankingMetrics(scores, test, { values: { p0: 1 } }))).toBe('INVALID_VALUE');
    expect(errorCode(() => rankingMetrics(scores, test, { values: [1, 2] }))).toBe('LENGTH_MISMATCH');
    const wrong = [{ k: [] }, { k: 5 }, { k: [0] }, { k: [1.5] }, { minHeld: 1 }, { minHeld: -1 }, { denominator: 'k' }, { confidence: 1 }, { ks: [5] }];
    for (const options of wrong) expect([options, errorCode(() => rankingMetrics(scores, test, options as never))]).toEqual([options, 'INVALID_OPTION']);
  });
});
