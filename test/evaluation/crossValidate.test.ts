import { describe, expect, it } from 'vitest';
import { cellAt } from '../../src/data/cellAt.js';
import { Frame } from '../../src/data/frame.js';
import type { TableLike } from '../../src/data/table.js';
import { isClientelaError } from '../../src/errors.js';
import { brierScore, crossValidate, rocAuc, type CrossValidateOptions } from '../../src/evaluation/index.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { createRandom } from '../../src/numeric/random.js';

interface Customer {
  readonly group: number;
  readonly x: number;
  readonly y: 'no' | 'yes';
}
const customers = ((): readonly Customer[] => {
  const random = createRandom(12);
  return Array.from({ length: 200 }, (_, i) => {
    const x = random.uniform();
    return Object.freeze({ group: Math.floor(i / 4), x, y: random.uniform() < x ? ('yes' as const) : ('no' as const) });
  });
})();

// The rows of the part of a table that fit and predict are given.
const rowsIn = <Row = Customer>(table: unknown): Row[] => {
  const { rowCount, names, column } = table as TableLike;
  return Array.from({ length: rowCount }, (_, row) => Object.fromEntries(names.map((name) => [name, cellAt(column(name), row)])) as Row);
};

// A model that knows only its training share and predicts a mix with x.
const fit = (train: unknown): { readonly share: number } => {
  const rows = rowsIn(train);
  return { share: rows.filter((row) => row.y === 'yes').length / rows.length };
};
const predict = (model: { readonly share: number }, test: unknown): number[] => rowsIn(test).map((row) => (model.share + row.x) / 2);

const failure = (run: () => unknown): { code: unknown; message: string } => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('crossValidate', () => {
  it('scores every row once, by a model that has not seen it', () => {
    const seen: number[][] = [];
    const result = crossValidate(customers, {
      target: 'y',
      fit: (train, rows) => {
        expect(rowsIn(train).map((row) => row.x)).toEqual([...rows].map((row) => customers[row]!.x));
        seen.push([...rows]);
        return { rows: new Set(rows), ...fit(train) };
      },
      predict: (model, test) => {
        for (const row of rowsIn(test)) expect(model.rows.has(customers.findIndex(({ x }) => x === row.x))).toBe(false);
        return predict(model, test);
      },
    });
    expect(seen.length).toBe(5);
    expect(result.outOfFold.every((score) => score >= 0 && score <= 1)).toBe(true);
    expect(result.folds.map((fold) => [fold.trainRows, fold.testRows])).toEqual(new Array(5).fill([160, 40]));
    expect([...result.labels]).toEqual(customers.map((row) => (row.y === 'yes' ? 1 : 0)));
    expect(result.stopped).toBe(false);
  });

  it('judges all out-of-fold scores together, with an interval from the folds', () => {
    const { metrics, folds, outOfFold, labels } = crossValidate(customers, { target: 'y', fit, predict });
    expect(Object.keys(metrics)).toEqual(['rocAuc', 'logLoss', 'brierScore', 'averagePrecision']);
    expect(metrics.rocAuc.estimate).toBe(rocAuc(labels, outOfFold));
    expect(metrics.brierScore.estimate).toBe(brierScore(labels, outOfFold));
    const values = folds.map((fold) => fold.metrics.rocAuc);
    const mean = values.reduce((a, b) => a + b) / 5;
    const standardError = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4 / 5);
    expect(metrics.rocAuc.standardError).toBeCloseTo(standardError, 12);
    expect(metrics.rocAuc.upper - metrics.rocAuc.estimate).toBeCloseTo(2.7764451051977934 * standardError, 10);
    const wider = crossValidate(customers, { target: 'y', fit, predict, confidence: 0.99 }).metrics.rocAuc;
    expect(wider.upper - wider.lower).toBeGreaterThan(metrics.rocAuc.upper - metrics.rocAuc.lower);
  });

  it('gives the same with rows, columns and a frame, and with the same seed', () => {
    const columns = { group: customers.map((row) => row.group), x: Float64Array.from(customers, (row) => row.x), y: customers.map((row) => row.y) };
    const options = { target: 'y' as const, fit: () => null, predict: (_: unknown, test: unknown) => rowsIn(test).map((row) => row.x), seed: 5 };
    const fromRows = crossValidate(customers, options);
    expect(crossValidate(customers, options)).toEqual(fromRows);
    expect(crossValidate(columns, options)).toEqual(fromRows);
    expect(crossValidate(Frame.fromRows(customers), options)).toEqual(fromRows);
    expect(crossValidate(customers, { ...options, seed: 6 }).folds).not.toEqual(fromRows.folds);
  });

  it('keeps the kind that a column has in all rows in every fold, also where a fold would show another', () => {
    // One customer's age is not known as a number: a column of categories, although four folds of five hold digits only.
    const rows = customers.map((row, i) => ({ ...row, age: i === 3 ? 'n/a' : String(20 + (i % 9)) }));
    const columns = { age: rows.map((row) => row.age), y: rows.map((row) => row.y), x: rows.map((row) => row.x) };
    for (const data of [rows, columns]) {
      const kinds: string[] = [];
      crossValidate(data as typeof rows, {
        target: 'y',
        fit: (train) => kinds.push(train.column('age').kind),
        predict: (_, test) => {
          kinds.push(test.column('age').kind);
          return rowsIn(test).map((row) => row.x);
        },
      });
      expect(kinds).toEqual(new Array(10).fill('category'));
      const learnt = crossValidate(data as typeof rows, { target: 'y', fit: (train) => fitLogisticRegression(train, { target: 'y', features: ['x', 'age'], ridge: 1 }) });
      expect(learnt.folds).toHaveLength(5);
    }
  });

  it('leaves columns alone that nobody asks for', () => {
    const rows = customers.map((row, i) => ({ ...row, odd: i === 0 ? new Date(0) : 'later' }));
    expect(crossValidate(rows, { target: 'y', fit: () => 0, predict: () => new Array<number>(40).fill(0.5), metrics: { brierScore } }).folds).toHaveLength(5);
  });

  it('asks the model for predictProbability when there is no predict', () => {
    const model = { predictProbability: (test: unknown) => Float64Array.from(rowsIn(test), (row) => row.x) };
    expect([...crossValidate(customers, { target: 'y', fit: () => model }).outOfFold]).toEqual(customers.map((row) => row.x));
    expect(failure(() => crossValidate(customers, { target: 'y', fit: () => ({}) })).code).toBe('INVALID_OPTION');
  });

  it('keeps groups together', () => {
    crossValidate(customers, {
      target: 'y',
      groups: 'group',
      fit: (train) => new Set(rowsIn(train).map((row) => row.group)),
      predict: (seen, test) =>
        rowsIn(test).map((row) => {
          expect(seen.has(row.group)).toBe(false);
          return row.x;
        }),
    });
  });

  it('takes groups named by text, and refuses a missing one', () => {
    const rows = customers.map((row) => ({ ...row, home: `home ${row.group}` }));
    const options = { target: 'y' as const, groups: 'home' as const, fit: () => 0, predict: (_: unknown, test: unknown) => rowsIn(test).map((row) => row.x) };
    expect(crossValidate(rows, options).folds.length).toBe(5);
    expect(failure(() => crossValidate(rows.map((row, i) => (i === 3 ? { ...row, home: '' } : row)), options)).code).toBe('MISSING_VALUE');
  });

  it('learns from strictly earlier rows only, given a time; the earliest get no score', () => {
    const rows = customers.map((row, i) => ({ ...row, day: new Date(Date.UTC(2026, 0, 1 + ((i * 37) % 100))) }));
    const result = crossValidate(rows, {
      target: 'y',
      time: 'day',
      folds: 4,
      fit: (train) => Math.max(...rowsIn<(typeof rows)[number]>(train).map((row) => row.day.getTime())),
      predict: (last, test) =>
        rowsIn<(typeof rows)[number]>(test).map((row) => {
          expect(row.day.getTime()).toBeGreaterThan(last);
          return row.x;
        }),
    });
    expect(result.folds.map((fold) => fold.trainRows)).toEqual([40, 80, 120, 160]);
    expect(result.outOfFold.filter(Number.isNaN).length).toBe(40);
    expect(result.metrics.rocAuc.estimate).toBeGreaterThan(0.6);
  });

  it('takes the folds row by row', () => {
    const folds = customers.map((_, i) => i % 3);
    const result = crossValidate(customers, {
      target: 'y',
      folds,
      fit: (_, rows) => {
        expect(new Set([...rows].map((row) => row % 3)).size).toBe(2);
        return 0;
      },
      predict: (_, test) => rowsIn(test).map((row) => row.x),
    });
    expect(result.folds.map((fold) => fold.testRows)).toEqual([67, 67, 66]);
  });

  it('weighs the metrics by a column or an array', () => {
    const rows = customers.map((row, i) => ({ ...row, w: i % 3 }));
    const options = { target: 'y' as const, fit, predict };
    const byColumn = crossValidate(rows, { ...options, weights: 'w' });
    expect(crossValidate(rows, { ...options, weights: rows.map((row) => row.w) })).toEqual(byColumn);
    expect(byColumn.metrics.rocAuc.estimate).toBe(rocAuc(byColumn.labels, byColumn.outOfFold, rows.map((row) => row.w)));
    expect(byColumn.metrics.rocAuc.estimate).not.toBe(crossValidate(rows, options).metrics.rocAuc.estimate);
  });

  it('takes other metrics, which need not be about probabilities', () => {
    const result = crossValidate(customers, {
      target: 'y',
      positive: 'no',
      fit: () => 0,
      predict: (_, test) => rowsIn(test).map((row) => -10 * row.x),
      metrics: { auc: rocAuc, events: (labels) => Array.from(labels).reduce((a, b) => a + b, 0) },
    });
    expect(result.metrics.auc.estimate).toBeGreaterThan(0.7);
    expect(result.metrics.events.estimate).toBe(customers.filter((row) => row.y === 'no').length);
  });

  it('reports progress and stops when told, judging what was done', () => {
    const told: unknown[] = [];
    const result = crossValidate(customers, {
      target: 'y',
      fit,
      predict,
      onProgress: (progress) => {
        told.push(progress);
        return progress.done < 2;
      },
    });
    expect(told).toEqual(result.folds.map((fold, i) => ({ done: i + 1, total: 5, objective: fold.metrics.rocAuc })));
    expect(result.folds.length).toBe(2);
    expect(result.stopped).toBe(true);
    expect(result.outOfFold.filter(Number.isNaN).length).toBe(120);
    const alone = crossValidate(customers, { target: 'y', fit, predict, onProgress: () => false });
    expect(alone.metrics.rocAuc).toMatchObject({ lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY, standardError: Number.POSITIVE_INFINITY });
  });
});

describe('crossValidate refuses', () => {
  type Options = CrossValidateOptions<'group' | 'x' | 'y', { readonly share: number }, 'auc'>;
  const run = (change: Partial<Options>): unknown => crossValidate(customers, { target: 'y', fit, predict, metrics: { auc: rocAuc }, ...change });
  it.each([
    ['an unknown option', { fold: 5 } as Partial<Options>, 'INVALID_OPTION'],
    ['a target that is not there', { target: 'z' as 'y' }, 'UNKNOWN_COLUMN'],
    ['a target of amounts without metrics', { target: 'x', metrics: undefined as never }, 'INVALID_OPTION'],
    ['one fold', { folds: 1 }, 'INVALID_OPTION'],
    ['a confidence of 1', { confidence: 1 }, 'INVALID_OPTION'],
    ['groups and time together', { groups: 'group', time: 'x' }, 'INVALID_OPTION'],
    ['groups and given folds', { groups: 'group', folds: customers.map((_, i) => i % 2) }, 'INVALID_OPTION'],
    ['too few given folds', { folds: [0, 1] }, 'LENGTH_MISMATCH'],
    ['given folds with a gap', { folds: customers.map((_, i) => 2 * (i % 2)) }, 'INVALID_OPTION'],
    ['given folds that are not numbers of folds', { folds: customers.map((_, i) => i % 2 - 0.5) }, 'INVALID_OPTION'],
    ['a time that is no date or number', { time: 'y' }, 'COLUMN_KIND'],
    ['a horizon of numbers as time', { time: 'x', horizon: { days: 3 } }, 'COLUMN_KIND'],
    ['no way of learning', { fit: undefined as never }, 'INVALID_OPTION'],
    ['a metric that would leave weights out', { weights: customers.map(() => 2), metrics: { auc: (labels, scores) => rocAuc(labels, scores) } }, 'INVALID_OPTION'],
    ['too few predictions', { predict: () => [0.5] }, 'LENGTH_MISMATCH'],
    ['predictions that are not finite', { predict: (_, test) => rowsIn(test).map(() => Number.NaN) }, 'NON_FINITE_VALUE'],
    ['negative weights', { weights: customers.map(() => -1) }, 'INVALID_VALUE'],
    ['folds of one label', { stratify: false, folds: customers.map((row) => (row.y === 'yes' ? 1 : 0)) }, 'TARGET_CLASSES'],
  ] as readonly (readonly [string, Partial<Options>, string])[])('%s', (_, change, code) => {
    expect(failure(() => run(change)).code).toBe(code);
  });

  it('a missing target, naming the row', () => {
    const rows = customers.map((row, i) => (i === 7 ? { ...row, y: null } : row));
    expect(failure(() => crossValidate(rows, { target: 'y', fit: () => 0, predict: () => [] })).message).toContain('row 7');
  });

  it('times too few to cut, or missing', () => {
    const rows = customers.map((row, i) => ({ ...row, week: i % 3 }));
    const options = { target: 'y' as const, time: 'week' as const, fit: () => 0, predict: () => [] };
    expect(failure(() => crossValidate(rows, options)).code).toBe('INVALID_OPTION');
    expect(failure(() => crossValidate(rows.map((row) => ({ ...row, week: row.x > 0.5 ? 1 : Number.NaN })), options)).code).toBe('MISSING_VALUE');
  });

  it('passes other errors of a metric on as they are', () => {
    const broken = new RangeError('mine');
    const metrics = {
      auc: () => {
        throw broken;
      },
    };
    expect(() => run({ metrics })).toThrow(broken);
  });
});
