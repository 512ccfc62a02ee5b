import { expect, it } from 'vitest';
import type { CovarianceKind } from '../../src/segmentation/mixture/covarianceKind.js';
import { fitGaussianMixture } from '../../src/segmentation/mixture/fitGaussianMixture.js';
import type { GaussianMixture } from '../../src/segmentation/mixture/gaussianMixture.js';
import { fitLatentClass } from '../../src/segmentation/mixture/fitLatentClass.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const GOLDEN = ['golden', 'segmentation', 'golden_segmentation.json'] as const;
const DATA = 'data/segmentation/';
const SPEND = ['Fresh', 'Milk', 'Grocery', 'Frozen', 'Detergents_Paper', 'Delicatessen'];

const table = (file: string, columns: readonly string[], log: boolean): Record<string, Float64Array> => {
  const rows = readCsv(`${DATA}${file}`);
  return Object.fromEntries(columns.map((column) => [column, Float64Array.from(rows, (row) => (log ? Math.log(Number(row[column])) : Number(row[column])))]));
};
const SETS: Readonly<Record<string, () => Record<string, Float64Array>>> = {
  mall: () => table('mall_customers.csv', ['age', 'annual_income_thousands', 'spending_score'], false),
  wholesale: () => table('wholesale_customers_udacity.csv', SPEND, true),
  retail_rfm: () => table('online_retail_rfm_2011-12-10.csv', ['R', 'F', 'M'], true),
};

/** scikit-learn 1.2.1, the best of 160 starts that is no spike: log-likelihood of the standardised columns. */
const BEST: readonly (readonly [set: string, covariance: CovarianceKind, segments: number, logLikelihood: number])[] = [
  ['mall', 'full', 2, -777.745148],
  ['mall', 'full', 3, -714.110496],
  ['mall', 'full', 4, -684.771112],
  ['mall', 'diagonal', 2, -799.458646],
  ['mall', 'diagonal', 3, -728.151871],
  ['mall', 'diagonal', 4, -691.220832],
  ['mall', 'diagonal', 5, -670.787452],
  ['wholesale', 'full', 2, -3007.111664],
  ['wholesale', 'full', 3, -2875.292761],
  ['wholesale', 'diagonal', 2, -3417.745879],
  ['wholesale', 'diagonal', 3, -3244.195821],
  ['wholesale', 'diagonal', 4, -3136.513372],
  ['wholesale', 'diagonal', 5, -3059.924147],
];
/** mclust 6.0.0: its model of one ellipsoid each, one segment. */
const ONE: readonly (readonly [set: string, bic: number])[] = [
  ['mall', 1727.7216],
  ['wholesale', 6604.6912],
];

/** The least variance of a feature in a segment, and the rows of the smallest segment. */
const leastVariance = ({ covariances, features: { length: width } }: GaussianMixture): number =>
  Math.min(...covariances.flatMap((covariance) => covariance.filter((_, at) => covariance.length === width || at % (width + 1) === 0)));
const fewestRows = ({ weights }: GaussianMixture, rows: number): number => rows * weights.at(-1)!;

describeWithShared('Gaussian mixtures against scikit-learn and mclust', [GOLDEN.join('/'), `${DATA}mall_customers.csv`], () => {
  it.each(BEST)('%s, %s, %i segments: by default as likely as the best of 160 starts', (set, covariance, segments, best) => {
    const mixture = fitGaussianMixture(SETS[set]!(), { segments, covariance, scaling: 'standard' });
    expect(mixture.warnings).toEqual([]);
    expect(mixture.segmentCount).toBe(segments);
    expect(mixture.convergence.converged).toBe(true);
    expect(mixture.logLikelihood).toBeGreaterThan(best - 1e-4);
    expect(mixture.logLikelihood).toBeLessThan(best + 1e-3);
  });

  it.each(ONE)('%s: one segment in closed form', (set, bic) => {
    expect(fitGaussianMixture(SETS[set]!(), { segments: 1, covariance: 'full', scaling: 'standard' }).bic).toBeCloseTo(bic, 3);
  });

  const { gmm_sklearn_best_of_30: golden } = readGolden<{ gmm_sklearn_best_of_30: Record<string, Record<string, { ll: number; bic: number; aic: number }>> }>(...GOLDEN);
  it.each(['mall', 'wholesale'])('%s: tied and spherical at least as likely as the best of 30 starts, and of the same size', (set) => {
    for (const covariance of ['tied', 'spherical'] as const) {
      for (const segments of [1, 2, 3, 4]) {
        const expected = golden[set]![`${covariance}${segments}`]!;
        const mixture = fitGaussianMixture(SETS[set]!(), { segments, covariance, scaling: 'standard' });
        expect(mixture.warnings).toEqual([]);
        expect(mixture.logLikelihood).toBeGreaterThan(expected.ll - 1e-4);
        expect(mixture.bic + 2 * mixture.logLikelihood).toBeCloseTo(expected.bic + 2 * expected.ll, 6);
        expect(mixture.aic + 2 * mixture.logLikelihood).toBeCloseTo(expected.aic + 2 * expected.ll, 6);
        expect(leastVariance(mixture)).toBeGreaterThan(1e-2);
      }
    }
  });

  it('mall: chooses four independent segments by BIC, with the ICL of mclust', () => {
    const mixture = fitGaussianMixture(SETS['mall']!(), { segments: 4, scaling: 'standard' });
    expect(mixture.covariance).toBe('diagonal');
    // mclust, VVI with 4: BIC -1525.50127648, ICL -1534.53909322, a little below the top.
    expect(mixture.bic).toBeCloseTo(1525.496, 2);
    expect(Math.abs(mixture.icl - 1534.53909322)).toBeLessThan(0.1);
  });

  it('wholesale, full, 4 segments: not the spike of two rows at -2793.09', () => {
    const mixture = fitGaussianMixture(SETS['wholesale']!(), { segments: 4, covariance: 'full', scaling: 'standard' });
    expect(mixture.logLikelihood).toBeLessThan(-2800);
    expect(mixture.logLikelihood).toBeGreaterThan(-2810);
    expect(fewestRows(mixture, 440)).toBeGreaterThan(14);
    expect(leastVariance(mixture)).toBeGreaterThan(1e-2);
  });

  it('retail, full: the point mass of one purchase (log frequency 0) is no density of +1023; held open, and said so', () => {
    const mixture = fitGaussianMixture(SETS['retail_rfm']!(), { segments: 3, covariance: 'full', scaling: 'standard', starts: 8 });
    expect(mixture.warnings.join()).toMatch(/collapses onto a value that many rows share/);
    expect(mixture.logLikelihood).toBeLessThan(-10_000);
    expect(leastVariance(mixture)).toBeGreaterThan(3e-3);
    expect(fitGaussianMixture(SETS['retail_rfm']!(), { segments: 1, covariance: 'full', scaling: 'standard' }).logLikelihood).toBeCloseTo(-15_273.484574, 3);
  });
});

describeWithShared('latent classes against stepmix', [`${DATA}marketing_campaign_full.csv`], () => {
  const rows = readCsv(`${DATA}marketing_campaign_full.csv`).filter(({ Income }) => Income !== '' && Number(Income) < 600_000);
  const fit = (segments: number) => fitLatentClass(rows, { segments, features: ['Education', 'Marital_Status', 'Kidhome', 'Teenhome'] });
  const expected = [
    [1, -9414.051319, 18943.647753, 15],
    [2, -9353.709308, 18946.211842, 31],
    [3, -9337.485875, 19037.013111, 47],
  ] as const;

  it('finds 2,215 complete customers', () => {
    expect(rows.length).toBe(2215);
  });

  it.each(expected)('%i: the likelihood to 1e-3, and the degrees of freedom', (segments, logLikelihood, bic, parameters) => {
    const classes = fit(segments);
    expect(classes.parameterCount).toBe(parameters);
    expect(Math.abs(classes.logLikelihood - logLikelihood)).toBeLessThan(1e-3);
    expect(Math.abs(classes.bic - bic)).toBeLessThan(2e-3);
  });

  it('says that there is one class', () => {
    expect(fit(2).bic).toBeGreaterThan(fit(1).bic);
  });
});
