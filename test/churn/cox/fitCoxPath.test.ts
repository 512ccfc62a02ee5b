import { describe, expect, it } from 'vitest';
import { fitCoxPath } from '../../../src/churn/cox/fitCoxPath.js';
import { fitCoxRegression } from '../../../src/churn/cox/fitCoxRegression.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const random = createRandom(1);
const rows = Array.from({ length: 120 }, () => {
  const [a, b, c] = [random.normal(), random.normal(), random.normal()];
  return { months: Math.ceil(-12 * Math.log(1 - random.uniform()) * Math.exp(-0.8 * a + 0.3 * b)), left: Number(random.uniform() < 0.8), a, b, c };
});
const columns = { duration: 'months', event: 'left' } as const;

describe('fitCoxPath', () => {
  it('begins with nothing and ends with everything', () => {
    const path = fitCoxPath(rows, columns);
    expect(path.names).toEqual(['a', 'b', 'c']);
    expect(path.converged).toBe(true);
    expect(path.points[0]!.estimates).toEqual([0, 0, 0]);
    expect(path.points[0]!.devianceRatio).toBe(0);
    expect(path.points[1]!.estimates[0]).toBeGreaterThan(0);
    expect(path.points[1]!.parameterCount).toBe(1);
    const ratios = path.points.map(({ devianceRatio }) => devianceRatio);
    ratios.slice(1).forEach((ratio, k) => expect(ratio).toBeGreaterThan(ratios[k]!));
    const free = fitCoxRegression(rows, columns);
    const { estimates } = fitCoxPath(rows, { ...columns, lambdas: [0] }).points[0]!;
    free.coefficients.forEach(({ estimate }, j) => expect(estimates[j]).toBeCloseTo(estimate, 8));
  });

  it('meets the conditions of Karush, Kuhn and Tucker', () => {
    // At a lasso's maximum the slope of the mean log-likelihood along a standardised column is lambda where the coefficient is not 0.
    const [lambda, step] = [0.12, 1e-4];
    const deviation = (name: 'a' | 'b' | 'c'): number => {
      const mean = rows.reduce((sum, row) => sum + row[name], 0) / rows.length;
      return Math.sqrt(rows.reduce((sum, row) => sum + (row[name] - mean) ** 2, 0) / rows.length);
    };
    const model = fitCoxRegression(rows, { ...columns, penalty: { lambda } });
    expect(model.coefficients.map(({ estimate }) => estimate !== 0)).toEqual([true, true, false]);
    expect(model.inference).toBe(null);
    expect(model.tests).toBe(null);
    const penalised = model.penalisedLogLikelihood!;
    expect(penalised).toBeCloseTo(model.logLikelihood - rows.length * lambda * model.coefficients.reduce((sum, { name, estimate }) => sum + Math.abs(estimate) * deviation(name as 'a'), 0), 10);
    // A little more or less of the penalty changes the best value by the size of the coefficients.
    const at = (amount: number): number => fitCoxRegression(rows, { ...columns, penalty: { lambda: amount } }).penalisedLogLikelihood!;
    const size = (penalised - model.logLikelihood) / lambda;
    expect((at(lambda + step) - at(lambda - step)) / (2 * step)).toBeCloseTo(size, 5);
  });

  it('shares a coefficient between columns that are the same, with some ridge', () => {
    const twins = rows.map((row) => ({ ...row, twin: row.a }));
    const model = fitCoxRegression(twins, { ...columns, features: ['a', 'twin'], penalty: { lambda: 0.02, mixing: 0.5 } });
    expect(model.coefficients[0]!.estimate).toBeCloseTo(model.coefficients[1]!.estimate, 8);
    expect(model.aliased).toEqual([]);
    const ridge = fitCoxRegression(twins, { ...columns, features: ['a', 'twin'], penalty: { ridge: 1 } });
    expect(ridge.coefficients[0]!.estimate).toBeCloseTo(ridge.coefficients[1]!.estimate, 10);
    expect(ridge.inferenceNote).toContain('bias');
  });

  it('leaves out a column that does not vary', () => {
    const model = fitCoxRegression(rows.map((row) => ({ ...row, one: 1 })), { ...columns, features: ['one', 'a'], penalty: { lambda: 0.02 } });
    expect(model.aliased.map(({ name }) => name)).toEqual(['one']);
    expect(fitCoxPath(rows.map((row) => ({ ...row, one: 1 })), { ...columns, features: ['one', 'a'] }).points.at(-1)!.estimates[0]).toBe(0);
  });

  it('stops when told to', () => {
    const path = fitCoxPath(rows, { ...columns, onProgress: ({ done, total }) => (expect(total).toBe(100), done < 3) });
    expect(path.points.length).toBe(3);
  });

  it.each([{ mixing: 2 }, { lambdas: [] }, { lambdas: [-1] }, { lambdas: 1 }, { lambdaCount: 1 }, { lambdaMinRatio: 1 }, { tolerance: 0 }, { penalty: { ridge: 1 } }, { ties: 'any' }])('refuses %j', (options) => {
    expect(errorCode(() => fitCoxPath(rows, { ...columns, ...options } as never))).toBe('INVALID_OPTION');
  });
});
