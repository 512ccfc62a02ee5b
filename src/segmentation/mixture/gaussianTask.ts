import { choleskyInPlace } from '../../numeric/cholesky.js';
import type { Coordinates } from './climb.js';
import type { CovarianceKind } from './covarianceKind.js';
import type { WeightedRows } from './weightedRows.js';
import type { Gaussians } from './gaussians.js';
import { gaussianFactors } from './gaussians.js';
import { gaussianRows } from './gaussianRows.js';
import { HELD, type GaussianTask } from './gaussianStep.js';
import { knownBlocks } from './knownBlocks.js';
import { settleRows } from './settleRows.js';

/** Of the mean variance: as good as no variance. */
const RIDGE = 1e-9;
/** A segment that is thinner than this, as a share of the portfolio's variance in some direction, has collapsed onto a value. */
const COLLAPSED = 2e-6;

/** What EM works on: the rows, their covariance, and how much of it holds the segments open. */
export function gaussianTask(rows: WeightedRows, width: number, kind: CovarianceKind, segments: number, prior: number): GaussianTask {
  const { points, weights, count } = rows;
  const weight = weights.reduce((sum, x) => sum + x, 0);
  const means = new Float64Array(width);
  const known = new Float64Array(width);
  const total = new Float64Array(width * width);
  for (let pass = 0; pass < 2; pass++) {
    for (let row = 0; row < count; row++) {
      for (let i = 0; i < width; i++) {
        const x = points[row * width + i]!;
        if (x !== x) continue;
        if (pass === 0) {
          known[i]! += weights[row]!;
          means[i]! += (weights[row]! * (x - means[i]!)) / known[i]!;
          continue;
        }
        for (let j = 0; j < width; j++) total[i * width + j]! += (weights[row]! * (x - means[i]!) * (points[row * width + j]! - means[j]!) || 0) / weight;
      }
    }
  }
  let trace = 0;
  for (let i = 0; i < width; i++) trace += total[i * (width + 1)]!;
  const ridge = (RIDGE * trace) / width || RIDGE;
  for (let i = 0; i < width; i++) total[i * (width + 1)]! += ridge;
  return { kind, segments, width, blocks: knownBlocks(points, width, weights), total, weight, prior, ridge };
}

/** Free parameters. */
export function parameterCount({ kind, segments, width }: GaussianTask): number {
  const each = { full: (width * (width + 1)) / 2, tied: (width * (width + 1)) / 2, diagonal: width, spherical: 1 }[kind];
  return segments - 1 + segments * width + (kind === 'tied' ? 1 : segments) * each;
}

/** Whether every segment is some row's likeliest and, unless held open, rests on more than a few different rows and spreads in every direction. */
export function isSoundMixture({ kind, segments, width, blocks, total, prior }: GaussianTask, params: Gaussians): boolean {
  const needed = kind === 'full' ? 2 * width + 2 : kind === 'tied' ? 1 : 3;
  const rows = new Float64Array(segments);
  const chosen = new Set<number>();
  for (const block of blocks) {
    const inOrder = { ...block, rows: null };
    const memberships = new Float64Array(block.count * segments);
    const labels = new Int32Array(block.count);
    settleRows(gaussianRows(inOrder, gaussianFactors(params, block.columns, block.known)), segments, { memberships, labels });
    memberships.forEach((share, at) => (rows[at % segments]! += share));
    labels.forEach((label) => chosen.add(label));
  }
  if (chosen.size < segments || prior >= HELD) return chosen.size === segments;
  // By half a row less, since a share is never quite 1.
  if (!rows.every((count) => count > needed - 0.5)) return false;
  return params.covariances.every((covariance) => {
    if (covariance.length === width) return Array.from(covariance).every((variance, j) => variance > COLLAPSED * total[j * (width + 1)]!);
    return choleskyInPlace(Float64Array.from(covariance, (x, at) => x - COLLAPSED * total[at]!), width);
  });
}

/** A mixture as lists of numbers: its shares, its means, its covariances. */
export const gaussianCoordinates: Coordinates<Gaussians> = {
  toLists: ({ weights, means, covariances }) => [weights, means, ...covariances],
  fromLists([weights, means, ...covariances]) {
    const width = means!.length / weights!.length;
    const isProper = covariances.every((covariance) => (covariance.length === width ? covariance.every((variance) => variance > 0) : choleskyInPlace(covariance.slice(), width)));
    return isProper && weights!.every((weight) => weight > 0) ? { weights: weights!, means: means!, covariances } : null;
  },
};
