import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AcceleratedFailure } from '../../../src/churn/accelerated/acceleratedFailure.js';
import { fitAcceleratedFailure } from '../../../src/churn/accelerated/fitAcceleratedFailure.js';
import type { TimeDistribution } from '../../../src/churn/accelerated/timeFamily.js';
import { createRandom } from '../../../src/numeric/random.js';

interface Row {
  readonly months: number;
  readonly left: boolean;
  readonly spend: number;
  readonly plan: string;
}

/** Weibull times of shape 2 around exp(2 + .5 spend - .7 gold), observed for up to 20 months. */
function simulate(count: number, seed: number): Row[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const [spend, plan] = [random.normal(), ['basic', 'gold', 'silver'][i % 3]!];
    const time = Math.exp(2 + 0.5 * spend - (plan === 'gold' ? 0.7 : 0)) * Math.sqrt(-Math.log(1 - random.uniform()));
    const end = 1 + 19 * random.uniform();
    return { months: Math.min(time, end), left: time <= end, spend, plan };
  });
}

const rows = simulate(300, 5);
const OPTIONS = { duration: 'months', event: 'left', features: ['spend', 'plan'] } as const;
const ALL: readonly TimeDistribution[] = ['weibull', 'exponential', 'log-normal', 'log-logistic', 'gaussian', 'logistic'];
const LOG = ALL.slice(0, 4);
const estimates = (model: AcceleratedFailure): number[] => [...model.coefficients.map(({ estimate }) => estimate), Math.log(model.scale.estimate)];
const errors = (model: AcceleratedFailure): number[] => model.coefficients.map(({ standardError }) => standardError!);
const expectClose = (found: readonly number[], wanted: readonly number[], within = 1e-8): void => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThan(within * Math.max(1, Math.abs(wanted[i]!))));
};
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('fitAcceleratedFailure', () => {
  it('by hand: exponential rates are events over time, log-normal means those of logarithms', () => {
    const few = [{ t: 2, e: 1, g: 'a' }, { t: 4, e: 1, g: 'a' }, { t: 6, e: 0, g: 'a' }, { t: 10, e: 1, g: 'b' }, { t: 30, e: 0, g: 'b' }];
    const model = fitAcceleratedFailure(few, { duration: 't', event: 'e', distribution: 'exponential' });
    expectClose(estimates(model), [Math.log(12 / 2), Math.log(40 / 6), 0], 1e-12);
    expectClose(errors(model), [Math.sqrt(1 / 2), Math.sqrt(1 / 2 + 1)], 1e-10);
    expect(model.coefficients[1]?.hazardRatio).toBeCloseTo(6 / 40, 12);
    expect(model.logLikelihood).toBeCloseTo(2 * Math.log(2 / 12) - 2 + Math.log(1 / 40) - 1, 12);
    expect([model.events, model.rowCount, model.parameterCount]).toEqual([3, 5, 2]);
    const logs = [2, 4, 6, 10, 30].map(Math.log);
    const mean = sum(logs) / 5;
    const normal = fitAcceleratedFailure(few, { duration: 't', features: [], distribution: 'log-normal' });
    expectClose(estimates(normal), [mean, 0.5 * Math.log(sum(logs.map((y) => (y - mean) ** 2)) / 5)], 1e-12);
  });

  it('recovers what was simulated, with intervals that hold it', () => {
    const model = fitAcceleratedFailure(simulate(4000, 9), OPTIONS);
    [2, 0.5, -0.7, 0].forEach((value, j) => expect(Math.abs(model.coefficients[j]!.estimate - value)).toBeLessThan(3.5 * model.coefficients[j]!.standardError!));
    expect(model.shape!.lower! < 2 && model.shape!.upper! > 2).toBe(true);
    expect(model.status).toBe('converged');
    expect(model.convergence.iterations).toBeLessThan(12);
  });

  it('a Weibull is proportional hazards, too: ratio and interval by the delta method', () => {
    const model = fitAcceleratedFailure(rows, OPTIONS);
    const { names, values } = model.covariance()!;
    const [spend, log] = [names.indexOf('spend'), names.indexOf('log(scale)')];
    const line = model.coefficients[1]!;
    const ratio = -line.estimate / model.scale.estimate;
    const at = (j: number, k: number): number => values[j * names.length + k]!;
    const variance = (at(spend, spend) + line.estimate ** 2 * at(log, log) - 2 * line.estimate * at(spend, log)) / model.scale.estimate ** 2;
    expect(Math.log(line.hazardRatio!)).toBeCloseTo(ratio, 12);
    expect(Math.log(line.hazardRatioUpper!)).toBeCloseTo(ratio + 1.959963984540054 * Math.sqrt(variance), 8);
    // Conditional on all else the hazard is multiplied everywhere.
    const [one, two] = model.predictSurvival([{ spend: 0, plan: 'gold' }, { spend: 1, plan: 'gold' }], 6);
    expect(Math.log(two!) / Math.log(one!)).toBeCloseTo(line.hazardRatio!, 10);
  });

  it.each(ALL)('%s: other units of time change the intercept (or all in proportion) and nothing else', (distribution) => {
    for (const factor of [1e-6, 1e6]) {
      const plain = fitAcceleratedFailure(rows, { ...OPTIONS, distribution });
      const scaled = fitAcceleratedFailure(rows.map((row) => ({ ...row, months: row.months * factor })), { ...OPTIONS, distribution });
      const isLog = LOG.includes(distribution);
      const wanted = isLog ? estimates(plain).map((value, j) => value + (j === 0 ? Math.log(factor) : 0)) : [...plain.coefficients.map(({ estimate }) => estimate * factor), Math.log(plain.scale.estimate * factor)];
      expectClose(estimates(scaled).map((value, j) => (isLog ? value : value / wanted[j]!)), isLog ? wanted : wanted.map(() => 1), 1e-9);
      expect(scaled.convergence.iterations).toBe(plain.convergence.iterations);
      expect(scaled.logLikelihood).toBeCloseTo(plain.logLikelihood - plain.events * Math.log(factor), 7);
    }
  });

  it.each(ALL)('%s: weights are repetition, weight 0 is absence, order is nothing', (distribution) => {
    const weights = rows.map((_, i) => i % 4);
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 4 }, () => row)).reverse();
    const [a, b] = [fitAcceleratedFailure(rows, { ...OPTIONS, distribution, weights }), fitAcceleratedFailure(repeated, { ...OPTIONS, distribution })];
    expectClose(estimates(a), estimates(b));
    expectClose(errors(a), errors(b));
    expectClose([a.logLikelihood, a.nullLogLikelihood, a.bic, a.rowCount, a.events], [b.logLikelihood, b.nullLogLikelihood, b.bic, b.rowCount, b.events]);
  });

  it('the gradient is 0 and no step beside it is likelier, censored on all sides and entering late', () => {
    const random = createRandom(2);
    const mixed = rows.map((row, i) => {
      const entry = i % 5 === 0 ? row.months * 0.3 : 0;
      const [from, to] = i % 7 === 0 ? [row.months * 0.8, row.months * 1.3] : i % 11 === 0 ? [null, row.months] : row.left ? [row.months, row.months] : [row.months, null];
      return { from, to, entry: from === null ? 0 : entry, spend: row.spend };
    });
    for (const distribution of LOG) {
      const model = fitAcceleratedFailure(mixed, { duration: 'from', durationUpper: 'to', entry: 'entry', features: ['spend'], distribution });
      const likelihood = (a: number, b: number, logScale: number): number => {
        const { intercept, effects } = model.toJSON();
        const [scale, slope] = [Math.exp(logScale), b];
        const center = (effects[0] as { center: number }).center;
        const shifted = AcceleratedFailure.fromJSON({ ...model.toJSON(), intercept: a + slope * center, effects: [{ ...effects[0], slope }], summary: { ...model.toJSON().summary, scale: { ...model.scale, estimate: scale } } });
        expect(Number.isFinite(intercept)).toBe(true);
        const alive = (time: number, row: { readonly spend: number }): number => shifted.predictSurvival([row], time)[0]!;
        return sum(mixed.map((row) => {
          const { from, to, entry } = row;
          const [upper, lower] = [from === null ? 1 : alive(from, row), to === null ? 0 : alive(to, row)];
          const h = 1e-5 * (from ?? 1);
          const chance = from === to ? (alive(from! - h, row) - alive(from! + h, row)) / (2 * h) : upper - lower;
          return Math.log(chance) - Math.log(entry > 0 ? alive(entry, row) : 1);
        }));
      };
      const [a, b, s] = estimates(model) as [number, number, number];
      const top = likelihood(a, b, s);
      expect(Math.abs(top - model.logLikelihood)).toBeLessThan(1e-5);
      for (let k = 0; k < 4; k++) expect(likelihood(a + 0.03 * random.normal(), b + 0.03 * random.normal(), distribution === 'exponential' ? s : s + 0.03 * random.normal())).toBeLessThan(top);
    }
  });

  it('an interval is an event as it narrows, and from 0 on censored on the left', () => {
    const narrow = rows.map((row) => ({ ...row, low: row.months * (1 - 1e-5), high: row.left ? row.months * (1 + 1e-5) : null }));
    const plain = fitAcceleratedFailure(rows, OPTIONS);
    expectClose(estimates(fitAcceleratedFailure(narrow, { duration: 'low', durationUpper: 'high', features: ['spend', 'plan'] })), estimates(plain), 2e-5);
    const from = (low: number | null): AcceleratedFailure =>
      fitAcceleratedFailure(rows.map((row, i) => ({ ...row, low: i < 60 ? low : row.months, high: row.left || i < 60 ? row.months : null })), { duration: 'low', durationUpper: 'high', features: ['spend'] });
    expect(JSON.stringify(from(0))).toBe(JSON.stringify(from(null)));
  });

  it('robust errors: near the model where it holds, those of clusters of copies where rows are copied', () => {
    const [model, robust] = [fitAcceleratedFailure(rows, OPTIONS), fitAcceleratedFailure(rows, { ...OPTIONS, standardErrors: 'robust' })];
    errors(robust).forEach((error, j) => expect(Math.abs(Math.log(error / errors(model)[j]!))).toBeLessThan(0.4));
    const twice = rows.flatMap((row, i) => [{ ...row, id: `c${i}` }, { ...row, id: `c${i}` }]);
    expectClose(errors(fitAcceleratedFailure(twice, { ...OPTIONS, standardErrors: { cluster: 'id' } })), errors(robust), 1e-7);
    expect(fitAcceleratedFailure(twice, { ...OPTIONS, standardErrors: { cluster: 'id' } }).inference?.standardErrors).toBe('cluster');
  });

  it('chooses by AIC, and keeps the table', () => {
    const model = fitAcceleratedFailure(simulate(1500, 3), { ...OPTIONS, distribution: 'choose' });
    expect(model.distribution).toBe('weibull');
    expect(model.candidates).toHaveLength(4);
    expect(sum(model.candidates!.map(({ weight }) => weight))).toBeCloseTo(1, 12);
    expect(model.candidates![0]).toMatchObject({ distribution: 'weibull', aic: model.aic, bic: model.bic });
    expect(fitAcceleratedFailure(rows, OPTIONS).candidates).toBeNull();
  });

  it('names columns that others determine, and levels that never had the event', () => {
    const doubled = rows.map((row) => ({ ...row, twice: 2 * row.spend + 1 }));
    const model = fitAcceleratedFailure(doubled, { ...OPTIONS, features: ['spend', 'plan', 'twice'] });
    expect(model.aliased.map(({ name }) => name)).toEqual(['twice']);
    expectClose(estimates(model), estimates(fitAcceleratedFailure(rows, OPTIONS)));
    const loyal = rows.map((row, i) => (i < 20 ? { ...row, plan: 'staff', left: false } : row));
    const separated = fitAcceleratedFailure(loyal, OPTIONS);
    expect(separated).toMatchObject({ status: 'separated', separated: ['plan=staff'] });
    expect(separated.coefficients.filter(({ standardError }) => standardError === null).map(({ name }) => name)).toEqual(['plan=staff']);
    expect(separated.coefficients.find(({ name }) => name === 'plan=staff')).toMatchObject({ standardError: null, p: null });
    expect(separated.predictSurvival([{ spend: 0, plan: 'staff' }], 20)[0]!).toBeGreaterThan(1 - 1e-12);
    // The baseline has no column of its own: then it is the intercept, and with it the other levels, that have no finite estimate.
    const base = fitAcceleratedFailure(rows.map((row) => (row.plan === 'basic' ? { ...row, left: false } : row)), OPTIONS);
    expect(base).toMatchObject({ status: 'separated', separated: ['plan=basic'] });
    expect(base.coefficients.map(({ standardError }) => standardError === null)).toEqual([true, false, true, true]);
    const without = fitAcceleratedFailure(loyal.slice(20), OPTIONS);
    expect(separated.logLikelihood).toBeCloseTo(without.logLikelihood, 9);
    expectClose(separated.predictQuantile(rows, 0.3) as unknown as number[], without.predictQuantile(rows, 0.3) as unknown as number[], 1e-7);
  });

  it('names columns that tell together who never had the event', () => {
    // Where a and b differ, a is the larger and nobody leaves.
    const both = rows.map((row, i) => ({ ...row, a: row.spend + (i % 9 === 0 ? 1 + (i % 4) : 0), b: row.spend, left: row.left && i % 9 > 0 }));
    const model = fitAcceleratedFailure(both, { ...OPTIONS, features: ['a', 'b'] });
    expect(model).toMatchObject({ status: 'separated', separated: ['a', 'b'] });
    const without = fitAcceleratedFailure(both.filter(({ a, b }) => a === b), { ...OPTIONS, features: ['b'] });
    expect(model.coefficients.map(({ standardError }) => standardError === null)).toEqual([false, true, true]);
    expect(model.coefficients[0]!.standardError).toBeCloseTo(without.coefficients[0]!.standardError!, 6);
    expect(model.scale.estimate).toBeCloseTo(without.scale.estimate, 6);
  });

  it('stops when told', () => {
    const model = fitAcceleratedFailure(rows, { ...OPTIONS, onProgress: ({ done }) => done < 2 });
    expect([model.status, model.convergence.iterations]).toEqual(['stopped', 2]);
    expect(fitAcceleratedFailure(rows, { ...OPTIONS, maxIterations: 1 }).status).toBe('maxIterations');
  });

  it('refuses what it cannot fit, and says what to do', () => {
    const fit = (change: object, options: object = {}) => () => fitAcceleratedFailure(rows.map((row, i) => (i === 3 ? { ...row, ...change } : row)) as Row[], { ...OPTIONS, ...options } as typeof OPTIONS);
    expect(fit({ months: 0 })).toThrow(/durations above 0 for distribution 'weibull', found 0 in column "months", row 3; leave out/);
    expect(fit({ months: 0 }, { distribution: 'gaussian' })).not.toThrow();
    expect(fit({ months: -1 })).toThrow(/times of 0 or more/);
    expect(fit({ months: NaN })).toThrow(/MISSING|needs a time in every row/);
    expect(fit({ months: Infinity })).toThrow(/finite/);
    expect(fit({}, { eventValue: 'never' })).toThrow();
    expect(fit({}, { distribution: 'gamma' })).toThrow(/distribution as one of weibull/);
    expect(fit({}, { durationUpper: 'spend' })).toThrow(/durationUpper or event, not both/);
    expect(fit({}, { features: ['months'] })).toThrow(/cannot use "months" as a feature/);
    expect(fit({}, { confidence: 1 })).toThrow(/confidence between 0 and 1/);
    expect(fit({}, { maxIterations: 0 })).toThrow(/maxIterations/);
    expect(fit({}, { standardErrors: 'hc3' })).toThrow(/standardErrors/);
    expect(fit({}, { sclae: 1 })).toThrow(/knows no option "sclae"/);
    expect(() => fitAcceleratedFailure([] as Row[], OPTIONS)).toThrow(/needs rows, found none/);
    expect(() => fitAcceleratedFailure(rows.map((row) => ({ ...row, left: false })), OPTIONS)).toThrow(/some rows in which the event came/);
    expect(() => fitAcceleratedFailure(rows.slice(0, 9).map((row) => ({ ...row, months: 5, left: true })), { ...OPTIONS, features: [] })).toThrow(/do not determine exactly/);
    const bounds = [{ a: 1, b: 3 }, { a: 5, b: 4 }];
    expect(() => fitAcceleratedFailure(bounds, { duration: 'a', durationUpper: 'b', features: [] })).toThrow(/two in order, in every row, found 5 in column "a" and 4 in column "b", row 1/);
  });

  it('one event, and numbers of any size', () => {
    const one = fitAcceleratedFailure([{ t: 3, e: 1 }, { t: 8, e: 0 }], { duration: 't', event: 'e', features: [], distribution: 'exponential' });
    expect(one.coefficients[0]?.estimate).toBeCloseTo(Math.log(11), 12);
    const huge = rows.map((row) => ({ ...row, spend: 1e9 + row.spend }));
    expect(fitAcceleratedFailure(huge, OPTIONS).coefficients[1]?.estimate).toBeCloseTo(fitAcceleratedFailure(rows, OPTIONS).coefficients[1]!.estimate, 5);
  });

  it('any rows with an event end at a maximum', () => {
    const row = fc.record({ t: fc.double({ min: 0.01, max: 1e4, noNaN: true }), e: fc.boolean(), x: fc.integer({ min: -5, max: 5 }) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 6, maxLength: 25 }), fc.constantFrom(...LOG), (table, distribution) => {
        fc.pre(new Set(table.filter(({ e }) => e).map(({ t }) => t)).size > 3);
        const model = fitAcceleratedFailure(table, { duration: 't', event: 'e', features: [], distribution });
        expect(model.status).toBe('converged');
        expect(model.logLikelihood).toBeGreaterThanOrEqual(model.nullLogLikelihood - 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});
