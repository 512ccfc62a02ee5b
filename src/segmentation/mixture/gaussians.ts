import { choleskyInPlace } from '../../numeric/cholesky.js';

/** The parameters of a Gaussian mixture, on the scale of the model. */
export interface Gaussians {
  /** Shares of the segments. */
  readonly weights: ArrayLike<number>;
  /** Row-major, segments x features. */
  readonly means: ArrayLike<number>;
  /** One a segment, or one for all; row-major matrices, or variances alone. */
  readonly covariances: readonly ArrayLike<number>[];
}

/** What the density of a block of rows needs: of the known features only. */
export interface GaussianFactors {
  /** Whether the features are independent within a segment. */
  readonly isDiagonal: boolean;
  /** Segments x known features. */
  readonly means: Float64Array;
  /** By segment the inverse of the Cholesky factor, packed by rows; for independent features its diagonal. */
  readonly inverses: Float64Array;
  /** By segment what does not depend on the row. */
  readonly constants: Float64Array;
  /** By segment the Cholesky factor of the covariance, features in the order of the block; for independent features the standard deviations. */
  readonly roots: readonly Float64Array[];
}

const LOG_2_PI = 1.8378770664093453;

/**
 * The density of the features known, `columns` up to `known`: the others are integrated out. `filled`: they stand where the density is highest instead,
 * so that the result compares with that of a complete row.
 */
export function gaussianFactors({ weights, means, covariances }: Gaussians, columns: readonly number[], known: number, filled = false): GaussianFactors {
  const segments = weights.length;
  const width = columns.length;
  const isDiagonal = covariances[0]!.length === width;
  const packed = isDiagonal ? known : (known * (known + 1)) / 2;
  const inverses = new Float64Array(segments * packed);
  const constants = new Float64Array(segments);
  const counted = filled ? width : known;
  const roots = covariances.map((covariance) => (isDiagonal ? Float64Array.from(columns, (j) => Math.sqrt(covariance[j]!)) : rootOf(covariance, columns)));
  const knownMeans = new Float64Array(segments * known);
  for (let c = 0; c < segments; c++) {
    const root = roots[c % roots.length]!;
    const step = isDiagonal ? 1 : width + 1;
    let constant = Math.log(weights[c]!) - 0.5 * counted * LOG_2_PI;
    for (let i = 0; i < counted; i++) constant -= Math.log(root[i * step]!);
    constants[c] = constant;
    for (let i = 0; i < known; i++) knownMeans[c * known + i] = means[c * width + columns[i]!]!;
    if (isDiagonal) for (let i = 0; i < known; i++) inverses[c * packed + i] = 1 / root[i]!;
    else invertRoot(root, width, known, inverses, c * packed);
  }
  return { isDiagonal, means: knownMeans, inverses, constants, roots };
}

function rootOf(covariance: ArrayLike<number>, columns: readonly number[]): Float64Array {
  const width = columns.length;
  const root = new Float64Array(width * width);
  for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) root[i * width + j] = covariance[columns[i]! * width + columns[j]!]!;
  choleskyInPlace(root, width);
  return root;
}

/** The inverse of the leading part of a lower triangle, packed by rows. */
function invertRoot(root: Float64Array, width: number, size: number, into: Float64Array, start: number): void {
  const place = (i: number, j: number): number => start + (i * (i + 1)) / 2 + j;
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= root[i * width + k]! * into[place(k, j)]!;
      into[place(i, j)] = sum / root[i * width + i]!;
    }
  }
}
