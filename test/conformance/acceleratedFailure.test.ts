import { expect, it } from 'vitest';
import { fitAcceleratedFailure } from '../../src/churn/accelerated/fitAcceleratedFailure.js';
import type { AcceleratedFailure } from '../../src/churn/accelerated/acceleratedFailure.js';
import type { TimeDistribution } from '../../src/churn/accelerated/timeFamily.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

/** survreg of R survival 3.5-3, rel.tolerance 1e-13; 12 digits. */
interface Survreg {
  readonly coef: Readonly<Record<string, number>>;
  readonly log_scale: number;
  /** Of the coefficients and, unless exponential, of log(scale). */
  readonly se: readonly number[];
  /** Without features, and with. */
  readonly loglik: readonly [number, number];
}

const [R_SURVIVAL, R_CHURN] = ['golden/churn/r_survival.json', 'golden/churn/r_churn.json'] as const;
const LAWS: Readonly<Record<string, TimeDistribution>> = { weibull: 'weibull', exponential: 'exponential', lognormal: 'log-normal', loglogistic: 'log-logistic', gaussian: 'gaussian', logistic: 'logistic' };
const DATA: Readonly<Record<string, readonly [file: string, duration: string, event: string, features: readonly string[]]>> = {
  lung: ['data/churn/lung.csv', 'time', 'status', ['age', 'sex', 'ph.ecog']],
  ovarian: ['data/churn/ovarian.csv', 'futime', 'fustat', ['ecog.ps', 'rx']],
  rossi: ['data/churn/rossi.csv', 'week', 'arrest', ['fin', 'age', 'race', 'wexp', 'mar', 'paro', 'prio']],
  waltons: ['data/churn/waltons.csv', 'T', 'E', []],
};

const ROBUST = [0.472450130274, 0.007359279886, 0.120728328681, 0.088417076127, 0.066462451344];
const CLUSTERED = [0.390823005843, 0.005205704807, 0.096482706664, 0.088678422643, 0.056686932843];

/** Relative to 1, or to the figure where that is larger. */
const expectNear = (found: number | null | undefined, wanted: number, within: number): void => {
  expect(Math.abs(found! - wanted) / Math.max(1, Math.abs(wanted))).toBeLessThan(within);
};

function expectSurvreg(model: AcceleratedFailure, golden: Survreg): void {
  expect(model.status).toBe('converged');
  Object.entries(golden.coef).forEach(([name, estimate], j) => {
    const line = model.coefficients[j]!;
    expect(line.name).toBe(name);
    expectNear(line.estimate, estimate, 1e-9);
    expectNear(line.standardError, golden.se[j]!, 1e-9);
  });
  expectNear(Math.log(model.scale.estimate), golden.log_scale, 1e-9);
  if (model.distribution !== 'exponential') expectNear(model.scale.logStandardError, golden.se[model.coefficients.length]!, 1e-9);
  expectNear(model.logLikelihood, golden.loglik[1], 1e-11);
  expectNear(model.nullLogLikelihood, golden.loglik[0], 1e-11);
}

describeWithShared('accelerated failure time against survreg of R', [R_SURVIVAL, ...Object.values(DATA).map(([file]) => file), 'data/churn/tobin.csv'], () => {
  const goldens = readGolden<Readonly<Record<string, Survreg>>>(R_SURVIVAL);
  const tables = new Map(Object.entries(DATA).map(([name, [file]]) => [name, readCsv(file)]));
  const rowsOf = (name: string, features: readonly string[]): Record<string, number>[] => {
    const [, duration, event] = DATA[name]!;
    const columns = [duration, event, ...features];
    const rows = tables.get(name)!.filter((row) => columns.every((column) => row[column] !== '' && row[column] !== 'NA'));
    return rows.map((row) => Object.fromEntries(columns.map((column) => [column, Number(row[column]) - (name === 'lung' && column === 'status' ? 1 : 0)])));
  };
  const cases = Object.keys(goldens).filter((key) => /^aft_(lung|ovarian|rossi|waltons)_[a-z]+(_null)?$/.test(key));

  it('has every reference', () => {
    expect(cases).toHaveLength(18);
  });

  it.each(cases)('%s', (key) => {
    const [, name, law, isNull] = key.split('_');
    const [, duration, event, all] = DATA[name!]!;
    const features = isNull === undefined ? all : [];
    const model = fitAcceleratedFailure(rowsOf(name!, features), { duration, event, features, distribution: LAWS[law!]! });
    expectSurvreg(model, goldens[key]!);
  });

  it('predictions for the first row of rossi', () => {
    const { median, q10, lp } = goldens['aft_rossi_weibull_pred_row1'] as unknown as { readonly median: number; readonly q10: number; readonly lp: number };
    const rows = rowsOf('rossi', DATA['rossi']![3]);
    const model = fitAcceleratedFailure(rows, { duration: 'week', event: 'arrest' });
    expectNear(model.predictQuantile(rows.slice(0, 1), 0.5)[0], median, 1e-10);
    expectNear(model.predictQuantile(rows.slice(0, 1), 0.1)[0], q10, 1e-10);
    expectNear(model.explain(rows[0]!).margin, lp, 1e-10);
  });

  it('robust errors, by row and by institution (survreg with robust = TRUE and cluster(inst), R survival 3.5-3)', () => {
    const columns = ['time', 'status', 'age', 'sex', 'ph.ecog', 'inst'] as const;
    const rows = tables.get('lung')!.filter((row) => columns.every((column) => row[column] !== '' && row[column] !== 'NA'));
    const numbers = rows.map((row) => ({ ...Object.fromEntries(columns.map((column) => [column, Number(row[column])])), left: row['status'] === '2' }));
    for (const [standardErrors, wanted] of [['robust', ROBUST], [{ cluster: 'inst' }, CLUSTERED]] as const) {
      const model = fitAcceleratedFailure(numbers as Record<string, number | boolean>[], { duration: 'time', event: 'left', features: ['age', 'sex', 'ph.ecog'], standardErrors });
      const found = [...model.coefficients.map(({ standardError }) => standardError), model.scale.logStandardError];
      wanted.forEach((value, j) => expectNear(found[j], value, 1e-8));
    }
  });

  it('tobin: durable goods, censored at 0 on the left', () => {
    const rows = readCsv('data/churn/tobin.csv').map((row) => ({ least: Number(row['durable']) > 0 ? Number(row['durable']) : null, most: Number(row['durable']), age: Number(row['age']), quant: Number(row['quant']) }));
    const model = fitAcceleratedFailure(rows, { duration: 'least', durationUpper: 'most', distribution: 'gaussian' });
    expectSurvreg(model, goldens['aft_tobin']!);
    expect(model.events).toBe(20);
  });
});

const TELCO = 'data/churn/telco_customer_churn.csv';
describeWithShared('accelerated failure time of the Telco customers against survreg of R', [R_CHURN, TELCO], () => {
  const goldens = readGolden<Readonly<Record<string, Survreg>>>(R_CHURN);
  const yes = (value: string | undefined, wanted: string): number => Number(value === wanted);
  const rows = readCsv(TELCO).filter((row) => Number(row['tenure']) > 0).map((row) => ({
    tenure: Number(row['tenure']),
    churn: yes(row['Churn'], 'Yes'),
    one: yes(row['Contract'], 'One year'),
    two: yes(row['Contract'], 'Two year'),
    fiber: yes(row['InternetService'], 'Fiber optic'),
    noint: yes(row['InternetService'], 'No'),
    echeck: yes(row['PaymentMethod'], 'Electronic check'),
    partner: yes(row['Partner'], 'Yes'),
    dep: yes(row['Dependents'], 'Yes'),
    paperless: yes(row['PaperlessBilling'], 'Yes'),
    sec: yes(row['OnlineSecurity'], 'Yes'),
    tech: yes(row['TechSupport'], 'Yes'),
    SeniorCitizen: Number(row['SeniorCitizen']),
    MonthlyCharges: Number(row['MonthlyCharges']),
  }));

  it.each(['weibull', 'exponential', 'lognormal', 'loglogistic'])('%s', (law) => {
    expectSurvreg(fitAcceleratedFailure(rows, { duration: 'tenure', event: 'churn', distribution: LAWS[law]! }), goldens[`telco_aft_${law}`]!);
  });

  it('chooses the log-normal, as the likelihoods of R do', () => {
    const model = fitAcceleratedFailure(rows, { duration: 'tenure', event: 'churn', distribution: 'choose' });
    expect(model.distribution).toBe('log-normal');
    expect(model.candidates?.map(({ distribution }) => distribution)).toEqual(['log-normal', 'log-logistic', 'weibull', 'exponential']);
  });
});
