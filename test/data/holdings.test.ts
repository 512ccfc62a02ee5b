import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { Frame } from '../../src/data/frame.js';
import { Holdings } from '../../src/data/holdings.js';
import type { HoldingsOptions } from '../../src/data/holdingColumns.js';
import { requireHoldings } from '../../src/data/requireHoldings.js';
import { columnCounts, takeSparseRows, transposeRows } from '../../src/numeric/sparseRows.js';
import { errorCode } from '../errorCode.js';

const roles = { customer: 'who', product: 'what', amount: 'much', since: 'from', until: 'to' } as const;
const rows = [
  { who: 'bob', what: 'loan', much: 9, from: '2026-02-11', to: null },
  { who: 'ann', what: 'loan', much: 5, from: '2026-05-20', to: '2026-06-20' },
  { who: 'ann', what: 'card', much: null, from: '2025-03-01', to: null },
  { who: 'cat', what: 'card', much: 2, from: null, to: '2026-03-01' },
];

describe('Holdings', () => {
  it('stand by customer and product, whatever the order of the rows', () => {
    const holdings = Holdings.fromRows(rows, roles);
    expect(holdings.customers).toEqual(['ann', 'bob', 'cat']);
    expect(holdings.products).toEqual(['card', 'loan']);
    expect([...holdings.sparse.offsets]).toEqual([0, 2, 3, 4]);
    expect([...holdings.sparse.columns]).toEqual([0, 1, 1, 0]);
    expect([...holdings.amounts!]).toEqual([NaN, 5, 9, 2]);
    expect(holdings.toRows()).toEqual(Holdings.fromRows([...rows].reverse(), roles).toRows());
    expect(holdings.toRows()[0]).toEqual({ customer: 'ann', product: 'card', amount: null, since: new Date('2025-03-01'), until: null });
  });

  it('are the same from rows, columns and a frame, and back again', () => {
    const columns = { who: rows.map(({ who }) => who), what: rows.map(({ what }) => what) };
    const named = { customer: 'who', product: 'what' } as const;
    const expected = Holdings.fromRows(rows, named).toRows();
    expect(Holdings.fromColumns(columns, named).toRows()).toEqual(expected);
    expect(Holdings.fromColumns(Frame.fromColumns(columns), named).toRows()).toEqual(expected);
    expect(Holdings.fromRows(expected, { customer: 'customer', product: 'product' }).toRows()).toEqual(expected);
  });

  it('tell what was held at a moment and what was taken in a span', () => {
    const holdings = Holdings.fromRows(rows, roles);
    const at = holdings.heldAt('2026-03-15');
    expect(at.customers).toEqual(holdings.customers);
    expect([at.productsOf('ann'), at.productsOf('bob'), at.productsOf('cat')]).toEqual([['card'], ['loan'], []]);
    expect(holdings.heldAt('2020-01-01').productsOf('cat')).toEqual(['card']);
    const taken = holdings.takenBetween('2026-01-01', '2026-05-20');
    expect([...taken.productCounts]).toEqual([0, 1]);
    expect(taken.holds('bob', 'loan')).toBe(true);
    expect(errorCode(() => holdings.takenBetween('2026-02-01', '2026-01-01'))).toBe('INVALID_OPTION');
    expect(errorCode(() => Holdings.fromRows(rows, { customer: 'who', product: 'what' }).takenBetween('2026-01-01', '2026-02-01'))).toBe('INVALID_INPUT');
  });

  it('take several rows of one customer and product as one holding', () => {
    const twice = Holdings.fromRows(
      [
        { who: 1, what: 'card', much: 3, from: '2025-02-01', to: '2025-03-01' },
        { who: 1, what: 'card', much: 4, from: '2025-01-01', to: '2025-06-01' },
        { who: 1, what: 'card', much: null, from: '2025-04-01', to: '2025-05-01' },
      ],
      roles,
    );
    expect(twice.toRows()).toEqual([{ customer: 1, product: 'card', amount: 7, since: new Date('2025-01-01'), until: new Date('2025-06-01') }]);
  });

  it('know customers and products that have no row', () => {
    const holdings = Holdings.fromRows(rows, { customer: 'who', product: 'what' }, { customers: ['zoe', 'ann'], products: ['fund'] });
    expect(holdings.customers).toEqual(['ann', 'bob', 'cat', 'zoe']);
    expect(holdings.products).toEqual(['card', 'fund', 'loan']);
    expect([...holdings.productCounts]).toEqual([2, 0, 2]);
    expect(holdings.productsOf('zoe')).toEqual([]);
    expect(Holdings.fromRows([] as { who: string; what: string }[], { customer: 'who', product: 'what' }, { customers: [1], products: ['a'] }).count).toBe(0);
  });

  it('give rows and columns in another order on request', () => {
    const holdings = Holdings.fromRows(rows, roles);
    const picked = holdings.forCustomers(['cat', 'nobody', 'ann']);
    expect(picked.customers).toEqual(['cat', 'nobody', 'ann']);
    expect([picked.productsOf('cat'), picked.productsOf('nobody'), picked.productsOf('ann')]).toEqual([['card'], [], ['card', 'loan']]);
    expect([...picked.amounts!]).toEqual([2, NaN, 5]);
    const renamed = holdings.forProducts(['loan', 'fund', 'card']);
    expect(renamed.productsOf('ann')).toEqual(['loan', 'card']);
    expect([...renamed.sparse.columns]).toEqual([0, 2, 0, 2]);
    expect(holdings.forProducts(['loan']).count).toBe(2);
  });

  it('come from a table with one column a product', () => {
    const wide = [{ id: 9, card: 1, loan: false }, { id: 4, card: null, loan: true }];
    const holdings = Holdings.fromTable(wide, { customer: 'id', products: ['loan', 'card'] });
    expect(holdings.customers).toEqual([4, 9]);
    expect([holdings.productsOf(4), holdings.productsOf(9)]).toEqual([['loan'], ['card']]);
    expect(Holdings.fromTable(wide, { products: ['card'] }).customers).toEqual([0, 1]);
    expect(errorCode(() => Holdings.fromTable([...wide, wide[0]!], { customer: 'id', products: ['card'] }))).toBe('DUPLICATE_ID');
    expect(errorCode(() => Holdings.fromTable(wide, { customer: 'id', products: [] }))).toBe('INVALID_OPTION');
    expect(errorCode(() => Holdings.fromTable(wide, { customer: 'id', products: ['card', 'card'] }))).toBe('INVALID_OPTION');
    expect(errorCode(() => Holdings.fromTable([] as typeof wide, { customer: 'id', products: ['card'] }))).toBe('EMPTY_INPUT');
  });

  it('come from the purchases of an event log', () => {
    const log = EventLog.fromRows(
      [
        { id: 'ann', at: '2026-01-10', item: 'card', paid: 5 },
        { id: 'ann', at: '2026-02-10', item: 'card', paid: 5 },
        { id: 'bob', at: '2026-02-20', item: 'loan', paid: 9 },
        { id: 'bob', at: '2026-02-21', item: 'card', paid: -9 },
        { id: 'cat', at: '2026-02-20', item: 'call', paid: null },
        { id: 'dan', at: '2026-03-20', item: 'card', paid: 1 },
      ],
      { customer: 'id', time: 'at', item: 'item', amount: 'paid' },
    );
    const all = Holdings.fromEventLog(log);
    expect(all.toRows()).toEqual([
      { customer: 'ann', product: 'card', amount: 10, since: new Date('2026-01-10') },
      { customer: 'bob', product: 'loan', amount: 9, since: new Date('2026-02-20') },
      { customer: 'dan', product: 'card', amount: 1, since: new Date('2026-03-20') },
    ]);
    expect(all.customers).toEqual(['ann', 'bob', 'cat', 'dan']);
    expect(Holdings.fromEventLog(log, { asOf: '2026-03-01', items: ['card', 'loan'], atLeast: 2 }).toRows().map(({ customer }) => customer)).toEqual(['ann']);
    const twice = Holdings.fromEventLog(log, { asOf: '2026-03-01', items: ['card', 'loan'], atLeast: 2 });
    expect([twice.customers, twice.products, twice.heldAt('2026-02-01').count]).toEqual([['ann', 'bob', 'cat'], ['card', 'loan'], 0]);
    expect(Holdings.fromEventLog(log, { items: 'card' }).products).toEqual(['card']);
    expect(Holdings.fromEventLog(log, { asOf: '2026-03-01', lookback: { days: 15 }, items: 'card' }).count).toBe(0);
    expect(Holdings.fromEventLog(log, { purchases: false, items: 'call' }).productsOf('cat')).toEqual(['call']);
    expect(errorCode(() => Holdings.fromEventLog(log, { items: 'bus' }))).toBe('UNKNOWN_ID');
    expect(errorCode(() => Holdings.fromEventLog(EventLog.fromRows([{ id: 1, at: 0 }], { customer: 'id', time: 'at' })))).toBe('INVALID_INPUT');
  });

  it('refuse what cannot be read, by column and row, or leave it out and say so', () => {
    const bad: readonly (readonly [object, string])[] = [
      [{ who: null, what: 'a' }, 'MISSING_VALUE'],
      [{ who: 'x', what: '' }, 'MISSING_VALUE'],
      [{ who: {}, what: 'a' }, 'INVALID_VALUE'],
      [{ who: 'x', what: 'a', from: 'soon' }, 'INVALID_DATE'],
      [{ who: 'x', what: 'a', much: Infinity }, 'NON_FINITE_VALUE'],
      [{ who: 'x', what: 'a', from: '2026-01-01', to: '2025-01-01' }, 'INVALID_VALUE'],
    ];
    for (const [row, code] of bad) {
      const all = [...rows, row] as typeof rows;
      expect(errorCode(() => Holdings.fromRows(all, roles))).toBe(code);
      const rest = Holdings.fromRows(all, roles, { invalid: 'skip' });
      expect(rest.skipped).toBe(1);
      expect(rest.customers).toEqual(['ann', 'bob', 'cat']);
      expect(rest.products).toEqual(['card', 'loan']);
    }
    expect(() => Holdings.fromRows([...rows, { ...rows[0]!, what: '' }], roles)).toThrow(/Holdings\.fromRows needs a product in column "what", found .* in row 4/);
    expect(errorCode(() => Holdings.fromRows([], { customer: 'a' as never, product: 'b' as never }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => Holdings.fromRows(5 as never, roles))).toBe('INVALID_INPUT');
    expect(errorCode(() => Holdings.fromRows(rows, { customer: 'who' } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => Holdings.fromRows(rows, roles, { customer: ['x'] } as HoldingsOptions))).toBe('INVALID_OPTION');
    expect(errorCode(() => Holdings.fromRows(rows, roles, { customers: 'x' as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => Holdings.fromRows(rows, roles, { customers: [NaN] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => Holdings.fromRows(rows, roles, { products: [7 as never] }))).toBe('INVALID_OPTION');
    expect(errorCode(() => Holdings.fromRows(rows, roles).productsOf('nobody'))).toBe('UNKNOWN_ID');
    expect(Holdings.fromRows(rows, roles).holds('nobody', 'card')).toBe(false);
    expect(errorCode(() => { requireHoldings('f', rows); })).toBe('INVALID_INPUT');
  });

  it('keep long rows in order and lose no cell of a matrix', () => {
    const cells = fc.array(fc.tuple(fc.nat(5), fc.nat(40)), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(cells, (pairs) => {
        const holdings = Holdings.fromRows(pairs.map(([c, p]) => ({ c, p: `p${String(p).padStart(2, '0')}` })), { customer: 'c', product: 'p' });
        const wanted = new Set(pairs.map(([c, p]) => `${c} p${String(p).padStart(2, '0')}`));
        expect(holdings.count).toBe(wanted.size);
        for (const { customer, product } of holdings.toRows()) expect(wanted.has(`${customer} ${product}`)).toBe(true);
        const { sparse } = holdings;
        for (let c = 0; c < sparse.rowCount; c++) for (let h = sparse.offsets[c]! + 1; h < sparse.offsets[c + 1]!; h++) expect(sparse.columns[h]!).toBeGreaterThan(sparse.columns[h - 1]!);
        expect(transposeRows(transposeRows(sparse))).toEqual(sparse);
        expect([...columnCounts(sparse)].reduce((a, b) => a + b)).toBe(holdings.count);
        const some = Uint32Array.of(sparse.rowCount - 1, 0);
        const taken = takeSparseRows(sparse, some);
        expect(holdings.forCustomers(Array.from(some, (row) => holdings.customers[row]!)).sparse).toEqual(taken);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('move values with their cells', () => {
    const matrix = { rowCount: 2, columnCount: 3, offsets: Uint32Array.of(0, 2, 3), columns: Int32Array.of(0, 2, 1), values: Float64Array.of(5, 7, 9) };
    expect(transposeRows(matrix)).toEqual({ rowCount: 3, columnCount: 2, offsets: Uint32Array.of(0, 1, 2, 3), columns: Int32Array.of(0, 1, 0), values: Float64Array.of(5, 9, 7) });
    expect([...takeSparseRows(matrix, [1, 0]).values!]).toEqual([9, 5, 7]);
  });
});
