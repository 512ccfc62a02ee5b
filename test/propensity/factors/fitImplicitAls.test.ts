import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Holdings } from '../../../src/data/holdings.js';
import { fitImplicitAls } from '../../../src/propensity/factors/fitImplicitAls.js';
import { ImplicitAls } from '../../../src/propensity/factors/implicitAls.js';
import { errorCode } from '../../errorCode.js';
import { drawHeld, setsOf } from './factorCases.js';

const NAMES = ['account', 'bond', 'card', 'deposit', 'fund', 'loan', 'pension', 'shares'];
const holdings = ((): Holdings => {
  const sets = setsOf(drawHeld(60, 8, 11, 0.35));
  const rows = sets.flatMap((set, customer) => set.map((c) => ({ customer, product: NAMES[c]! })));
  return Holdings.fromRows(rows, { customer: 'customer', product: 'product' }, { customers: sets.map((_, c) => c), products: NAMES });
})();
const model = fitImplicitAls(holdings, { factors: 3 });

describe('fitImplicitAls', () => {
  it('learns from holdings with defaults fit for a portfolio, which the model tells', () => {
    const found = fitImplicitAls(holdings);
    expect(found.products).toEqual(NAMES);
    expect(found.factors).toHaveLength(64);
    expect(found.alpha).toBe(20);
    expect(found.ridge).toBeGreaterThan(10);
    expect(found.convergence.iterations).toBe(found.losses.length);
    expect(fitImplicitAls(holdings, { solver: 'cholesky' }).losses.at(-1)! / found.losses.at(-1)!).toBeCloseTo(1, 4);
  });

  it('tells each sweep and stops when asked to', () => {
    const seen: unknown[] = [];
    const stopped = fitImplicitAls(holdings, { sweeps: 9, onProgress: (progress) => seen.push(progress) < 2 });
    expect(seen).toEqual([{ done: 1, total: 9, objective: stopped.losses[0] }, { done: 2, total: 9, objective: stopped.losses[1] }]);
    expect(stopped.convergence.reason).toBe('stopped by onProgress');
  });

  it('refuses what it cannot use, saying what it needs', () => {
    const refused = (options: object, data: unknown = holdings): string => errorCode(() => fitImplicitAls(data as Holdings, options)) ?? 'none';
    for (const options of [{ ridge: 0 }, { ridge: -1 }, { ridge: NaN }, { alpha: -0.1 }, { alpha: Infinity }, { factors: 0 }, { factors: 2.5 }, { sweeps: 0 }, { tolerance: -1 }, { solver: 'lu' }, { seed: 0.5 }, { regularisation: 1 }]) {
      expect(refused(options), JSON.stringify(options)).toBe('INVALID_OPTION');
    }
    expect(() => fitImplicitAls(holdings, { ridge: 0 })).toThrow('fitImplicitAls needs ridge above 0, found 0');
    expect(refused({ factors: 2, start: [1, 2] })).toBe('LENGTH_MISMATCH');
    expect(() => fitImplicitAls(holdings, { factors: 1, start: [0, 1, 2, NaN, 4, 5, 6, 7] })).toThrow('fitImplicitAls needs finite numbers as start, found NaN at 3');
    expect(refused({}, [])).toBe('INVALID_INPUT');
    expect(refused({}, Holdings.fromRows([] as { a: string; b: string }[], { customer: 'a', product: 'b' }, { customers: [1], products: ['x', 'y'] }))).toBe('EMPTY_INPUT');
    expect(refused({}, Holdings.fromRows([{ a: 1, b: 'x' }], { customer: 'a', product: 'b' }))).toBe('NOT_IDENTIFIED');
  });
});

describe('ImplicitAls', () => {
  it('scores known and new customers by the same reckoning, products in any order', () => {
    const scores = model.scores(holdings);
    expect(scores).toHaveLength(60 * 8);
    const [who] = holdings.customers.filter((customer) => holdings.productsOf(customer).length === 2);
    const held = holdings.productsOf(who!);
    const stranger = Holdings.fromRows([{ c: 'new', p: held[1]! }, { c: 'new', p: 'bitcoin' }, { c: 'new', p: held[0]! }], { customer: 'c', product: 'p' });
    const row = holdings.indexOf(who!);
    expect(model.scores(stranger)).toEqual(scores.slice(row * 8, row * 8 + 8));
    const [nobody] = holdings.customers.filter((customer) => holdings.productsOf(customer).length === 0);
    expect(model.scores(holdings.forCustomers([nobody!]))).toEqual(new Float64Array(8));
  });

  it('gives customers factors whose products with those of the products are the scores', () => {
    const factors = model.customerFactors(holdings);
    const scores = model.scores(holdings);
    holdings.customers.forEach((customer, r) => {
      NAMES.forEach((name, c) => {
        if (holdings.holds(customer, name)) return;
        let score = 0;
        for (let k = 0; k < 3; k++) score += factors[r * 3 + k]! * model.factors[c * 3 + k]!;
        expect(scores[r * 8 + c]).toBeCloseTo(score, 12);
      });
    });
  });

  it('recommends what is not held, the best first', () => {
    const { offsets, columns, scores, unknownProducts } = model.recommend(holdings, { count: 3 });
    holdings.customers.forEach((customer, r) => {
      const names = Array.from(columns.subarray(offsets[r], offsets[r + 1]), (column) => model.products[column]!);
      expect(names).toHaveLength(Math.min(3, 8 - holdings.productsOf(customer).length));
      for (const name of names) expect(holdings.holds(customer, name)).toBe(false);
      const own = scores.subarray(offsets[r], offsets[r + 1]);
      expect([...own]).toEqual([...own].sort((a, b) => b - a));
    });
    expect(unknownProducts).toEqual([]);
  });

  it('explains a score, held or not, by contributions that add up to it', () => {
    const scores = model.scores(holdings);
    const [who] = holdings.customers.filter((customer) => holdings.productsOf(customer).length === 4);
    const held = holdings.productsOf(who!);
    NAMES.forEach((name, c) => {
      const { score, contributions, product } = model.explain(held, name);
      expect(product).toBe(name);
      expect(score).toBeCloseTo(scores[holdings.indexOf(who!) * 8 + c]!, 12);
      expect(contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 12);
      expect(contributions.map((part) => part.product).sort()).toEqual(held.filter((other) => other !== name).sort());
    });
    expect(model.explain(['bitcoin'], 'card')).toEqual({ product: 'card', score: 0, contributions: [], unknownProducts: ['bitcoin'] });
    expect(errorCode(() => model.explain([], 'bitcoin'))).toBe('UNKNOWN_COLUMN');
  });

  it('survives JSON to the bit, with nothing of the customers in it', () => {
    const text = JSON.stringify(model);
    const again = ImplicitAls.fromJSON(JSON.parse(text));
    expect(again.scores(holdings)).toEqual(model.scores(holdings));
    expect(again.toJSON()).toEqual(model.toJSON());
    const grown = Holdings.fromRows([...holdings.toRows(), ...holdings.toRows().map((row) => ({ ...row, customer: 100 + Number(row.customer) }))], { customer: 'customer', product: 'product' });
    const factorCount = (of: ImplicitAls): number => JSON.stringify(of.toJSON().factors).split(',').length;
    expect(factorCount(fitImplicitAls(grown, { factors: 3 }))).toBe(factorCount(model));
  });

  it('refuses JSON of another format or a newer version, and holdings it knows nothing of', () => {
    const state = model.toJSON();
    expect(errorCode(() => ImplicitAls.fromJSON({ ...state, format: 'Ease' }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => ImplicitAls.fromJSON({ ...state, formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(() => ImplicitAls.fromJSON({ ...state, factors: state.factors.slice(1) })).toThrow('ImplicitAls.fromJSON needs as many factors for each of 8 products, found 23 in all');
    expect(errorCode(() => model.scores([] as unknown as Holdings))).toBe('INVALID_INPUT');
    expect(() => model.recommend(Holdings.fromRows([{ c: 1, p: 'cart' }], { customer: 'c', product: 'p' }))).toThrow('did you mean "card"');
  });

  it('reads the first version as it was stored', () => {
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../formats/holdings/ImplicitAls.v1.json'), 'utf8')) as { model: unknown; held: string[][]; predictions: number[] };
    const rows = stored.held.flatMap((products, customer) => products.map((product) => ({ customer, product })));
    const scores = ImplicitAls.fromJSON(stored.model).scores(Holdings.fromRows(rows, { customer: 'customer', product: 'product' }));
    expect(scores).toHaveLength(stored.predictions.length);
    stored.predictions.forEach((value, i) => expect(scores[i]).toBeCloseTo(value, 12));
  });
});
