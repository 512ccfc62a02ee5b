import { choleskyInPlace, choleskyInverse } from '../../numeric/cholesky.js';
import { normalQuantile } from '../../numeric/normal.js';
import { multiply, sumRows } from './quantileRows.js';
import { QuantileSolver, type QuantileSolution } from './quantileSolver.js';

/** The covariance of the estimates in standardised coordinates, row-major; null where the data do not give one. */
export function quantileCovariance(kind: 'iid' | 'nid', solver: QuantileSolver, solution: QuantileSolution, tau: number): Float64Array | null {
  const bandwidth = hallSheather(tau, solver.rows.weights.reduce((sum, w) => sum + w, 0));
  return kind === 'iid' ? oneDensity(solver, solution, tau, bandwidth) : densityOfEachRow(solver, tau, bandwidth);
}

/** The distance in probability over which a density is measured (Hall and Sheather, 1988), for intervals of 95 %. */
function hallSheather(tau: number, count: number): number {
  const z = normalQuantile(tau);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return count ** (-1 / 3) * normalQuantile(0.975) ** (2 / 3) * ((1.5 * density ** 2) / (2 * z * z + 1)) ** (1 / 3);
}

/** sparsity^2 tau (1 - tau) (X'X)^-1, the sparsity being the slope of the ordered residuals near 0 (Koenker and Bassett, 1982). */
function oneDensity({ rows, spread }: QuantileSolver, { beta, certificate }: QuantileSolution, tau: number, bandwidth: number): Float64Array | null {
  const { columns, target } = rows;
  const width = columns.length;
  const count = target.length;
  const residuals = multiply(columns, beta, -1, new Float64Array(count), target);
  const zeros = certificate.zeroResiduals;
  const distances = residuals.map(Math.abs).sort();
  const size = Math.max(width + 1, Math.ceil(count * bandwidth)) + 1;
  const [from, to] = [distances[zeros]!, distances[Math.min(zeros + size, count) - 1]!];
  const near = residuals.filter((r) => Math.abs(r) >= from && Math.abs(r) <= to).sort();
  if (near.length < 3 || !(near[near.length - 1]! - near[0]! > 1e-11 * spread)) return null;
  const ones = near.map(() => 1);
  const line = near.map((_, i) => (2 * i) / (near.length - 1) - 1);
  const fit = new QuantileSolver({ columns: [ones, line], target: near, weights: ones }, Int32Array.of(0, near.length - 1));
  const sparsity = (fit.solve(0.5).beta[1]! * 2 * (count - width)) / (near.length - 1);
  return inverseOf(squares(columns, rows.weights), width)?.map((value) => value * sparsity ** 2 * tau * (1 - tau)) ?? null;
}

/** D^-1 X'X D^-1 tau (1 - tau) with D = X'fX, each row's density from the quantiles a bandwidth below and above (Hendricks and Koenker, 1992). */
function densityOfEachRow(solver: QuantileSolver, tau: number, bandwidth: number): Float64Array | null {
  const { columns, weights } = solver.rows;
  const width = columns.length;
  let reach = bandwidth;
  while (tau - reach < 0 || tau + reach > 1) reach /= 2;
  const above = solver.solve(tau + reach).beta;
  const below = solver.solve(tau - reach).beta;
  const difference = above.map((b, k) => b - below[k]!);
  const rises = multiply(columns, difference, 1, new Float64Array(weights.length), null);
  const densities = weights.map((w, i) => (rises[i]! > 1.5e-8 * solver.spread ? (w * 2 * reach) / rises[i]! : 0));
  const inverse = inverseOf(squares(columns, densities), width);
  if (inverse === null) return null;
  const middle = product(product(inverse, squares(columns, weights), width), inverse, width);
  return middle.map((value) => value * tau * (1 - tau));
}

/** X' diag(weights) X. */
function squares(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sums = new Float64Array(columns.length ** 2);
  columns.forEach((column, j) => sums.set(sumRows(columns, weights.map((w, i) => w * column[i]!)), j * columns.length));
  return sums;
}

function inverseOf(matrix: Float64Array, size: number): Float64Array | null {
  return choleskyInPlace(matrix, size) ? choleskyInverse(matrix, size) : null;
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) c[i * n + j]! += a[i * n + k]! * b[k * n + j]!;
  return c;
}
