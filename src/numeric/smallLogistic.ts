import { choleskyInPlace, choleskyInverse, choleskySolve } from './cholesky.js';
import { logOdds } from './logOdds.js';

/** What {@link smallLogistic} learns from. */
export interface SmallLogisticData {
  /** At most two. */
  readonly columns: readonly Float64Array[];
  /** In [0, 1]: labels, or what Platt makes of them. */
  readonly targets: ArrayLike<number>;
  /** All above 0. */
  readonly weights: Float64Array;
  readonly offset?: Float64Array;
}

/**
 * Maximum likelihood of an intercept and at most two columns, the intercept first: Newton's method with backtracking, as Lin, Lin and Weng (2007)
 * have it for Platt's two parameters. It works on centred and scaled columns, so that a linear change of a column leaves the probabilities as
 * they are; a column that is the same everywhere gets 0. Where no finite maximum exists it stops far out towards the supremum. O(rows) a step.
 */
export function smallLogistic(data: SmallLogisticData): Float64Array {
  const scaled = data.columns.map((column) => standardised(column, data.weights));
  const used = scaled.filter(({ scale }) => scale !== 0);
  const beta = newton({ ...data, columns: used.map(({ values }) => values) });
  const coefficients = new Float64Array(data.columns.length + 1);
  coefficients[0] = beta[0]!;
  used.forEach((column, k) => {
    const slope = beta[k + 1]! / column.scale;
    coefficients[scaled.indexOf(column) + 1] = slope;
    coefficients[0]! -= slope * column.center;
  });
  return coefficients;
}

/** The covariance of those coefficients, row-major: the inverse of the information; null where the rows do not determine them. */
export function smallCovariance(data: SmallLogisticData, coefficients: Float64Array): Float64Array | null {
  const { hessian } = evaluate(data, coefficients);
  return choleskyInPlace(hessian, coefficients.length) ? choleskyInverse(hessian, coefficients.length) : null;
}

interface StandardisedColumn {
  readonly values: Float64Array;
  readonly center: number;
  readonly scale: number;
}

function standardised(column: Float64Array, weights: Float64Array): StandardisedColumn {
  const n = column.length;
  let total = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    total += weights[i]!;
    sum += weights[i]! * (column[i]! - column[0]!);
  }
  // Measured from the first value, so that a constant column has exactly no spread.
  const center = column[0]! + sum / total;
  const values = new Float64Array(n);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    values[i] = column[i]! - center;
    if (Math.abs(values[i]!) > largest) largest = Math.abs(values[i]!);
  }
  // In units of the largest, so that no square overflows or vanishes.
  let squares = 0;
  for (let i = 0; i < n; i++) {
    values[i]! /= largest;
    squares += weights[i]! * values[i]! * values[i]!;
  }
  const spread = Math.sqrt(squares / total);
  for (let i = 0; i < n; i++) values[i]! /= spread;
  return { values, center, scale: largest === 0 ? 0 : largest * spread };
}

function newton(data: SmallLogisticData): Float64Array {
  const { targets, weights, offset } = data;
  let [total, events, offsets] = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    total += weights[i]!;
    events += weights[i]! * targets[i]!;
    if (offset !== undefined) offsets += weights[i]! * offset[i]!;
  }
  let beta: Float64Array = new Float64Array(data.columns.length + 1);
  beta[0] = logOdds(events / total) - offsets / total;
  let here = evaluate(data, beta);
  for (let iteration = 0; iteration < 100; iteration++) {
    if (!choleskyInPlace(here.hessian, beta.length)) break;
    const step = choleskySolve(here.hessian, beta.length, here.gradient.slice());
    const descent = along(step, here.gradient);
    let shrink = 1;
    let moved: Float64Array;
    // The loss is convex: unless its slope along the step has turned upwards by more than half, the step was not too long. This spares its logarithms.
    do {
      moved = beta.map((b, j) => b - shrink * step[j]!);
      here = evaluate(data, moved);
      shrink /= 2;
    } while (shrink > 1e-10 && -along(step, here.gradient) > descent / 2);
    beta = moved;
    // What a full Newton step leaves is of the order of its square, here below rounding.
    if (descent < 1e-14 * total || shrink <= 1e-10) break;
  }
  return beta;
}

function along(step: Float64Array, gradient: Float64Array): number {
  return step.reduce((sum, s, j) => sum + s * gradient[j]!, 0);
}

/** Gradient and (lower triangle of the) second derivatives of -log likelihood. */
function evaluate({ columns, targets, weights, offset }: SmallLogisticData, beta: Float64Array): { gradient: Float64Array; hessian: Float64Array } {
  const size = beta.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const first = columns[0] ?? weights;
  const second = columns[1] ?? weights;
  const [b0, b1 = 0, b2 = 0] = beta as unknown as [number, number?, number?];
  let [g0, g1, g2, h00, h10, h11, h20, h21, h22] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    const x = first[i]!;
    const z = second[i]!;
    const eta = b0 + b1 * x + b2 * z + (offset === undefined ? 0 : offset[i]!);
    const e = Math.exp(-Math.abs(eta));
    const r = 1 / (1 + e);
    const w = weights[i]!;
    const g = w * ((eta < 0 ? e * r : r) - targets[i]!);
    const h = w * e * r * r;
    g0 += g;
    g1 += g * x;
    g2 += g * z;
    h00 += h;
    h10 += h * x;
    h11 += h * x * x;
    h20 += h * z;
    h21 += h * z * x;
    h22 += h * z * z;
  }
  [g0, g1, g2].slice(0, size).forEach((g, j) => (gradient[j] = g));
  [[h00], [h10, h11], [h20, h21, h22]].slice(0, size).forEach((row, j) => hessian.set(row, j * size));
  return { gradient, hessian };
}
