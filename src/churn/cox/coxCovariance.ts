import type { CoefficientCovariance } from '../../learners/logisticState.js';
import { pivotedCholesky } from '../../numeric/cholesky.js';
import type { CoxRows } from './coxRows.js';
import { inverseOf } from './solveCox.js';

/**
 * The inverse of the curvature where it exists. Under separation there is none along the direction to infinity: of the columns it moves those are
 * left out, with 0 for their part, that are all but determined, which leaves the others as they are in the limit.
 */
export function finiteInverse(curvature: Float64Array, start: Float64Array, moved: readonly boolean[], whole: Float64Array | null): Float64Array | null {
  const size = moved.length;
  if (!moved.includes(true)) return whole;
  const order = [...moved.keys()].sort((a, b) => Number(moved[a]) - Number(moved[b]) || a - b);
  // In units of the information at 0, what is left of a moved column is nothing.
  const scaled = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [order[Math.floor(at / size)]!, order[at % size]!];
    const value = curvature[i * size + j]! / Math.sqrt(start[i * (size + 1)]! * start[j * (size + 1)]!);
    return i === j && moved[i] ? Math.max(0, value - 1e-6) : value;
  });
  const rank = pivotedCholesky(scaled, size, 1e-6);
  const columns = Array.from(rank.order.subarray(0, rank.rank), (at) => order[at]!);
  const inverse = inverseOf(Float64Array.from({ length: columns.length ** 2 }, (_, at) => curvature[columns[Math.floor(at / columns.length)]! * size + columns[at % columns.length]!]!), columns.length);
  if (inverse === null) return null;
  const spread = new Float64Array(size * size);
  columns.forEach((i, a) => columns.forEach((j, b) => (spread[i * size + j] = inverse[a * columns.length + b]!)));
  return spread;
}

/** bread meat bread. */
export function sandwich(bread: Float64Array, meat: Float64Array, size: number): Float64Array {
  const product = (a: Float64Array, b: Float64Array): Float64Array => {
    const c = new Float64Array(size * size);
    for (let i = 0; i < size; i++) for (let k = 0; k < size; k++) for (let j = 0; j < size; j++) c[i * size + j]! += a[i * size + k]! * b[k * size + j]!;
    return c;
  };
  return product(product(bread, meat), bread);
}

/** On the raw scale, of the coefficients that have a finite estimate. */
export function rawCovariance(standardised: Float64Array, { names, scales }: CoxRows, moved: readonly boolean[]): CoefficientCovariance {
  const finite = [...moved.keys()].filter((k) => !moved[k]);
  return { names: finite.map((k) => names[k]!), values: finite.flatMap((i) => finite.map((j) => standardised[i * moved.length + j]! / scales[i]! / scales[j]!)) };
}
