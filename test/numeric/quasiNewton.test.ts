import { describe, expect, it } from 'vitest';
import { minimiseQuasiNewton, type SmoothObjective } from '../../src/numeric/quasiNewton.js';

const rosenbrock: SmoothObjective = (at, gradient) => {
  const [x, y] = at as unknown as [number, number];
  gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
  gradient[1] = 200 * (y - x * x);
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
};

describe('minimiseQuasiNewton', () => {
  it('follows the bent valley of Rosenbrock to its end', () => {
    const { at, value, convergence, evaluations } = minimiseQuasiNewton(rosenbrock, Float64Array.of(-1.2, 1));
    expect(at[0]).toBeCloseTo(1, 8);
    expect(at[1]).toBeCloseTo(1, 8);
    expect(value).toBeLessThan(1e-16);
    expect(convergence).toMatchObject({ converged: true, reason: 'gradient small' });
    expect(convergence.iterations).toBeLessThan(60);
    expect(evaluations).toBeLessThan(90);
  });

  it('finds the minimum of a badly scaled quadratic, leaving the start as it is', () => {
    const start = Float64Array.of(1, 1, 1);
    const { at } = minimiseQuasiNewton((x, g) => [1, 1e3, 1e6].reduce((sum, c, j) => {
      g[j] = c * (x[j]! - j);
      return sum + 0.5 * c * (x[j]! - j) ** 2;
    }, 0), start, { tolerance: 1e-9 });
    at.forEach((x, j) => expect(x).toBeCloseTo(j, 7));
    expect([...start]).toEqual([1, 1, 1]);
  });

  it('steps back from points the objective refuses', () => {
    const { at, convergence } = minimiseQuasiNewton((x, g) => {
      g[0] = 1 - 3 / x[0]!;
      return x[0]! > 0 ? x[0]! - 3 * Math.log(x[0]!) : NaN;
    }, Float64Array.of(0.01));
    expect(at[0]).toBeCloseTo(3, 6);
    expect(convergence.converged).toBe(true);
  });

  it('says why it stopped short', () => {
    const start = Float64Array.of(-1.2, 1);
    expect(minimiseQuasiNewton(rosenbrock, start, { maxIterations: 3 }).convergence).toMatchObject({ converged: false, iterations: 3, reason: 'iteration limit' });
    expect(minimiseQuasiNewton(rosenbrock, start, { onIteration: (iteration) => iteration < 2 }).convergence).toMatchObject({ iterations: 2, reason: 'stopped by onProgress' });
    expect(minimiseQuasiNewton((_, g) => {
      g[0] = 1;
      return NaN;
    }, Float64Array.of(0)).convergence).toMatchObject({ converged: false, reason: 'no value at the start' });
    // A gradient of the wrong sign: nothing lower that way.
    expect(minimiseQuasiNewton((x, g) => {
      g[0] = -2e3 * x[0]!;
      return 1e3 * x[0]! ** 2;
    }, Float64Array.of(1)).convergence).toMatchObject({ converged: false, reason: 'no lower value found' });
  });
});
