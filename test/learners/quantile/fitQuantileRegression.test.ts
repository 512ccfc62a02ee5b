import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitQuantileRegression } from '../../../src/learners/quantile/fitQuantileRegression.js';
import type { QuantileRegressionOptions } from '../../../src/learners/quantile/quantileOptions.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';
import { losses, minimaByTrial, multiplierExcess } from './naiveQuantile.js';

const FIXED = { seed: 20261122, numRuns: 60 };
const estimates = (model: ReturnType<typeof fitQuantileRegression>, at = 0): number[] => model.fits[at]!.coefficients.map(({ estimate }) => estimate);

/** Numbers with a spread that grows, in two columns. */
function sample(count: number, seed = 3): { a: number; b: number; y: number }[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const a = random.normal();
    const b = random.uniform();
    return { a, b, y: 2 + a - 3 * b + (0.5 + b) * random.normal() };
  });
}

describe('fitQuantileRegression', () => {
  it('is the line through the two groups that the quantile of each fixes', () => {
    const rows = [1, 2, 3, 4, 5].flatMap((y) => [{ x: 0, y }, { x: 1, y: 10 * y }]);
    expect(estimates(fitQuantileRegression(rows, { target: 'y' }))).toEqual([3, 27].map((value) => expect.closeTo(value, 12)));
    expect(estimates(fitQuantileRegression(rows, { target: 'y', quantile: 0.9 }))).toEqual([5, 45].map((value) => expect.closeTo(value, 12)));
  });

  it('is the median where features say nothing, the lower one of two, and says that it is not the only one', () => {
    const odd = fitQuantileRegression([5, 1, 9].map((y) => ({ x: 1, y })), { target: 'y' });
    expect(odd.predictRow({ x: 1 })).toBe(5);
    expect(odd.aliased).toEqual([{ name: 'x', combinationOf: ['(Intercept)'] }]);
    expect(odd.fits[0]!.isUnique).toBe(true);
    const even = fitQuantileRegression([5, 1, 9, 7].map((y) => ({ x: 1, y })), { target: 'y' });
    expect(even.predictRow({ x: 1 })).toBe(5);
    expect(even.fits[0]!.isUnique).toBe(false);
  });

  it('finds what trying every vertex finds, of several minima the lowest, and knows whether there are several', () => {
    const row = fc.record({ a: fc.integer({ min: -2, max: 3 }), b: fc.integer({ min: 0, max: 2 }), y: fc.integer({ min: -4, max: 6 }), weight: fc.integer({ min: 1, max: 3 }) });
    let several = 0;
    fc.assert(
      fc.property(fc.array(row, { minLength: 6, maxLength: 9 }), fc.constantFrom(0.1, 0.25, 0.5, 0.8), (rows, tau) => {
        const model = fitQuantileRegression(rows, { target: 'y', quantile: tau, weights: 'weight' });
        fc.pre(model.aliased.length === 0);
        const weights = rows.map(({ weight }) => weight);
        const x = rows.map(({ a, b }) => [1, a, b]);
        const { objective, minima } = minimaByTrial(x, rows.map(({ y }) => y), tau, weights);
        const [fit] = model.fits;
        expect(fit!.objective).toBeCloseTo(objective, 9);
        expect(losses(x, rows.map(({ y }) => y), estimates(model), tau, weights)).toBeCloseTo(objective, 9);
        expect(fit!.isUnique).toBe(minima.length === 1);
        if (minima.length > 1) several++;
        // The lowest on average, then with the lowest slope of the first column.
        const mean = (b: readonly number[]): number => x.reduce((sum, cells, i) => sum + weights[i]! * cells.reduce((fitted, cell, k) => fitted + cell * b[k]!, 0), 0) / weights.reduce((sum, w) => sum + w, 0);
        const lowest = Math.min(...minima.map(mean));
        const [first] = minima.filter((b) => mean(b) < lowest + 1e-9).sort((b, c) => (Math.abs(b[1]! - c[1]!) > 1e-9 ? b[1]! - c[1]! : b[2]! - c[2]!));
        estimates(model).forEach((estimate, k) => expect(estimate).toBeCloseTo(first![k]!, 7));
      }),
      { ...FIXED, numRuns: 150 },
    );
    expect(several).toBeGreaterThan(10);
  });

  it.each([0.05, 0.5, 0.9])('is proven by multipliers found apart from it, also where most rows are set aside (quantile %d)', (quantile) => {
    const rows = sample(6000);
    const model = fitQuantileRegression(rows, { target: 'y', quantile });
    const x = rows.map(({ a, b }) => [1, a, b]);
    expect(multiplierExcess(x, rows.map(({ y }) => y), estimates(model), quantile)).toBeLessThan(1e-9);
    expect(model.fits[0]!.certificate).toEqual({ zeroResiduals: 3, dualExcess: 0, gap: expect.closeTo(0, 12) });
    expect(model.convergence).toMatchObject({ converged: true, reason: 'minimum proven' });
  });

  it('leaves at most the quantile of the rows below and the rest above', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0.02, max: 0.98, noNaN: true }), (seed, quantile) => {
        const rows = sample(60, seed);
        const fitted = fitQuantileRegression(rows, { target: 'y', quantile }).predict(rows);
        const below = rows.filter(({ y }, i) => y < fitted[i]! - 1e-9).length;
        const above = rows.filter(({ y }, i) => y > fitted[i]! + 1e-9).length;
        expect(below).toBeLessThanOrEqual(quantile * 60 + 1e-9);
        expect(above).toBeLessThanOrEqual((1 - quantile) * 60 + 1e-9);
      }),
      FIXED,
    );
  });

  it('follows the target when it is stretched, moved, mirrored or tilted, and columns in other units', () => {
    const rows = sample(80);
    const [c, a, b] = estimates(fitQuantileRegression(rows, { target: 'y', quantile: 0.3 })) as [number, number, number];
    const close = (found: number[], expected: number[]): void => expected.forEach((value, k) => expect(found[k]).toBeCloseTo(value, 9));
    close(estimates(fitQuantileRegression(rows.map((row) => ({ ...row, y: 1e6 + 50 * row.y })), { target: 'y', quantile: 0.3 })).map((x) => x / 50), [20000 + c, a, b]);
    close(estimates(fitQuantileRegression(rows.map((row) => ({ ...row, y: -row.y })), { target: 'y', quantile: 0.7 })), [-c, -a, -b]);
    close(estimates(fitQuantileRegression(rows.map((row) => ({ ...row, y: row.y + 5 * row.a })), { target: 'y', quantile: 0.3 })), [c, a + 5, b]);
    close(estimates(fitQuantileRegression(rows.map((row) => ({ ...row, a: 1000 * row.a + 7 })), { target: 'y', quantile: 0.3 })), [c - (7 * a) / 1000, a / 1000, b]);
  });

  it('proves its minimum on ties without end: whole numbers, categories, a level of a few rows', () => {
    const random = createRandom(5);
    const rows = Array.from({ length: 4000 }, (_, i) => ({
      shop: i % 1000 === 7 ? 'rare' : ['north', 'south', 'west'][random.integer(3)]!,
      member: random.uniform() < 0.4,
      visits: random.integer(5),
      spend: random.integer(4) * 5,
    }));
    const model = fitQuantileRegression(rows, { target: 'spend', quantiles: [0.1, 0.25, 0.5, 0.75, 0.9] });
    for (const { certificate } of model.fits) {
      expect(certificate.zeroResiduals).toBeGreaterThan(100);
      expect(certificate.dualExcess).toBeLessThan(1e-9);
      expect(certificate.gap).toBeLessThan(1e-11);
    }
    const again = fitQuantileRegression([...rows].reverse(), { target: 'spend', quantiles: [0.1, 0.25, 0.5, 0.75, 0.9] });
    again.fits.forEach(({ coefficients }, k) => coefficients.forEach(({ estimate }, j) => expect(estimate).toBeCloseTo(model.fits[k]!.coefficients[j]!.estimate, 9)));
  });

  it('takes a weight of 2 for the row twice and of 0 for none, in standard errors too', () => {
    const rows = sample(120);
    const weights = rows.map((_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row));
    const options = { target: 'y', quantile: 0.6, standardErrors: 'nid' } as const;
    const [weighted, plain] = [fitQuantileRegression(rows, { ...options, weights }), fitQuantileRegression(repeated, options)];
    expect(weighted.rowCount).toBe(repeated.length);
    expect(weighted.fits[0]!.objective).toBeCloseTo(plain.fits[0]!.objective, 9);
    weighted.fits[0]!.coefficients.forEach(({ estimate, standardError }, k) => {
      expect(estimate).toBeCloseTo(plain.fits[0]!.coefficients[k]!.estimate, 9);
      expect(standardError).toBeCloseTo(plain.fits[0]!.coefficients[k]!.standardError!, 9);
    });
  });

  it('has standard errors near the spread of estimates over samples', () => {
    const slopes: number[] = [];
    const errors = { iid: 0, nid: 0 };
    for (let seed = 0; seed < 200; seed++) {
      const random = createRandom(seed);
      const rows = Array.from({ length: 200 }, () => {
        const x = random.normal();
        return { x, y: x + random.normal() };
      });
      slopes.push(estimates(fitQuantileRegression(rows, { target: 'y' }))[1]!);
      for (const standardErrors of ['iid', 'nid'] as const) errors[standardErrors] += fitQuantileRegression(rows, { target: 'y', standardErrors }).fits[0]!.coefficients[1]!.standardError! / 200;
    }
    const spread = Math.sqrt(slopes.reduce((sum, slope) => sum + (slope - 1) ** 2, 0) / slopes.length);
    expect(errors.iid / spread).toBeGreaterThan(0.85);
    expect(errors.iid / spread).toBeLessThan(1.25);
    expect(errors.nid / spread).toBeGreaterThan(0.85);
    expect(errors.nid / spread).toBeLessThan(1.3);
  });

  it('leaves out what other columns determine, and says by which', () => {
    const rows = sample(50).map(({ a, b, y }, i) => ({ a, sum: a + 2 * b, twice: 2 * a + 4, b, kind: i % 2 ? 'x' : 'z', y }));
    const model = fitQuantileRegression(rows, { target: 'y' });
    expect(model.aliased).toEqual([
      { name: 'twice', combinationOf: ['(Intercept)', 'a'] },
      { name: 'b', combinationOf: ['a', 'sum'] },
    ]);
    expect(model.fits[0]!.coefficients.map(({ name }) => name)).toEqual(['(Intercept)', 'a', 'sum', 'kind=z']);
    expect(model.fits[0]!.certificate.dualExcess).toBeLessThan(1e-9);
  });

  it('has the same predictions for fewer rows than columns: they fit exactly', () => {
    const rows = [{ a: 1, b: 2, c: 5, y: 3 }, { a: 2, b: 1, c: 4, y: 8 }];
    const model = fitQuantileRegression(rows, { target: 'y', quantile: 0.2, standardErrors: 'nid' });
    expect(Array.from(model.predict(rows))).toEqual([expect.closeTo(3, 9), expect.closeTo(8, 9)]);
    expect(model.fits[0]).toMatchObject({ objective: expect.closeTo(0, 9) });
    expect(fitQuantileRegression([{ a: 1, y: 4 }], { target: 'y', standardErrors: 'iid' }).fits[0]!.coefficients[0]).toMatchObject({ estimate: 4, standardError: null });
  });

  it('puts the quantiles of a row in order where planes cross, and counts the crossings', () => {
    const random = createRandom(8);
    const rows = Array.from({ length: 30 }, () => ({ x: random.normal(), y: random.normal() }));
    const model = fitQuantileRegression(rows, { target: 'y', quantiles: [0.6, 0.5, 0.45, 0.55] });
    expect(model.quantiles).toEqual([0.45, 0.5, 0.55, 0.6]);
    const far = [{ x: -40 }, { x: 0 }, { x: 40 }];
    const found = model.predict(far);
    expect(found.length).toBe(12);
    for (let i = 0; i < 12; i++) if (i % 4 > 0) expect(found[i]).toBeGreaterThanOrEqual(found[i - 1]!);
    const planes = rows.map(({ x }) => model.fits.map(({ coefficients }) => coefficients[0]!.estimate + coefficients[1]!.estimate * x));
    const crossings = planes.flatMap((values) => values.slice(1).filter((value, k) => value < values[k]! - 1e-9)).length;
    expect(crossings).toBeGreaterThan(0);
    expect(model.crossings).toBe(crossings);
    expect(Array.from(model.predict(far, { quantile: 0.5 }))).toEqual([found[1], found[5], found[9]]);
  });

  it('tells how far it is, and stops when told to', () => {
    const seen: number[] = [];
    const model = fitQuantileRegression(sample(40), {
      target: 'y',
      quantiles: [0.1, 0.5, 0.9],
      onProgress: ({ done, total, objective }) => {
        expect(total).toBe(3);
        expect(objective).toBeGreaterThan(0);
        seen.push(done);
        return done < 2;
      },
    });
    expect(seen).toEqual([1, 2]);
    expect(model.quantiles).toEqual([0.1, 0.5]);
    expect(model.convergence).toMatchObject({ converged: false, reason: 'stopped by onProgress' });
  });

  it.each<[string, QuantileRegressionOptions, string, RegExp]>([
    ['a quantile of 1', { target: 'y', quantile: 1 }, 'INVALID_OPTION', /needs quantile between 0 and 1, each once, found 1/],
    ['a quantile twice', { target: 'y', quantiles: [0.5, 0.5] }, 'INVALID_OPTION', /quantiles between 0 and 1, each once/],
    ['no quantiles', { target: 'y', quantiles: [] }, 'INVALID_OPTION', /quantiles as an array/],
    ['both forms', { target: 'y', quantile: 0.5, quantiles: [0.5] }, 'INVALID_OPTION', /one of quantile and quantiles/],
    ['other standard errors', { target: 'y', standardErrors: 'rank' as 'iid' }, 'INVALID_OPTION', /none, iid, nid/],
    ['one density with weights', { target: 'y', standardErrors: 'iid', weights: [1, 1, 1] }, 'INVALID_OPTION', /'nid' with weights/],
    ['a confidence of 95', { target: 'y', confidence: 95 }, 'INVALID_OPTION', /confidence between 0 and 1/],
    ['the target as a feature', { target: 'y', features: ['x', 'y'] }, 'INVALID_OPTION', /"y" as a feature: it is the target/],
    ['a column that is not there', { target: 'z' }, 'UNKNOWN_COLUMN', /no column "z"/],
    ['text as target', { target: 'word' }, 'INVALID_VALUE', /column "word" as numbers, found "two" in row 1/],
    ['a row without target', { target: 'gap' }, 'MISSING_VALUE', /column "gap", row 1/],
    ['an infinite target', { target: 'far' }, 'NON_FINITE_VALUE', /column "far", row 2/],
    ['unknown options', { target: 'y', tau: 0.5 } as QuantileRegressionOptions, 'INVALID_OPTION', /no option "tau"/],
  ])('refuses %s', (_, options, code, message) => {
    const rows = [{ x: 1, y: 2, word: '1', gap: 1, far: 1 }, { x: 2, y: 3, word: 'two', gap: null, far: 2 }, { x: 4, y: 4, word: '3', gap: 3, far: Infinity }];
    const run = (): unknown => fitQuantileRegression(rows as readonly object[], options);
    expect(errorCode(run)).toBe(code);
    expect(run).toThrow(message);
  });

  it('takes a row of weight 0 without a target', () => {
    const model = fitQuantileRegression([{ x: 1, y: 2 }, { x: 2, y: null }, { x: 3, y: 6 }], { target: 'y', weights: [1, 0, 1] });
    expect(model.predictRow({ x: 2 })).toBeCloseTo(4, 9);
  });
});

describe('QuantileRegression', () => {
  const rows = sample(200).map((row, i) => ({ ...row, kind: i % 3 ? 'p' : 'q' }));
  const model = fitQuantileRegression(rows, { target: 'y', quantiles: [0.2, 0.8] });

  it('explains a row: baseline and contributions make up the margin, and the prediction', () => {
    const explained = model.explain(rows[5]!, { quantile: 0.8 });
    expect(explained.contributions.map(({ feature }) => feature).sort()).toEqual(['a', 'b', 'kind']);
    expect(explained.margin).toBeCloseTo(explained.contributions.reduce((sum, { contribution }) => sum + contribution, explained.baseline), 12);
    expect(explained.prediction).toBe(model.predictRow(rows[5]!, { quantile: 0.8 }));
    expect(explained.margin).toBeCloseTo(explained.prediction, 12);
  });

  it('gives the fit at a quantile, and names those there are for any other', () => {
    expect(model.fitAt(0.8).quantile).toBe(0.8);
    expect(() => model.fitAt(0.5)).toThrow('QuantileRegression.fitAt needs quantile as one of 0.2, 0.8, found 0.5');
    expect(() => model.predictRow(rows[0]!)).toThrow('as one of 0.2, 0.8, found undefined');
    expect(errorCode(() => model.predict(rows, { quantile: 0.9 }))).toBe('INVALID_OPTION');
  });
});

describe('weights far apart', () => {
  it('over twelve orders of magnitude still end in a proven minimum', () => {
    const rows = sample(300);
    const weights = rows.map((_, i) => 10 ** ((i % 13) - 8));
    const model = fitQuantileRegression(rows, { target: 'y', quantiles: [0.2, 0.5], weights });
    expect(model.convergence.converged).toBe(true);
    const x = rows.map(({ a, b }) => [1, a, b]);
    model.fits.forEach(({ quantile, objective }, k) => {
      const own = estimates(model, k);
      const y = rows.map((row) => row.y);
      expect(losses(x, y, own, quantile, weights)).toBeCloseTo(objective, 9);
      for (const step of [1e-3, -1e-3]) for (let j = 0; j < 3; j++) expect(losses(x, y, own.map((b, i) => (i === j ? b + step : b)), quantile, weights)).toBeGreaterThan(objective);
    });
  });
});

describe('the scale of the target', () => {
  const random = createRandom(11);
  const rows = Array.from({ length: 300 }, (_, i) => ({ x: i % 9, y: random.uniform() }));
  const fit = (data: readonly { readonly x: number; readonly y: number }[]) => fitQuantileRegression(data, { target: 'y' });

  it.each([0, 150])('is not that of one value far out, wherever it stands (row %i)', (at) => {
    const [far, near] = [1e14, 100].map((y) => fit(rows.map((row, i) => (i === at ? { ...row, y } : row))));
    estimates(far!).forEach((estimate, k) => expect(estimate).toBeCloseTo(estimates(near!)[k]!, 10));
    expect(far!.convergence.converged).toBe(true);
  });

  it('does not hang on where its zero is', () => {
    const [plain, high] = [0, 2 ** 30].map((level) => fit(rows.map(({ x, y }) => ({ x, y: level + Math.round(y * 1024) / 1024 }))));
    expect(high!.fits[0]!.objective).toBeCloseTo(plain!.fits[0]!.objective, 12);
    expect(estimates(high!)[1]).toBeCloseTo(estimates(plain!)[1]!, 12);
    expect(high!.convergence).toMatchObject({ converged: true, reason: 'minimum proven' });
  });

  it.each([
    ['constant', (): number => 0.1],
    ['foretold exactly', (x: number): number => 3 + 0.7 * x],
  ])('may be nothing: a target that is %s', (_, y) => {
    const model = fit(rows.map(({ x }) => ({ x, y: y(x) })));
    expect(model.convergence).toMatchObject({ converged: true, reason: 'minimum proven' });
    expect(model.predictRow({ x: 4 })).toBeCloseTo(y(4), 12);
  });
});
