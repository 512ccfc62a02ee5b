import { describe, expect, it } from 'vitest';
import { summaryFromTable } from '../../../src/lifetime/summary/summaryFromTable.js';
import { errorCode } from '../../errorCode.js';

const rows = [{ id: 'ann', x: 2, t: 5, T: 8, mean: 20, club: 1 }, { id: 'bob', x: 0, t: 0, T: 4, mean: 0, club: 0 }];
const names = { unit: 'week', frequency: 'x', recency: 't', tenure: 'T' } as const;

describe('summaryFromTable', () => {
  it('reads rows, columns and default names', () => {
    const found = summaryFromTable(rows, { ...names, customer: 'id', monetary: 'mean', covariates: ['club'] });
    expect(found.customers).toEqual(['ann', 'bob']);
    expect([[...found.frequency], [...found.recency], [...found.tenure], [...found.monetary!]]).toEqual([[2, 0], [5, 0], [8, 4], [20, NaN]]);
    expect(found.covariates).toEqual({ club: Float64Array.of(1, 0) });
    const columns = summaryFromTable({ frequency: [1], recency: [2], tenure: [3], n: [9] }, { unit: 'day', weights: 'n' });
    expect(columns.weights).toEqual(Float64Array.of(9));
    expect(Object.keys(columns).sort()).toEqual(['firstPurchase', 'frequency', 'recency', 'tenure', 'unit', 'weights']);
  });

  it('keeps means of those without repeat purchase where these include the first', () => {
    expect([...summaryFromTable(rows, { ...names, monetary: 'mean', firstPurchase: 'included' }).monetary!]).toEqual([20, 0]);
  });

  it('refuses what is no history', () => {
    expect(errorCode(() => summaryFromTable(rows, { unit: 'week', frequency: 'x', recency: 'T', tenure: 't' }))).toBe('INVALID_VALUE');
    expect(errorCode(() => summaryFromTable(rows, { ...names, monetary: 'id' }))).toBe('INVALID_VALUE');
    expect(errorCode(() => summaryFromTable([{ ...rows[0], mean: -1 }], { ...names, monetary: 'mean' }))).toBe('INVALID_VALUE');
    expect(errorCode(() => summaryFromTable([rows[0]!, rows[0]!], { ...names, customer: 'id' }))).toBe('DUPLICATE_ID');
    expect(errorCode(() => summaryFromTable([{ ...rows[0], id: null }], { ...names, customer: 'id' }))).toBe('MISSING_VALUE');
    expect(errorCode(() => summaryFromTable(rows, { unit: 'week' } as never))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => summaryFromTable(rows, { ...names, unit: 'weeks' } as never))).toBe('INVALID_OPTION');
  });
});
