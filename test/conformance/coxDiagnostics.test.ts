import { expect, it } from 'vitest';
import { coxBaseline } from '../../src/churn/cox/after/coxBaseline.js';
import { coxCurve } from '../../src/churn/cox/after/coxCurve.js';
import { coxResiduals } from '../../src/churn/cox/after/coxResiduals.js';
import { predictPath } from '../../src/churn/cox/after/predictPath.js';
import { proportionalHazardsTest } from '../../src/churn/cox/after/proportionalHazardsTest.js';
import { schoenfeldResiduals } from '../../src/churn/cox/after/schoenfeldResiduals.js';
import { scoreResiduals } from '../../src/churn/cox/after/scoreResiduals.js';
import type { TimeTransform } from '../../src/churn/cox/after/timeScale.js';
import { fitCoxRegression } from '../../src/churn/cox/fitCoxRegression.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

interface Goldens {
  readonly [fit: string]: unknown;
  readonly cox_rossi_resid_first6: Readonly<Record<'martingale' | 'deviance', readonly number[]>> & Readonly<Record<'schoenfeld' | 'scaledsch' | 'score' | 'dfbeta', readonly (readonly number[])[]>> & { readonly sumsq_martingale: number; readonly sum_dev2: number };
  readonly cox_rossi_survfit_row1: Readonly<Record<'times' | 'surv' | 'stderr_surv' | 'lower' | 'upper' | 'surv_breslow_haz', readonly number[]>>;
  readonly cox_rossi_basehaz_uncentered: { readonly haz: readonly number[]; readonly haz_last: number };
}
interface TestGolden {
  readonly var: readonly string[];
  readonly chisq: readonly number[];
  readonly df: readonly number[];
  readonly p: readonly number[];
}
interface Validation {
  readonly coef: number;
  readonly mart: readonly number[];
  readonly score: readonly number[];
  readonly scho: readonly number[];
  readonly cumhaz: readonly number[];
  readonly varH: readonly number[];
}

const FILES = ['golden/churn/r_survival.json', 'golden/churn/r_extra.json', 'golden/churn/r_churn.json', ...['rossi', 'lung', 'bladder', 'veteran', 'rossi_counting', 'telco_customer_churn'].map((name) => `data/churn/${name}.csv`)];
const ROSSI = ['fin', 'age', 'race', 'wexp', 'mar', 'paro', 'prio'];

type Row = Readonly<Record<string, string | number>>;
const numbers = (file: string): Row[] => readCsv(`data/churn/${file}.csv`).map((row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, text === '' || Number.isNaN(Number(text)) ? text : Number(text)])));
const errors = (model: { readonly coefficients: readonly { readonly name: string; readonly standardError: number | null }[] }): Record<string, number> => Object.fromEntries(model.coefficients.map(({ name, standardError }) => [name, standardError!]));
const expectNear = (found: ArrayLike<number>, wanted: readonly number[], within: number): void => wanted.forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThan(within));
const test = (wanted: TestGolden, found: ReturnType<typeof proportionalHazardsTest>, within: number): void => {
  expect(found.terms.map(({ feature }) => feature)).toEqual(wanted.var.slice(0, -1));
  const all = [...found.terms, found.global];
  expectNear(all.map(({ statistic }) => statistic), wanted.chisq, within);
  if (wanted.df !== undefined) expect(all.map(({ degreesOfFreedom }) => degreesOfFreedom)).toEqual(wanted.df);
  all.forEach(({ p }, i) => expect(Math.abs(p - wanted.p[i]!)).toBeLessThan(1e-8 * (1 + wanted.p[i]!)));
};

/** The rows of the validation vignette of R's survival, tests 1 to 3. */
const SIX = [[1, 1, 1], [1, 0, 1], [6, 1, 1], [6, 1, 0], [8, 0, 0], [9, 1, 0]].map(([time, status, x]) => ({ time: time!, status: status!, x: x! }));
const TEN = [[1, 2, 1, 1], [2, 3, 1, 0], [5, 6, 1, 0], [2, 7, 1, 1], [1, 8, 1, 0], [7, 9, 1, 1], [3, 9, 1, 1], [4, 9, 0, 1], [8, 14, 0, 0], [8, 17, 0, 0]].map(([start, time, status, x]) => ({ start: start!, time: time!, status: status!, x: x! }));
const NINE = [[1, 1, 2, 1], [1, 0, 0, 2], [2, 1, 1, 3], [2, 1, 1, 4], [2, 1, 0, 3], [2, 0, 1, 2], [3, 0, 0, 1], [4, 1, 1, 2], [5, 0, 0, 1]].map(([time, status, x, w]) => ({ time: time!, status: status!, x: x!, w: w! }));

describeWithShared("what comes after a Cox fit, against R's survival", FILES, () => {
  const goldens = readGolden<Goldens>('golden/churn/r_survival.json');
  const extra = readGolden<Record<string, Validation>>('golden/churn/r_extra.json');
  const rossi = numbers('rossi');
  const rossiFit = fitCoxRegression(rossi, { duration: 'week', event: 'arrest', features: ROSSI });
  const column = (values: readonly Float64Array[], row: number): number[] => values.map((of) => of[row]!);

  it('all residuals of rossi', () => {
    const golden = goldens.cox_rossi_resid_first6;
    const martingale = coxResiduals(rossiFit, rossi);
    const deviance = coxResiduals(rossiFit, rossi, { kind: 'deviance' });
    expectNear(martingale, golden.martingale, 1e-10);
    expectNear(deviance, golden.deviance, 1e-10);
    expect(martingale.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(golden.sumsq_martingale, 9);
    expect(deviance.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(golden.sum_dev2, 9);
    const score = scoreResiduals(rossiFit, rossi, { kind: 'score' });
    const dfbeta = scoreResiduals(rossiFit, rossi);
    const schoenfeld = schoenfeldResiduals(rossiFit, rossi);
    const scaled = schoenfeldResiduals(rossiFit, rossi, { scaled: true });
    expect(score.names).toEqual(ROSSI);
    for (let i = 0; i < 3; i++) {
      expectNear(column(score.values, i), golden.score[i]!, 1e-9);
      expectNear(column(dfbeta.values, i), golden.dfbeta[i]!, 1e-10);
      expectNear(column(schoenfeld.values, i), golden.schoenfeld[i]!, 1e-9);
      expectNear(column(scaled.values, i), golden.scaledsch[i]!, 1e-9);
    }
  });

  it('the validation vignette: tied deaths, delayed entry, weights', () => {
    for (const ties of ['breslow', 'efron'] as const) {
      const six = fitCoxRegression(SIX, { duration: 'time', event: 'status', ties });
      const one = extra[`test1_${ties}`]!;
      expectNear(coxResiduals(six, SIX), one.mart, 1e-9);
      expectNear(scoreResiduals(six, SIX, { kind: 'score' }).values[0]!, one.score, 1e-9);
      expectNear(schoenfeldResiduals(six, SIX).values[0]!, ties === 'breslow' ? one.scho : [0.1575120381345, 0.4212439809328, -0.5787560190672, 0], 1e-9);
      const baseline = coxBaseline(six, SIX);
      const curve = coxCurve(six, baseline, { x: 0 });
      expectNear(curve.cumulativeHazard, [one.cumhaz[0]!, one.cumhaz[1]!, one.cumhaz[3]!], 1e-9);
      expectNear(curve.standardErrors.map((error, k) => error / curve.survival[k]!).map((error) => error * error), [one.varH[0]!, one.varH[1]!, one.varH[3]!], 1e-9);

      const ten = fitCoxRegression(TEN, { duration: 'time', event: 'status', entry: 'start', ties });
      expectNear(coxResiduals(ten, TEN), extra[`test2_${ties}`]!.mart, 1e-9);
      expectNear(scoreResiduals(ten, TEN, { kind: 'score' }).values[0]!, extra[`test2_${ties}`]!.score, 1e-9);

      const nine = fitCoxRegression(NINE, { duration: 'time', event: 'status', weights: 'w', ties });
      expectNear(coxResiduals(nine, NINE), extra[`test3_weighted_${ties}`]!.mart, 1e-9);
    }
  });

  it('robust and clustered standard errors', () => {
    const robust = (name: string): Record<string, number> => (goldens[name] as { readonly se: Record<string, number> }).se;
    const near = (found: Record<string, number>, wanted: Record<string, number>): void => Object.keys(wanted).forEach((name) => expect(Math.abs(found[name]! - wanted[name]!)).toBeLessThan(1e-8));
    near(errors(fitCoxRegression(rossi, { duration: 'week', event: 'arrest', features: ROSSI, standardErrors: 'robust' })), robust('cox_rossi_robust'));
    const lung = numbers('lung').filter((row) => row['ph.ecog'] !== '' && row['inst'] !== '');
    near(errors(fitCoxRegression(lung, { duration: 'time', event: 'status', eventValue: 2, features: ['age', 'sex', 'ph.ecog'], standardErrors: { cluster: 'inst' } })), robust('cox_lung_cluster_inst'));
    near(errors(fitCoxRegression(numbers('bladder'), { duration: 'stop', event: 'event', features: ['rx', 'size', 'number'], strata: 'enum', standardErrors: { cluster: 'id' } })), robust('cox_bladder_wlw'));
  });

  it('cox.zph with four transforms, by term and in all', () => {
    for (const transform of ['km', 'rank', 'identity', 'log'] satisfies TimeTransform[]) test(goldens[`coxzph_rossi_${transform}`] as TestGolden, proportionalHazardsTest(rossiFit, rossi, { transform }), 1e-9);
    const veteran = numbers('veteran').map((row): Record<string, string | number> => ({ ...row, celltype: row['celltype'] === 'squamous' ? '0 squamous' : row['celltype']! }));
    const features = ['trt', 'celltype', 'karno', 'diagtime', 'age', 'prior'] as const;
    const found = proportionalHazardsTest(fitCoxRegression(veteran , { duration: 'time', event: 'status', features: [...features] }), veteran);
    test(goldens['coxzph_veteran_km'] as TestGolden, found, 1e-9);
    expect(found.advice[0]).toMatch(/^karno: its effect fades with time \(p = 0\.000322\); karno multiplies the hazard by 0\.9\d+ around 22, by 0\.9\d+ around 144\. What to do: cut the rows/);
    expect(found.advice[1]).toMatch(/^celltype: .*What to do: give it baseline hazards of its own \(strata: 'celltype'\)/);
  });

  it('cox.zph of the telco customers', () => {
    const yes = (value: string | undefined): number => Number(value === 'Yes');
    const telco = readCsv('data/churn/telco_customer_churn.csv').map((row) => ({
      tenure: Number(row['tenure']), churn: yes(row['Churn']), one: Number(row['Contract'] === 'One year'), two: Number(row['Contract'] === 'Two year'),
      fiber: Number(row['InternetService'] === 'Fiber optic'), noint: Number(row['InternetService'] === 'No'), echeck: Number(row['PaymentMethod'] === 'Electronic check'),
      partner: yes(row['Partner']), dep: yes(row['Dependents']), paperless: yes(row['PaperlessBilling']), sec: yes(row['OnlineSecurity']), tech: yes(row['TechSupport']),
      SeniorCitizen: Number(row['SeniorCitizen']), MonthlyCharges: Number(row['MonthlyCharges']),
    }));
    const golden = readGolden<{ readonly telco_coxzph: TestGolden }>('golden/churn/r_churn.json').telco_coxzph;
    const found = proportionalHazardsTest(fitCoxRegression(telco, { duration: 'tenure', event: 'churn' }), telco);
    test(golden, found, 1e-7);
    expect(found.advice.at(-1)).toBe('With 1869 events small departures are found, too: judge by how far the hazard ratios move, and by predictions on other rows');
  });

  // survfit(fit, newdata = rows of one man, id = ...) of R's survival 3.5-3, and residuals(fit, collapse = id).
  it('paths of men whose employment changed from week to week', () => {
    const weeks = numbers('rossi_counting');
    const model = fitCoxRegression(weeks as Record<string, number>[], { duration: 'stop', entry: 'start', event: 'arrest', features: [...ROSSI, 'employed'] });
    const residuals = coxResiduals(model, weeks);
    for (const [id, survival, residual] of [
      [4, [0.98908472546605, 0.97643413588691, 0.90327111281062], -0.10173253495619],
      [100, [0.98434719405623, 0.95483136267265, 0.89823630441086], -0.10732210007289],
      [432, [0.97699855212246, 0.91805314602908, 0.84006604473275], -0.1742747655537],
    ] as const) {
      const own = weeks.filter((week) => week['id'] === id);
      const path = predictPath(model, own, { assume: 'carryForward' });
      expectNear([9, 19, own.length - 1].map((k) => path.survival[k]!), survival, 1e-10);
      expect(path.after!.median).toBe(Infinity);
      expect(weeks.reduce((sum, week, i) => (week['id'] === id ? sum + residuals[i]! : sum), 0)).toBeCloseTo(residual, 10);
    }
  });

  it('curves with standard errors and intervals; baseline hazards by both rules', () => {
    const golden = goldens.cox_rossi_survfit_row1;
    const baseline = coxBaseline(rossiFit, rossi);
    const curve = coxCurve(rossiFit, baseline, rossi[0]!);
    const at = golden.times.map((time) => Array.from(curve.times).filter((step) => step <= time).length - 1);
    expectNear(at.map((k) => curve.survival[k]!), golden.surv, 1e-10);
    expectNear(at.map((k) => curve.standardErrors[k]!), golden.stderr_surv, 1e-10);
    expectNear(at.map((k) => curve.lower[k]!), golden.lower, 1e-10);
    expectNear(at.map((k) => curve.upper[k]!), golden.upper, 1e-10);
    const breslow = coxCurve(rossiFit, coxBaseline(rossiFit, rossi, { hazard: 'breslow' }), rossi[0]!);
    expectNear(at.map((k) => breslow.survival[k]!), golden.surv_breslow_haz, 1e-10);
    const none = coxCurve(rossiFit, baseline, { fin: 0, age: 0, race: 0, wexp: 0, mar: 0, paro: 0, prio: 0 }).cumulativeHazard;
    expectNear(none, goldens.cox_rossi_basehaz_uncentered.haz, 1e-11);
    expect(none.at(-1)).toBeCloseTo(goldens.cox_rossi_basehaz_uncentered.haz_last, 9);
    expectNear(golden.times.map((time) => rossiFit.predictSurvival(rossi.slice(0, 1), time)[0]!), golden.surv, 1e-10);
  });
});
