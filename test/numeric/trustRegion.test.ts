import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numeric/random.js';
import { minimiseTrustRegion } from '../../src/numeric/trustRegion.js';
import type { SmoothObjective } from '../../src/numeric/quasiNewton.js';

const options = { tolerance: 1e-16, maxIterations: 200 };

/** The valley of Rosenbrock (1960): least at (1, 1). */
const valley: SmoothObjective = (at, gradient) => {
  const [x, y] = [at[0]!, at[1]!];
  gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
  gradient[1] = 200 * (y - x * x);
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
};

describe('minimiseTrustRegion', () => {
  it('finds the minimum of a quadratic function in one step, and its curvature', () => {
    let evaluations = 0;
    const found = minimiseTrustRegion(
      (at, gradient) => {
        evaluations++;
        gradient[0] = 4 * (at[0]! - 0.3) + (at[1]! + 0.2);
        gradient[1] = at[0]! - 0.3 + 2 * (at[1]! + 0.2);
        return 2 * (at[0]! - 0.3) ** 2 + (at[0]! - 0.3) * (at[1]! + 0.2) + (at[1]! + 0.2) ** 2 - 5;
      },
      new Float64Array(2),
      options,
    );
    expect(found.at[0]).toBeCloseTo(0.3, 12);
    expect(found.at[1]).toBeCloseTo(-0.2, 12);
    expect(found.value).toBeCloseTo(-5, 14);
    found.hessian!.forEach((value, i) => expect(value).toBeCloseTo([4, 1, 1, 2][i]!, 9));
    // The start, two differences, a step, four differences.
    expect(evaluations).toBeLessThanOrEqual(9);
    expect(found.convergence).toMatchObject({ converged: true, iterations: 1, reason: 'gradient small' });
  });

  it('follows a valley from anywhere', () => {
    const random = createRandom(2);
    for (let start = 0; start < 20; start++) {
      const { at, hessian, convergence } = minimiseTrustRegion(valley, Float64Array.of(4 * random.uniform() - 2, 4 * random.uniform() - 2), options);
      expect(convergence.converged).toBe(true);
      expect(at[0]).toBeCloseTo(1, 7);
      expect(at[1]).toBeCloseTo(1, 7);
      [802, -400, -400, 200].forEach((value, i) => expect(hessian![i]! / value).toBeCloseTo(1, 4));
    }
  });

  it('leaves a saddle, and walks along what only falls', () => {
    const saddle: SmoothObjective = (at, gradient) => {
      const [x, y] = [at[0]!, at[1]!];
      gradient[0] = x ** 3 - x;
      gradient[1] = y;
      return x ** 4 / 4 - x * x / 2 + y * y / 2;
    };
    expect(Math.abs(minimiseTrustRegion(saddle, Float64Array.of(1e-3, 0.5), options).at[0]!)).toBeCloseTo(1, 7);
    const falling: SmoothObjective = (at, gradient) => {
      gradient[0] = -Math.exp(-at[0]!);
      return Math.exp(-at[0]!);
    };
    const found = minimiseTrustRegion(falling, Float64Array.of(0), { ...options, tolerance: 1e-12 });
    expect(found.convergence.converged).toBe(true);
    expect(found.at[0]).toBeGreaterThan(25);
  });

  it('keeps away from where the function has no value', () => {
    const walled: SmoothObjective = (at, gradient) => {
      gradient[0] = 1 - 1 / at[0]!;
      return at[0]! > 0 ? at[0]! - Math.log(at[0]!) : NaN;
    };
    expect(minimiseTrustRegion(walled, Float64Array.of(0.05), options).at[0]).toBeCloseTo(1, 8);
    expect(minimiseTrustRegion(walled, Float64Array.of(-1), options).convergence).toMatchObject({ converged: false, reason: 'no value at the start' });
  });

  it('ends when told to', () => {
    const start = Float64Array.of(-1.2, 1);
    expect(minimiseTrustRegion(valley, start, { ...options, maxIterations: 3 }).convergence).toMatchObject({ converged: false, iterations: 3, reason: 'iteration limit' });
    const seen: number[] = [];
    const stopped = minimiseTrustRegion(valley, start, { ...options, onIteration: (iteration, value) => seen.push(value) > 0 && iteration < 4 });
    expect(stopped.convergence).toMatchObject({ converged: false, iterations: 4, reason: 'stopped by onProgress' });
    expect(stopped.hessian).toBe(null);
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect([...start]).toEqual([-1.2, 1]);
  });
});
