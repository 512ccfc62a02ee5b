import { expect, it } from 'vitest';
import { fitDiscreteHazard } from '../../src/churn/hazards/fitDiscreteHazard.js';
import type { LogisticRegression } from '../../src/learners/logisticRegression.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const FEATURES = ['fin', 'age', 'race', 'wexp', 'mar', 'paro', 'prio', 'employed'];

describeWithShared('discrete-time hazard of the Rossi person-weeks', ['golden/churn/r_extra.json', 'data/churn/rossi_counting.csv'], () => {
  const golden = readGolden<{ discrete_logit_rossi: { coef: Record<string, number>; deviance: number } }>('golden/churn/r_extra.json').discrete_logit_rossi;

  it('is R\'s glm with the logarithm of time, coefficients to 1e-8 and deviance to 1e-6', () => {
    const rows = readCsv('data/churn/rossi_counting.csv').map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])));
    // All 52 weeks, also the three without an arrest.
    const weeks = Array.from({ length: 52 }, (_, k) => k + 1);
    const model = fitDiscreteHazard(rows, { duration: 'stop', event: 'arrest', entry: 'start', features: FEATURES, intervals: weeks, time: 'log' });
    expect(model.periodCount).toBe(19_809);
    const coefficients = Object.fromEntries((model.model as LogisticRegression).coefficients.map(({ name, estimate }) => [name, estimate]));
    for (const name of FEATURES) expect(coefficients[name], name).toBeCloseTo(golden.coef[name]!, 8);
    expect(coefficients['(time)']).toBeCloseTo(golden.coef['log(stop)']!, 8);
    expect(-2 * model.logLikelihood).toBeCloseTo(golden.deviance, 6);
  });
});
