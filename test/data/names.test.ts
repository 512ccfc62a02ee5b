import { describe, expect, it } from 'vitest';
import type { ColumnNameOf, TableInput } from '../../src/data/table.js';
import { fitEncoding } from '../../src/data/fitEncoding.js';
import { Frame } from '../../src/data/frame.js';
import { crossValidate } from '../../src/evaluation/crossValidate.js';

interface Columns {
  readonly age: number[];
  readonly y: readonly number[];
}
interface Row {
  readonly age: number;
  readonly y: number;
}
// Never called: the compiler judges what is in it.
const compiled = (_: () => unknown): void => undefined;
const fit = (): number => 0;
const data = {
  rows: [{ age: 31, y: 0 }] as Row[],
  literal: { age: [31], y: new Float64Array(1) },
  columns: { age: [31], y: [0] } as Columns,
  frame: Frame.fromColumns({ age: [31], y: [0] }),
};

describe('The compiler knows the names of the columns', () => {
  it('of rows, of columns (an interface too) and of a Frame: a misspelt name does not compile', () => {
    compiled(() => [
      crossValidate(data.rows, { target: 'y', fit }),
      crossValidate(data.literal, { target: 'y', fit }),
      crossValidate(data.columns, { target: 'y', fit }),
      crossValidate(data.frame, { target: 'y', fit }),
      // @ts-expect-error no column of the rows
      crossValidate(data.rows, { target: 'yy', fit }),
      // @ts-expect-error none of the record
      crossValidate(data.literal, { target: 'yy', fit }),
      // @ts-expect-error none of the interface
      crossValidate(data.columns, { target: 'yy', fit }),
      // @ts-expect-error none of the frame
      crossValidate(data.frame, { target: 'yy', fit }),
      // @ts-expect-error none that training rows have
      crossValidate(data.rows, { target: 'y', fit: (train) => train.column('agee') }),
      // @ts-expect-error a target that is left out must exist
      fitEncoding(data.rows, { exclude: ['yy'] }),
      // @ts-expect-error none of the schema
      Frame.fromRows(data.rows, { agee: 'number' }),
    ]);
    expect(fitEncoding(data.columns, { exclude: ['y'] }).features).toEqual(['age']);
  });

  it('of rows of several types, any of their names; of rows of which nothing is known, any text', () => {
    const mixed: ColumnNameOf<({ a: number } | { b: number })[]>[] = ['a', 'b'];
    const unknown: ColumnNameOf<object[]> = 'anything';
    const input: ColumnNameOf<TableInput> = 'anything';
    const record: ColumnNameOf<Record<string, number[]>> = 'anything';
    // @ts-expect-error a name of neither
    mixed.push('c');
    const rows: object[] = [{ age: 31 }, { age: 32 }];
    expect(fitEncoding(rows, { features: ['age'] }).features).toEqual(['age']);
    expect([unknown, input, record]).toHaveLength(3);
  });

  it('one row is no record of columns, though text has a length', () => {
    const row = { plan: 'gold' };
    // @ts-expect-error text is no column
    expect(() => fitEncoding(row)).toThrow('needs every column as an array, found "gold" for "plan"; one row goes in an array');
    // @ts-expect-error nor is a number
    expect(() => fitEncoding({ age: 5 })).toThrow('one row goes in an array');
    // @ts-expect-error nor for prediction
    expect(() => fitEncoding([row]).encode(row)).toThrow('one row goes in an array');
  });
});
