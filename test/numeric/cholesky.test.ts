import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choleskyInPlace, choleskyInverse, choleskySolve, dependenceWeights, pivotedCholesky } from '../../src/numeric/cholesky.js';
import { createRandom } from '../../src/numeric/random.js';

// X'X of a rows x n matrix, row-major.
const gram = (x: Float64Array, rows: number, n: number): Float64Array => {
  const a = new Float64Array(n * n);
  for (let r = 0; r < rows; r++) for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) a[i * n + j]! += x[r * n + i]! * x[r * n + j]!;
  return a;
};
const normals = (length: number, seed: number): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.normal());
};
const multiply = (a: Float64Array, b: Float64Array, n: number): Float64Array => {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) c[i * n + j]! += a[i * n + k]! * b[k * n + j]!;
  return c;
};

describe('choleskyInPlace, choleskySolve, choleskyInverse', () => {
  it('factors a hand-checkable matrix', () => {
    const a = new Float64Array([4, 2, 2, 5]);
    expect(choleskyInPlace(a, 2)).toBe(true);
    expect([a[0], a[2], a[3]]).toEqual([2, 1, 2]);
    expect([...choleskySolve(a, 2, new Float64Array([8, 12]))]).toEqual([1, 2]);
    expect([...choleskyInverse(a, 2)]).toEqual([0.3125, -0.125, -0.125, 0.25]);
  });

  it('solves and inverts random systems', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 1e6 }), (n, seed) => {
        const a = gram(normals((n + 20) * n, seed), n + 20, n);
        const x = normals(n, seed + 1);
        const b = new Float64Array(n);
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) b[i]! += a[i * n + j]! * x[j]!;
        const l = a.slice();
        expect(choleskyInPlace(l, n)).toBe(true);
        choleskySolve(l, n, b);
        for (let i = 0; i < n; i++) expect(b[i]).toBeCloseTo(x[i]!, 9);
        const identity = multiply(a, choleskyInverse(l, n), n);
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) expect(identity[i * n + j]).toBeCloseTo(i === j ? 1 : 0, 9);
      }),
      { seed: 20261122, numRuns: 50 },
    );
  });

  it('says false, and does not throw, when the matrix is not positive definite', () => {
    expect(choleskyInPlace(new Float64Array([1, 2, 2, 1]), 2)).toBe(false);
    expect(choleskyInPlace(new Float64Array([0]), 1)).toBe(false);
    expect(choleskyInPlace(new Float64Array([Number.NaN]), 1)).toBe(false);
    expect(choleskyInPlace(new Float64Array([Number.POSITIVE_INFINITY]), 1)).toBe(false);
  });
});

describe('pivotedCholesky', () => {
  it('keeps the earlier of dependent columns and gives the weights of the combination', () => {
    const rows = 40;
    const base = normals(rows * 3, 3);
    const x = new Float64Array(rows * 5);
    // Columns: u, v, 2u - 3v, w, w (again).
    for (let r = 0; r < rows; r++) {
      const [u, v, w] = [base[r * 3]!, base[r * 3 + 1]!, base[r * 3 + 2]!];
      x.set([u, v, 2 * u - 3 * v, w, w], r * 5);
    }
    const a = gram(x, rows, 5);
    const before = a.slice();
    const found = pivotedCholesky(a, 5, 1e-9);
    expect(a).toEqual(before);
    expect(found.rank).toBe(3);
    expect([...found.order]).toEqual([0, 1, 3, 2, 4]);
    const first = dependenceWeights(found, 0);
    const second = dependenceWeights(found, 1);
    [2, -3, 0].forEach((weight, i) => expect(first[i]).toBeCloseTo(weight, 9));
    [0, 0, 1].forEach((weight, i) => expect(second[i]).toBeCloseTo(weight, 9));
  });

  it('finds full rank where there is, with the same factor as choleskyInPlace', () => {
    const a = gram(normals(30 * 4, 9), 30, 4);
    const found = pivotedCholesky(a, 4, 1e-9);
    expect(found.rank).toBe(4);
    expect([...found.order]).toEqual([0, 1, 2, 3]);
    choleskyInPlace(a, 4);
    for (let i = 0; i < 4; i++) for (let j = 0; j <= i; j++) expect(found.factor[i * 4 + j]).toBeCloseTo(a[i * 4 + j]!, 12);
  });

  it('drops a column of zeros, whatever its place', () => {
    const a = new Float64Array([0, 0, 0, 2]);
    expect(pivotedCholesky(a, 2, 1e-9)).toMatchObject({ rank: 1, order: new Uint32Array([1, 0]) });
    expect([...dependenceWeights(pivotedCholesky(a, 2, 1e-9), 0)]).toEqual([0]);
  });

  it('judges dependence relative to the variance of the column, whatever its unit', () => {
    const x = normals(50 * 3, 4);
    for (let r = 0; r < 50; r++) x[r * 3 + 1]! *= 1e-9;
    expect(pivotedCholesky(gram(x, 50, 3), 3, 1e-9).rank).toBe(3);
  });
});

describe('choleskyInPlace, four rows at once', () => {
  it('gives the bits of the plain loops, whatever the size', () => {
    const random = createRandom(31);
    for (let n = 1; n <= 13; n++) {
      const root = Float64Array.from({ length: n * n }, () => random.normal());
      const matrix = new Float64Array(n * n);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) matrix[i * n + j]! += root[i * n + k]! * root[j * n + k]!;
      const plain = matrix.slice();
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          let sum = plain[i * n + j]!;
          for (let k = 0; k < j; k++) sum -= plain[i * n + k]! * plain[j * n + k]!;
          plain[i * n + j] = i > j ? sum / plain[j * n + j]! : Math.sqrt(sum);
        }
      }
      expect(choleskyInPlace(matrix, n)).toBe(true);
      expect(matrix).toEqual(plain);
    }
  });
});
