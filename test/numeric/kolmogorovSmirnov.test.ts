import { describe, expect, it } from 'vitest';
import { kolmogorovDistance, kolmogorovP } from '../../src/numeric/kolmogorovSmirnov.js';
import { createRandom } from '../../src/numeric/random.js';

describe('kolmogorovDistance and kolmogorovP', () => {
  const a = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  const b = Float64Array.of(3.3, 4, 5, 6.5, 8, 9, 11, 12, 13, 15, 16, 17);

  it('give the distance of scipy 1.17 ks_2samp, and nearly its exact p-value', () => {
    expect(kolmogorovDistance(a, b)).toBe(0.5);
    // Exact: 0.0927; the plain limit: 0.112.
    expect(Math.abs(kolmogorovP(0.5, a.length, b.length) - 0.0927)).toBeLessThan(0.01);
  });

  it('is 0 for equal samples and 1 for samples apart, in either order', () => {
    expect(kolmogorovDistance(a, a)).toBe(0);
    expect(kolmogorovDistance(a, a.map((x) => x + 20))).toBe(1);
    expect(kolmogorovDistance(b, a)).toBe(0.5);
    expect(kolmogorovP(0, 10, 10)).toBe(1);
  });

  it('has the limit of scipy.stats.kstwobign in large samples', () => {
    const limit = (x: number): number => kolmogorovP(x / Math.sqrt(5e11), 1e12, 1e12);
    [[0.5, 0.9639452436648751], [1, 0.26999967167735456], [1.36, 0.049485876755377876], [2, 0.0006709252557796953]].forEach(([x, p]) => expect(limit(x!)).toBeCloseTo(p!, 5));
  });

  it('calls 5 % of samples of 30 and 50 from one distribution', () => {
    const random = createRandom(3);
    const sample = (n: number): Float64Array => Float64Array.from({ length: n }, () => random.normal()).sort();
    let calls = 0;
    for (let run = 0; run < 2000; run++) if (kolmogorovP(kolmogorovDistance(sample(30), sample(50)), 30, 50) <= 0.05) calls++;
    expect(calls / 2000).toBeGreaterThan(0.03);
    expect(calls / 2000).toBeLessThan(0.065);
  });
});
