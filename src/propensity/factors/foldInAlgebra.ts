import { ClientelaError } from '../../errors.js';
import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import { dotAt, multiplyRows } from './factorKernels.js';

/** Cholesky factors in place. Only rounding can make these matrices singular: their smallest eigenvalue is the ridge. */
export function factorise(matrix: Float64Array, n: number): void {
  if (choleskyInPlace(matrix, n)) return;
  throw new ClientelaError('NOT_IDENTIFIED', 'implicit factors are not determined: the ridge is lost in rounding beside what is held; give a larger one', { option: 'ridge' });
}

/** Y M^-1, row by row; the Gram matrix M is used up. */
export function turn(factors: Float64Array, gram: Float64Array, width: number): Float64Array {
  const turned = factors.slice();
  factorise(gram, width);
  for (let at = 0; at < turned.length; at += width) choleskySolve(gram, width, turned.subarray(at, at + width));
  return turned;
}

/** Y M^-1 Y' of all columns. */
export function kernelOf(factors: Float64Array, turned: Float64Array, width: number): Float64Array {
  const count = factors.length / width;
  const kernel = new Float64Array(count * count);
  for (let c = 0; c < count; c++) multiplyRows(factors, count, turned.subarray(c * width, (c + 1) * width), kernel, c * count);
  return kernel;
}

/** y' (L L')^-1 y = |L^-1 y|^2 of the factors y at `at`. */
export function leverage(l: Float64Array, width: number, factors: Float64Array, at: number, scratch: Float64Array): number {
  let square = 0;
  for (let i = 0; i < width; i++) {
    const z = (factors[at + i]! - dotAt(l, i * width, scratch, 0, i)) / l[i * width + i]!;
    scratch[i] = z;
    square += z * z;
  }
  return square;
}

/** Entry j of the diagonal of (L L')^-1; column j of L^-1 is put above the diagonal of L, where nothing is. */
export function inverseDiagonal(l: Float64Array, n: number, j: number): number {
  let square = 0;
  for (let i = j; i < n; i++) {
    let z = i === j ? 1 : 0;
    for (let k = j; k < i; k++) z -= l[i * n + k]! * (k === j ? 1 / l[j * n + j]! : l[j * n + k]!);
    z /= l[i * n + i]!;
    if (i > j) l[j * n + i] = z;
    square += z * z;
  }
  return square;
}
