import { describe, expect, it } from 'vitest';
import { TweedieDensity, tweedieLikelihood } from '../../../src/learners/glm/tweedieDensity.js';
import { logGamma } from '../../../src/numeric/logGamma.js';

/** Poisson(lambda) many gamma amounts of this shape and scale, term by term. */
function compound(y: number, mean: number, power: number, dispersion: number): number {
  const lambda = mean ** (2 - power) / (dispersion * (2 - power));
  if (y === 0) return -lambda;
  const shape = (2 - power) / (power - 1);
  const scale = dispersion * (power - 1) * mean ** (power - 1);
  const logs = Array.from({ length: 60_000 }, (_, i) => i + 1).map((n) => n * Math.log(lambda) - logGamma(n + 1) + n * shape * (Math.log(y) - Math.log(scale)) - logGamma(n * shape));
  const top = logs.reduce((a, b) => Math.max(a, b));
  return -lambda - y / scale - Math.log(y) + top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0));
}

const rowsOf = (amounts: readonly number[], mean: number, power: number): { amounts: Float64Array; weights: Float64Array; exponent: number } => ({
  amounts: Float64Array.from(amounts.filter((y) => y > 0)),
  weights: Float64Array.from(amounts.filter((y) => y > 0), () => 1),
  exponent: amounts.reduce((sum, y) => sum + (y * mean ** (1 - power)) / (power - 1) + mean ** (2 - power) / (2 - power), 0),
});

describe('TweedieDensity', () => {
  it.each([
    [1.05, 2],
    [1.5, 1],
    [1.5, 30],
    [1.9, 0.3],
    // Up to some 28,000 amounts: every 80th term or so is summed.
    [1.5, 0.001],
    [1.2, 0.01],
  ])('is that of a Poisson number of gamma amounts: power %f, dispersion %f', (power, dispersion) => {
    for (const y of [0, 0.5, 3, 40, 200]) {
      const found = new TweedieDensity(power).logLikelihood(rowsOf([y], 5, power), dispersion).value;
      expect(Math.abs(found - compound(y, 5, power, dispersion))).toBeLessThan(1e-9 * Math.max(1, Math.abs(found)));
    }
  });

  it('knows its slope and curvature in the logarithm of the dispersion', () => {
    const density = new TweedieDensity(1.4);
    const rows = rowsOf([0, 0, 2, 7, 30], 5, 1.4);
    const at = (log: number): number => density.logLikelihood(rows, Math.exp(log)).value;
    const { slope, curvature } = density.logLikelihood(rows, 2);
    const [log, h] = [Math.log(2), 1e-4];
    expect((at(log + h) - at(log - h)) / (2 * h)).toBeCloseTo(slope, 6);
    expect((at(log + h) - 2 * at(log) + at(log - h)) / (h * h)).toBeCloseTo(curvature, 4);
  });

  it.each([1e-3, 1, 1e4])('finds the dispersion of the largest likelihood from %f', (start) => {
    const rows = rowsOf([0, 0, 2, 7, 30, 4], 5, 1.4);
    const best = tweedieLikelihood(rows, 1.4, start);
    expect(best.dispersion).toBeCloseTo(tweedieLikelihood(rows, 1.4, 3).dispersion, 7);
    expect(Math.abs(new TweedieDensity(1.4).logLikelihood(rows, best.dispersion).slope)).toBeLessThan(1e-6);
  });
});
