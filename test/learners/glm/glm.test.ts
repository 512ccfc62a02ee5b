import { describe, expect, it } from 'vitest';
import { fitGlm } from '../../../src/learners/glm/fitGlm.js';
import { Glm } from '../../../src/learners/glm/glm.js';
import { errorCode } from '../../errorCode.js';
import { simulateAmounts } from './simulateAmounts.js';

const rows = simulateAmounts(300, 5);
const FEATURES = ['age', 'visits', 'plan'] as const;
const model = fitGlm(rows, { target: 'orders', family: 'poisson', features: FEATURES, exposure: 'days' });

describe('Glm', () => {
  it('predicts on the scale of the target, and its logarithm', () => {
    const means = model.predict(rows);
    model.predictLinear(rows).forEach((sum, i) => expect(Math.exp(sum)).toBe(means[i]));
    rows.slice(0, 20).forEach((row, i) => expect(model.predictRow(row)).toBe(means[i]));
    expect(means.reduce((sum, mean) => sum + mean, 0) / rows.reduce((sum, { orders }) => sum + orders, 0)).toBeCloseTo(1, 12);
  });

  it('is proportional to the exposure, by column, array, number or default', () => {
    const [first] = rows;
    const unit = model.predictRow(first!, { exposure: 1 });
    expect(model.predictRow(first!, { exposure: 3 })).toBeCloseTo(3 * unit, 12);
    expect(model.predictRow(first!)).toBeCloseTo(first!.days * unit, 12);
    expect(model.predict([first!], { exposure: [2] })[0]).toBeCloseTo(2 * unit, 12);
    expect(model.predict([{ ...first!, other: 5 }], { exposure: 'other' })[0]).toBeCloseTo(5 * unit, 12);
    expect(model.predictRow(first!, { exposure: 1, offset: Math.log(7) })).toBeCloseTo(7 * unit, 12);
    const byArray = fitGlm(rows, { target: 'orders', family: 'poisson', features: FEATURES, exposure: rows.map(({ days }) => days) });
    expect(byArray.predictRow(first!)).toBeCloseTo(unit, 12);
  });

  it('takes its column of offsets', () => {
    const data = rows.map((row) => ({ ...row, shift: Math.log(row.days) }));
    const shifted = fitGlm(data, { target: 'orders', family: 'poisson', features: FEATURES, offset: 'shift' });
    expect(shifted.predictRow(data[0]!)).toBeCloseTo(model.predictRow(rows[0]!), 12);
    expect(shifted.predictRow(data[0]!, { offset: 0 })).toBeCloseTo(model.predictRow(rows[0]!, { exposure: 1 }), 12);
  });

  it('explains a row: what its features add to the average, in logarithms', () => {
    const { baseline, contributions, margin, prediction } = model.explain(rows[3]!);
    expect(baseline + contributions.reduce((sum, { contribution }) => sum + contribution, 0) + Math.log(rows[3]!.days)).toBeCloseTo(margin, 12);
    expect(prediction).toBe(model.predictRow(rows[3]!));
    expect(Math.exp(margin)).toBe(prediction);
    expect(contributions.map(({ feature }) => feature).sort()).toEqual(['age', 'plan', 'visits']);
    const gaussian = fitGlm(rows, { target: 'basket', family: 'gaussian', features: FEATURES });
    expect(gaussian.explain(rows[3]!).prediction).toBe(gaussian.explain(rows[3]!).margin);
    expect(gaussian.predict(rows)[3]).toBe(gaussian.predictLinear(rows)[3]);
  });

  it('has the covariance its standard errors are from', () => {
    const { names, values } = model.covariance()!;
    model.coefficients.forEach(({ name, standardError }) => {
      const at = names.indexOf(name);
      expect(Math.sqrt(values[at * names.length + at]!)).toBeCloseTo(standardError!, 14);
    });
    expect(values[1]).toBe(values[names.length]);
  });

  it('refuses exposures of 0, missing and too few ones, and damaged JSON', () => {
    expect(errorCode(() => model.predict(rows, { exposure: rows.map(() => 0) }))).toBe('INVALID_VALUE');
    for (const count of [1, rows.length + 1]) expect(errorCode(() => model.predict(rows, { exposure: Array.from({ length: count }, () => 1) }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => model.predict(rows, { offset: Array.from({ length: rows.length + 1 }, () => 1) }))).toBe('LENGTH_MISMATCH');
    for (const amount of [Infinity, NaN]) expect(errorCode(() => model.predictRow(rows[0]!, { exposure: amount }))).toBe('NON_FINITE_VALUE');
    for (const option of ['offset', 'exposure']) {
      for (const amount of [null, NaN]) {
        const run = (): unknown => model.predict(rows, { [option]: rows.map((_, row) => (row === 2 ? amount : 1)) } as never);
        expect(run).toThrow(expect.objectContaining({ code: 'NON_FINITE_VALUE', message: `Glm.predict needs ${option} finite in every row, found NaN in row 2` }));
      }
    }
    for (const method of ['predict', 'predictLinear'] as const) expect(() => model[method](rows, { offsett: 1 } as never)).toThrow(`Glm.${method} knows no option "offsett"`);
    expect(() => model.predict([{ ...rows[0]!, days: -2 }])).toThrow('Glm.predict needs a finite exposure above 0 in every row, found -2 in row 0');
    expect(() => model.explain({ age: 1, visits: 2, plan: 'gold' })).toThrow('Glm.explain found no column "days"');
    const { summary, ...unsummed } = model.toJSON();
    for (const damage of [{ summary: null }, { summary, intercept: null }, { summary, effects: 'none' }, {}]) expect(errorCode(() => Glm.fromJSON({ ...unsummed, ...damage }))).toBe('MODEL_FORMAT');
  });
});
