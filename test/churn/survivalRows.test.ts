import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/data/table.js';
import { readSurvivalRows, type SurvivalColumns } from '../../src/churn/survivalRows.js';

const read = (data: object[] | Record<string, ArrayLike<unknown> & object>, columns: Partial<SurvivalColumns> = {}) =>
  readSurvivalRows('fit', readTable('fit', data), { duration: 't', ...columns });

describe('readSurvivalRows', () => {
  it('takes events as 0 and 1, booleans or two levels, and as all where no column is named', () => {
    expect(Array.from(read({ t: [1, 2], e: [0, 1] }, { event: 'e' }).events)).toEqual([0, 1]);
    expect(Array.from(read({ t: [1, 2], e: [true, false] }, { event: 'e' }).events)).toEqual([1, 0]);
    expect(Array.from(read({ t: [1, 2, 3], e: ['no', 'yes', 'no'] }, { event: 'e' }).events)).toEqual([0, 1, 0]);
    expect(Array.from(read({ t: [1, 2, 3], e: ['gone', 'here', 'here'] }, { event: 'e', eventValue: 'gone' }).events)).toEqual([1, 0, 0]);
    expect(Array.from(read({ t: [1, 2] }).events)).toEqual([1, 1]);
  });

  it('takes events that are all of one kind', () => {
    expect(Array.from(read({ t: [1, 2], e: [0, 0] }, { event: 'e' }).events)).toEqual([0, 0]);
    expect(Array.from(read({ t: [1, 2], e: [1, 1] }, { event: 'e' }).events)).toEqual([1, 1]);
  });

  it('names column, row and value of what it cannot take', () => {
    expect(() => read([])).toThrow(/rows, found none/);
    expect(() => read({ t: [1, -2] })).toThrow(/found -2 in column "t", row 1/);
    expect(() => read({ t: [1, NaN] })).toThrow(/column "t", row 1; leave out/);
    expect(() => read({ t: [1, Infinity] })).toThrow(/Infinity in column "t", row 1/);
    expect(() => read({ t: [1, 2], e: [1, null] }, { event: 'e' })).toThrow(/column "e", row 1/);
    expect(() => read({ t: [1, 2], s: [0, 2] }, { entry: 's' })).toThrow(/found 2 in column "s" and 2 in column "t", row 1/);
    expect(() => read({ t: [1, 2] }, { event: 'x' })).toThrow(/x/);
    expect(() => read({ t: [1, 2], e: [1, 2] }, { event: 'e' })).toThrow(/two classes/);
    expect(() => read({ t: [1, 2], w: [1, -1] }, { weights: 'w' })).toThrow(/row 1/);
  });
});
