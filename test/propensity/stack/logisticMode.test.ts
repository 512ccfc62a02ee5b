import { describe, expect, it } from 'vitest';
import { logisticMode, type LogisticPoints } from '../../../src/propensity/stack/logisticMode.js';
import { pooledLogistic } from '../../../src/propensity/stack/pooledLogistic.js';

const trials = Float64Array.of(40, 35, 30, 30, 25, 20, 15, 10);
const taken = Float64Array.of(1, 2, 2, 4, 5, 4, 6, 5);
const pairs = [0.1, -2, 0.4, -1.2, 0.9, -0.3, 1.3, 0.2, 1.8, 0.5, 2.2, 0.8, 2.9, 1.1, 3.3, 1.2];
const points: LogisticPoints = { count: 8, width: 2, x: Float64Array.from(pairs), trials, taken };
const free = Float64Array.of(-Infinity, -Infinity);

function solve(data: LogisticPoints, mean: number, precision: number, bounds: Float64Array): { beta: number[]; variances: number[] } {
  const beta = new Float64Array(data.width + 1);
  const prior = { means: new Float64Array(data.width).fill(mean), precisions: new Float64Array(data.width).fill(precision), trials: 0, rate: 0.5 };
  const variances = logisticMode(data, prior, bounds, beta);
  return { beta: [...beta], variances: [...variances] };
}

const expectClose = (found: readonly number[], wanted: readonly number[], digits: number): void => wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, digits));

describe('logisticMode', () => {
  it('agrees with the binomial regression of statsmodels 0.15.0 where nothing is believed beforehand, variances too', () => {
    const { beta, variances } = solve(points, 0, 1e-12, free);
    expectClose(beta, [-3.171915500197948, 0.8730388330468749, 0.1818840407152591], 9);
    expectClose(variances, [0.395087598846077, 0.48303408291952465], 9);
  });

  it('agrees with the ridge regression of scikit-learn 1.9.1 (C = 0.5)', () => {
    expectClose(solve(points, 0, 2, free).beta, [-2.82707207, 0.6538677526292099, 0.3627207211608577], 7);
  });

  it('draws slopes to their means (figures of scipy, L-BFGS-B)', () => {
    expectClose(solve(points, 1, 4, new Float64Array(2)).beta, [-2.89262427983263, 0.6518632449450341, 0.5439403485840191], 5);
  });

  it('holds a slope at its bound: what remains is the regression without it (scikit-learn, one column)', () => {
    // The second column turned about would have a slope below 0.
    const turned = { ...points, x: points.x.map((value, i) => (i % 2 === 1 ? -value : value)) };
    const { beta, variances } = solve(turned, 0, 1e-12, new Float64Array(2));
    expect(beta[2]).toBe(0);
    expect(variances[1]).toBe(0);
    expectClose(beta, [-3.3989852053918046, 1.027998948430139], 8);
  });

  it('counts known log-odds beside the intercept', () => {
    const shifted = { ...points, offset: new Float64Array(8).fill(0.7) };
    expectClose(solve(shifted, 0, 1e-12, free).beta, [-3.171915500197948 - 0.7, 0.8730388330468749, 0.1818840407152591], 9);
  });

  it('finds the same mode from far away', () => {
    const beta = Float64Array.of(30, -20, 25);
    logisticMode(points, { means: new Float64Array(2), precisions: new Float64Array(2).fill(2), trials: 0, rate: 0.5 }, free, beta);
    expectClose([...beta], [-2.82707207, 0.6538677526292099, 0.3627207211608577], 7);
  });
});

describe('pooledLogistic', () => {
  it('leaves a product of many rows its own slope, and draws one of few to the others', () => {
    const grid = Float64Array.of(-2, -1, 0, 1, 2);
    const product = (slope: number, rows: number): LogisticPoints => ({ count: 5, width: 1, x: grid, trials: new Float64Array(5).fill(rows), taken: grid.map((x) => rows / (1 + Math.exp(1 - slope * x))) });
    const { slopes, means, spreads, intercepts } = pooledLogistic([product(0.8, 1e6), product(1, 1e6), product(1.2, 1e6), product(2.5, 2)], [0.3, 0.3, 0.3, 0.3], { means: [1], spreads: [0.3], bounds: [0] });
    expectClose([...slopes.slice(0, 3)], [0.8, 1, 1.2], 3);
    expectClose([...intercepts.slice(0, 3)], [-1, -1, -1], 3);
    expect(slopes[3]).toBeGreaterThan(means[0]!);
    expect(slopes[3]).toBeLessThan(1.6);
    expect(Math.abs(means[0]! - 1)).toBeLessThan(0.15);
    expect(Math.abs(spreads[0]! - 0.25)).toBeLessThan(0.1);
  });
});
