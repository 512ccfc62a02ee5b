import { expect, it } from 'vitest';
import { fitQuantileRegression } from '../../src/learners/quantile/fitQuantileRegression.js';
import type { QuantileRegression } from '../../src/learners/quantile/quantileRegression.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

/** R quantreg 5.94 (method br) and scipy's HiGHS, which agree; see ../shared/golden/propensity/reference_scripts/qr.py. */
interface Goldens {
  readonly quantile_engel: {
    readonly rows: readonly (readonly [tau: number, intercept: number, slope: number, objective: number])[];
    readonly R1: Readonly<Record<string, number>>;
    readonly 'se_tau_0.5': Readonly<Record<'iid' | 'nid', readonly number[]>>;
    readonly 'weighted_1_over_income_tau_0.75': readonly number[];
    readonly log10_log10: Readonly<Record<string, readonly number[]>>;
  };
  readonly quantile_stackloss: { readonly rows: Readonly<Record<string, readonly number[]>> };
  readonly quantile_wholesale: Readonly<Record<'0.5' | '0.8' | '0.9', readonly number[]>>;
}

const GOLDENS = 'golden/propensity/goldens.json';
const DATA = ['engel_foodexp', 'stackloss', 'wholesale_customers'].map((name) => `data/potential/${name}.csv`);
const estimates = (model: QuantileRegression, place = 0): number[] => model.fits[place]!.coefficients.map(({ estimate }) => estimate);
const expectProof = (model: QuantileRegression): void => {
  for (const { certificate } of model.fits) {
    expect(certificate.dualExcess).toBeLessThan(1e-9);
    expect(certificate.gap).toBeLessThan(1e-12);
  }
};

describeWithShared('quantile regression against R quantreg', [GOLDENS, ...DATA], () => {
  const { quantile_engel: engel, quantile_stackloss: stackloss, quantile_wholesale: wholesale } = readGolden<Goldens>(GOLDENS);
  const households = readCsv(DATA[0]!).map(({ income, foodexp }) => ({ income: Number(income), foodexp: Number(foodexp) }));

  it('engel: coefficients to 1e-8, losses to a relative 1e-10, R1 to 1e-9, at seven quantiles in one call', () => {
    const model = fitQuantileRegression(households, { target: 'foodexp', quantiles: engel.rows.map(([tau]) => tau) });
    engel.rows.forEach(([tau, intercept, slope, objective], place) => {
      expect(Math.abs(estimates(model, place)[0]! - intercept)).toBeLessThan(1e-8);
      expect(Math.abs(estimates(model, place)[1]! - slope)).toBeLessThan(1e-8);
      expect(Math.abs(model.fits[place]!.objective / objective - 1)).toBeLessThan(1e-10);
      expect(Math.abs(model.fits[place]!.r1 - engel.R1[String(tau)]!)).toBeLessThan(1e-9);
      expect(model.fits[place]!.isUnique).toBe(true);
    });
    expectProof(model);
  });

  it.each(['iid', 'nid'] as const)('engel: %s standard errors of the median to 1e-6', (standardErrors) => {
    const { coefficients } = fitQuantileRegression(households, { target: 'foodexp', standardErrors }).fits[0]!;
    coefficients.forEach(({ standardError }, k) => expect(Math.abs(standardError! - engel['se_tau_0.5'][standardErrors][k]!)).toBeLessThan(1e-6));
  });

  it('engel: weighted by 1 / income to 1e-8', () => {
    const weights = households.map(({ income }) => 1 / income);
    const found = estimates(fitQuantileRegression(households, { target: 'foodexp', quantile: 0.75, weights }));
    engel['weighted_1_over_income_tau_0.75'].forEach((value, k) => expect(Math.abs(found[k]! - value)).toBeLessThan(1e-8));
  });

  it('engel: the logarithms to 1e-8', () => {
    const rows = households.map(({ income, foodexp }) => ({ income: Math.log10(income), foodexp: Math.log10(foodexp) }));
    const quantiles = Object.keys(engel.log10_log10).map(Number);
    const model = fitQuantileRegression(rows, { target: 'foodexp', quantiles });
    for (const [tau, expected] of Object.entries(engel.log10_log10)) {
      expected.forEach((value, k) => expect(Math.abs(model.fitAt(Number(tau)).coefficients[k]!.estimate - value)).toBeLessThan(1e-8));
    }
  });

  it('engel: 99 quantiles, each proven', () => {
    const quantiles = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
    const model = fitQuantileRegression(households, { target: 'foodexp', quantiles });
    expectProof(model);
    const predictions = model.predict(households);
    for (let i = 0; i < predictions.length; i++) if (i % 99 > 0) expect(predictions[i]! >= predictions[i - 1]!).toBe(true);
  });

  it.each(Object.entries(stackloss.rows))('stackloss at %s, ties and all: coefficients to 1e-8, losses to a relative 1e-10', (tau, expected) => {
    const rows = readCsv(DATA[1]!).map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, Number(cell)])));
    const model = fitQuantileRegression(rows, { target: 'STACKLOSS', quantile: Number(tau) });
    expect(Math.abs(model.fits[0]!.objective / expected[4]! - 1)).toBeLessThan(1e-10);
    estimates(model).forEach((value, k) => expect(Math.abs(value - expected[k]!)).toBeLessThan(1e-8));
    expectProof(model);
    // Eight rows lie on the plane of the first quartile, four would do.
    if (tau === '0.25') expect(model.fits[0]!.certificate.zeroResiduals).toBe(8);
  });

  it.each(['0.5', '0.8', '0.9'] as const)('wholesale at %s, with categories: coefficients to 1e-8, losses to a relative 1e-10', (tau) => {
    const rows = readCsv(DATA[2]!).map(({ Channel, Region, Milk, Grocery, Fresh }) => ({
      Channel,
      // The reference has the region "Other" as baseline; ours is the first by code unit.
      Region: Region === 'Other' ? ' Other' : Region,
      milk: Math.log(Number(Milk)),
      grocery: Math.log(Number(Grocery)),
      fresh: Math.log(Number(Fresh)),
    }));
    const model = fitQuantileRegression(rows, { target: 'milk', features: ['grocery', 'fresh', 'Channel', 'Region'], quantile: Number(tau) });
    const expected = wholesale[tau];
    expect(Math.abs(model.fits[0]!.objective / expected[6]! - 1)).toBeLessThan(1e-10);
    estimates(model).forEach((value, k) => expect(Math.abs(value - expected[k]!)).toBeLessThan(1e-8));
    expectProof(model);
  });
});
