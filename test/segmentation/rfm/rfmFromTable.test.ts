import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { Frame } from '../../../src/data/frame.js';
import { rfm } from '../../../src/segmentation/rfm/rfm.js';
import { rfmFromTable } from '../../../src/segmentation/rfm/rfmFromTable.js';
import { errorCode as codeOf } from '../../errorCode.js';

const roles = { customer: 'id', recencyDays: 'days', frequency: 'orders', monetary: 'paid' } as const;
const columns = { id: ['ann', 'bob', 'cyd', 'dan'], days: [10, null, 181, 3], orders: [2, 0, 1, 9], paid: [100, 0, 10, 400] };
const rows = columns.id.map((id, i) => ({ id, days: columns.days[i]!, orders: columns.orders[i]!, paid: columns.paid[i]! }));

describe('rfmFromTable', () => {
  it('scores what a table has, in the order of its rows, prospects left out', () => {
    const portfolio = rfmFromTable(columns, roles);
    expect(portfolio.customers).toEqual(['ann', 'cyd', 'dan']);
    expect([[...portfolio.recencyDays], [...portfolio.frequency], [...portfolio.monetary]]).toEqual([[10, 181, 3], [2, 1, 9], [100, 10, 400]]);
    expect([[...portfolio.recencyScore], [...portfolio.frequencyScore], [...portfolio.monetaryScore]]).toEqual([[3, 1, 5], [3, 1, 5], [3, 1, 5]]);
    expect(portfolio.customersWithoutPurchase).toBe(1);
    expect(portfolio.segments.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(510);
  });

  it('takes rows, columns and frames alike', () => {
    const expected = rfmFromTable(columns, roles);
    expect(rfmFromTable(rows, roles)).toEqual(expected);
    expect(rfmFromTable(Frame.fromRows(rows), roles)).toEqual(expected);
  });

  it('agrees with rfm on what rfm counted', () => {
    const events = EventLog.fromRows(
      [['a', 1, 5], ['a', 9, 7], ['b', 4, 1], ['c', 2, 60], ['c', 3, 2], ['c', 11, 9]].map(([id, day, paid]) => ({ id, at: Number(day) * 86_400_000, paid })),
      { customer: 'id', time: 'at', amount: 'paid' },
    );
    const { eventsIgnored, ...counted } = rfm(events, { asOf: 12 * 86_400_000 });
    const table = { id: counted.customers, days: counted.recencyDays, orders: counted.frequency, paid: counted.monetary };
    expect(eventsIgnored).toBe(0);
    expect(rfmFromTable(table, roles)).toEqual(counted);
  });

  it('needs neither identifiers nor money', () => {
    const portfolio = rfmFromTable(columns, { recencyDays: 'days', frequency: 'orders', bins: 3, segments: false });
    expect(portfolio.customers).toEqual([0, 2, 3]);
    expect([...portfolio.monetaryScore, ...portfolio.monetary]).toEqual([0, 0, 0, NaN, NaN, NaN]);
    expect(portfolio.cuts.monetary).toEqual([]);
  });

  it.each([
    [{ ...columns, days: [10, null, NaN, 3] }, roles, 'NON_FINITE_VALUE', 'rfmFromTable needs "days" finite where there was a purchase, found NaN in row 2; set the frequency of prospects to 0'],
    [{ ...columns, orders: [2, null, 1, 9] }, roles, 'NON_FINITE_VALUE', 'needs "days" finite'],
    [{ ...columns, days: [1, 2, 3, 4], orders: [2, null, 1, 9] }, roles, 'NON_FINITE_VALUE', 'needs "orders" finite'],
    [{ ...columns, paid: [1, 2, Infinity, 4] }, roles, 'NON_FINITE_VALUE', 'needs "paid" finite'],
    [{ ...columns, orders: [0, 0, 0, 0] }, roles, 'EMPTY_INPUT', 'rfmFromTable needs at least one row with a purchase, found none'],
    [{ ...columns, id: ['ann', 'bob', 'ann', 'dan'] }, roles, 'DUPLICATE_ID', 'rfmFromTable needs one row per customer, found "ann" again in column "id", row 2'],
    [{ ...columns, id: ['ann', null, 'cyd', 'dan'] }, roles, 'MISSING_VALUE', 'found none in column "id", row 1'],
    [columns, { ...roles, frequency: 'order' }, 'UNKNOWN_COLUMN', 'rfmFromTable found no column "order"'],
    [columns, { ...roles, asOf: 3 }, 'INVALID_OPTION', 'rfmFromTable knows no option "asOf"'],
    [columns, { ...roles, bins: 12 }, 'INVALID_OPTION', 'rfmFromTable needs bins as one of 2'],
  ])('refuses %j with %j', (data, options, code, message) => {
    const run = (): unknown => rfmFromTable(data as never, options as never);
    expect(run).toThrow(message);
    expect(codeOf(run)).toBe(code);
  });
});
