import { afterEach, describe, expect, it, vi } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import type { TableInput } from '../../src/data/table.js';
import { isClientelaError } from '../../src/errors.js';
import { createRandom, shuffle } from '../../src/numeric/random.js';
import { customers, type Customer } from './customers.js';
import { models } from './models.js';

const rows = customers();
const later = customers(40, 12);
const columnsOf = (from: readonly Customer[]): Record<keyof Customer, ArrayLike<unknown>> => ({
  age: Float64Array.from(from, (row) => row.age ?? NaN),
  visits: Int32Array.from(from, (row) => row.visits),
  plan: from.map((row) => row.plan),
  active: from.map((row) => row.active),
  bought: from.map((row) => row.bought),
});
const deepFrozen = (): readonly Customer[] => Object.freeze(rows.map((row) => Object.freeze({ ...row })));
const errorOf = (run: () => unknown): { code: string; message: string } => {
  try {
    run();
  } catch (error) {
    if (isClientelaError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: 'none', message: '' };
};
const allFinite = (value: unknown): boolean =>
  typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object' || value === null || Object.values(value).every(allFinite);

/** Every message: starts with the function, names what was found, no final period. */
const expectGrammar = (message: string): void => {
  expect(message).toMatch(/^[A-Za-z.]+ \w/);
  expect(message.endsWith('.')).toBe(false);
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(models)('$format', ({ format, fit, fromJSON, predict, predictRow, predictCaller, isProbability, hasTarget, takesWeights, needs = 'plan' }) => {
  const model = fit(rows);
  const predictions = Array.from(predict(model, later));
  const width = predictions.length / later.length;

  it('gives the same model for the same input', () => {
    expect(JSON.stringify(fit(rows))).toBe(JSON.stringify(model));
  });

  it('leaves its input as it was: frozen rows serve', () => {
    expect(JSON.stringify(fit(deepFrozen()))).toBe(JSON.stringify(model));
    const columns = columnsOf(later);
    const before = JSON.stringify(columns);
    predict(model, columns);
    expect(JSON.stringify(columns)).toBe(before);
  });

  it('is not changed by predicting', () => {
    const before = JSON.stringify(model);
    predict(model, later);
    expect(JSON.stringify(model)).toBe(before);
  });

  it('survives JSON to the bit, in finite plain numbers and names', () => {
    const json: unknown = JSON.parse(JSON.stringify(model));
    expect(json).toMatchObject({ format, formatVersion: expect.any(Number) as number });
    expect(allFinite(json)).toBe(true);
    const back = fromJSON(json);
    expect(JSON.stringify(back)).toBe(JSON.stringify(model));
    expect(Array.from(predict(back, later))).toEqual(predictions);
  });

  it('refuses JSON of another format, of a newer version, and damaged JSON', () => {
    const json = JSON.parse(JSON.stringify(model)) as Record<string, unknown>;
    for (const bad of [null, 'text', {}, { ...json, format: 'Other' }, { format, formatVersion: 1 }]) expect(errorOf(() => fromJSON(bad)).code).toBe('MODEL_FORMAT');
    expect(errorOf(() => fromJSON({ ...json, formatVersion: 99 })).code).toBe('MODEL_VERSION');
    expectGrammar(errorOf(() => fromJSON({})).message);
  });

  it('takes rows, columns, typed arrays and a frame alike', () => {
    for (const form of [columnsOf, Frame.fromRows] as ((from: readonly Customer[]) => TableInput<keyof Customer>)[]) {
      expect(JSON.stringify(fit(form(rows)))).toBe(JSON.stringify(model));
      expect(Array.from(predict(model, form(later)))).toEqual(predictions);
    }
  });

  it('predicts a subset of the rows as it predicts them among the others', () => {
    const some = [3, 17, 18, 39];
    expect(Array.from(predict(model, some.map((i) => later[i]!)))).toEqual(some.flatMap((i) => predictions.slice(i * width, (i + 1) * width)));
    expect(predict(model, []).length).toBe(0);
  });

  it.runIf(predictRow)('predicts one row as it predicts a batch', () => {
    later.forEach((row, i) => expect(predictRow!(model, row)).toBe(predictions[i]));
  });

  it('does not depend on the order of the rows', () => {
    const shuffled = fit(shuffle([...rows], createRandom(5)));
    // A score is validated on folds drawn by chance, so only its penalty may differ: then its probabilities stay near.
    const tolerance = format === 'TargetScore' ? 0.05 : 1e-9;
    const again = predict(shuffled, later);
    predictions.forEach((value, i) => expect(Math.abs(again[i]! - value)).toBeLessThan(tolerance));
  });

  it('uses neither chance, nor the clock, nor the console', () => {
    const forbidden = (): never => {
      throw new Error('impure');
    };
    vi.spyOn(Math, 'random').mockImplementation(forbidden);
    vi.spyOn(Date, 'now').mockImplementation(forbidden);
    for (const method of ['log', 'warn', 'error', 'info', 'debug'] as const) vi.spyOn(console, method).mockImplementation(forbidden);
    expect(Array.from(predict(fit(rows), later))).toEqual(predictions);
  });

  it.runIf(isProbability)('gives probabilities between 0 and 1', () => {
    for (const p of predictions) expect(p > 0 && p < 1).toBe(true);
  });

  it('ignores columns it does not know, and names one that is missing', () => {
    expect(Array.from(predict(model, later.map((row) => ({ ...row, extra: 'x' }))))).toEqual(predictions);
    const { code, message } = errorOf(() => predict(model, later.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== needs)))));
    expect(code).toBe('UNKNOWN_COLUMN');
    expect(message).toContain(`${predictCaller} found no column "${needs}"`);
  });

  it('takes missing values and unseen categories, and refuses infinite numbers and text for a number', () => {
    const odd = predict(model, [{ age: null, visits: null, plan: 'platinum', active: null }]);
    expect(Array.from(odd).every(Number.isFinite)).toBe(true);
    const infinite = errorOf(() => predict(model, [{ ...later[0]!, visits: Infinity }]));
    expect(infinite.code).toBe('NON_FINITE_VALUE');
    expect(infinite.message).toContain('column "visits", row 0');
    const text = errorOf(() => predict(model, [later[0]!, { ...later[1]!, visits: 'many' }]));
    expect(text.code).toBe('INVALID_VALUE');
    expect(text.message).toContain('"visits"');
    expect(text.message).toContain('row 1');
    expectGrammar(text.message);
  });

  it('refuses no rows, and one class, saying what the data lack', () => {
    const empty = errorOf(() => fit([]));
    expect(empty.code).toBe('EMPTY_INPUT');
    expectGrammar(empty.message);
    if (!hasTarget) return;
    const oneClass = errorOf(() => fit(rows.map((row) => ({ ...row, bought: 'no' }))));
    expect(oneClass.code).toBe('TARGET_CLASSES');
    expectGrammar(oneClass.message);
    expect(['TARGET_CLASSES', 'EMPTY_INPUT']).toContain(errorOf(() => fit(rows.slice(0, 1))).code);
  });

  it('takes a constant column and values of 1e9', () => {
    const wide = (from: readonly Customer[]): TableInput<keyof Customer> => from.map((row) => ({ ...row, age: 7, visits: 1e9 + row.visits }));
    const fitted = fit(wide(rows));
    expect(Array.from(predict(fitted, wide(later))).every(Number.isFinite)).toBe(true);
  });

  it.runIf(takesWeights)('takes a weight of 2 for the row twice, and a weight of 0 for no row', () => {
    const weights = Float64Array.from(rows, (_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row));
    const [weighted, plain] = [predict(fit(rows, weights), later), predict(fit(repeated), later)];
    expect(weighted.length).toBe(plain.length);
    for (let i = 0; i < plain.length; i++) expect(weighted[i]).toBeCloseTo(plain[i]!, 9);
  });
});
