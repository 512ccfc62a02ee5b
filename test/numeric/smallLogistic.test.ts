import { describe, expect, it } from 'vitest';
import { fitLogisticRegression } from '../../src/learners/index.js';
import { calibrationLine, separation } from '../../src/numeric/calibrationLine.js';
import { logOdds } from '../../src/numeric/logOdds.js';
import { createRandom } from '../../src/numeric/random.js';
import { sigmoid } from '../../src/numeric/sigmoid.js';
import { smallCovariance, smallLogistic } from '../../src/numeric/smallLogistic.js';

function sample(count: number, seed: number): { u: number; v: number; offset: number; weight: number; y: number }[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const u = 100 + 20 * random.normal();
    const v = 0.01 * random.normal() + u / 5000;
    const offset = random.normal();
    return { u, v, offset, weight: 1 + random.integer(3), y: random.uniform() < sigmoid(0.05 * (u - 100) - 60 * (v - u / 5000) + offset) ? 1 : 0 };
  });
}

describe('smallLogistic', () => {
  it('finds what fitLogisticRegression finds, with weights and offset, standard errors included', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const rows = sample(300, seed);
      const of = (name: 'u' | 'v' | 'offset' | 'weight' | 'y'): Float64Array => Float64Array.from(rows, (row) => row[name]);
      const data = { columns: [of('u'), of('v')], targets: of('y'), weights: of('weight'), offset: of('offset') };
      const coefficients = smallLogistic(data);
      const covariance = smallCovariance(data, coefficients)!;
      const right = fitLogisticRegression(rows, { target: 'y', features: ['u', 'v'], weights: 'weight', offset: 'offset' }).coefficients;
      right.forEach(({ estimate, standardError }, j) => {
        expect(Math.abs(coefficients[j]! / estimate - 1)).toBeLessThan(1e-8);
        expect(Math.abs(Math.sqrt(covariance[j * 3 + j]!) / standardError! - 1)).toBeLessThan(1e-6);
      });
    }
  });

  it('comes to the maximum from far away: rare events, strong offsets', () => {
    const n = 2000;
    const x = Float64Array.from({ length: n }, (_, i) => i / n);
    const targets = Float64Array.from({ length: n }, (_, i) => (i % 667 === 3 ? 1 : 0));
    const weights = new Float64Array(n).fill(1);
    for (const offset of [-30, 0, 30]) {
      const data = { columns: [x], targets, weights, offset: new Float64Array(n).fill(offset) };
      const [intercept, slope] = smallLogistic(data) as unknown as [number, number];
      const errors = targets.map((target, i) => sigmoid(intercept + slope * x[i]! + offset) - target);
      expect(errors.reduce((sum, error) => sum + error, 0)).toBeCloseTo(0, 9);
      expect(errors.reduce((sum, error, i) => sum + error * x[i]!, 0)).toBeCloseTo(0, 9);
    }
  });

  it('gives 0 to a column that is the same everywhere, and no covariance then', () => {
    const data = { columns: [new Float64Array(4).fill(0.1)], targets: [0, 1, 1, 1], weights: new Float64Array(4).fill(1) };
    const coefficients = smallLogistic(data);
    expect(coefficients[0]).toBeCloseTo(Math.log(3), 12);
    expect(coefficients[1]).toBe(0);
    expect(smallCovariance(data, coefficients)).toBe(null);
  });

  it('stops in the right direction where there is no finite maximum', () => {
    const weights = new Float64Array(4).fill(1);
    expect(smallLogistic({ columns: [Float64Array.of(1, 2, 3, 4)], targets: [0, 0, 1, 1], weights })[1]).toBeGreaterThan(10);
    expect(smallLogistic({ columns: [Float64Array.of(1, 2, 3, 4)], targets: [1, 1, 0, 0], weights })[1]).toBeLessThan(-10);
  });
});

describe('calibrationLine', () => {
  const ones = (n: number): Float64Array => new Float64Array(n).fill(1);

  it('says in words why there is no line', () => {
    expect(calibrationLine([0, 1, 0, 1], Float64Array.of(0.3, 0.3, 0.3, 0.3), ones(4))).toBe('constant');
    expect(calibrationLine([0, 0, 1, 1], Float64Array.of(0.1, 0.3, 0.3, 0.4), ones(4))).toBe('separated');
    expect(calibrationLine([1, 1, 0, 0], Float64Array.of(0.1, 0.2, 0.3, 0.4), ones(4))).toBe('separated');
    // So near each other that the log-odds round to a column without spread.
    expect(calibrationLine([0, 1, 0], Float64Array.of(0, 0, 1e-17), ones(3))).toBe('constant');
  });

  it('tells the sides apart', () => {
    expect(separation([0, 0, 1], Float64Array.of(1, 2, 2))).toBe('above');
    expect(separation([1, 1, 0], Float64Array.of(1, 2, 2))).toBe('below');
    expect(separation([0, 1, 0], Float64Array.of(1, 2, 3))).toBe('none');
    expect(separation([0, 1], Float64Array.of(2, 2))).toBe('constant');
  });
});

describe('logOdds', () => {
  it('is the inverse of the sigmoid, and at most 36.04 from 0', () => {
    for (const x of [-30, -1, 0, 0.5, 12]) expect(logOdds(sigmoid(x))).toBeCloseTo(x, 9);
    expect(logOdds(0)).toBeCloseTo(-36.0437, 4);
    expect(logOdds(1)).toBeCloseTo(36.0437, 4);
  });
});
