import { choleskyInverse } from '../../numeric/cholesky.js';
import { foldTypical, type BranchRows, type Trial } from './branchTrials.js';
import { logitStep, normalEquations, penalisedFactor, type RidgeRows } from './ridge.js';
import { walletSlope } from './walletForms.js';

/**
 * How each row moves the slopes and the logarithm of the mean residual, row-major: their squares add up to the covariance (the sandwich of
 * Huber, 1967, and White, 1980). Residuals are those out of fold: those of the fit itself are
 * too small where known wallets are few. Slopes and mean residual belong together: a higher intercept leaves lower residuals.
 */
export function coefficientInfluences(data: RidgeRows, { form, etas, residuals }: Trial, slopes: Float64Array, penalties: Float64Array, { typical }: BranchRows): Float64Array {
  const size = slopes.length;
  const { design, width, outcome, weights } = data;
  const all = Uint32Array.from(weights.keys());
  const isShare = form === 'share';
  const bread = choleskyInverse(isShare ? penalisedFactor(logitStep(data, all, penalties, slopes).matrix, size, new Float64Array(size)) : penalisedFactor(normalEquations(data, all).matrix, width, penalties), size);
  const pull = new Float64Array(size);
  let [total, mean] = [0, 0];
  for (const i of all) {
    total += weights[i]!;
    mean += weights[i]! * residuals[i]!;
    for (let a = 0; a < size; a++) pull[a]! += weights[i]! * residuals[i]! * walletSlope(form, etas[i]!) * design[i * width + a]!;
  }
  const influences = new Float64Array(weights.length * size);
  const influence = new Float64Array(size + 1);
  for (const i of all) {
    const score = weights[i]! * (outcome[i]! - (isShare ? 1 / (1 + Math.exp(-etas[i]!)) : etas[i]!));
    let last = weights[i]! * (residuals[i]! / mean - 1 / total);
    for (let a = 0; a < size; a++) {
      let sum = 0;
      for (let b = 0; b < size; b++) sum += bread[a * size + b]! * design[i * width + b]!;
      influence[a] = score * sum;
      last -= (pull[a]! / mean) * influence[a]!;
    }
    influence[size] = last;
    influences.set(foldTypical(influence, typical), i * size);
  }
  return influences;
}

/**
 * A factor of the covariance of the unknowns of both branches: lower triangular ones of each, and what the second loads on the unknowns of
 * the first. Whoever served both branches moves both at once.
 */
export function coefficientFactors(first: Float64Array, firstRows: ArrayLike<number>, second: Float64Array, secondRows: ArrayLike<number>): { readonly first: number[]; readonly second: number[]; readonly cross: number[] } {
  const widths = [first.length / firstRows.length, second.length / secondRows.length] as const;
  const size = widths[0] + widths[1];
  const covariance = new Float64Array(size * size);
  const moves: Float64Array[] = [];
  for (let i = 0; i < firstRows.length; i++) (moves[firstRows[i]!] = new Float64Array(size)).set(first.subarray(i * widths[0], (i + 1) * widths[0]));
  for (let i = 0; i < secondRows.length; i++) (moves[secondRows[i]!] ??= new Float64Array(size)).set(second.subarray(i * widths[1], (i + 1) * widths[1]), widths[0]);
  moves.forEach((move) => {
    for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) covariance[a * size + b]! += move[a]! * move[b]!;
  });
  const factor = semidefiniteFactor(covariance, size);
  const block = (from: number, rows: number, at: number, columns: number): number[] => Array.from({ length: rows * columns }, (_, k) => factor[(from + Math.floor(k / columns)) * size + at + (k % columns)]!);
  return { first: block(0, widths[0], 0, widths[0]), second: block(widths[0], widths[1], widths[0], widths[1]), cross: block(widths[0], widths[1], 0, widths[0]) };
}

// Cholesky, where a direction without spread (rows fewer than columns) is left at 0.
function semidefiniteFactor(a: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      if (i === j) factor[i * n + j] = sum > 1e-12 * a[j * n + j]! ? Math.sqrt(sum) : 0;
      else factor[i * n + j] = factor[j * n + j]! > 0 ? sum / factor[j * n + j]! : 0;
    }
  }
  return factor;
}
