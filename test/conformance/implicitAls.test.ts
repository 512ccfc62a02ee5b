import { expect, it } from 'vitest';
import { Holdings } from '../../src/data/holdings.js';
import { rankingMetrics, splitHoldings } from '../../src/evaluation/index.js';
import { fitImplicitAls, type ImplicitAls } from '../../src/propensity/index.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';
import { mulberry32 } from './mulberry32.js';

const DATA = 'data/propensity/msweb.csv';
const GOLDEN = 'golden/propensity/goldens.json';

interface Golden {
  readonly msweb: { readonly popularity: { readonly ndcg10: number }; readonly implicit_als_best_of_21: { readonly ndcg10: number } };
  readonly tiny: { readonly als_1sweep: { readonly V0: number[][]; readonly lambda: number; readonly alpha: number; readonly V: number[][]; readonly loss: number } };
}

describeWithShared('implicit factors on MSWeb (32,710 visitors, 285 areas; UCI, CC BY 4.0)', [DATA, GOLDEN], () => {
  const golden = readGolden<Golden>(GOLDEN);
  const rows = readCsv(DATA);
  // Names of one width stand in the order of the numbers.
  const all = Holdings.fromColumns({ user: Int32Array.from(rows, (row) => Number(row['user'])), item: rows.map((row) => row['item']!.padStart(3, '0')) }, { customer: 'user', product: 'item' });
  const draw = mulberry32(7);
  const { train, test } = splitHoldings(all, { draws: Float64Array.from({ length: all.count }, draw) });

  // The start of the reference scripts: customers row by row, then products; only those of the products matter to an exact solver.
  const numbers = mulberry32(42);
  const start = Float64Array.from({ length: (32_710 + 285) * 32 }, () => (numbers() - 0.5) * 0.1).subarray(32_710 * 32);
  const options = { factors: 32, alpha: 19, ridge: 200, tolerance: 0, start };
  const exact = fitImplicitAls(train, { ...options, solver: 'cholesky' });
  const ndcg = (model: ImplicitAls): number => rankingMetrics(model, test, { held: train, minHeld: 1 }).metrics['ndcg@10'].estimate;

  it('gives one sweep of the tiny example to 1e-9', () => {
    const { V0, lambda, alpha, V, loss } = golden.tiny.als_1sweep;
    const tiny = Holdings.fromTable([{ id: 1, a: 1, b: 1, c: 0, d: 0 }, { id: 2, a: 1, b: 0, c: 1, d: 0 }, { id: 3, a: 0, b: 1, c: 1, d: 1 }], { customer: 'id', products: ['a', 'b', 'c', 'd'] });
    const model = fitImplicitAls(tiny, { factors: 2, alpha, ridge: lambda, sweeps: 1, solver: 'cholesky', start: V0.flat() });
    V.flat().forEach((value, i) => expect(Math.abs(model.factors[i]! - value)).toBeLessThan(1e-9));
    expect(model.losses[0]! / loss).toBeCloseTo(1, 9);
  });

  // Figures of exact alternating least squares written out in numpy 2.4.6 (each row by numpy.linalg.solve), made for this test.
  it('gives the losses of sweeps written out in numpy to a relative 1e-7', () => {
    const expected = [1431527.819729, 716762.927112, 683581.699414, 676705.592933, 674067.261558, 672814.10392, 672129.88818, 671713.222456, 671439.542802, 671250.616276, 671115.426192, 671015.731820, 670940.155292, 670881.363103, 670834.529532];
    expect(exact.losses).toHaveLength(15);
    exact.losses.forEach((loss, i) => expect(Math.abs(loss / expected[i]! - 1)).toBeLessThan(1e-7));
  });

  it('gives its scores to a relative 1e-7, of held products as if they were not held', () => {
    const scoreOf = (customer: number, product: number): number => exact.scores(train.forCustomers([customer]))[product - 1]!;
    const open = [[1, 1, 0.059722978532], [1, 4, 0.104445930697], [10, 9, 0.152882869207], [32710, 18, 0.094799224927]] as const;
    const held = [[10, 1, 0.629523985597], [10, 11, 0.264905012310], [10, 12, 0.351391538851], [19, 3, 0.344949535921], [19, 18, 0.850029987064], [19, 19, 0.738210509483]] as const;
    for (const [customer, product, score] of [...open, ...held]) expect(Math.abs(scoreOf(customer, product) / score - 1)).toBeLessThan(1e-7);
    for (const [customer, product] of held) expect(train.holds(customer, String(product).padStart(3, '0'))).toBe(true);
    // Nothing is left of customer 18 in the training part.
    expect(scoreOf(18, 10)).toBe(0);
  });

  it('gives the factors of implicit 0.7.3 with use_cg=False, whose alpha is one more', () => {
    const { factors } = fitImplicitAls(train, { ...options, sweeps: 3, solver: 'cholesky' });
    [-0.991763510422, -0.212489268806, 0.189413611373].forEach((value, k) => expect(Math.abs(factors[k]! - value)).toBeLessThan(1e-8));
    expect(factors.reduce((sum, y) => sum + y * y, 0) / 928.361334232).toBeCloseTo(1, 8);
  });

  it('ranks as that does, by either solver; by default within .002 of the best of 21 settings of implicit, far above popularity', () => {
    const figure = ndcg(exact);
    expect(Math.abs(figure - 0.527378651)).toBeLessThan(1e-6);
    expect(Math.abs(ndcg(fitImplicitAls(train, options)) - figure)).toBeLessThan(0.002);
    const byDefault = ndcg(fitImplicitAls(train));
    expect(byDefault).toBeGreaterThan(golden.msweb.implicit_als_best_of_21.ndcg10 - 0.002);
    expect(byDefault).toBeGreaterThan(golden.msweb.popularity.ndcg10 + 0.11);
  });
});
