import type { Convergence } from '../../numeric/convergence.js';
import type { PotentialValues } from './potentialColumns.js';
import type { Margin } from './readMargins.js';

/** What is raked, and how long. */
export interface RakePlan {
  readonly values: PotentialValues;
  readonly weights: Float64Array;
  readonly margins: readonly Margin[];
  /** What grows where the factor is above 1: the potential, or the headroom. */
  readonly growing: Float64Array;
  readonly maxIterations: number;
  readonly tolerance: number;
}

/** The factor of each level and row. */
export interface RakeFactors {
  /** By margin, then level. */
  readonly levels: readonly Float64Array[];
  readonly rows: Float64Array;
  readonly convergence: Convergence;
}

/**
 * Factors of the levels whose product scales each row so that all sums are met: iterative proportional fitting (Deming and Stephan, 1940).
 *
 * A row of factor F becomes growing F from 1 on, present + headroom F below: continuous, rising and convex in F, so that Newton's steps find the factor of a level
 * exactly after a few, and no potential falls below the present spend.
 */
export function rakeFactors(plan: RakePlan): RakeFactors {
  const { margins, maxIterations, tolerance } = plan;
  const levels = margins.map(({ sizes }) => new Float64Array(sizes.length).fill(1));
  const rows = new Float64Array(plan.values.rowCount);
  const off = (): number => margins.reduce((worst, margin) => Math.max(worst, deviation(margin.sizes, scaledSums(plan, margin, rows, null))), 0);
  rowFactors(margins, levels, -1, rows);
  let [iterations, gradientNorm] = [0, off()];
  for (; gradientNorm > tolerance && iterations < maxIterations; iterations++) {
    margins.forEach((margin, at) => {
      rowFactors(margins, levels, at, rows);
      solveLevels(plan, margin, rows, levels[at]!);
    });
    rowFactors(margins, levels, -1, rows);
    gradientNorm = off();
  }
  const converged = gradientNorm <= tolerance;
  return { levels, rows, convergence: { converged, iterations, gradientNorm, reason: converged ? 'market sizes met' : 'iteration limit' } };
}

/** The product of the factors of a row's levels, but for those of one margin. */
function rowFactors(margins: readonly Margin[], levels: readonly Float64Array[], without: number, rows: Float64Array): void {
  rows.fill(1);
  margins.forEach(({ codes }, at) => {
    if (at === without) return;
    const factors = levels[at]!;
    for (let row = 0; row < rows.length; row++) if (codes[row]! >= 0) rows[row]! *= factors[codes[row]!]!;
  });
}

/** The sums of a margin with these factors of rows, times those of its own levels; as often as the steps still move. */
function solveLevels(plan: RakePlan, margin: Margin, rest: Float64Array, factors: Float64Array): void {
  for (let step = 0; step < 50; step++) {
    const slopes = new Float64Array(factors.length);
    const sums = scaledSums(plan, margin, rest, { factors, slopes });
    if (deviation(margin.sizes, sums) <= 0.001 * plan.tolerance) return;
    for (let level = 0; level < factors.length; level++) {
      const missing = margin.sizes[level]! - sums[level]!;
      // Flat where nobody has headroom and factors are below 1: further up it rises.
      if (slopes[level]! > 0) factors[level] = Math.max(0, factors[level]! + missing / slopes[level]!);
      else if (missing > 0) factors[level] = 2 * Math.max(factors[level]!, 1);
    }
  }
}

/** What the levels of a margin add up to, and how that rises with their factors. */
export function scaledSums({ values: { present, headroom }, weights, growing }: Pick<RakePlan, 'values' | 'weights' | 'growing'>, { codes, sizes }: Margin, rest: Float64Array, own: { factors: Float64Array; slopes: Float64Array } | null): Float64Array {
  const sums = new Float64Array(sizes.length);
  for (let row = 0; row < codes.length; row++) {
    const level = codes[row]!;
    if (level < 0) continue;
    const weight = weights[row]!;
    const factor = own === null ? rest[row]! : rest[row]! * own.factors[level]!;
    const moving = factor < 1 ? headroom[row]! : growing[row]!;
    // What does not move stays: the present spend where the headroom does, nothing where the whole potential does.
    sums[level]! += weight * (present[row]! + headroom[row]! - moving + moving * factor);
    if (own !== null) own.slopes[level]! += weight * moving * rest[row]!;
  }
  return sums;
}

function deviation(sizes: Float64Array, sums: Float64Array): number {
  let worst = 0;
  for (let level = 0; level < sizes.length; level++) {
    const off = Math.abs(sums[level]! - sizes[level]!);
    if (off > 0) worst = Math.max(worst, off / Math.max(sizes[level]!, sums[level]!));
  }
  return worst;
}
