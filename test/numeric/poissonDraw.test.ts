import { describe, expect, it } from 'vitest';
import { incompleteGammaComplement } from '../../src/numeric/incompleteGamma.js';
import { poissonDraw } from '../../src/numeric/poissonDraw.js';
import { createRandom } from '../../src/numeric/random.js';

const DRAWS = 20_000;

describe('poissonDraw', () => {
  it.each([0.3, 1, 9.9, 10, 37.5, 1e6])('of mean %s follows its law', (mean) => {
    const random = createRandom(21);
    const sorted = Float64Array.from({ length: DRAWS }, () => poissonDraw(random, mean)).sort();
    let most = 0;
    for (let i = 0; i < DRAWS; i++) {
      // At the last draw of each number: the share up to it. P(N <= k) = Q(k + 1, mean).
      if (sorted[i] !== sorted[i + 1]) most = Math.max(most, Math.abs(incompleteGammaComplement(mean, sorted[i]! + 1) - (i + 1) / DRAWS));
    }
    // Kolmogorov and Smirnov: exceeded less than once in ten thousand times.
    expect(most).toBeLessThan(2.225 / Math.sqrt(DRAWS));
    expect(sorted.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
  });

  it('is 0 for a mean of 0, and the same for the same seed', () => {
    expect(poissonDraw(createRandom(1), 0)).toBe(0);
    expect(poissonDraw(createRandom(2), 500)).toBe(poissonDraw(createRandom(2), 500));
  });
});
