import * as aq from 'arquero';
import { DateMillisecond, Field, Float16, Float32, Int32, Int64, RecordBatch, Schema, Struct, Table, TimestampMillisecond, Utf8, makeData, makeVector, tableFromArrays, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';

describe('Frame.fromArrow', () => {
  it('opens a table of apache-arrow by its shape: numbers, text in a dictionary, booleans, nulls', () => {
    const table = tableFromArrays({ age: new Float64Array([30, 40]), visits: new Int32Array([1, 2]), plan: ['gold', 'basic'] });
    const frame = Frame.fromArrow(table);
    expect(frame.toRows()).toEqual([{ age: 30, visits: 1, plan: 'gold' }, { age: 40, visits: 2, plan: 'basic' }]);
    expect(frame.column('plan').kind).toBe('category');
  });

  it('does not copy a Float64 column without nulls', () => {
    const values = new Float64Array([1, 2, 3]);
    const frame = Frame.fromArrow(new Table({ values: makeVector(values) }));
    expect((frame.column('values') as { values: Float64Array }).values.buffer).toBe(values.buffer);
  });

  it('reads nulls, 64-bit whole numbers, dates, timestamps and booleans', () => {
    const at = [new Date('2026-06-30'), null];
    const table = new Table({
      spend: vectorFromArray([1.5, null]),
      big: vectorFromArray([5n, null], new Int64()),
      day: vectorFromArray(at, new DateMillisecond()),
      moment: vectorFromArray(at, new TimestampMillisecond()),
      active: vectorFromArray([true, null]),
      name: vectorFromArray(['x', null], new Utf8()),
    });
    expect(Frame.fromArrow(table).toRows()).toEqual([
      { spend: 1.5, big: 5, day: at[0], moment: at[0], active: true, name: 'x' },
      { spend: null, big: null, day: null, moment: null, active: null, name: null },
    ]);
    expect(Frame.fromArrow(table, { big: 'category' }).values('big')).toEqual(['5', null]);
    expect(() => Frame.fromArrow(table, { bog: 'category' })).toThrow('did you mean "big"?');
  });

  it('reads floats of 16 and 32 bits as the numbers they are', () => {
    const table = new Table({ half: vectorFromArray([1.5, -2], new Float16()), single: vectorFromArray([0.25, 3], new Float32()) });
    expect(Frame.fromArrow(table).toRows()).toEqual([{ half: 1.5, single: 0.25 }, { half: -2, single: 3 }]);
  });

  it('refuses two fields of one name', () => {
    const fields = [new Field('x', new Int32()), new Field('x', new Int32())];
    const children = [1, 2].map((x) => vectorFromArray([x], new Int32()).data[0]!);
    const table = new Table(new RecordBatch(new Schema(fields), makeData({ type: new Struct(fields), length: 1, children })));
    expect(() => Frame.fromArrow(table)).toThrow('Frame.fromArrow found two fields "x" in the Arrow table; rename one');
  });

  it('keeps the order of columns named by whole numbers', () => {
    const columns = new Map([['b', [1]], ['2024', [2]], ['a', [3]]]);
    const table = { columnNames: () => [...columns.keys()], array: (name: string) => columns.get(name)! };
    expect(Frame.fromArrow(table).names).toEqual(['b', '2024', 'a']);
    expect(Frame.fromArrow(new Table({ b: vectorFromArray([1.5]) }).assign(new Table({ 2024: vectorFromArray([2.5]) }))).names).toEqual(['b', '2024']);
  });

  it('speaks in its own name', () => {
    const table = new Table({ big: vectorFromArray([2n ** 60n], new Int64()), name: vectorFromArray(['x'], new Utf8()) });
    expect(() => Frame.fromArrow(table)).toThrow('Frame.fromArrow cannot hold 1152921504606846976 in column "big", row 0');
    expect(() => Frame.fromArrow(table, { big: 'id', name: 'number' })).toThrow('Frame.fromArrow reads column "name" as numbers');
  });

  it('opens a table of Arquero', () => {
    const table = aq.table({ plan: ['gold', 'basic', 'gold'], spend: [1, 2, 3] }).filter((d: { spend: number }) => d.spend !== 2);
    expect(Frame.fromArrow(table).toRows()).toEqual([{ plan: 'gold', spend: 1 }, { plan: 'gold', spend: 3 }]);
  });

  it('opens a table made of several batches', () => {
    const batch = (values: number[]): Table => tableFromArrays({ x: Float64Array.from(values) });
    expect(Frame.fromArrow(batch([1, 2]).concat(batch([3]))).values('x')).toEqual([1, 2, 3]);
  });

  it.each([[null], [{}], [[{ a: 1 }]], [{ schema: {} }]])('refuses %j', (table) => {
    expect(() => Frame.fromArrow(table)).toThrow('Frame.fromArrow needs an Arrow table (apache-arrow, DuckDB) or an Arquero table');
  });
});
