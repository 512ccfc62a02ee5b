import { describe, expect, it } from 'vitest';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import type { LogisticRegression } from '../../src/learners/logisticRegression.js';
import type { DesignColumn } from '../../src/learners/logisticDesign.js';
import { LogisticPass } from '../../src/learners/logisticPass.js';
import { newtonStep } from '../../src/learners/newtonLogistic.js';
import { describeWithShared, designOf, readCsv, readGolden } from './shared.js';

type Rows = Record<string, string | number>[];

interface Golden {
  readonly n: number;
  readonly events: number;
  readonly names: readonly string[];
  readonly coef: readonly number[];
  readonly se: readonly number[];
  readonly z: readonly number[];
  readonly p: readonly number[];
  readonly logLik: number;
  readonly logLikNull: number;
  readonly deviance: number;
  readonly aic: number;
  readonly bic: number;
}

interface GoldenFile {
  readonly [set: string]: Golden;
}

interface GoldenVariants {
  readonly german_robust: { readonly hc0: readonly number[]; readonly clusterGroupsOf4NoCorrection: readonly number[] };
  readonly 'german_ridge_C1.0': { readonly intercept: number; readonly coefStd: readonly number[] };
  readonly 'german_ridge_C0.1': { readonly intercept: number; readonly coefStd: readonly number[] };
  readonly bankadd_alias: { readonly R_glm_default: { readonly logLikSup: number } };
}

const GOLDEN = 'golden/scoring/logistic.json';
const TELCO = 'data/churn/telco_customer_churn.csv';
const files = ['default.csv', 'germancredit.csv', 'bank.csv', 'bank-additional-full.csv', 'hillstrom.csv', 'endometrial.csv'].map((name) => `data/scoring/${name}`);

/** Largest relative distance, with the size of what is expected as the measure. */
function distance(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  return Math.max(...found.map((value, j) => Math.abs(value - expected[j]!) / Math.max(Math.abs(expected[j]!), 1e-300)));
}

const estimates = (model: LogisticRegression): number[] => model.coefficients.map(({ estimate }) => estimate);
const errors = (model: LogisticRegression): number[] => model.coefficients.map(({ standardError }) => standardError!);

const words = (text: string): string[] => text.split(' ');
const bankAdditional = (): Rows => readCsv('data/scoring/bank-additional-full.csv').map((row) => ({ ...row, contacted: row['pdays'] === '999' ? 0 : 1 }));
const MACRO = words('age campaign contacted previous emp.var.rate cons.price.idx cons.conf.idx euribor3m nr.employed job marital education');

/** The design of the golden file as standardised columns, and Newton's naive start at the log-odds of the base rate. */
function denseProblem(rows: Rows, target: string, names: readonly string[]): { columns: DesignColumn[]; y: Float64Array; beta: Float64Array } {
  const design = designOf(rows as Record<string, string>[], names);
  const columns = names.slice(1).map((name, j): DesignColumn => {
    const values = Float64Array.from(rows, (_, i) => design[i * names.length + j + 1]!);
    const center = values.reduce((sum, x) => sum + x, 0) / rows.length;
    return { kind: 'number', name, values, center, scale: Math.sqrt(values.reduce((sum, x) => sum + (x - center) ** 2, 0) / rows.length) };
  });
  const y = Float64Array.from(rows, (row) => (row[target] === 'yes' ? 1 : 0));
  const share = y.reduce((sum, outcome) => sum + outcome, 0) / rows.length;
  return { columns, y, beta: Float64Array.from(names, (_, j) => (j === 0 ? Math.log(share / (1 - share)) : 0)) };
}

/** The designs of the golden file: numbers in its order, then categories. */
const designs: Readonly<Record<string, { readonly rows: () => Rows; readonly target: string; readonly positive?: string | number; readonly features: readonly string[]; readonly coefficientTolerance?: number }>> = {
  default: { rows: () => readCsv('data/scoring/default.csv'), target: 'default', features: words('student balance income') },
  german: { rows: german, target: 'creditability', positive: 'bad', features: germanFeatures() },
  bank: {
    rows: () => readCsv('data/scoring/bank.csv', ';'),
    target: 'y',
    features: words('age balance day campaign pdays previous job marital education default housing loan contact month poutcome'),
  },
  // Ill-conditioned (macro-economic indices): its reference is good to 1e-8.
  bankadd: { rows: bankAdditional, target: 'y', features: [...MACRO, ...words('contact month day_of_week poutcome')], coefficientTolerance: 1e-8 },
  hillstrom: { rows: () => readCsv('data/scoring/hillstrom.csv'), target: 'visit', features: words('recency history mens womens newbie zip_code channel segment') },
  telco: {
    rows: () => readCsv(TELCO).filter((row) => row['TotalCharges']!.trim() !== ''),
    target: 'Churn',
    features: words('SeniorCitizen tenure MonthlyCharges Partner Dependents InternetService Contract PaperlessBilling PaymentMethod'),
  },
};

function german(): Rows {
  return readCsv('data/scoring/germancredit.csv');
}

function germanFeatures(): string[] {
  const numbers = words('duration_in_month credit_amount installment_rate_in_percentage_of_disposable_income present_residence_since age_in_years number_of_existing_credits_at_this_bank number_of_people_being_liable_to_provide_maintenance_for');
  const categories = words('status_of_existing_checking_account credit_history purpose savings_account_and_bonds present_employment_since personal_status_and_sex other_debtors_or_guarantors property other_installment_plans housing job telephone foreign_worker');
  return [...numbers, ...categories];
}

describeWithShared('fitLogisticRegression against R and statsmodels', [GOLDEN, TELCO, ...files], () => {
  const golden = readGolden<GoldenFile>(GOLDEN);

  describe.each(Object.entries(designs))('%s', (set, { rows, target, positive, features, coefficientTolerance = 1e-9 }) => {
    const data = rows();
    const model = fitLogisticRegression(data, { target, features, ...(positive !== undefined && { positive }) });
    const expected = golden[set]!;

    it('has the coefficients of the reference, by name', () => {
      expect(model.coefficients.map(({ name }) => name)).toEqual(expected.names);
      expect(distance(estimates(model), expected.coef)).toBeLessThan(coefficientTolerance);
    });

    it('has its standard errors, z and p', () => {
      expect(distance(errors(model), expected.se)).toBeLessThan(1e-7);
      // z and p of the reference rest on its own, slightly earlier, standard errors.
      expect(distance(model.coefficients.map(({ z }) => z!), expected.z)).toBeLessThan(2e-7);
      expect(Math.max(...model.coefficients.map(({ p }, j) => Math.abs(p! - expected.p[j]!) / Math.max(1e-12, expected.p[j]!)))).toBeLessThan(1e-4);
    });

    it('has its likelihood, deviance and criteria', () => {
      expect(Math.abs(model.logLikelihood - expected.logLik)).toBeLessThan(1e-8);
      expect(Math.abs(model.nullLogLikelihood - expected.logLikNull)).toBeLessThan(1e-8);
      expect(Math.abs(model.deviance - expected.deviance)).toBeLessThan(2e-8);
      expect(Math.abs(model.aic - expected.aic)).toBeLessThan(2e-8);
      expect(Math.abs(model.bic - expected.bic)).toBeLessThan(2e-8);
      expect([model.rowCount, model.events]).toEqual([expected.n, expected.events]);
    });

    it('converges in at most 10 iterations, with nothing aliased or separated', () => {
      expect(model.convergence.converged).toBe(true);
      expect(model.convergence.iterations).toBeLessThanOrEqual(10);
      expect([model.aliased, model.separated]).toEqual([[], []]);
    });

    it('predicts what its coefficients say: the mean probability is the rate of events', () => {
      const sum = model.predictProbability(data).reduce((total, p) => total + p, 0);
      expect(sum / expected.events).toBeCloseTo(1, 9);
    });
  });

  it.each(['bank', 'bankadd'])('converges on %s, where Newton from the base rate, without halving, diverges', (set) => {
    const { rows, target, features } = designs[set]!;
    const data = rows();
    const { columns, y, beta } = denseProblem(data, target, golden[set]!.names);
    let loss = Infinity;
    let worst = 0;
    for (let iteration = 0; iteration < 12 && Number.isFinite(worst); iteration++) {
      const pass = new LogisticPass({ columns, y, weights: null, offset: null, ridge: 0 });
      const here = pass.evaluate(beta, true);
      worst = Math.max(worst, here - loss);
      loss = here;
      const step = newtonStep(pass.hessian, pass.gradient);
      if (step === null) worst = Infinity;
      else step.forEach((s, j) => (beta[j]! -= s));
    }
    // It climbs, then breaks down on a singular Hessian.
    expect(worst).toBe(Infinity);
    expect(fitLogisticRegression(data, { target, features }).convergence.converged).toBe(true);
  });

  describe('variants on german credit', () => {
    const data = german();
    const options = { target: 'creditability', positive: 'bad', features: germanFeatures() };
    const variants = readGolden<GoldenVariants>(GOLDEN);

    it('frequency weights', () => {
      const model = fitLogisticRegression(data, { ...options, weights: data.map((_, i) => 1 + (i % 3)) });
      const expected = golden['german_freqweights']!;
      expect(distance(estimates(model), expected.coef)).toBeLessThan(1e-9);
      expect(distance(errors(model), expected.se)).toBeLessThan(1e-7);
      expect(Math.abs(model.logLikelihood - expected.logLik)).toBeLessThan(1e-8);
      expect(model.convergence.iterations).toBeLessThanOrEqual(10);
    });

    it('an offset', () => {
      const model = fitLogisticRegression(data, { ...options, offset: data.map((_, i) => (i % 2 === 0 ? 0.5 : -0.25)) });
      const expected = golden['german_offset']!;
      expect(distance(estimates(model), expected.coef)).toBeLessThan(1e-9);
      expect(distance(errors(model), expected.se)).toBeLessThan(1e-7);
      expect(model.convergence.iterations).toBeLessThanOrEqual(10);
    });

    it('robust and clustered standard errors', () => {
      const robust = fitLogisticRegression(data, { ...options, standardErrors: 'robust' });
      expect(distance(errors(robust), variants.german_robust.hc0)).toBeLessThan(1e-7);
      const clustered = fitLogisticRegression(data, { ...options, standardErrors: { cluster: data.map((_, i) => Math.floor(i / 4)) } });
      expect(distance(errors(clustered), variants.german_robust.clusterGroupsOf4NoCorrection)).toBeLessThan(1e-7);
      expect(clustered.inference).toEqual({ standardErrors: 'cluster', confidence: 0.95 });
    });

    it.each([
      ['german_ridge_C1.0', 1],
      ['german_ridge_C0.1', 10],
    ] as const)("scikit-learn's ridge %s", (name, ridge) => {
      const model = fitLogisticRegression(data, { ...options, ridge });
      const { intercept, coefStd } = variants[name];
      const { terms, intercept: found } = model.toJSON();
      const scales = terms.flatMap((term) => (term.kind === 'category' ? term.scales : term.scale));
      const standardised = model.coefficients.slice(1).map(({ estimate }, j) => estimate * scales[j]!);
      expect(Math.abs(found - intercept)).toBeLessThan(1e-8);
      expect(Math.max(...standardised.map((b, j) => Math.abs(b - coefStd[j]!)))).toBeLessThan(1e-8);
      expect(model.inference).toBe(null);
      expect(model.convergence.iterations).toBeLessThanOrEqual(10);
    });

    it("Firth's penalty", () => {
      const model = fitLogisticRegression(data, { ...options, firth: true });
      const expected = golden['german_firth']!;
      expect(distance(estimates(model), expected.coef)).toBeLessThan(1e-8);
      expect(distance(errors(model), expected.se)).toBeLessThan(1e-8);
      expect(model.convergence.iterations).toBeLessThanOrEqual(10);
    });
  });

  it("Firth's penalty where the maximum of the likelihood is at infinity (endometrial, Heinze and Schemper)", () => {
    const model = fitLogisticRegression(readCsv('data/scoring/endometrial.csv'), { target: 'HG', features: ['NV', 'PI', 'EH'], firth: true });
    const expected = golden['endometrial_firth']!;
    expect(distance(estimates(model), expected.coef)).toBeLessThan(1e-8);
    expect(distance(errors(model), expected.se)).toBeLessThan(1e-8);
    expect(model.convergence.iterations).toBeLessThanOrEqual(10);
    expect(model.separated).toEqual([]);
  });

  it('without it names the column without a finite estimate', () => {
    const model = fitLogisticRegression(readCsv('data/scoring/endometrial.csv'), { target: 'HG', features: ['NV', 'PI', 'EH'] });
    expect(model.separated).toEqual(['NV']);
    expect(model.coefficients[1]).toMatchObject({ name: 'NV', standardError: null, p: null });
    expect(model.coefficients[2]!.standardError).toBeGreaterThan(0);
  });

  it('names what is aliased and what is separated, and reaches the supremum of the likelihood (bank-additional)', () => {
    const features = [...MACRO, ...words('default housing loan contact month day_of_week poutcome')];
    const model = fitLogisticRegression(bankAdditional(), { target: 'y', features });
    expect(model.aliased).toEqual([{ name: 'loan=unknown', combinationOf: ['housing=unknown'] }]);
    expect(model.separated).toEqual(['default=yes']);
    expect(model.parameterCount).toBe(52);
    expect(model.convergence).toMatchObject({ converged: true, reason: 'step below tolerance; no finite estimate for default=yes' });
    expect(model.convergence.iterations).toBeLessThanOrEqual(10);
    expect(Math.abs(model.logLikelihood - readGolden<GoldenVariants>(GOLDEN).bankadd_alias.R_glm_default.logLikSup)).toBeLessThan(1e-8);
  });
});

describeWithShared('fitLogisticRegression on 85 columns with hidden separation (caravan)', ['data/scoring/caravan.csv'], () => {
  it('reaches the supremum of the likelihood where R warns', () => {
    const rows = readCsv('data/scoring/caravan.csv');
    const model = fitLogisticRegression(rows, { target: 'Purchase' });
    expect(Math.abs(model.logLikelihood - -1121.7428101191)).toBeLessThan(1e-8);
    expect(model.separated).toContain('PVRAAUT');
    expect(model.convergence.converged).toBe(true);
  });
});
