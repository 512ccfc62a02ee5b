import * as aq from 'arquero';
import { DateMillisecond, Int64, Table, TimestampMillisecond, Utf8, makeVector, tableFromArrays, vectorFromArray } from 'apache-arrow';
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
