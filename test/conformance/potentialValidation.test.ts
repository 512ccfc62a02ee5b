import { expect, it } from 'vitest';
import { fitQuantileRegression } from '../../src/learners/quantile/fitQuantileRegression.js';
import { conformalAdjustment } from '../../src/potential/validation/conformalAdjustment.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const GOLDENS = 'golden/propensity/goldens.json';
const ENGEL = 'data/potential/engel_foodexp.csv';

describeWithShared('conformalised quantile regression against the figures of the notes (engel)', [GOLDENS, ENGEL], () => {
  it('rank 72 of 78, adjustment to 1e-8', () => {
    const { quantile_engel } = readGolden<{ quantile_engel: { cqr: { k: number; Q: number; alpha: number; fit_rest: number[][] } } }>(GOLDENS);
    const rows = readCsv(ENGEL).map((row) => ({ income: Number(row['income']), foodexp: Number(row['foodexp']) }));
    const calibration = rows.filter((_, i) => i % 3 === 2);
    const model = fitQuantileRegression(rows.filter((_, i) => i % 3 !== 2), { target: 'foodexp', quantiles: [0.05, 0.95] });
    const { cqr } = quantile_engel;
    model.fits.forEach(({ coefficients }, k) => coefficients.forEach(({ estimate }, j) => expect(estimate).toBeCloseTo(cqr.fit_rest[k]![j]!, 7)));
    const bounds = [0.05, 0.95].map((quantile) => model.predict(calibration, { quantile })) as [Float64Array, Float64Array];
    const [found] = conformalAdjustment(calibration.map(({ foodexp }) => foodexp), { lower: bounds[0], upper: bounds[1], confidence: 1 - cqr.alpha });
    expect(found).toMatchObject({ customers: 78, rank: cqr.k });
    expect(found!.adjustment).toBeCloseTo(cqr.Q, 8);
  });
});
