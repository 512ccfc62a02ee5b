import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { fitStochasticFrontier } from '../../../src/potential/frontier/fitStochasticFrontier.js';
import { StochasticFrontier } from '../../../src/potential/frontier/stochasticFrontier.js';
import { mulberry32 } from '../../conformance/mulberry32.js';

interface Shop {
  readonly spend: number;
  readonly size: number;
  readonly sector: string;
  readonly tenure: number;
}

/** Spend below a wallet by size and sector; the longer the tenure, the less goes elsewhere. */
function shops(count: number, seed = 1): Shop[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const [size, sector, tenure] = [random.normal(), random.integer(3), 10 * random.uniform()];
    const elsewhere = Math.abs(random.normal()) * Math.exp(-0.15 * tenure);
    return { spend: Math.exp(3 + 0.6 * size + [0, 0.4, -0.3][sector]! + 0.25 * random.normal() - elsewhere), size, sector: 'abc'[sector]!, tenure };
  });
}

const base = { target: 'spend', features: ['size', 'sector'] } as const;
const DISTRIBUTIONS = ['halfNormal', 'exponential', 'truncatedNormal'] as const;
const refused = (code: string, message: RegExp): Error => expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error;

describe('fitStochasticFrontier', () => {
  const rows = shops(700);

  it('recovers what the spend was made from, drivers of the share among it', () => {
    const model = fitStochasticFrontier(shops(3000), { ...base, inefficiencyDrivers: ['tenure'] });
    const [intercept, size, b, c] = model.coefficients.map(({ estimate }) => estimate) as [number, number, number, number];
    [[intercept, 3], [size, 0.6], [b, 0.4], [c, -0.3]].forEach(([found, wanted]) => expect(Math.abs(found! - wanted!)).toBeLessThan(0.06));
    const [, tenure] = model.inefficiencyCoefficients;
    expect(tenure!.name).toBe('tenure');
    expect(Math.abs(tenure!.estimate + 0.3)).toBeLessThan(4 * tenure!.standardError!);
    const [driver] = model.drivers;
    expect(driver!.factor).toBeCloseTo(Math.exp((tenure!.estimate / 2) * driver!.step), 10);
    expect(driver!.factorLower!).toBeLessThan(driver!.factor);
    expect(driver!.efficiencyAfter!).toBeGreaterThan(driver!.efficiency!);
    expect(driver!.text).toMatch(/^tenure higher by 2\.\d+: mean inefficiency times 0\.6\d*, mean efficiency 0\.\d+ before and 0\.\d+ after, all else average$/);
  });

  it('agrees with scipy on a truncated normal (own BFGS and simplex from five starts, second differences; 600 rows of mulberry32(11))', () => {
    const random = mulberry32(11);
    const normal = (): number => {
      const [a, b] = [random(), random()];
      return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
    };
    const drawn = Array.from({ length: 600 }, () => {
      const [x, v] = [3 * random(), 0.15 * normal()];
      let u = -1;
      while (u < 0) u = 0.7 + 0.5 * normal();
      return { x, y: 2 + 0.5 * x + v - u };
    });
    expect(drawn.reduce((sum, { y }) => sum + y, 0)).toBeCloseTo(1197.60635146, 7);
    const model = fitStochasticFrontier(drawn, { target: 'y', scale: 'asIs', distribution: 'truncatedNormal' });
    const figures = [...model.coefficients, model.sigmaU, model.sigmaV, model.mu!];
    expect(model.logLikelihood).toBeCloseTo(-367.2234855651, 8);
    [2.059485975, 0.4891788364, 0.4792122378, 0.1577200893, 0.7389006121].forEach((value, i) => expect(Math.abs(figures[i]!.estimate - value)).toBeLessThan(1e-6));
    [0.1096391259, 0.0206009269, 0.0269303553, 0.053393934, 0.1350845364].forEach((value, i) => expect(Math.abs(figures[i]!.standardError! - value)).toBeLessThan(1e-5));
    const logs = fitStochasticFrontier(drawn.map(({ x, y }) => ({ x, y: Math.exp(y) })), { target: 'y', distribution: 'truncatedNormal' });
    const { efficiency } = logs.efficiencies(drawn.map(({ x, y }) => ({ x, y: Math.exp(y) })));
    [0.2960597003, 0.7984210318, 0.5064404285].forEach((value, i) => expect(Math.abs(efficiency[i]! - value)).toBeLessThan(1e-6));
    expect(logs.meanEfficiency).toBeCloseTo(0.488817176, 6);
  });

  it('the row order does not matter, weight 2 is the row twice, and weight 0 no row', () => {
    const model = fitStochasticFrontier(rows, base);
    expect(fitStochasticFrontier([...rows].reverse(), base).logLikelihood).toBeCloseTo(model.logLikelihood, 8);
    const weights = rows.map((_, i) => i % 3);
    const weighted = fitStochasticFrontier(rows, { ...base, weights });
    const repeated = fitStochasticFrontier(rows.flatMap((row, i) => Array.from({ length: weights[i]! }, () => row)), base);
    expect(weighted.rowCount).toBe(repeated.rowCount);
    for (const figure of ['logLikelihood', 'meanEfficiency', 'skewness', 'olsLogLikelihood'] as const) expect(weighted[figure]).toBeCloseTo(repeated[figure]!, 8);
    weighted.coefficients.forEach(({ estimate, standardError }, i) => {
      expect(estimate).toBeCloseTo(repeated.coefficients[i]!.estimate, 7);
      expect(standardError).toBeCloseTo(repeated.coefficients[i]!.standardError!, 7);
    });
    // A row of weight 0 may be without target.
    expect(fitStochasticFrontier([...rows, { ...rows[0]!, spend: 0 }], { ...base, weights: [...rows.map(() => 1), 0] }).logLikelihood).toBeCloseTo(model.logLikelihood, 8);
  });

  it.each(DISTRIBUTIONS)('%s: another currency moves the intercept only; efficiencies stay, in (0, 1], multipliers of 1 or more', (distribution) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.constantFrom(1e-6, 100, 1e9), (seed, times) => {
        const data = shops(150, seed);
        const [model, other] = [data, data.map((row) => ({ ...row, spend: row.spend * times }))].map((given) => fitStochasticFrontier(given, { ...base, distribution })) as [StochasticFrontier, StochasticFrontier];
        expect(other.status).toBe(model.status);
        other.coefficients.forEach(({ estimate }, i) => expect(estimate - (i === 0 ? Math.log(times) : 0)).toBeCloseTo(model.coefficients[i]!.estimate, 5));
        const { efficiency, multiplier, lower, upper, mode, inefficiency } = model.efficiencies(data);
        const same = other.efficiencies(data.map((row) => ({ ...row, spend: row.spend * times })));
        efficiency.forEach((share, i) => {
          expect(same.efficiency[i]).toBeCloseTo(share, 5);
          expect(share > 0 && share <= 1 && multiplier[i]! >= 1 && inefficiency[i]! >= 0 && mode[i]! >= 0 && lower[i]! <= upper[i]!).toBe(true);
        });
      }),
      { seed: 20261122, numRuns: 3 },
    );
  });

  it('the truncated normal is as likely as the half-normal at least, and where it runs away to the exponential says so', () => {
    const half = fitStochasticFrontier(rows, base);
    expect(fitStochasticFrontier(rows, { ...base, distribution: 'truncatedNormal' }).logLikelihood).toBeGreaterThanOrEqual(half.logLikelihood - 1e-9);
    const random = createRandom(2);
    const far = Array.from({ length: 800 }, () => ({ y: 0.1 * random.normal() + Math.log(1 - random.uniform()) - (random.uniform() < 0.05 ? 3 : 0), x: random.normal() }));
    const model = fitStochasticFrontier(far, { target: 'y', scale: 'asIs', distribution: 'truncatedNormal' });
    expect(model.status).toBe('exponentialLimit');
    expect(model.note).toContain("set distribution: 'exponential'");
    expect(model.coefficients[0]!.standardError).toBeGreaterThan(0);
  });

  it('says so where no inefficiency is to be seen, and is least squares then', () => {
    const wrong = rows.map((row) => ({ ...row, spend: 1 / row.spend }));
    for (const distribution of DISTRIBUTIONS) {
      const model = fitStochasticFrontier(wrong, { ...base, distribution });
      expect(model.status).toBe('noInefficiency');
      expect(model.note).toMatch(/no tail below the line \(skewness 0\.\d+\).*least squares.*fitQuantileRegression/);
      expect(model.logLikelihood).toBeCloseTo(model.olsLogLikelihood, 9);
      expect(model.likelihoodRatio).toMatchObject({ statistic: 0, p: 1 });
      expect([model.sigmaU.estimate, model.gamma.estimate, model.meanEfficiency, model.inefficiencyCoefficients.length]).toEqual([0, 0, 1, 0]);
      expect(model.coefficients[1]!.standardError).toBeGreaterThan(0);
      const { efficiency, multiplier } = model.efficiencies(wrong);
      expect(new Set([...efficiency, ...multiplier])).toEqual(new Set([1]));
    }
    // The same as a cost has its tail on the right side.
    const cost = fitStochasticFrontier(wrong, { ...base, frontier: 'cost' });
    const production = fitStochasticFrontier(rows, base);
    expect(cost.logLikelihood).toBeCloseTo(production.logLikelihood, 8);
    cost.coefficients.forEach(({ estimate }, i) => expect(estimate).toBeCloseTo(-production.coefficients[i]!.estimate, 6));
    expect(fitStochasticFrontier(rows, { ...base, frontier: 'cost' }).note).toContain("no tail above the line");
  });

  it('takes drivers of the noise, with and without inefficiency', () => {
    const model = fitStochasticFrontier(rows, { ...base, noiseDrivers: ['tenure'], inefficiencyDrivers: ['sector'] });
    expect(model.noiseCoefficients.map(({ name }) => name)).toEqual(['(Intercept)', 'tenure']);
    expect(model.logLikelihood).toBeGreaterThan(fitStochasticFrontier(rows, base).logLikelihood);
    expect(model.drivers.map(({ name, step }) => [name, step])).toEqual([['sector=b', 1], ['sector=c', 1]]);
    expect(model.drivers[0]!.text).toMatch(/^sector=b against sector=a/);
    const random = createRandom(4);
    const noisy = Array.from({ length: 400 }, () => {
      const x = random.normal();
      return { x, y: random.normal() * Math.exp(x / 2) };
    });
    const plain = fitStochasticFrontier(noisy, { target: 'y', scale: 'asIs', features: ['x'], noiseDrivers: ['x'] });
    expect(Math.abs(plain.noiseCoefficients[1]!.estimate - 1)).toBeLessThan(0.3);
    expect(plain.likelihoodRatio.statistic).toBeLessThan(4);
  });

  it.each(DISTRIBUTIONS)('%s: where the noise vanishes no maximum is claimed, nor a standard error, and the state stays finite', (distribution) => {
    const random = createRandom(1);
    const few = Array.from({ length: 40 }, () => ({ x: random.normal(), y: -Math.abs(random.normal()) }));
    const model = fitStochasticFrontier(few, { target: 'y', scale: 'asIs', distribution });
    expect(model.sigmaV.estimate).toBeLessThan(1e-6);
    expect(model.convergence.converged).toBe(false);
    expect(model.note).toContain('sigmaV all but vanishes');
    expect([model.coefficients[1]!.standardError, model.sigmaU.upper, model.gamma.lower]).toEqual([null, null, null]);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model.toJSON());
  });

  it('keeps the state finite where amounts of 0 or less have no efficiency, and where the data set no bound to sigmaU', () => {
    const random = createRandom(5);
    const below = Array.from({ length: 200 }, () => {
      const x = random.normal();
      return { x, y: 0.4 + 0.3 * x + 0.2 * random.normal() - Math.abs(0.6 * random.normal()) };
    });
    const model = fitStochasticFrontier(below, { target: 'y', scale: 'asIs' });
    const { efficiency } = model.efficiencies(below);
    const known = efficiency.filter((share) => !Number.isNaN(share));
    expect(known.length).toBeLessThan(200);
    expect(model.meanEfficiency).toBeCloseTo(known.reduce((sum, share) => sum + share, 0) / known.length, 10);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model.toJSON());
    expect(fitStochasticFrontier(below.map(({ x, y }) => ({ x, y: y - 9 })), { target: 'y', scale: 'asIs' }).meanEfficiency).toBeNull();
    // A wallet beyond the largest number varies without bound, not by NaN.
    expect(fitStochasticFrontier(rows, base).efficiencies([{ ...rows[0]!, spend: 1e-300 }]).multiplierVariance[0]).toBe(Number.POSITIVE_INFINITY);
  });

  it('leaves out aliased and constant columns, naming them', () => {
    const model = fitStochasticFrontier(rows.map((row) => ({ ...row, twice: 2 * row.size, one: 1 })), { target: 'spend', features: ['size', 'sector', 'twice', 'one'] });
    expect(model.aliased).toEqual([{ name: 'twice', combinationOf: ['size'] }, { name: 'one', combinationOf: ['(Intercept)'] }]);
    expect(model.logLikelihood).toBeCloseTo(fitStochasticFrontier(rows, base).logLikelihood, 8);
  });

  it('gives standard errors only where asked, and stops when told', () => {
    const bare = fitStochasticFrontier(rows, { ...base, standardErrors: 'none' });
    expect([bare.coefficients[0]!.standardError, bare.sigmaU.lower, bare.gamma.standardError]).toEqual([null, null, null]);
    const seen: number[] = [];
    const stopped = fitStochasticFrontier(rows, { ...base, onProgress: ({ done, total, objective }) => seen.push(done, total, objective) > 99 });
    expect(stopped.convergence).toMatchObject({ converged: false, reason: 'stopped by onProgress', iterations: 1 });
    expect(seen.slice(0, 2)).toEqual([1, 200]);
    expect(stopped.note).toContain('stopped by onProgress');
  });
});

describe('StochasticFrontier', () => {
  const rows = shops(300);
  const model = fitStochasticFrontier(rows, { ...base, inefficiencyDrivers: ['tenure'], noiseDrivers: ['size'] });

  it('is the same after JSON, to the last bit', () => {
    const back = StochasticFrontier.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(back.efficiencies(rows)).toEqual(model.efficiencies(rows));
    expect(JSON.stringify(back)).toBe(JSON.stringify(model));
    expect(() => StochasticFrontier.fromJSON({ format: 'StochasticFrontier', formatVersion: 1 })).toThrowError(refused('MODEL_FORMAT', /terms and slopes/));
    expect(() => StochasticFrontier.fromJSON({ ...model.toJSON(), formatVersion: 2 })).toThrowError(refused('MODEL_VERSION', /./));
  });

  it('explains the frontier, and takes a category it never saw for the average', () => {
    const [row] = rows as [Shop];
    const { baseline, contributions, margin, prediction } = model.explain(row);
    expect(baseline + contributions.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(margin, 12);
    expect(prediction).toBeCloseTo(Math.exp(margin), 10);
    expect(prediction).toBe(model.predictRow(row));
    expect(model.predict([{ size: 0, sector: 'z' }])[0]).toBeGreaterThan(0);
    expect(model.efficiencies([{ ...row, sector: 'z' }], { confidence: 0.5 }).confidence).toBe(0.5);
  });

  it('as it is: spend over spend and what it lacks; a cost the other way round', () => {
    const linear = rows.map((row) => ({ size: row.size, amount: 50 + 5 * row.size + 10 * Math.log(row.spend) - 6 * row.size }));
    const production = fitStochasticFrontier(linear, { target: 'amount', scale: 'asIs', inefficiencyDrivers: [] });
    expect(production.status).toBe('inefficiency');
    const { efficiency, inefficiency, multiplier, lower, upper } = production.efficiencies(linear);
    linear.forEach(({ amount }, i) => {
      expect(efficiency[i]).toBeCloseTo(amount / (amount + inefficiency[i]!), 12);
      expect(multiplier[i]! * amount).toBeCloseTo(amount + inefficiency[i]!, 9);
      expect(lower[i]! < efficiency[i]! && efficiency[i]! < upper[i]!).toBe(true);
    });
    const costs = linear.map(({ size, amount }) => ({ size, amount: 200 - amount }));
    const cost = fitStochasticFrontier(costs, { target: 'amount', scale: 'asIs', frontier: 'cost' });
    const found = cost.efficiencies(costs);
    expect(found.inefficiency[0]).toBeCloseTo(inefficiency[0]!, 6);
    expect(found.efficiency[0]).toBeCloseTo((costs[0]!.amount - inefficiency[0]!) / costs[0]!.amount, 6);
    expect(cost.efficiencies([{ size: 0, amount: -5 }]).efficiency[0]).toBeNaN();
  });
});

describe('what fitStochasticFrontier refuses', () => {
  const rows = shops(30);
  const fit = (data: readonly object[], options: object = base): StochasticFrontier => fitStochasticFrontier(data as Shop[], options as typeof base);

  it.each([
    [0, 'INVALID_VALUE', /needs targets above 0, as it models their logarithm, found 0 in column "spend", row 3; leave out such rows, or set scale: 'asIs'/],
    [-2, 'INVALID_VALUE', /found -2 in column "spend", row 3/],
    [NaN, 'MISSING_VALUE', /a target in every row, found none in column "spend", row 3/],
    [Infinity, 'NON_FINITE_VALUE', /finite targets, found Infinity in column "spend", row 3/],
  ])('a target of %d', (spend, code, message) => {
    expect(() => fit(rows.map((row, i) => (i === 3 ? { ...row, spend } : row)))).toThrowError(refused(code, message));
  });

  it('nothing, one row, a constant target, and targets the features determine', () => {
    expect(() => fit([])).toThrowError(refused('EMPTY_INPUT', /at least one row/));
    for (const data of [rows.slice(0, 1), rows.map((row) => ({ ...row, spend: 7 })), rows.map((row) => ({ ...row, spend: Math.exp(row.size) }))]) {
      expect(() => fit(data)).toThrowError(refused('NOT_IDENTIFIED', /do not determine exactly.*give more rows or fewer features/));
    }
  });

  it('options that mean nothing', () => {
    for (const [options, message] of [
      [{ distribution: 'gamma' }, /distribution as one of/],
      [{ frontier: 'profit' }, /frontier as one of/],
      [{ scale: 'root' }, /scale as one of/],
      [{ standardErrors: 'robust' }, /standardErrors as one of/],
      [{ confidence: 1 }, /confidence between 0 and 1/],
      [{ inefficiencyDrivers: 'tenure' }, /inefficiencyDrivers as an array/],
      [{ noiseDrivers: ['spend'] }, /cannot use "spend" in noiseDrivers/],
      [{ wallet: 1 }, /no option "wallet"/],
    ] as const) expect(() => fit(rows, { ...base, ...options })).toThrowError(refused('INVALID_OPTION', message));
    expect(() => fit(rows, { ...base, features: ['length'] })).toThrowError(refused('UNKNOWN_COLUMN', /length/));
    expect(() => fit(rows, { ...base, weights: [1] })).toThrowError(refused('LENGTH_MISMATCH', /weights/));
    expect(() => fit(rows).efficiencies(rows, { confidence: 2 })).toThrowError(refused('INVALID_OPTION', /confidence/));
    expect(() => fit(rows).efficiencies(rows, { level: 0.8 } as object)).toThrowError(refused('INVALID_OPTION', /level/));
    expect(() => fit(rows).efficiencies([{ size: 1, sector: 'a', spend: 0 }])).toThrowError(refused('INVALID_VALUE', /StochasticFrontier.efficiencies needs targets above 0/));
  });
});
