import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Encoding } from '../../src/data/encoding.js';
import { fitEncoding } from '../../src/data/fitEncoding.js';
import { Frame } from '../../src/data/frame.js';
import type { TableInput } from '../../src/data/table.js';

const rows = [
  { age: 20, plan: 'gold', active: true },
  { age: 40, plan: 'basic', active: false },
  { age: null, plan: 'silver', active: true },
  { age: 60, plan: 'basic', active: null },
];

describe('fitEncoding', () => {
  it('gives numbers, indicators of missing ones, and a 0/1 column for each level but the first by code unit', () => {
    const encoding = fitEncoding(rows, { standardise: false });
    expect(encoding.features).toEqual(['age', 'plan', 'active']);
    expect(encoding.columnNames).toEqual(['age', 'age is missing', 'plan=gold', 'plan=silver', 'active', 'active is missing']);
    expect(encoding.encode(rows)).toEqual({
      // By hand: the mean of 20, 40, 60 is 40; active is true in 2 of 3 known rows.
      values: new Float64Array([
        20, 0, 1, 0, 1, 0,
        40, 0, 0, 0, 0, 0,
        40, 1, 0, 1, 1, 0,
        60, 0, 0, 0, 1 - 1 / 3, 1,
      ]),
      rowCount: 4,
      columnCount: 6,
      columnNames: encoding.columnNames,
    });
  });

  it('standardises by default: every column has mean 0 and population standard deviation 1', () => {
    const { values, rowCount, columnCount } = fitEncoding(rows).encode(rows);
    for (let j = 0; j < columnCount; j++) {
      const column = Array.from({ length: rowCount }, (_, i) => values[i * columnCount + j]!);
      expect(column.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 12);
      // Filled values stand at the mean, so the spread of a column with missing values is that of its filled form.
      expect(column.reduce((sum, x) => sum + x * x, 0) / rowCount).toBeCloseTo(1, 12);
    }
  });

  it('takes the same columns from rows, columns and a frame', () => {
    const encoding = fitEncoding(rows);
    const columns = { active: rows.map((r) => r.active), plan: rows.map((r) => r.plan), age: Float64Array.from(rows, (r) => r.age ?? NaN) };
    for (const data of [columns, Frame.fromRows(rows)] as TableInput[]) {
      expect(fitEncoding(data, { features: ['age', 'plan', 'active'] }).toJSON()).toEqual(encoding.toJSON());
      expect(encoding.encode(data)).toEqual(encoding.encode(rows));
    }
    const asText = Frame.fromRows(rows.map((r) => ({ ...r, age: r.age ?? '' })), { age: 'category', active: 'category' });
    expect(() => encoding.encode(asText)).toThrow('reads column "active" as numbers, found "true" in row 0');
    expect(encoding.encode(asText.withColumn('active', [1, 0, 1, null]))).toEqual(encoding.encode(rows));
  });

  it('takes an unseen level for the average customer, a missing value too, and says so', () => {
    const encoding = fitEncoding([{ plan: 'a' }, { plan: 'b' }, { plan: 'b' }, { plan: 'c' }], { standardise: false });
    const later = [{ plan: 'z' }, { plan: null }, { plan: 'c' }, { plan: 'z' }];
    expect([...encoding.encode(later).values]).toEqual([0.5, 0.25, 0.5, 0.25, 0, 1, 0.5, 0.25]);
    expect(encoding.unseen(later)).toEqual([
      { column: 'plan', value: 'z', rows: 2, takenAs: 'average' },
      { column: 'plan', value: null, rows: 1, takenAs: 'average' },
    ]);
    const standardised = fitEncoding([{ plan: 'a' }, { plan: 'b' }]);
    expect([...standardised.encode([{ plan: 'z' }]).values]).toEqual([0]);
  });

  it('pools rare levels as (other), and unseen ones with them; missing is a level of its own', () => {
    const cells = ['a', 'a', 'b', 'c', null, 'd', 'd'];
    const encoding = fitEncoding(cells.map((plan) => ({ plan })), { minLevelCount: 2, standardise: false });
    expect(encoding.columnNames).toEqual(['plan=d', 'plan=(other)', 'plan=(missing)']);
    expect([...encoding.encode([{ plan: 'b' }, { plan: 'z' }, { plan: ' ' }, { plan: 'a' }]).values]).toEqual([0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
    expect(encoding.unseen([{ plan: 'b' }, { plan: 'z' }, { plan: null }])).toEqual([{ column: 'plan', value: 'z', rows: 1, takenAs: 'other' }]);
  });

  it('tells a number that is missing for the first time', () => {
    const encoding = fitEncoding([{ age: 1 }, { age: 3 }]);
    expect(encoding.unseen([{ age: null }, { age: 2 }])).toEqual([{ column: 'age', value: null, rows: 1, takenAs: 'average' }]);
    expect(encoding.unseen([{ age: 9 }])).toEqual([]);
    expect(fitEncoding([{ age: 1 }, { age: null }]).unseen([{ age: null }])).toEqual([]);
    expect([...encoding.encode([{ age: null }]).values]).toEqual([0]);
  });

  it('leaves out identifiers and what is to be excluded, and refuses what is no feature', () => {
    const frame = Frame.fromRows(rows.map((r, i) => ({ id: `c${i}`, ...r, at: '2026-01-01' })), { id: 'id', at: 'date' });
    expect(fitEncoding(frame, { exclude: ['active', 'at'] }).features).toEqual(['age', 'plan']);
    expect(() => fitEncoding(frame)).toThrow('fitEncoding cannot use column "at" of kind date; turn it into days before a date, or leave it out of features');
    expect(() => fitEncoding(frame, { features: ['id'] })).toThrow('an identifier is no feature');
    expect(() => fitEncoding(frame, { features: ['plann' as 'plan'] })).toThrow('did you mean "plan"?');
    expect(() => fitEncoding(frame, { features: [] })).toThrow('needs at least one feature');
    expect(() => fitEncoding([])).toThrow('fitEncoding needs at least one row, found none');
    const ids = Array.from({ length: 600 }, (_, i) => ({ id: `c${i}` }));
    expect(() => fitEncoding(ids)).toThrow('found 600 levels in 600 rows of column "id": it looks like an identifier');
    expect(() => fitEncoding(rows, { maxLevels: 0 })).toThrow('needs maxLevels of 1 or more, found 0');
  });

  it('refuses what is misspelt, so that no target becomes a feature', () => {
    const wrong = (options: object): (() => unknown) => () => fitEncoding(rows, options);
    expect(wrong({ exclude: ['actve'] })).toThrow('fitEncoding found no column "actve"; did you mean "active"?');
    expect(wrong({ exclude: 'active' })).toThrow('fitEncoding needs exclude as an array of names, found "active"');
    expect(wrong({ features: 'age' })).toThrow('fitEncoding needs features as an array of names, found "age"');
    expect(wrong({ feature: ['age'] })).toThrow('fitEncoding knows no option "feature"');
    expect(wrong({ features: ['age', 'plan', 'age'] })).toThrow('fitEncoding found "age" twice in features');
    for (const value of ['5', NaN, -1, null]) expect(wrong({ minLevelCount: value })).toThrow('needs minLevelCount of 0 or more, found');
    for (const value of ['5', NaN, null]) expect(wrong({ maxLevels: value, features: ['age'] })).toThrow('needs maxLevels of 1 or more, found');
  });

  it('counts a level of the data called (other) or (missing) with what it calls so itself', () => {
    const cells = ['a', 'a', 'b', '(other)', '(missing)', null, 'd', 'd'];
    const encoding = fitEncoding(cells.map((plan) => ({ plan })), { minLevelCount: 2, standardise: false });
    expect(encoding.columnNames).toEqual(['plan=d', 'plan=(other)', 'plan=(missing)']);
    expect(encoding.toJSON().terms[0]).toMatchObject({ levels: ['a', 'd', '(other)', '(missing)'], pooled: ['b'], shares: [0.25, 0.25, 0.25] });
    const [b, other, missing, absent] = ['b', '(other)', '(missing)', null].map((plan) => [...encoding.encode([{ plan }]).values]);
    expect(b).toEqual([0, 1, 0]);
    expect(other).toEqual(b);
    expect(missing).toEqual([0, 0, 1]);
    expect(absent).toEqual(missing);
  });

  it('names the row of an infinite number, in training and later', () => {
    expect(() => fitEncoding([{ age: 1 }, { age: -Infinity }])).toThrow('needs finite numbers, found -Infinity in column "age", row 1');
    expect(() => fitEncoding([{ age: 1 }]).encode([{ age: Infinity }])).toThrow('Encoding.encode needs finite numbers, found Infinity in column "age", row 0');
    expect(() => fitEncoding([{ age: 1 }]).encode([{ age: 'old' }])).toThrow('Encoding.encode reads column "age" as numbers, found "old" in row 0');
    expect(() => fitEncoding([{ plan: 'x' }]).encode([{ plan: {} }])).toThrow('reads column "plan" as categories, found an object in row 0');
    expect([...fitEncoding([{ age: 1 }, { age: 3 }], { standardise: false }).encode([{ age: ' 2.5 ' }, { age: true }, { age: 4n }]).values]).toEqual([2.5, 1, 4]);
  });

  it('gives a constant column the value 0, also at a scale of 1e9, and a column all missing too', () => {
    expect([...fitEncoding([{ x: 1e9 + 0.1 }, { x: 1e9 + 0.1 }, { x: 1e9 + 0.1 }]).encode([{ x: 1e9 + 0.1 }]).values]).toEqual([0]);
    expect([...fitEncoding([{ x: null }, { x: null }]).encode([{ x: null }, { x: 2 }]).values]).toEqual([0, 0, 2, -1]);
    const { values } = fitEncoding([{ x: 1e9 }, { x: 1e9 + 1 }]).encode([{ x: 1e9 }, { x: 1e9 + 1 }]);
    expect([...values]).toEqual([-1, 1]);
  });

  it('does not depend on the order of the rows, and weight 2 is the row twice, weight 0 no row', () => {
    const row = fc.record({ age: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.constant(null)), plan: fc.constantFrom('a', 'b', 'c', null) });
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 12 }), (weighted) => {
        fc.pre(weighted.some(([, weight]) => weight > 0));
        const repeated = weighted.flatMap(([r, weight]) => Array.from({ length: weight }, () => r));
        const schema = { age: 'number', plan: 'category' } as const;
        const byWeight = fitEncoding(Frame.fromRows(weighted.map(([r]) => r), schema), { weights: Float64Array.from(weighted, ([, weight]) => weight) });
        const byRows = fitEncoding(Frame.fromRows([...repeated].reverse(), schema));
        expect(byWeight.columnNames).toEqual(byRows.columnNames);
        const probe = repeated.slice(0, 3);
        const [a, b] = [byWeight.encode(probe).values, byRows.encode(probe).values];
        for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i]!, 9);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('comes back from JSON to the bit', () => {
    const encoding = fitEncoding(rows);
    const back = Encoding.fromJSON(JSON.parse(JSON.stringify(encoding)));
    expect(back.toJSON()).toEqual(encoding.toJSON());
    expect(back.encode(rows)).toEqual(encoding.encode(rows));
    expect(() => Encoding.fromJSON({ format: 'Encoding', formatVersion: 1 })).toThrow('the JSON is damaged');
  });
});
