import { describe, expect, it } from 'vitest';
import { countSums, countTails } from '../../../src/learners/glm/countSums.js';

describe('countSums', () => {
  it('has the tails of counts, by weight', () => {
    const { counts, tails } = countTails(Float64Array.of(0, 3, 1, 3, 0), Float64Array.of(1, 2, 1, 0.5, 9));
    expect([[...counts], [...tails]]).toEqual([[1, 3], [3.5, 2.5]]);
  });

  it.each([1e-12, 1e-6, 1e-3, 0.5, 40])('equals the sums term by term, also where it integrates: alpha %f', (alpha) => {
    const y = Float64Array.of(0, 1, 2, 2, 7, 9_999, 10_001, 25_000, 90_000, 90_000);
    const expected = { inverse: 0, first: 0, second: 0 };
    for (const count of y) {
      for (let k = 0; k < count; k++) {
        expected.inverse += 1 / (1 + alpha * k);
        expected.first += k / (1 + alpha * k);
        expected.second -= (k / (1 + alpha * k)) ** 2;
      }
    }
    const found = countSums(countTails(y, null), alpha);
    for (const name of ['inverse', 'first', 'second'] as const) expect(found[name] / expected[name]).toBeCloseTo(1, 11);
  });
});
