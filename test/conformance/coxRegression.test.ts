import { expect, it } from 'vitest';
import { fitCoxPath } from '../../src/churn/cox/fitCoxPath.js';
import { fitCoxRegression } from '../../src/churn/cox/fitCoxRegression.js';
import type { CoxRegression } from '../../src/churn/cox/coxRegression.js';
import { mulberry32 } from './mulberry32.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

interface CoxGolden {
  readonly coef: Readonly<Record<string, number>>;
  readonly se: Readonly<Record<string, number>>;
  readonly loglik: readonly [number, number];
  readonly LR: number;
  readonly wald: number;
  readonly score: number;
  readonly vcov?: readonly (readonly number[])[];
}

type Row = Readonly<Record<string, string | number>>;

const DATA = ['rossi', 'rossi_counting', 'lung', 'veteran', 'ovarian', 'heart', 'bladder', 'mgus2', 'telco_customer_churn'].map((name) => `data/churn/${name}.csv`);

/** Rows that are complete in the named columns, as numbers where they are. */
function complete(file: string, columns: readonly string[]): Row[] {
  return readCsv(`data/churn/${file}.csv`)
    .filter((row) => columns.every((name) => row[name] !== ''))
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, text === '' || Number.isNaN(Number(text)) ? text : Number(text)])));
}

function expectFit(model: CoxRegression, golden: CoxGolden, named: (name: string) => string = (name) => name, digits = 7): void {
  for (const [name, estimate] of Object.entries(golden.coef)) {
    const line = model.coefficients.find((coefficient) => coefficient.name === named(name));
    expect(line?.estimate, name).toBeCloseTo(estimate, 8);
    expect(line?.standardError, name).toBeCloseTo(golden.se[name]!, 8);
  }
  expect(model.coefficients.length).toBe(Object.keys(golden.coef).length);
  expect(model.nullLogLikelihood).toBeCloseTo(golden.loglik[0], 8);
  expect(model.logLikelihood).toBeCloseTo(golden.loglik[1], 8);
  expect(model.tests?.likelihoodRatio.statistic).toBeCloseTo(golden.LR, digits);
  expect(model.tests?.wald?.statistic).toBeCloseTo(golden.wald, digits);
  expect(model.tests?.score.statistic).toBeCloseTo(golden.score, digits);
  expect(model.status).toBe('converged');
}

function table(time: number[], status: number[], x: number[]): { time: number[]; status: number[]; x: number[] } {
  return { time, status, x };
}

const ROSSI = ['fin', 'age', 'race', 'wexp', 'mar', 'paro', 'prio'];

describeWithShared("Cox regression against R's survival", ['golden/churn/r_survival.json', 'golden/churn/r_extra.json', 'golden/churn/r_churn.json', ...DATA], () => {
  const golden = readGolden<Record<string, CoxGolden>>('golden/churn/r_survival.json');

  it('rossi: Efron, Breslow, exact, robust, strata', () => {
    const rows = complete('rossi', []);
    const columns = { duration: 'week', event: 'arrest', features: ROSSI };
    const efron = fitCoxRegression(rows, columns);
    expectFit(efron, golden['cox_rossi_efron']!);
    expect(efron.events).toBe(114);
    efron.covariance()!.values.forEach((value, at) => expect(value).toBeCloseTo(golden['cox_rossi_efron']!.vcov![Math.floor(at / 7)]![at % 7]!, 10));
    expectFit(fitCoxRegression(rows, { ...columns, ties: 'breslow' }), golden['cox_rossi_breslow']!);
    expectFit(fitCoxRegression(rows, { ...columns, ties: 'exact' }), golden['cox_rossi_exact']!);
    expectFit(fitCoxRegression(rows, { ...columns, standardErrors: 'robust' }), golden['cox_rossi_robust']!);
    expectFit(fitCoxRegression(rows, { ...columns, features: ROSSI.filter((name) => name !== 'wexp'), strata: 'wexp' }), golden['cox_rossi_strata_wexp']!);
  });

  it('rossi week by week, with what changes', () => {
    const columns = { duration: 'stop', entry: 'start', event: 'arrest' };
    expectFit(fitCoxRegression(complete('rossi_counting', []), { ...columns, features: [...ROSSI, 'employed'] }), golden['cox_rossi_tv_employed']!);
    expectFit(fitCoxRegression(complete('rossi_counting', ['employed_lag1']), { ...columns, features: [...ROSSI, 'employed_lag1'] }), golden['cox_rossi_tv_employed_lag']!);
  });

  it('lung: strata and clusters', () => {
    const columns = { duration: 'time', event: 'status', eventValue: 2 };
    const names = ['age', 'sex', 'ph.ecog'];
    expectFit(fitCoxRegression(complete('lung', names), { ...columns, features: names }), golden['cox_lung_age_sex_ecog']!);
    expectFit(fitCoxRegression(complete('lung', []), { ...columns, features: ['age', 'sex'] }), golden['cox_lung_age_sex']!);
    expectFit(fitCoxRegression(complete('lung', names), { ...columns, features: ['age', 'ph.ecog'], strata: 'sex' }), golden['cox_lung_strata_sex']!);
    expectFit(fitCoxRegression(complete('lung', [...names, 'inst']), { ...columns, features: names, standardErrors: { cluster: 'inst' } }), golden['cox_lung_cluster_inst']!);
  });

  it('lung with numbers far from 0', () => {
    const rows = complete('lung', []).map((row): Row => ({ ...row, big: 1000 * Number(row['age']) + 1e6 }));
    const columns = { duration: 'time', event: 'status', eventValue: 2 };
    const model = fitCoxRegression(rows, { ...columns, features: ['big', 'sex'] });
    expect(model.coefficients[0]?.estimate).toBeCloseTo(1.704533185e-5, 13);
    expect(model.coefficients[1]?.estimate).toBeCloseTo(-0.5132185198, 9);
    expect(model.logLikelihood).toBeCloseTo(-742.8482458, 7);
    const curve = (time: number): number => model.predictSurvival([{ big: 1_070_000, sex: 1 }], time)[0]!;
    expect(curve(100)).toBeCloseTo(0.8209454764, 9);
    expect(curve(310)).toBeCloseTo(0.3815923375, 9);
  });

  it('veteran, ovarian with weights, heart with entries, bladder with clusters', () => {
    const veteran = complete('veteran', []).map((row): Row => ({ ...row, celltype: row['celltype'] === 'squamous' ? '1 squamous' : row['celltype']! }));
    const inR = (name: string): string => name.replace('celltype', 'celltype=');
    expectFit(fitCoxRegression(veteran, { duration: 'time', event: 'status' }), golden['cox_veteran']!, (name) => (name === 'celltype' ? name : inR(name)));
    const ovarian = complete('ovarian', []).map((row, i): Row => ({ ...row, weight: 1 + (i % 2) }));
    const columns = { duration: 'futime', event: 'fustat' };
    expectFit(fitCoxRegression(ovarian, { ...columns, features: ['age', 'resid.ds', 'rx', 'ecog.ps'] }), golden['cox_ovarian']!);
    expectFit(fitCoxRegression(ovarian, { ...columns, features: ['age', 'rx'] }), golden['cox_ovarian_age_rx']!);
    expectFit(fitCoxRegression(ovarian, { ...columns, features: ['age', 'rx'], weights: 'weight' }), golden['cox_ovarian_weights']!);
    const heart = { duration: 'stop', entry: 'start', event: 'event', features: ['age', 'year', 'surgery', 'transplant'] };
    expectFit(fitCoxRegression(complete('heart', []), heart), golden['cox_heart']!);
    expectFit(fitCoxRegression(complete('heart', []), { ...heart, ties: 'breslow' }), golden['cox_heart_breslow']!);
    expectFit(fitCoxRegression(complete('bladder', []), { duration: 'stop', event: 'event', features: ['rx', 'size', 'number'], strata: 'enum', standardErrors: { cluster: 'id' } }), golden['cox_bladder_wlw']!);
  });

  it('causes of mgus2', () => {
    const causes = readGolden<{ cause_specific_mgus2: Record<string, CoxGolden> }>('golden/churn/r_survival.json').cause_specific_mgus2;
    const rows = complete('mgus2', []).map((row): Row => {
      const progressed = row['pstat'] === 1;
      return { ...row, etime: progressed ? row['ptime']! : row['futime']!, cause: progressed ? 'pcm' : row['death'] === 1 ? 'death' : 'none', sexM: row['sex'] === 'M' ? 1 : 0 };
    });
    for (const cause of ['pcm', 'death']) {
      const marked = rows.map((row): Row => ({ ...row, came: Number(row['cause'] === cause) }));
      expectFit(fitCoxRegression(marked, { duration: 'etime', event: 'came', features: ['age', 'sexM'] }), causes[cause]!);
    }
  });

  it("Therneau's rows, in fractions", () => {
    const extra = readGolden<Record<string, { coef: number; ll: readonly [number, number]; info?: number; var?: number }>>('golden/churn/r_extra.json');
    const first = table([1, 1, 6, 6, 8, 9], [1, 0, 1, 1, 0, 1], [1, 1, 1, 0, 0, 0]);
    const second = { ...table([2, 3, 6, 7, 8, 9, 9, 9, 14, 17], [1, 1, 1, 1, 1, 1, 1, 0, 0, 0], [1, 0, 0, 1, 0, 1, 1, 1, 0, 0]), start: [1, 2, 5, 2, 1, 7, 3, 4, 8, 8] };
    const third = { ...table([1, 1, 2, 2, 2, 2, 3, 4, 5], [1, 0, 1, 1, 1, 0, 0, 1, 0], [2, 0, 1, 1, 0, 1, 0, 1, 0]), w: [1, 2, 3, 4, 3, 2, 1, 2, 1] };
    const columns = { duration: 'time', event: 'status', features: ['x'] } as const;
    for (const ties of ['breslow', 'efron'] as const) {
      const fits = [fitCoxRegression(first, { ...columns, ties }), fitCoxRegression(second, { ...columns, entry: 'start', ties }), fitCoxRegression(third, { ...columns, weights: 'w', ties })];
      [`test1_${ties}`, `test2_${ties}`, `test3_weighted_${ties}`].forEach((name, i) => {
        const { coef, ll, info, var: variance } = extra[name]!;
        const fit = fits[i]!;
        // R stops a little earlier.
        expect(fit.coefficients[0]!.estimate).toBeCloseTo(coef, 9);
        expect(fit.nullLogLikelihood).toBeCloseTo(ll[0], 10);
        expect(fit.logLikelihood).toBeCloseTo(ll[1], 10);
        expect(fit.coefficients[0]!.standardError! ** 2).toBeCloseTo(variance ?? 1 / info!, 9);
      });
    }
    expect(fitCoxRegression(first, { ...columns, ties: 'breslow' }).coefficients[0]!.estimate).toBeCloseTo(Math.log((3 + Math.sqrt(33)) / 2), 12);
    // The angle of the cubic whose root the hazard ratio is.
    const angle = Math.acos((45 / 23) * Math.sqrt(3 / 23)) / 3;
    expect(fitCoxRegression(first, columns).coefficients[0]!.hazardRatio).toBeCloseTo(2 * Math.sqrt(23 / 3) * Math.cos(angle), 12);
    const exact = fitCoxRegression(first, { ...columns, ties: 'exact' });
    expect(exact.status).toBe('separated');
    expect(exact.separated).toEqual(['x']);
    expect(exact.logLikelihood).toBeCloseTo(-2 * Math.log(3), 9);
  });

  it('rossi under a ridge, as R has it, and under elastic nets, as glmnet', () => {
    const rows = complete('rossi', []);
    const columns = { duration: 'week', event: 'arrest', features: ROSSI };
    const ridge = readGolden<Record<string, { coef: number[]; loglik: [number, number]; se_diag_var: number[]; df: number }>>('golden/churn/r_survival.json')['cox_rossi_ridge_theta10_noscale']!;
    const shrunk = fitCoxRegression(rows, { ...columns, penalty: { ridge: 10 } });
    shrunk.coefficients.forEach(({ estimate, standardError }, j) => {
      expect(estimate).toBeCloseTo(ridge.coef[j]!, 8);
      expect(standardError).toBeCloseTo(ridge.se_diag_var[j]!, 8);
    });
    expect(shrunk.logLikelihood).toBeCloseTo(ridge.loglik[1], 8);
    expect(shrunk.parameterCount).toBeCloseTo(ridge.df, 7);
    const nets = readGolden<Record<string, { lambda: number[]; beta: number[][]; 'dev.ratio': number[] }>>('golden/churn/r_churn.json');
    for (const mixing of [0, 0.5, 1]) {
      const { lambda, beta, 'dev.ratio': ratios } = nets[`glmnet_rossi_alpha${mixing}`]!;
      const path = fitCoxPath(rows, { ...columns, ties: 'breslow', mixing, lambdas: lambda });
      lambda.forEach((amount, k) => {
        const model = fitCoxRegression(rows, { ...columns, ties: 'breslow', penalty: { lambda: amount, mixing } });
        expect(path.points[k]!.devianceRatio).toBeCloseTo(ratios[k]!, 6);
        beta[k]!.forEach((b, j) => {
          const { estimate } = model.coefficients[j]!;
          if (b === 0) expect(estimate).toBe(0);
          else expect(estimate).toBeCloseTo(b, 6);
          expect(path.points[k]!.estimates[j]).toBeCloseTo(estimate, 8);
        });
        expect(model.parameterCount).toBe(beta[k]!.filter((b) => b !== 0).length);
      });
    }
  });

  it("separation is seen, and Firth's estimates are finite", () => {
    const eight = table([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0, 0, 0]);
    const columns = { duration: 'time', event: 'status', features: ['x'] } as const;
    const plain = fitCoxRegression(eight, columns);
    expect(plain.status).toBe('separated');
    expect(plain.separated).toEqual(['x']);
    expect(plain.coefficients[0]!.standardError).toBe(null);
    expect(plain.logLikelihood).toBeCloseTo(readGolden<Record<string, CoxGolden>>('golden/churn/r_survival.json')['cox_separation']!.loglik[1], 8);
    const extra = readGolden<Record<string, { coef: number; pll: number }>>('golden/churn/r_extra.json');
    const firth = { penalty: { firth: true } } as const;
    const reduced = fitCoxRegression(eight, { ...columns, ties: 'breslow', ...firth });
    expect(reduced.coefficients[0]!.estimate).toBeCloseTo(extra['firth_sep_breslow']!.coef, 7);
    expect(reduced.penalisedLogLikelihood).toBeCloseTo(extra['firth_sep_breslow']!.pll, 8);
    const lung = complete('lung', []).map((row, i, all): Row => ({ ...row, last: i === all.length - 1 ? 1 : 0 }));
    const inLung = { duration: 'time', event: 'status', eventValue: 2, features: ['last'] };
    expect(fitCoxRegression(lung, inLung).status).toBe('separated');
    for (const ties of ['breslow', 'efron'] as const) {
      const model = fitCoxRegression(lung, { ...inLung, ties, ...firth });
      // The reference was found by a search without slopes: Firth's equation holds at ours, and is 1.3e-7 off at its estimate.
      expect(Math.abs(model.coefficients[0]!.estimate - extra[`firth_lung_tmp_${ties}`]!.coef)).toBeLessThan(1e-6);
      expect(model.penalisedLogLikelihood).toBeCloseTo(extra[`firth_lung_tmp_${ties}`]!.pll, 7);
    }
    const ovarian = fitCoxRegression(complete('ovarian', []), { duration: 'futime', event: 'fustat', features: ['age', 'rx'], ties: 'breslow', ...firth });
    const { coef, pll } = extra['firth_ovarian_age_rx_breslow'] as unknown as { coef: number[]; pll: number };
    ovarian.coefficients.forEach(({ estimate }, j) => expect(estimate).toBeCloseTo(coef[j]!, 7));
    expect(ovarian.penalisedLogLikelihood).toBeCloseTo(pll, 7);
  });

  it('telco, by Efron and Breslow', () => {
    const rows = readCsv('data/churn/telco_customer_churn.csv').map((row) => {
      const is = (column: string, value: string): number => Number(row[column] === value);
      return {
        tenure: Number(row['tenure']),
        churned: row['Churn']!,
        one: is('Contract', 'One year'),
        two: is('Contract', 'Two year'),
        fiber: is('InternetService', 'Fiber optic'),
        noint: is('InternetService', 'No'),
        echeck: is('PaymentMethod', 'Electronic check'),
        partner: is('Partner', 'Yes'),
        dep: is('Dependents', 'Yes'),
        paperless: is('PaperlessBilling', 'Yes'),
        sec: is('OnlineSecurity', 'Yes'),
        tech: is('TechSupport', 'Yes'),
        SeniorCitizen: Number(row['SeniorCitizen']),
        MonthlyCharges: Number(row['MonthlyCharges']),
      };
    });
    const telco = readGolden<Record<string, { coef: Record<string, number>; se: number[]; loglik: [number, number]; wald: number; score: number }>>('golden/churn/r_churn.json');
    for (const ties of ['efron', 'breslow'] as const) {
      const { coef, se, loglik, wald, score } = telco[`telco_cox_${ties}`]!;
      const model = fitCoxRegression(rows, { duration: 'tenure', event: 'churned', ties });
      const errors = Object.fromEntries(Object.keys(coef).map((name, j) => [name, se[j]!]));
      expectFit(model, { coef, se: errors, loglik, wald, score, LR: 2 * (loglik[1] - loglik[0]) }, undefined, 6);
    }
  });

  it('100,000 simulated rows, continuous times and whole days', () => {
    const uniform = mulberry32(12345);
    const draw = (): number => uniform() + 2 ** -33;
    const slopes = [0.5, -0.4, 0.3, -0.2, 0.1, 0.6, -0.5, 0.4, -0.3, 0.2];
    const columns = slopes.map(() => new Float64Array(100_000));
    const time = new Float64Array(100_000);
    const event = new Uint8Array(100_000);
    for (let i = 0; i < time.length; i++) {
      const sum = slopes.reduce((soFar, slope, j) => {
        const u = draw();
        columns[j]![i] = j < 5 ? Math.sqrt(12) * (u - 0.5) : Number(u < 0.3 + 0.05 * (j - 5));
        return soFar + slope * columns[j]![i]!;
      }, 0);
      const left = -Math.log(draw()) / (0.01 * Math.exp(sum));
      const censored = 365 * draw();
      time[i] = Math.min(left, censored);
      event[i] = Number(left <= censored);
    }
    const data = (times: Float64Array): Record<string, Float64Array | Uint8Array> => ({ ...Object.fromEntries(columns.map((column, j) => [`x${j}`, column])), time: times, event });
    const expectEstimates = (times: Float64Array, estimates: readonly number[], logLikelihood: number): void => {
      const model = fitCoxRegression(data(times), { duration: 'time', event: 'event' });
      expect(model.events).toBe(72_142);
      estimates.forEach((estimate, j) => expect(model.coefficients[j]!.estimate).toBeCloseTo(estimate, 8));
      expect(model.logLikelihood).toBeCloseTo(logLikelihood, 5);
    };
    expectEstimates(time, [0.4968045253784, -0.404202447544, 0.298056146226, -0.200626666040, 0.099464692235, 0.5974837633179, -0.4940549984234, 0.4093426417542, -0.3000668242925, 0.1973776638294], -753421.8405481);
    expectEstimates(time.map(Math.ceil), [0.4967727419, -0.4041580455, 0.2980229297, -0.2006826909, 0.0994785349, 0.5974406111, -0.493956898, 0.4093364512, -0.3000951727, 0.1974085769], -753548.035039);
  });
});
