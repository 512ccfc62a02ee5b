import { describe, expect, it } from 'vitest';
import { newCustomer } from '../../src/lifetime/newCustomer.js';
import { readCovariate, readHistories, type PurchaseHistories } from '../../src/lifetime/purchaseHistories.js';
import { errorCode } from '../errorCode.js';

const good = { unit: 'week', frequency: [2, 0], recency: [3, 0], tenure: [5, 4] } as const;
const read = (given: object): unknown => readHistories('f', { ...good, ...given } as PurchaseHistories);

describe('readHistories', () => {
  it('gives numbers in arrays, those of the caller where they are', () => {
    const frequency = Float64Array.of(2, 0);
    const found = readHistories('f', { ...good, frequency });
    expect(found.frequency).toBe(frequency);
    expect(found).toEqual({ count: 2, unit: 'week', frequency, recency: Float64Array.of(3, 0), tenure: Float64Array.of(5, 4) });
    expect(readHistories('f', newCustomer('day')).count).toBe(1);
    expect(readHistories('f', { unit: 'day', frequency: [], recency: [], tenure: [] }).count).toBe(0);
  });

  it.each([
    ['frequency', { frequency: [2, 0.5] }],
    ['frequency', { frequency: [2, -1] }],
    ['frequency', { frequency: [2, NaN] }],
    ['recency', { recency: [0, 0] }],
    ['recency', { recency: [3, 1] }],
    ['recency', { recency: [NaN, 0] }],
    ['tenure', { tenure: [2, 4] }],
    ['tenure', { tenure: [5, Infinity] }],
    ['tenure', { tenure: [5, NaN] }],
    ['tenure', { tenure: [5, -1] }],
  ])('refuses a wrong %s by row and value', (column, given) => {
    expect(() => read(given)).toThrow(new RegExp(`f needs ${column} .* in row [01]$`));
    expect(errorCode(() => read(given))).toBe('INVALID_VALUE');
  });

  it('refuses what is no history', () => {
    expect(errorCode(() => readHistories('f', null as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => readHistories('f', [] as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => read({ unit: 'fortnight' }))).toBe('INVALID_OPTION');
    expect(errorCode(() => read({ tenure: undefined }))).toBe('INVALID_INPUT');
    expect(errorCode(() => read({ recency: [3] }))).toBe('LENGTH_MISMATCH');
  });

  it('names a column that is null', () => {
    for (const column of ['frequency', 'recency', 'tenure']) {
      const histories = { unit: 'week', frequency: [0], recency: [0], tenure: [1], [column]: null } as never;
      expect(() => readHistories('fitX', histories)).toThrow(`fitX needs ${column} as an array of numbers, one a customer, found null`);
    }
  });
});

describe('readCovariate', () => {
  it('finds a covariate by its own name, finite in each row', () => {
    expect(readCovariate('f', { ...good, covariates: { age: [1, 2] } }, 'age', 2)).toEqual(Float64Array.of(1, 2));
    expect(errorCode(() => readCovariate('f', good, 'age', 2))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => readCovariate('f', { ...good, covariates: {} }, 'toString', 2))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => readCovariate('f', { ...good, covariates: { age: [1] } }, 'age', 2))).toBe('LENGTH_MISMATCH');
    expect(() => readCovariate('f', { ...good, covariates: { age: [1, NaN] } }, 'age', 2)).toThrow(/"age" finite, found NaN in row 1/);
  });
});
