import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaQuantile } from '../../src/numeric/betaQuantile.js';
import { incompleteBeta } from '../../src/numeric/incompleteBeta.js';

describe('betaQuantile', () => {
  // scipy.stats.beta.ppf 1.17
  const reference: readonly (readonly [number, number, number, number])[] = [
    [0.025, 1, 1, 0.025],
    [0.025, 82, 190, 0.24847329908108784],
    [0.975, 82, 190, 0.3572331484737813],
    [0.025, 0.04, 1.96, 3.418782962026214e-41],
    [0.5, 0.04, 1.96, 1.147153216367995e-8],
    [0.975, 0.04, 1.96, 0.26043221186640164],
    [0.025, 0.5, 254.5, 1.9313032328986553e-6],
    [0.975, 0.5, 254.5, 0.009831157818097075],
    [0.5, 1e5, 9e5, 0.09999973333333904],
    [0.025, 3.5, 1e6, 8.44933177215992e-7],
    [0.999, 2, 2, 0.9816297461411884],
    [1e-6, 5, 3, 0.034726036583667075],
  ];

  it.each(reference)('p %d, shapes %d and %d: %d', (p, a, b, expected) => {
    expect(betaQuantile(p, a, b) / expected).toBeCloseTo(1, 9);
  });

  it('ends at 0 and 1, and is not defined beyond', () => {
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3), betaQuantile(-0.1, 2, 3), betaQuantile(0.025, 0.001, 1)]).toEqual([0, 1, NaN, 0]);
  });

  it('is the inverse of the distribution', () => {
    const shape = fc.double({ min: 0.05, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shape, shape, (p, a, b) => {
        const x = betaQuantile(p, a, b);
        // Next to 1 the doubles are too far apart.
        if (x < 1 - 1e-6) expect(incompleteBeta(x, a, b)).toBeCloseTo(p, 9);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});
