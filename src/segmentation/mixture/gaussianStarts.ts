import type { Random } from '../../numeric/random.js';
import { drawIndex } from '../../numeric/drawIndex.js';
import type { WeightedRows } from './weightedRows.js';
import { gaussianStep, type GaussianTask } from './gaussianStep.js';
import type { Gaussians } from './gaussians.js';

/** Of the mean variance: so narrow that the nearest centre has a row to itself. */
const NARROW = 1e-4;
/** Of the rows of a segment: how many of the portfolio's covariance join it at the start. */
const START_PRIOR = 0.01;

/**
 * A start of EM; no one way wins everywhere, so four take turns: k-means, and rows drawn far apart or at random, each with rows given to the
 * nearest or shared as if every segment were as wide as the portfolio.
 */
export function gaussianStart(task: GaussianTask, rows: WeightedRows, way: number, random: Random): Gaussians {
  const { width, segments, total, kind } = task;
  const means = drawnCenters(task, rows, way % 4 < 2, random);
  const variances = Float64Array.from({ length: width }, (_, j) => total[j * (width + 1)]!);
  const narrow = variances.map(() => (NARROW * variances.reduce((sum, x) => sum + x, 0)) / width);
  let start: Gaussians = { weights: new Float64Array(segments).fill(1 / segments), means, covariances: [narrow] };
  const asKMeans = { ...task, kind: 'spherical' as const };
  if (way % 4 === 0) for (let i = 0; i < 10; i++) start = { ...start, means: gaussianStep(asKMeans, start).next.means };
  const isDiagonal = kind === 'diagonal' || kind === 'spherical';
  if (way % 2 === 1) start = { ...start, covariances: [isDiagonal ? variances : total] };
  else if (!isDiagonal) start = { ...start, covariances: [total.map((_, at) => (at % (width + 1) === 0 ? narrow[0]! : 0))] };
  // Held back once, so that no segment collapses onto its first row.
  return gaussianStep({ ...task, prior: Math.max(task.prior, START_PRIOR) }, start).next;
}

/** Distinct rows as centres, drawn by weight, or by weight times the squared distance to the nearest before (Arthur and Vassilvitskii, 2007). */
function drawnCenters({ width, segments }: GaussianTask, { points, weights, count }: WeightedRows, isFar: boolean, random: Random): Float64Array {
  const centers = new Float64Array(segments * width);
  const chances = Float64Array.from(weights);
  const nearest = new Float64Array(count).fill(Infinity);
  for (let c = 0; c < segments; c++) {
    const drawn = drawIndex(chances, random);
    for (let j = 0; j < width; j++) centers[c * width + j] = points[drawn * width + j]! || 0;
    for (let row = 0; row < count; row++) {
      let distance = 0;
      for (let j = 0; j < width; j++) distance += (points[row * width + j]! - centers[c * width + j]!) ** 2 || 0;
      nearest[row] = Math.min(nearest[row]!, distance);
      if (isFar) chances[row] = weights[row]! * nearest[row]!;
    }
    chances[drawn] = 0;
  }
  return centers;
}
