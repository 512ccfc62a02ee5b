import { describe, expect, it } from 'vitest';
import { QuadraticModel } from '../../src/numeric/quadraticModel.js';

describe('QuadraticModel', () => {
  // 2 x² + x y + y²: second derivatives 4, 1, 1, 2.
  const model = (): QuadraticModel => new QuadraticModel(Float64Array.of(4, 1, 1, 2));
  // At (1, 1).
  const gradient = Float64Array.of(5, 3);

  it('steps to the minimum, and knows what is gained', () => {
    const { step, length, foretold } = model().step(gradient, 10);
    expect(step[0]).toBeCloseTo(-1, 13);
    expect(step[1]).toBeCloseTo(-1, 13);
    expect(length).toBeCloseTo(Math.SQRT2, 13);
    expect(foretold).toBeCloseTo(4, 13);
    expect(model().left(gradient)).toBeCloseTo(4, 13);
  });

  it('stays within the radius, and gains the most that can be there', () => {
    const { length, foretold } = model().step(gradient, 0.5);
    expect(length).toBeLessThanOrEqual(0.5);
    expect(length).toBeGreaterThan(0.49);
    let best = 0;
    for (let angle = 0; angle < 6.3; angle += 0.01) {
      const [x, y] = [1 + 0.5 * Math.cos(angle), 1 + 0.5 * Math.sin(angle)];
      best = Math.max(best, 4 - (2 * x * x + x * y + y * y));
    }
    expect(foretold / best).toBeGreaterThan(0.985);
    expect(foretold).toBeLessThanOrEqual(best + 1e-4);
  });

  it('goes down where the function curves down', () => {
    const { step, foretold } = new QuadraticModel(Float64Array.of(-2, 0, 0, 1)).step(Float64Array.of(0.1, 0), 0.5);
    expect(step[0]).toBeLessThan(0);
    expect(foretold).toBeGreaterThan(0);
  });

  it('learns the second derivatives from the changes of the gradient along as many steps as there are variables', () => {
    const learner = new QuadraticModel(Float64Array.of(1, 0, 0, 1));
    learner.learn(Float64Array.of(1, 0), Float64Array.of(4, 1));
    learner.learn(Float64Array.of(0.5, 1), Float64Array.of(3, 2.5));
    expect(learner.left(gradient)).toBeCloseTo(4, 10);
    // What it knows already changes nothing.
    learner.learn(Float64Array.of(1, 1), Float64Array.of(5, 3));
    expect(learner.left(gradient)).toBeCloseTo(4, 10);
  });
});
