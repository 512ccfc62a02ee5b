import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numeric/random.js';
import { symmetricEigenvectors } from '../../src/numeric/symmetricEigen.js';

/** v A w for two rows of a matrix of vectors. */
function form(vectors: Float64Array, matrix: Float64Array, n: number, p: number, q: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += vectors[p * n + i]! * matrix[i * n + j]! * vectors[q * n + j]!;
  return sum;
}

describe('symmetricEigenvectors', () => {
  it('finds the diagonals of [[2, 1], [1, 2]]', () => {
    for (const component of symmetricEigenvectors(Float64Array.of(2, 1, 1, 2), 2)) expect(Math.abs(component)).toBeCloseTo(Math.SQRT1_2, 15);
  });

  it('leaves a diagonal matrix, and one of zeros, on its axes', () => {
    expect(Array.from(symmetricEigenvectors(Float64Array.of(1, 0, 0, 5), 2))).toEqual([1, 0, 0, 1]);
    expect(Array.from(symmetricEigenvectors(new Float64Array(4), 2))).toEqual([1, 0, 0, 1]);
    expect(Array.from(symmetricEigenvectors(Float64Array.of(3), 1))).toEqual([1]);
  });

  it('gives orthonormal rows that make the matrix diagonal, also of deficient rank, and leaves the matrix as it was', () => {
    const n = 7;
    const random = createRandom(4);
    for (const rank of [7, 3]) {
      const factor = Float64Array.from({ length: n * rank }, (_, at) => random.normal() * 10 ** (at % 3));
      const matrix = new Float64Array(n * n);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) for (let f = 0; f < rank; f++) matrix[i * n + j]! += factor[i * rank + f]! * factor[j * rank + f]!;
      const before = matrix.slice();
      const vectors = symmetricEigenvectors(matrix, n);
      const unit = new Float64Array(n * n).map((_, at) => (at % (n + 1) === 0 ? 1 : 0));
      const trace = unit.reduce((sum, one, at) => sum + one * matrix[at]!, 0);
      expect(matrix).toEqual(before);
      for (let p = 0; p < n; p++) {
        for (let q = 0; q < n; q++) {
          expect(form(vectors, unit, n, p, q)).toBeCloseTo(p === q ? 1 : 0, 13);
          if (p !== q) expect(Math.abs(form(vectors, matrix, n, p, q)) / trace).toBeLessThan(1e-14);
        }
      }
    }
  });
});
