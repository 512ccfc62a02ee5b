import { gaussianFactors, type GaussianFactors, type Gaussians } from './gaussians.js';
import { gaussianRows, type GaussianSums } from './gaussianRows.js';
import type { Step } from './climb.js';
import type { CovarianceKind } from './covarianceKind.js';
import type { KnownBlock } from './knownBlocks.js';
import { settleRows } from './settleRows.js';

/** The prior of a free fit. */
export const FREE = 1e-9;
/** The prior of segments held open: variances of at least a hundredth of the portfolio's in a segment of average size. */
export const HELD = 0.01;

/** What one step of EM works on. */
export interface GaussianTask {
  readonly kind: CovarianceKind;
  readonly segments: number;
  readonly width: number;
  readonly blocks: readonly KnownBlock[];
  /** The covariance of all rows, row-major. */
  readonly total: Float64Array;
  /** What all rows count. */
  readonly weight: number;
  /** What share of the rows of an average segment is added to every segment with the covariance of all rows: next to none, unless segments collapse. */
  readonly prior: number;
  /** Added to every variance: what keeps a constant column, or one that others determine, from an infinite density. */
  readonly ridge: number;
}

/** Sums over all rows by segment: of one block, or of all. */
function emptySums(segments: number, width: number, squares: number): GaussianSums {
  return { counts: new Float64Array(segments), sums: new Float64Array(segments * width), products: new Float64Array(segments * squares) };
}

/**
 * One step of EM (Dempster, Laird and Rubin, 1977) from the parameters given, with their log-likelihood (less the penalty of a prior that counts). What is missing is replaced by what the
 * segment expects of it, variances included (Ghahramani and Jordan, 1994).
 */
export function gaussianStep(task: GaussianTask, params: Gaussians): Step<Gaussians> {
  const { segments, width, kind, blocks } = task;
  const isDiagonal = kind === 'diagonal' || kind === 'spherical';
  const size = isDiagonal ? width : width * width;
  const all = emptySums(segments, width, size);
  let objective = -penaltyOf(task, params);
  for (const block of blocks) {
    const { known, columns } = block;
    const factors = gaussianFactors(params, columns, known);
    const part = emptySums(segments, known, isDiagonal ? known : (known * (known + 1)) / 2);
    objective += settleRows(gaussianRows(block, factors, part), segments, {});
    for (let c = 0; c < segments; c++) {
      all.counts[c]! += part.counts[c]!;
      (isDiagonal ? completeVariances : completeProducts)(c, block, factors, part, all);
    }
  }
  return { objective, next: nextGaussians(task, params, all) };
}

/** What the prior takes from the log-likelihood: that of its rows, up to a constant. */
function penaltyOf({ width, total, segments, weight, prior }: GaussianTask, params: Gaussians): number {
  if (prior < HELD) return 0;
  const { roots, inverses, isDiagonal } = gaussianFactors(params, Array.from({ length: width }, (_, j) => j), width);
  let sum = 0;
  roots.forEach((root, c) => {
    for (let i = 0; i < width; i++) {
      sum += 2 * Math.log(root[isDiagonal ? i : i * (width + 1)]!);
      const start = isDiagonal ? c * width : (c * width * (width + 1)) / 2 + (i * (i + 1)) / 2;
      if (isDiagonal) sum += inverses[start + i]! ** 2 * total[i * (width + 1)]!;
      else for (let j = 0; j <= i; j++) for (let k = 0; k <= i; k++) sum += inverses[start + j]! * inverses[start + k]! * total[j * width + k]!;
    }
  });
  return (0.5 * sum * prior * weight) / segments;
}

function completeVariances(c: number, { columns, known }: KnownBlock, { roots }: GaussianFactors, part: GaussianSums, all: GaussianSums): void {
  const root = roots[c % roots.length]!;
  const start = c * columns.length;
  columns.forEach((j, i) => {
    if (i < known) all.sums[start + j]! += part.sums[c * known + i]!;
    all.products[start + j]! += i < known ? part.products[c * known + i]! : part.counts[c]! * root[i]! * root[i]!;
  });
}

/** The expected value of what is missing is linear in what is known, so the sums over the known features give all the others. */
function completeProducts(c: number, { columns, known }: KnownBlock, { roots, inverses }: GaussianFactors, part: GaussianSums, all: GaussianSums): void {
  const width = columns.length;
  const root = roots[c % roots.length]!;
  const packed = (known * (known + 1)) / 2;
  const product = (i: number, j: number): number => part.products[c * packed + (i < j ? (j * (j + 1)) / 2 + i : (i * (i + 1)) / 2 + j)]!;
  if (known === width) {
    columns.forEach((j, i) => {
      all.sums[c * width + j]! += part.sums[c * known + i]!;
      for (let k = 0; k < width; k++) all.products[(c * width + j) * width + columns[k]!]! += product(i, k);
    });
    return;
  }
  // What every feature is expected to be, by the known ones.
  const expected = columns.map((_, i) =>
    Float64Array.from({ length: known }, (__, j) => {
      if (i < known) return i === j ? 1 : 0;
      let sum = 0;
      for (let k = j; k < known; k++) sum += root[i * width + k]! * inverses[c * packed + (k * (k + 1)) / 2 + j]!;
      return sum;
    }),
  );
  expected.forEach((by, i) => {
    const half = by.map((_, j) => by.reduce((sum, weight, k) => sum + weight * product(k, j), 0));
    by.forEach((weight, j) => (all.sums[c * width + columns[i]!]! += weight * part.sums[c * known + j]!));
    expected.forEach((other, j) => {
      let sum = other.reduce((total, weight, k) => total + weight * half[k]!, 0);
      for (let k = known; k <= Math.min(i, j); k++) sum += part.counts[c]! * root[i * width + k]! * root[j * width + k]!;
      all.products[(c * width + columns[i]!) * width + columns[j]!]! += sum;
    });
  });
}

/** The M-step: shares, means and covariances from the sums about the means of before. */
function nextGaussians({ kind, segments, width, total, ridge, weight, prior }: GaussianTask, { means }: Gaussians, { counts, sums, products }: GaussianSums): Gaussians {
  const size = products.length / segments;
  const step = size === width ? 1 : width;
  const added = (prior * weight) / segments;
  const nextMeans = Float64Array.from(means);
  const scatters = Array.from(counts, (count, c) => {
    const scatter = products.slice(c * size, (c + 1) * size);
    const shift = (i: number): number => (count > 0 ? sums[c * width + i]! / count : 0);
    for (let i = 0; i < width; i++) {
      nextMeans[c * width + i]! += shift(i);
      if (step === 1) scatter[i]! -= count * shift(i) * shift(i);
      else for (let j = 0; j < width; j++) scatter[i * width + j]! -= count * shift(i) * shift(j);
    }
    return scatter;
  });
  const pooled = kind === 'tied' ? [scatters.reduce((sum, scatter) => sum.map((x, i) => x + scatter[i]!))] : scatters;
  const covariances = pooled.map((scatter, c) => {
    const count = pooled.length < segments ? weight : counts[c]!;
    const covariance = scatter.map((x, i) => (x + added * total[step === 1 ? i * (width + 1) : i]!) / (count + added) + (step === 1 || i % (width + 1) === 0 ? ridge : 0));
    return kind === 'spherical' ? covariance.fill(covariance.reduce((sum, x) => sum + x, 0) / width) : covariance;
  });
  return { weights: counts.map((count) => count / weight), means: nextMeans, covariances };
}
