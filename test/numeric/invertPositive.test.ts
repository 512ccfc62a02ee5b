import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choleskyInPlace, choleskyInverse } from '../../src/numeric/cholesky.js';
import { invertPositive } from '../../src/numeric/invertPositive.js';
import { createRandom } from '../../src/numeric/random.js';

function positive(n: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: n * 8 }, () => random.normal());
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) for (let k = 0; k < 8; k++) a[i * n + j]! += x[i * 8 + k]! * x[j * 8 + k]!;
  for (let i = 0; i < n; i++) a[i * n + i]! += 0.5;
  return a;
}

describe('invertPositive', () => {
  it('inverts a hand-checkable matrix, reads the lower triangle only and leaves it as it is', () => {
    const a = Float64Array.of(4, NaN, 2, 5);
    expect([...invertPositive(a, 2)!]).toEqual([0.3125, -0.125, -0.125, 0.25]);
    expect([...a]).toEqual([4, NaN, 2, 5]);
    expect(invertPositive(new Float64Array(0), 0)).toEqual(new Float64Array(0));
  });

  it('agrees with the simple loops at every size around its tiles and blocks, symmetric to the bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 1e6 }), (n, seed) => {
        const a = positive(n, seed);
        const inverse = invertPositive(a, n)!;
        expect(choleskyInPlace(a, n)).toBe(true);
        const expected = choleskyInverse(a, n);
        let farthest = 0;
        for (let e = 0; e < n * n; e++) farthest = Math.max(farthest, Math.abs(inverse[e]! - expected[e]!));
        expect(farthest).toBeLessThan(1e-12);
        expect(inverse.every((x, e) => x === inverse[(e % n) * n + ((e / n) | 0)])).toBe(true);
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });

  it('gives null when the matrix is not positive definite', () => {
    expect(invertPositive(Float64Array.of(1, 2, 2, 1), 2)).toBe(null);
    expect(invertPositive(Float64Array.of(0), 1)).toBe(null);
    expect(invertPositive(Float64Array.of(NaN), 1)).toBe(null);
    expect(invertPositive(Float64Array.of(Infinity), 1)).toBe(null);
  });
});
