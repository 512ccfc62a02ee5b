import type { DesignColumn } from '../../learners/logisticDesign.js';
import { rawCoefficients } from '../../learners/logisticInference.js';
import { choleskyInPlace, choleskyInverse } from '../../numeric/cholesky.js';
import { symmetricEigenvectors } from '../../numeric/symmetricEigen.js';

/** The covariance of what the rows determine. */
export interface Determined {
  /** In the coordinates of the fit; along loose directions 0. */
  readonly covariance: Float64Array;
  /** Directions in which the likelihood hardly changes: several columns together tell who never has the event. */
  readonly loose: readonly Float64Array[];
}

/** Information below which a direction counts as loose: a standard error of 1000 standardised units is none. */
const LITTLE = 1e-6;

/** The inverse of an information matrix; where it is all but singular, of what is left without the directions to blame. Null where there is no maximum. */
export function invertInformation(information: Float64Array, size: number): Determined | null {
  const factor = information.slice();
  if (choleskyInPlace(factor, size)) {
    const covariance = choleskyInverse(factor, size);
    if (covariance.every((value, at) => at % (size + 1) > 0 || value < 1 / LITTLE)) return { covariance, loose: [] };
  }
  const vectors = symmetricEigenvectors(information, size);
  const covariance = new Float64Array(size * size);
  const loose: Float64Array[] = [];
  for (let i = 0; i < size; i++) {
    const vector = vectors.slice(i * size, (i + 1) * size);
    const amount = vector.reduce((sum, x, j) => sum + x * vector.reduce((part, y, k) => part + y * information[j * size + k]!, 0), 0);
    if (amount < -LITTLE) return null;
    if (amount < LITTLE) loose.push(vector);
    else for (let j = 0; j < size; j++) for (let k = 0; k < size; k++) covariance[j * size + k]! += (vector[j]! * vector[k]!) / amount;
  }
  return { covariance, loose };
}

/** Positions of the raw coefficients that a direction of standardised ones moves, beyond rounding. */
export function movedAlong(direction: Float64Array, columns: readonly DesignColumn[]): number[] {
  const raw = rawCoefficients(columns, direction);
  const most = direction.reduce((soFar, d) => Math.max(soFar, Math.abs(d)), 0);
  const size = columns.reduce((sum, { center }, j) => sum + Math.abs(raw[j + 1]! * center), most);
  return [...raw.keys()].filter((j) => (j === 0 ? Math.abs(raw[0]!) > 1e-5 * size : Math.abs(direction[j]!) > 1e-5 * most));
}
