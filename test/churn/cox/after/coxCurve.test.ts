import { describe, expect, it } from 'vitest';
import { coxBaseline } from '../../../../src/churn/cox/after/coxBaseline.js';
import { coxCurve } from '../../../../src/churn/cox/after/coxCurve.js';
import { CoxRegression } from '../../../../src/churn/cox/coxRegression.js';
import { fitCoxRegression } from '../../../../src/churn/cox/fitCoxRegression.js';
import { createRandom } from '../../../../src/numeric/random.js';

const SIX = [[1, 1, 1], [1, 0, 1], [6, 1, 1], [6, 1, 0], [8, 0, 0], [9, 1, 0]].map(([time, status, x]) => ({ time: time!, status: status!, x: x! }));
const random = createRandom(2);
const ROWS = Array.from({ length: 120 }, (_, i) => ({ from: i % 3, time: 3 + 10 * random.uniform(), left: Number(random.uniform() < 0.7), age: 40 + 10 * random.normal(), region: i % 2 === 0 ? 'n' : 's' }));
const MODEL = fitCoxRegression(ROWS, { entry: 'from', duration: 'time', event: 'left', features: ['age'], strata: 'region' });

describe('coxCurve', () => {
  it('has the variances of R on the rows of the validation vignette, at coefficients of 0', () => {
    const state = fitCoxRegression(SIX, { duration: 'time', event: 'status' }).toJSON();
    // There the information of Efron's likelihood is 83 / 144, and the slope of the hazard 1/12, then 29/144: as R has it. (The vignette's text has another fraction.)
    const model = CoxRegression.fromJSON({ ...state, slopes: [0], effects: state.effects.map((effect) => ({ ...effect, slope: 0 })), covariance: { names: ['x'], values: [144 / 83] } });
    const { survival, standardErrors, cumulativeHazard } = coxCurve(model, coxBaseline(model, SIX), { x: 0 });
    expect(Array.from(cumulativeHazard)).toEqual([1 / 6, 1 / 6 + 1 / 4 + 1 / 3, 1 / 6 + 1 / 4 + 1 / 3 + 1].map((value) => expect.closeTo(value, 13)));
    const variances = Array.from(standardErrors, (error, k) => (error / survival[k]!) ** 2);
    expect(variances).toEqual([119 / 2988, 203 / 747, 950 / 747].map((value) => expect.closeTo(value, 13)));
  });

  it('has the survival of the model, from any elapsed time on, in each stratum', () => {
    const baseline = coxBaseline(MODEL, ROWS);
    expect(baseline.strata.map(({ stratum }) => stratum)).toEqual(['n', 's']);
    for (const [region, elapsed] of [['n', 0], ['s', 0], ['s', 6]] as const) {
      const row = { age: 55, region };
      const curve = coxCurve(MODEL, baseline, row, { elapsed });
      const points = MODEL.survivalCurve(row, { elapsed });
      expect(curve.times).toEqual(points.times);
      curve.survival.forEach((value, k) => {
        expect(value).toBeCloseTo(points.survival[k]!, 12);
        expect(curve.lower[k]! < value && value < curve.upper[k]! && curve.upper[k]! <= 1).toBe(true);
        expect(curve.cumulativeHazard[k]).toBeCloseTo(-Math.log(value), 12);
      });
    }
    expect(coxCurve(MODEL, baseline, { age: 55, region: 's' }, { elapsed: 100 }).times.length).toBe(0);
  });

  it('is surer of what is asked with less confidence, and of the average customer', () => {
    const baseline = coxBaseline(MODEL, ROWS);
    const at = (age: number, confidence: number): number => {
      const { lower, upper } = coxCurve(MODEL, baseline, { age, region: 'n' }, { confidence });
      return upper[20]! - lower[20]!;
    };
    expect(at(40, 0.8)).toBeLessThan(at(40, 0.95));
    expect(at(40, 0.95)).toBeLessThan(at(65, 0.95));
  });

  it('travels as JSON, thinned to steps that are exact where they stand', () => {
    const whole = coxBaseline(MODEL, ROWS);
    const thin = coxBaseline(MODEL, ROWS, { maxSteps: 10 });
    thin.strata.forEach(({ times, cumulative, variance, drift }, s) => {
      const full = whole.strata[s]!;
      expect(times.length).toBeLessThanOrEqual(10);
      expect(times.at(-1)).toBe(full.times.at(-1));
      times.forEach((time, k) => {
        const at = full.times.indexOf(time);
        expect([cumulative[k], variance[k], drift[k]]).toEqual([full.cumulative[at], full.variance[at], full.drift[at]]);
      });
      // No step hides more than a tenth of the hazard, and the largest single step.
      const largest = Math.max(...full.cumulative.map((hazard, k) => hazard - (full.cumulative[k - 1] ?? 0)));
      cumulative.forEach((hazard, k) => expect(hazard - (cumulative[k - 1] ?? 0)).toBeLessThan(full.cumulative.at(-1)! / 10 + largest));
    });
    const row = { age: 30, region: 's' };
    expect(coxCurve(MODEL, JSON.parse(JSON.stringify(thin)), row)).toEqual(coxCurve(MODEL, thin, row));
    expect(coxBaseline(MODEL, ROWS, { maxSteps: 10_000 })).toEqual(whole);
  });

  it('grows by Breslow no faster than by Efron, and has no errors where the fit has none', () => {
    const tied = ROWS.map((row) => ({ ...row, time: 3 + Math.round(row.time) }));
    const model = fitCoxRegression(tied, { duration: 'time', event: 'left', features: ['age'] });
    const [efron, breslow] = (['efron', 'breslow'] as const).map((hazard) => coxBaseline(model, tied, { hazard }).strata[0]!.cumulative);
    breslow!.forEach((hazard, k) => expect(hazard).toBeLessThanOrEqual(efron![k]!));
    expect(breslow!.at(-1)!).toBeLessThan(efron!.at(-1)!);
    const without = CoxRegression.fromJSON({ ...model.toJSON(), covariance: null });
    const curve = coxCurve(without, coxBaseline(without, tied), { age: 40 });
    expect(curve.survival[3]).toBeGreaterThan(0);
    expect([curve.lower[3], curve.standardErrors[3]]).toEqual([NaN, NaN]);
  });

  it('says what it cannot take', () => {
    const baseline = coxBaseline(MODEL, ROWS);
    expect(() => coxCurve(MODEL, baseline, { age: 3, region: 'w' })).toThrow(/no baseline hazard for the stratum "w"/);
    expect(() => coxCurve(MODEL, { ...baseline, names: ['income'] }, { age: 3, region: 'n' })).toThrow(/needs the baseline of this model, found one of income/);
    expect(() => coxCurve(MODEL, baseline, { age: 3, region: 'n' }, { elapsed: -1 })).toThrow(/elapsed of 0 or more, found -1/);
    expect(() => coxCurve(MODEL, baseline, { age: 3, region: 'n' }, { confidence: 95 })).toThrow(/confidence between 0 and 1, found 95/);
    expect(() => coxBaseline(MODEL, ROWS, { maxSteps: 0 })).toThrow(/maxSteps as a whole number of at least 1/);
    expect(() => coxBaseline(MODEL, ROWS, { hazard: 'nelson' as 'efron' })).toThrow(/hazard as one of efron, breslow/);
  });
});
