import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnAs } from '../../src/data/columnAs.js';
import { Frame } from '../../src/data/frame.js';
import { readColumn } from '../../src/data/readColumn.js';
import { readTable, type TableInput } from '../../src/data/table.js';
import { parseTable, takeRows } from '../../src/data/takeRows.js';

const rows = [
  { age: 30, plan: 'gold' },
  { age: null, plan: 'basic' },
  { age: 50, plan: 'gold' },
];
const columns = { age: [30, null, 50], plan: ['gold', 'basic', 'gold'] };

describe('readTable', () => {
  it('sees the same columns in rows, columns and a frame', () => {
    for (const data of [rows, columns, Frame.fromRows(rows)] as TableInput[]) {
      const view = readTable('test', data);
      expect(view.rowCount).toBe(3);
      expect(view.names).toEqual(['age', 'plan']);
      expect(readColumn('test', view, 'age')).toEqual({ kind: 'number', values: new Float64Array([30, NaN, 50]) });
      expect(readColumn('test', view, 'plan')).toEqual({ kind: 'category', codes: new Int32Array([0, 1, 0]), levels: ['gold', 'basic'] });
      expect(columnAs('test', 'age', view.source('age'), 'category')).toMatchObject({ kind: 'category', levels: ['30', '50'] });
      expect(() => view.source('agee')).toThrow('test found no column "agee"; did you mean "age"?');
      expect(() => view.source('turnover')).toThrow('test found no column "turnover"; the data have age, plan');
    }
  });

  it('finds columns that first occur in a later row, in order of appearance', () => {
    const view = readTable('test', [{ a: 1 }, { b: 2, a: 3 }, { c: 4 }]);
    expect(view.names).toEqual(['a', 'b', 'c']);
    expect(view.source('c')).toEqual([undefined, undefined, 4]);
  });

  it('takes a column that is null throughout, but not one that no row has', () => {
    const view = readTable('test', [{ a: null }, { a: undefined }]);
    expect(view.source('a')).toEqual([null, undefined]);
    expect(() => view.source('b')).toThrow('no column "b"');
  });

  it('has no columns and no rows when empty', () => {
    expect(readTable('test', []).rowCount).toBe(0);
    expect(readTable('test', {}).rowCount).toBe(0);
    expect(() => readTable('test', {}).source('a')).toThrow('no column "a"; the data have no columns');
  });

  it('lists at most twelve names in the message', () => {
    const wide = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`column${i}`, [1]]));
    expect(() => readTable('test', wide).source('zzzzzzzzz')).toThrow(/column10, column11$/);
  });

  it.each([
    [null, 'found null'],
    ['a,b', 'found "a,b"'],
    [new Float64Array(3), 'needs every column as an array, found 0 for "0"'],
    [{ a: 1 }, 'found 1 for "a"; one row goes in an array'],
    [{ a: [1], b: [1, 2] }, 'found 1 values in "a" and 2 in "b"'],
    [{ schema: {}, getChild: () => null }, 'found an Arrow table; use Frame.fromArrow'],
  ])('refuses %j', (data, message) => {
    expect(() => readTable('test', data as unknown as TableInput)).toThrow(message);
  });

  it('names the row that is no object', () => {
    expect(() => readTable('test', [{ a: 1 }, [2]] as object[]).source('a')).toThrow('test needs rows as objects, found an array of 1 in row 1');
    expect(() => readTable('test', [{ a: 1 }, null] as unknown as object[]).names).toThrow('found null in row 1');
  });
});

describe('takeRows', () => {
  it('gives the same rows of any form of data, columns of the kind they have in the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 8 }), (indexes) => {
        for (const data of [rows, columns, Frame.fromRows(rows)] as TableInput[]) {
          const taken = takeRows(parseTable('test', data), indexes);
          expect([taken.rowCount, taken.names]).toEqual([indexes.length, ['age', 'plan']]);
          expect(taken.column('age')).toEqual({ kind: 'number', values: Float64Array.from(indexes, (index) => rows[index]!.age ?? NaN) });
          expect(taken.column('plan')).toEqual({ kind: 'category', codes: Int32Array.from(indexes, (index) => index % 2), levels: ['gold', 'basic'] });
          expect(taken.column('age')).toBe(taken.column('age'));
        }
      }),
      { seed: 20261122, numRuns: 50 },
    );
  });
});
