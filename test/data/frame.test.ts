import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/data/column.js';
import { Frame } from '../../src/data/frame.js';
import { errorCode as code } from '../errorCode.js';

const column = (cells: readonly unknown[], kind?: Column['kind']): Column =>
  Frame.fromRows(cells.map((x) => ({ x })), kind === undefined ? {} : { x: kind }).column('x');

describe('Frame infers what a column holds', () => {
  it.each([
    ['numbers', [1, 2.5, -3], 'number'],
    ['numbers with missing ones', [null, 1, undefined, NaN], 'number'],
    ['numeric text with blanks, as in the Telco file', ['29.85', ' ', '1889.5', ''], 'number'],
    ['numbers beside numeric text', [1, '2', 3n], 'number'],
    ['bigints', [1n, 2n], 'number'],
    ['nothing known', [null, ' ', undefined], 'number'],
    ['booleans', [true, null, false], 'boolean'],
    ['dates', [new Date(0), null], 'date'],
    ['text', ['gold', 'basic', ' '], 'category'],
    ['text one value of which is no number', ['1', '2', 'three'], 'category'],
    ['hexadecimal, Infinity, thousands', ['0x10', 'Infinity', '1,000'], 'category'],
    ['dates as text', ['2026-06-30'], 'category'],
    ['booleans beside text', [true, 'maybe'], 'category'],
    ['booleans beside numeric text', [true, '1'], 'category'],
    ['numbers beside text', [1, 'two'], 'category'],
    ['digits with leading zeros, as identifiers have', ['007', '7'], 'category'],
    ['the same with a sign or a fraction', ['-007', '00.5'], 'category'],
    ['zeros that a decimal has', ['0', '-0', '0.5', '+0.50', '0e1'], 'number'],
    ['numbers beside digits with leading zeros', [7, '007'], 'category'],
    ['whole numbers in text beyond 2^53', ['1152921504606846976', '1152921504606846977'], 'category'],
    ['bigints beyond 2^53 beside text', [2n ** 60n, 'x'], 'category'],
    ['the largest whole numbers', ['9007199254740991', '-9007199254740991'], 'number'],
    ['text that is white space of Unicode', ['1', '\u00a0', '\u2003\u3000', '\ufeff'], 'number'],
    ['text with white space of Unicode around it', ['\u00a0gold', '\u00e4'], 'category'],
  ])('%s', (_, cells, kind) => {
    expect(column(cells).kind).toBe(kind);
  });

  it('reads numeric text and leaves blanks missing', () => {
    expect(column(['29.85', ' ', '+.5e2'])).toEqual({ kind: 'number', values: new Float64Array([29.85, NaN, 50]) });
  });

  it('lets the schema win', () => {
    expect(column(['007', '12'], 'category')).toEqual({ kind: 'category', codes: new Int32Array([0, 1]), levels: ['007', '12'] });
    expect(column([7, 12, 7, null], 'category')).toEqual({ kind: 'category', codes: new Int32Array([0, 1, 0, -1]), levels: ['7', '12'] });
    expect(column([true, false, null], 'category')).toEqual({ kind: 'category', codes: new Int32Array([0, 1, -1]), levels: ['true', 'false'] });
    expect(column(['2026-06-30', ' ', '19970101'], 'date')).toEqual({ kind: 'date', values: new Float64Array([Date.UTC(2026, 5, 30), NaN, Date.UTC(1997, 0, 1)]) });
    expect(column([86_400_000, null], 'date')).toEqual({ kind: 'date', values: new Float64Array([86_400_000, NaN]) });
    expect(column([new Date(0), '1970-01-02'], 'date')).toEqual({ kind: 'date', values: new Float64Array([0, 86_400_000]) });
    expect(column(['yes', 'No', null, 'TRUE', '0'], 'boolean')).toEqual({ kind: 'boolean', values: new Int8Array([1, 0, -1, 1, 0]) });
    expect(column([1, 0, NaN], 'boolean')).toEqual({ kind: 'boolean', values: new Int8Array([1, 0, -1]) });
    expect(column([true, null], 'number')).toEqual({ kind: 'number', values: new Float64Array([1, NaN]) });
    expect(column([7n, 2n ** 60n], 'id')).toEqual({ kind: 'id', values: [7, '1152921504606846976'] });
    expect(column([7, 8], 'id')).toEqual({ kind: 'id', values: [7, 8] });
    expect(column(['a', 'b', 'a'], 'id')).toEqual({ kind: 'id', values: ['a', 'b', 'a'] });
  });

  it.each([
    ['number', ['1', 'two'], 'INVALID_VALUE', 'reads column "x" as numbers, found "two" in row 1; clean the value, or say in the schema'],
    ['boolean', ['yes', 'perhaps'], 'INVALID_VALUE', 'cannot read "perhaps" as a boolean in column "x", row 1'],
    ['boolean', [1, 2], 'INVALID_VALUE', 'cannot read 2 as a boolean in column "x", row 1'],
    ['date', ['2026-06-30', '30/06/2026'], 'INVALID_DATE', 'cannot read "30/06/2026" as a date'],
    ['number', [new Date(0)], 'INVALID_VALUE', 'reads column "x" as numbers, found 1970-01-01T00:00:00.000Z in row 0'],
    ['category', [new Date(0)], 'INVALID_VALUE', 'reads column "x" as categories, found 1970-01-01T00:00:00.000Z in row 0'],
    ['boolean', [new Date(0)], 'INVALID_VALUE', 'cannot read 1970-01-01T00:00:00.000Z as a boolean'],
    ['date', [true], 'INVALID_DATE', 'cannot read true as a date'],
    ['id', [true], 'INVALID_VALUE', 'cannot read true as an identifier'],
    ['id', ['a', null], 'MISSING_VALUE', 'found none in column "x", row 1'],
    ['id', [1, null], 'MISSING_VALUE', 'found none in column "x", row 1'],
    ['text', ['a'], 'INVALID_OPTION', 'found "text" for "x"'],
  ])('says what does not fit the schema: %s of %j', (kind, cells, expectedCode, message) => {
    const build = (): Column => column(cells, kind as Column['kind']);
    expect(build).toThrow(message);
    expect(code(build)).toBe(expectedCode);
  });

  it('keeps identifiers apart that a number would merge', () => {
    expect(column(['007', '7', '07']).kind === 'category' && Frame.fromRows(['007', '7', '07'].map((x) => ({ x }))).describe()[0]!.distinct).toBe(3);
    expect(Frame.fromRows([{ x: 2n ** 60n }, { x: 2n ** 60n + 1n }], { x: 'id' }).ids()).toEqual(['1152921504606846976', '1152921504606846977']);
    const message = 'cannot hold 1152921504606846977 in column "x", row 1, exactly as a number; give it kind "id" in the schema';
    for (const build of [() => column([1n, 2n ** 60n + 1n]), () => Frame.fromColumns({ x: new BigInt64Array([1n, 2n ** 60n + 1n]) })]) {
      expect(build).toThrow(message);
      expect(code(build)).toBe('INVALID_VALUE');
    }
    expect(column(['007'], 'number')).toEqual({ kind: 'number', values: new Float64Array([7]) });
  });

  it('takes white space of Unicode for missing in every kind of column', () => {
    const frame = Frame.fromColumns({ n: ['1', '\u00a0'], c: ['a', '\u2003'], b: ['yes', '\u00a0'] }, { b: 'boolean' });
    expect(frame.row(1)).toEqual({ n: null, c: null, b: null });
  });

  it('refuses cells that are no values, naming column and row', () => {
    expect(() => column([1, { a: 1 }])).toThrow('found an object in column "x", row 1');
    expect(() => column([new Date(NaN)])).toThrow('found an invalid Date in column "x", row 0; use null where it is not known');
    expect(code(() => column([new Date(0), 'soon']))).toBe('COLUMN_KIND');
  });

  it('changes its mind at any row, in any block, without losing a value', () => {
    const cell = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom('1', 'a', 'b', ' ', ''), fc.constant(null), fc.boolean());
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 300 }), (cells, repeat) => {
        const long = Array.from({ length: repeat }, () => cells).flat();
        const known = (x: unknown): boolean => x !== null && String(x).trim() !== '';
        const values = Frame.fromRows(long.map((x) => ({ x }))).values('x');
        expect(values.map((value) => (value === null ? null : String(value)))).toEqual(long.map((x) => (known(x) ? String(x) : null)));
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});

describe('Frame.fromRows', () => {
  it('takes every name that occurs, in order of first appearance', () => {
    expect(Frame.fromRows([{ a: 1 }, { b: 2 }] as { a?: number; b?: number }[]).toRows()).toEqual([{ a: 1, b: null }, { a: null, b: 2 }]);
  });

  it('is empty for no rows', () => {
    const frame = Frame.fromRows([]);
    expect([frame.rowCount, frame.names, frame.toRows(), frame.describe()]).toEqual([0, [], [], []]);
  });

  it('refuses what is no array of rows, and a schema for a column that is not there', () => {
    expect(() => Frame.fromRows({} as object[])).toThrow('Frame.fromRows needs an array of row objects, found an object');
    expect(() => Frame.fromRows('a,b' as never)).toThrow('found "a,b"; parse the text first');
    expect(() => new Frame([{ age: 1 }] as never, 1)).toThrow('Frame is made by Frame.fromRows, Frame.fromColumns or Frame.fromArrow, not by new');
    expect(() => Frame.fromRows([{ age: 1 }], { aeg: 'number' } as object)).toThrow('found no column "aeg"');
  });

  it('leaves the rows as they were, frozen ones too', () => {
    const rows = Object.freeze([Object.freeze({ a: 1, b: 'x' })]);
    expect(Frame.fromRows(rows).toRows()).toEqual(rows);
  });
});

describe('Frame.fromColumns', () => {
  it('takes a Float64Array as it is, and copies other typed arrays to numbers', () => {
    const spend = new Float64Array([1, 2]);
    const frame = Frame.fromColumns({ spend, visits: new Uint8Array([3, 4]), big: new BigInt64Array([5n, 6n]) });
    expect((frame.column('spend') as { values: Float64Array }).values).toBe(spend);
    expect(frame.toRows()).toEqual([{ spend: 1, visits: 3, big: 5 }, { spend: 2, visits: 4, big: 6 }]);
  });

  it('takes columns of another frame, and converts by the schema', () => {
    const frame = Frame.fromRows([{ zip: 8001 }, { zip: 8002 }]);
    expect(Frame.fromColumns({ zip: frame.column('zip') }, { zip: 'category' }).values('zip')).toEqual(['8001', '8002']);
    expect(Frame.fromColumns({ at: new Float64Array([0]) }, { at: 'date' }).values('at')).toEqual([new Date(0)]);
  });

  it('equals fromRows', () => {
    const row = fc.record({ a: fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(null)), b: fc.constantFrom('x', 'y', ''), c: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        const byColumns = Frame.fromColumns({ a: rows.map((r) => r.a), b: rows.map((r) => r.b), c: rows.map((r) => r.c) });
        expect(byColumns.toRows()).toEqual(Frame.fromRows(rows).toRows());
      }),
      { seed: 20261122, numRuns: 50 },
    );
  });

  it.each([
    [{ kind: 'numbr', values: new Float64Array(1) }, 'its kind "numbr" is none of number, category, boolean, date and id'],
    [{ kind: 'number', values: [1] }, 'a column of kind number needs values as a Float64Array'],
    [{ kind: 'date' }, 'a column of kind date needs values as a Float64Array'],
    [{ kind: 'boolean', values: [1] }, 'booleans need values as an Int8Array'],
    [{ kind: 'boolean', values: new Int8Array([0, 2]) }, 'its value 2 in row 1 is none of 1, 0 and -1'],
    [{ kind: 'id', values: 'c1' }, 'a column of kind id needs values as an array'],
    [{ kind: 'category', codes: [0], levels: ['a'] }, 'a category needs codes (Int32Array) and levels (an array)'],
    [{ kind: 'category', codes: new Int32Array([0, 1]), levels: ['a'] }, 'its code 1 in row 1 is none of its 1 levels, nor -1'],
    [{ kind: 'category', codes: new Int32Array([-2]), levels: ['a'] }, 'its code -2 in row 0'],
    [{ kind: 'category', codes: new Int32Array([0]), levels: ['a', 'a'] }, 'it names a level twice'],
  ])('refuses a column made by hand that cannot be one: %j', (made, message) => {
    for (const build of [() => Frame.fromColumns({ x: made as Column }), () => Frame.fromColumns({ x: made as Column }, { x: 'category' })]) {
      expect(build).toThrow(`Frame.fromColumns cannot take column "x": ${message}`);
      expect(code(build)).toBe('INVALID_INPUT');
    }
  });

  it('finds no kind for a column called as what every object has', () => {
    expect(Frame.fromColumns({ constructor: [1] }).names).toEqual(['constructor']);
    expect(Frame.fromRows([{ valueOf: 1 }]).column('valueOf').kind).toBe('number');
  });

  it('refuses columns of different lengths, naming them', () => {
    expect(() => Frame.fromColumns({ a: [1, 2], b: [1] })).toThrow('"a" has 2 rows, column "b" has 1');
    expect(code(() => Frame.fromColumns({ a: 5 as unknown as number[] }))).toBe('INVALID_INPUT');
    expect(code(() => Frame.fromColumns({ a: null as unknown as number[] }))).toBe('INVALID_INPUT');
  });
});

describe('Frame', () => {
  const frame = Frame.fromRows(
    [
      { id: 'c1', age: 30, plan: 'gold', active: true, since: '2024-01-01' },
      { id: 'c2', age: null, plan: 'basic', active: null, since: null },
      { id: 'c3', age: 50, plan: '', active: false, since: '2025-01-01' },
    ],
    { id: 'id', since: 'date' },
  );

  it('gives rows back as plain values', () => {
    expect(frame.row(0)).toEqual({ id: 'c1', age: 30, plan: 'gold', active: true, since: new Date('2024-01-01') });
    expect(frame.row(1)).toEqual({ id: 'c2', age: null, plan: 'basic', active: null, since: null });
    expect(frame.toRows()[2]).toEqual({ id: 'c3', age: 50, plan: null, active: false, since: new Date('2025-01-01') });
    expect(frame.values('plan')).toEqual(['gold', 'basic', null]);
    for (const index of [-1, 3, 0.5, NaN]) expect(code(() => frame.row(index))).toBe('INVALID_OPTION');
    expect(frame.ids()).toEqual(['c1', 'c2', 'c3']);
    expect(() => frame.without(['id']).ids()).toThrow('Frame.ids needs one column of kind id to tell customers apart, found 0; declare it in the schema');
    expect(() => frame.column('pln' as 'plan')).toThrow('Frame.column found no column "pln"; did you mean "plan"?');
  });

  it('selects and drops columns', () => {
    expect(frame.select(['plan', 'age']).names).toEqual(['plan', 'age']);
    expect(frame.without(['id', 'since', 'active']).names).toEqual(['age', 'plan']);
    expect(code(() => frame.select(['age', 'age']))).toBe('DUPLICATE_COLUMN');
    expect(code(() => frame.without(['x' as 'age']))).toBe('UNKNOWN_COLUMN');
  });

  it('takes and filters rows of every kind of column', () => {
    expect(frame.take([2, 0, 2]).toRows()).toEqual([frame.row(2), frame.row(0), frame.row(2)]);
    expect(frame.filter((row) => row.age !== null).values('id')).toEqual(['c1', 'c3']);
    expect(code(() => frame.take([3]))).toBe('INVALID_OPTION');
    expect(frame.take([]).rowCount).toBe(0);
  });

  it('adds and replaces a column', () => {
    expect(frame.withColumn('spend', [1, 2, 3]).row(2).spend).toBe(3);
    expect(frame.withColumn('age', ['a', 'b', 'c'], 'category').names).toEqual(frame.names);
    expect(frame.withColumn('copy', frame.column('age')).values('copy')).toEqual([30, null, 50]);
    expect(() => frame.withColumn('spend', [1])).toThrow('the frame has 3 rows, column "spend" has 1');
  });

  it('matches values per customer by identifier, never by position', () => {
    const bought = { customers: ['c3', 'c1'], values: new Float64Array([1, 0]) };
    expect(frame.withColumn('bought', bought).values('bought')).toEqual([0, null, 1]);
    const ordered = { customers: ['c1', 'c2', 'c3'], values: new Float64Array([1, 2, 3]) };
    expect(frame.withColumn('n', ordered).values('n')).toEqual([1, 2, 3]);
    expect(code(() => frame.without(['id']).withColumn('bought', bought))).toBe('COLUMN_KIND');
    expect(code(() => frame.withColumn('bought', { customers: ['c1'], values: new Float64Array(2) }))).toBe('LENGTH_MISMATCH');
  });

  it('concatenates frames, uniting levels', () => {
    const both = frame.concat(frame.take([1]), frame.withColumn('plan', ['silver', 'gold', 'basic']));
    expect(both.rowCount).toBe(7);
    expect(both.values('plan')).toEqual(['gold', 'basic', null, 'basic', 'silver', 'gold', 'basic']);
    expect(both.row(3)).toEqual(frame.row(1));
    expect(code(() => frame.concat(frame.without(['age']) as unknown as typeof frame))).toBe('UNKNOWN_COLUMN');
    expect(code(() => frame.without(['age']).concat(frame as never))).toBe('UNKNOWN_COLUMN');
    expect(() => frame.concat(frame.withColumn('age', ['x', 'y', 'z']))).toThrow('column "age" as number in one table and category in another');
  });

  it('splits rows in two without loss, repeatably, and stratified when asked', () => {
    const target = Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 'yes' : 'no'));
    const long = Frame.fromColumns({ i: target.map((_, i) => i), target });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer(), (tenths, seed) => {
        const options = { fraction: tenths / 10, seed, stratify: 'target' } as const;
        const [first, second] = long.split(options);
        expect([...first.values('i'), ...second.values('i')].sort((a, b) => Number(a) - Number(b))).toEqual(long.values('i'));
        expect(first.values('target').filter((value) => value === 'yes')).toHaveLength(tenths);
        expect(long.split(options)[0].toRows()).toEqual(first.toRows());
        expect(first.values('i')).toEqual([...first.values('i')].sort((a, b) => Number(a) - Number(b)));
      }),
      { seed: 20261122, numRuns: 30 },
    );
    expect(long.split()[0].rowCount).toBe(50);
    expect(long.split({ seed: 1 })[0].values('i')).not.toEqual(long.split({ seed: 2 })[0].values('i'));
    expect(code(() => long.split({ fraction: 2 }))).toBe('INVALID_OPTION');
    expect(code(() => long.split({ fraction: '0.5' as unknown as number }))).toBe('INVALID_OPTION');
    expect(() => long.split({ fracton: 0.2 } as object)).toThrow('Frame.split knows no option "fracton"; its options are fraction, seed, stratify');
    expect(code(() => long.split({ stratify: 'x' as 'i' }))).toBe('UNKNOWN_COLUMN');
  });

  it('draws the right share of all rows also from strata of two rows, at most one row off in each, and not always from the same', () => {
    const pairs = Frame.fromColumns({ pair: Array.from({ length: 100 }, (_, i) => `p${i >> 1}`) });
    const drawn = [1, 2].map((seed) => pairs.split({ fraction: 0.2, seed, stratify: 'pair' })[0]);
    expect(drawn.map(({ rowCount }) => rowCount)).toEqual([20, 20]);
    expect(drawn.map((part) => new Set(part.values('pair')).size)).toEqual([20, 20]);
    expect(drawn[0]!.values('pair')).not.toEqual(drawn[1]!.values('pair'));
  });

  it('describes columns in figures', () => {
    const [id, age, plan, active, since] = frame.describe();
    expect(id).toEqual({ name: 'id', kind: 'id', count: 3, missing: 0, distinct: 3 });
    expect(age).toMatchObject({ count: 2, missing: 1, distinct: 2, mean: 40, min: 30, lowerQuartile: 35, median: 40, upperQuartile: 45, max: 50 });
    expect(age!.standardDeviation).toBeCloseTo(Math.sqrt(200), 12);
    expect(plan).toMatchObject({ count: 2, missing: 1, distinct: 2, top: [{ level: 'basic', count: 1 }, { level: 'gold', count: 1 }] });
    expect(active).toMatchObject({ count: 2, missing: 1, distinct: 2, mean: 0.5 });
    expect(since).toMatchObject({ count: 2, missing: 1, min: Date.UTC(2024, 0, 1), max: Date.UTC(2025, 0, 1) });
  });

  it('keeps the digits of large numbers in mean and spread', () => {
    const [summary] = Frame.fromColumns({ x: [1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 3] }).describe();
    expect(summary).toMatchObject({ mean: 1e9 + 2.25, distinct: 3 });
    expect(summary!.standardDeviation).toBeCloseTo(Math.sqrt(11 / 12), 12);
    expect(Frame.fromColumns({ x: [null] }).describe()).toEqual([{ name: 'x', kind: 'number', count: 0, missing: 1, distinct: 0 }]);
    expect(Frame.fromColumns({ x: [null] }, { x: 'boolean' }).describe()).toEqual([{ name: 'x', kind: 'boolean', count: 0, missing: 1, distinct: 0 }]);
  });
});
