import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../src/data/holdings.js';
import { createRandom } from '../../../src/numeric/random.js';
import { frequentItemsets } from '../../../src/propensity/rules/frequentItemsets.js';
import type { ItemsetOptions } from '../../../src/propensity/rules/miningOptions.js';
import { errorCode } from '../../errorCode.js';
import { basketsOf, bitsOf, countSets } from './baskets.js';

const ordersOf = (orders: readonly (readonly string[])[]): Holdings =>
  Holdings.fromRows(orders.flatMap((items, order) => items.map((item) => ({ order, item }))), { customer: 'order', product: 'item' });

/** Sets and counts, the longest first where they are as frequent: what a result is compared by. */
const shown = (found: ReturnType<typeof frequentItemsets>): string[] => found.itemsets.map(({ products, count }) => `${products.join('+')} ${count}`);

const smallRows = fc.array(fc.array(fc.nat(5), { maxLength: 6 }), { minLength: 1, maxLength: 14 });

/** Baskets of which each has about so large a share of the products, in two groups that differ. */
function randomRows(count: number, productCount: number, share: number): number[][] {
  const random = createRandom(9);
  return Array.from({ length: count }, (_, i) => {
    const row: number[] = [];
    for (let j = 0; j < productCount; j++) if (random.uniform() < share * ((i + j) % 2 === 0 ? 1.6 : 0.4)) row.push(j);
    return row;
  });
}

/** Every frequent set by trying all of them. */
function bruteForce(rows: readonly (readonly number[])[], productCount: number, minCount: number): Map<number, number> {
  const counts = countSets(rows, productCount);
  return new Map(Array.from(counts.entries()).filter(([set, count]) => set > 0 && count >= minCount));
}

describe('frequentItemsets', () => {
  it('counts what a hand can count', () => {
    const found = frequentItemsets(ordersOf([['bread', 'milk'], ['bread', 'butter', 'milk'], ['beer'], ['bread', 'butter', 'milk']]), { minSupport: 0.5 });
    expect(found).toMatchObject({ rowCount: 4, minCount: 2, truncated: false });
    expect('leftOut' in found).toBe(false);
    expect(shown(found)).toEqual(['bread 3', 'milk 3', 'bread+milk 3', 'butter 2', 'bread+butter 2', 'butter+milk 2', 'bread+butter+milk 2']);
    expect(found.itemsets[2]).toEqual({ products: ['bread', 'milk'], count: 3, support: 0.75, closed: true, maximal: false });
    expect(found.itemsets.filter(({ closed }) => closed).map(({ products }) => products.length)).toEqual([2, 3]);
    expect(found.itemsets.filter(({ maximal }) => maximal).map(({ products }) => products.length)).toEqual([3]);
  });

  it('equals trying every set, with what is closed and what is maximal', () => {
    fc.assert(
      fc.property(smallRows, fc.integer({ min: 1, max: 4 }), (rows, minCount) => {
        const { itemsets } = frequentItemsets(basketsOf(rows, 6), { minCount });
        const expected = bruteForce(rows, 6, minCount);
        expect(new Map(itemsets.map(({ products, count }) => [bitsOf(products), count]))).toEqual(expected);
        for (const { products, count, closed, maximal } of itemsets) {
          const longer = [0, 1, 2, 3, 4, 5].map((j) => bitsOf(products) | (1 << j)).filter((set) => set !== bitsOf(products) && expected.has(set));
          expect([closed, maximal]).toEqual([!longer.some((set) => expected.get(set) === count), longer.length === 0]);
        }
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  // Sparse baskets are walked, dense ones become bitsets, deep sets of many baskets squeeze out the empty words.
  it.each([[400, 0.08, 2], [400, 0.3, 4], [700, 0.5, 30], [1500, 0.25, 1]])('equals trying every set of %d baskets with a share of %d of the products', (count, share, minCount) => {
    const rows = randomRows(count, 11, share);
    const { itemsets } = frequentItemsets(basketsOf(rows, 11), { minCount });
    expect(new Map(itemsets.map(({ products, count: found }) => [bitsOf(products), found]))).toEqual(bruteForce(rows, 11, minCount));
  });

  it('does not depend on the order of baskets, nor on that of products', () => {
    fc.assert(
      fc.property(smallRows, fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), (rows, order) => {
        const found = frequentItemsets(basketsOf(rows, 6), { minCount: 2 });
        expect(frequentItemsets(basketsOf([...rows].reverse(), 6), { minCount: 2 })).toEqual(found);
        const renamed = frequentItemsets(basketsOf(rows.map((row) => row.map((product) => order[product]!)), 6), { minCount: 2 });
        const back = renamed.itemsets.map(({ products, ...rest }) => ({ set: bitsOf(products.map((name) => `p${order.indexOf(Number(name.slice(1)))}`)), ...rest }));
        const key = ({ set }: { readonly set: number }): number => set;
        expect(back.sort((a, b) => key(a) - key(b))).toEqual(found.itemsets.map(({ products, ...rest }) => ({ set: bitsOf(products), ...rest })).sort((a, b) => key(a) - key(b)));
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });

  it('takes the share of baskets rounded up, without what multiplying adds', () => {
    // 0.07 × 100 is 7.000000000000001.
    const rows = Array.from({ length: 100 }, (_, i) => (i < 7 ? [0, 1] : i < 13 ? [2] : []));
    expect(shown(frequentItemsets(basketsOf(rows), { minSupport: 0.07 }))).toEqual(['p00 7', 'p01 7', 'p00+p01 7']);
    expect(frequentItemsets(basketsOf(rows), { minSupport: 0.061 }).minCount).toBe(7);
    expect(frequentItemsets(basketsOf(rows)).minCount).toBe(1);
  });

  it('is empty for no baskets, for empty ones, and where nothing is frequent', () => {
    expect(frequentItemsets(basketsOf([[0]]).forCustomers([]))).toEqual({ itemsets: [], rowCount: 0, minCount: 1, truncated: false });
    expect(frequentItemsets(basketsOf([[], []]))).toMatchObject({ itemsets: [], rowCount: 2 });
    expect(frequentItemsets(basketsOf([[0], [1]]), { minCount: 2 }).itemsets).toEqual([]);
  });

  it('finds all subsets of a single basket, and of equal ones', () => {
    for (const rows of [[[0, 3, 4]], Array.from({ length: 50 }, () => [0, 3, 4])]) {
      const { itemsets } = frequentItemsets(basketsOf(rows), { minSupport: 1 });
      expect(itemsets.map(({ products, count, support }) => [bitsOf(products), count, support])).toEqual([1, 8, 16, 9, 17, 24, 25].map((set) => [set, rows.length, 1]));
    }
  });

  it('stops at the longest set asked for', () => {
    const rows = randomRows(200, 8, 0.5);
    const all = frequentItemsets(basketsOf(rows), { minCount: 5 });
    for (const maxLength of [1, 2, 3]) {
      const found = frequentItemsets(basketsOf(rows), { minCount: 5, maxLength });
      expect(shown(found)).toEqual(shown(all).filter((_, i) => all.itemsets[i]!.products.length <= maxLength));
      expect(found.truncated).toBe(false);
    }
  });
});

describe('frequentItemsets with a limit', () => {
  it('keeps the sets in the most baskets, among equals the shortest, and says what is missing', () => {
    fc.assert(
      fc.property(smallRows, fc.integer({ min: 1, max: 40 }), (rows, maxItemsets) => {
        const all = frequentItemsets(basketsOf(rows, 6), { minCount: 1 });
        const found = frequentItemsets(basketsOf(rows, 6), { minCount: 1, maxItemsets });
        expect(found.itemsets.length).toBeLessThanOrEqual(maxItemsets);
        expect(found.truncated).toBe(all.itemsets.length > maxItemsets);
        if (!found.truncated) {
          expect(found).toEqual(all);
          return;
        }
        const { reason, count, length } = found.leftOut!;
        expect(reason).toBe('limit');
        const stays = all.itemsets.map((set) => set.count > count! || (set.count === count && set.products.length < length!));
        expect(shown(found)).toEqual(shown(all).filter((_, i) => stays[i]));
        // No more would fit: the next class does not.
        const next = all.itemsets.filter((set) => set.count === count && set.products.length === length);
        expect(found.itemsets.length + next.length).toBeGreaterThan(maxItemsets);
      }),
      { seed: 20261122, numRuns: 50 },
    );
  });

  it('holds an explosion: equal baskets of 40 products have a million million sets', () => {
    const rows = Array.from({ length: 70 }, () => Array.from({ length: 40 }, (_, j) => j));
    const found = frequentItemsets(basketsOf(rows, 40), { minCount: 1, maxItemsets: 2000 });
    // 40 single products and 780 pairs fit, 9880 threes do not.
    expect(found.itemsets.length).toBe(820);
    expect(found.leftOut).toEqual({ reason: 'limit', count: 70, length: 3 });
    expect(found.itemsets[0]).toMatchObject({ closed: false, maximal: false });
  });

  it('holds one in baskets that differ', () => {
    const rows = randomRows(120, 24, 0.5);
    const found = frequentItemsets(basketsOf(rows, 24), { minCount: 1, maxItemsets: 3000 });
    const { count, length } = found.leftOut!;
    const exact = frequentItemsets(basketsOf(rows, 24), { minCount: count! });
    expect(shown(found)).toEqual(shown(exact).filter((_, i) => exact.itemsets[i]!.count > count! || exact.itemsets[i]!.products.length < length!));
  });

  it('reports after each product and stops when told to, with all sets of the products done', () => {
    const rows = randomRows(80, 6, 0.4);
    const steps: (readonly [number, number])[] = [];
    const all = frequentItemsets(basketsOf(rows, 6), { minCount: 3, onProgress: ({ done, total, objective }) => {
      steps.push([done, total]);
      expect(objective).toBeGreaterThanOrEqual(done);
    } });
    expect(steps).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
    const some = frequentItemsets(basketsOf(rows, 6), { minCount: 3, onProgress: ({ done }) => done < 4 });
    expect(some).toMatchObject({ truncated: true, leftOut: { reason: 'stopped' } });
    const { products } = some.leftOut!;
    expect(products!.length).toBe(2);
    expect(shown(some)).toEqual(shown(all).filter((_, i) => !all.itemsets[i]!.products.some((name) => products!.includes(name))));
  });
});

describe('frequentItemsets refuses', () => {
  const baskets = basketsOf([[0, 1], [1]]);

  it.each([
    [{ minSupport: 0 }, 'frequentItemsets needs minSupport above 0 and at most 1, found 0; for a number of baskets give minCount'],
    [{ minSupport: 5 }, 'frequentItemsets needs minSupport above 0 and at most 1, found 5; for a number of baskets give minCount'],
    [{ minSupport: 0.1, minCount: 2 }, 'frequentItemsets takes one of minSupport and minCount, found both; leave one out'],
    [{ minCount: 0 }, 'frequentItemsets needs minCount as a whole number of at least 1, found 0'],
    [{ maxLength: 1.5 }, 'frequentItemsets needs maxLength as a whole number of at least 1, found 1.5'],
    [{ maxItemsets: 1e9 }, 'frequentItemsets needs maxItemsets of at most 50 million, found 1000000000; more do not fit into memory'],
    [{ minsupport: 0.1 }, 'frequentItemsets knows no option "minsupport"; its options are minSupport, minCount, maxLength, maxItemsets, onProgress'],
  ])('%o', (options, message) => {
    expect(() => frequentItemsets(baskets, options as ItemsetOptions)).toThrow(message);
    expect(errorCode(() => frequentItemsets(baskets, options as ItemsetOptions))).toBe('INVALID_OPTION');
  });

  it('what are no holdings', () => {
    expect(errorCode(() => frequentItemsets([['milk']] as unknown as Holdings))).toBe('INVALID_INPUT');
    expect(() => frequentItemsets([['milk']] as unknown as Holdings)).toThrow('frequentItemsets needs Holdings, found an array of 1; make them with Holdings.fromRows');
  });
});
