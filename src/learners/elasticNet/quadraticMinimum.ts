import { choleskyInPlace, choleskySolve } from '../../numeric/cholesky.js';
import { violation, type PenaltyTerms } from './penaltyTerms.js';

/**
 * The x that minimises g'(x - x0) + (x - x0)' H (x - x0) / 2 plus the penalty: coordinate descent finds out which parameters are 0, and
 * Newton's method on the others then gives their values exactly. Changes x and the gradient `slopes` (g at x0) in place.
 */
export function minimiseQuadratic(h: Float64Array, slopes: Float64Array, x: Float64Array, penalty: PenaltyTerms, tolerance: number): void {
  const size = x.length;
  const all = Int32Array.from(x.keys());
  for (let round = 0; round < 100; round++) {
    descend(h, slopes, x, penalty, all);
    const moving = all.filter((j) => x[j] !== 0);
    for (let sweep = 0; sweep < 2; sweep++) descend(h, slopes, x, penalty, moving);
    while (!newtonOnFree(h, slopes, x, penalty));
    let worst = 0;
    for (let j = 0; j < size; j++) worst = Math.max(worst, violation(penalty, j, x[j]!, slopes[j]!));
    if (worst <= tolerance) return;
  }
}

/** One cycle of coordinate descent (Friedman, Hastie and Tibshirani, 2010). */
function descend(h: Float64Array, slopes: Float64Array, x: Float64Array, { l1, l2, signs }: PenaltyTerms, cycle: Int32Array): void {
  const size = x.length;
  for (const j of cycle) {
    const curvature = h[j * size + j]!;
    if (!(curvature + l2[j]! > 0)) continue;
    const pull = curvature * x[j]! - slopes[j]!;
    let value = Math.sign(pull) * Math.max(0, Math.abs(pull) - l1[j]!);
    if (value * signs[j]! < 0) value = 0;
    move(h, slopes, x, j, value / (curvature + l2[j]!));
  }
}

function move(h: Float64Array, slopes: Float64Array, x: Float64Array, j: number, value: number): void {
  const size = x.length;
  const change = value - x[j]!;
  x[j] = value;
  if (change !== 0) for (let k = 0, at = j * size; k < size; k++) slopes[k]! += h[at + k]! * change;
}

/** A Newton step on the parameters that are free to move, as far as the first change of sign; true when none was in the way. */
function newtonOnFree(h: Float64Array, slopes: Float64Array, x: Float64Array, { l1, l2, signs }: PenaltyTerms): boolean {
  const size = x.length;
  const bound = (j: number): boolean => l1[j]! > 0 || signs[j] !== 0;
  const free = [...x.keys()].filter((j) => h[j * size + j]! > 0 && (x[j] !== 0 || !bound(j)));
  const matrix = new Float64Array(free.length ** 2);
  const step = new Float64Array(free.length);
  free.forEach((j, a) => {
    step[a] = -(slopes[j]! + l2[j]! * x[j]! + l1[j]! * Math.sign(x[j]!));
    free.forEach((k, b) => (matrix[a * free.length + b] = h[j * size + k]!));
    // A trace more on the diagonal, for columns that are the same.
    matrix[a * (free.length + 1)]! += l2[j]! + 1e-13 * h[j * size + j]!;
  });
  if (!choleskyInPlace(matrix, free.length)) return true;
  choleskySolve(matrix, free.length, step);
  let length = 1;
  let first = -1;
  free.forEach((j, a) => {
    if (!bound(j) || x[j]! * (x[j]! + step[a]!) > 0) return;
    const reach = -x[j]! / step[a]!;
    if (reach < length || first < 0) [length, first] = [Math.min(length, reach), j];
  });
  free.forEach((j, a) => move(h, slopes, x, j, j === first ? 0 : x[j]! + length * step[a]!));
  return first < 0;
}
