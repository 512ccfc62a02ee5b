import { createRandom } from '../../numeric/random.js';
import { distinctRows, drawRows, SMALL } from './distinctRows.js';
import { lloyd } from './lloyd.js';
import { numberSegments, type NumberedSegments } from './numberSegments.js';
import { inertiaOf, spreadOf } from './points.js';
import { climb, searchPartition, type Climb, type Effort } from './searchPartition.js';

/** How far a fit is: `objective` is the sum of squares so far. False ends it there. */
export type PartitionProgress = (progress: { readonly done: number; readonly total: number; readonly objective: number }) => unknown;

/** What a partition of points takes; the defaults are those of `fitKMeans`. */
export interface PartitionOptions {
  readonly weights?: Float64Array | null | undefined;
  readonly seed?: number | undefined;
  readonly effort?: Effort | undefined;
  readonly maxIterations?: number | undefined;
  /** Centres to start from instead of drawn ones. */
  readonly start?: Float64Array | undefined;
  readonly onProgress?: PartitionProgress | undefined;
}

/** A partition of points around centres, the largest segment first. */
export interface Partition extends NumberedSegments {
  readonly iterations: number;
  readonly converged: boolean;
  /** In words. */
  readonly reason: string;
}

/** Before the segments have their numbers. */
interface Found extends Omit<Climb, 'inertia'> {
  /** False where the labels are those of the plain rule, whatever the numbers. */
  readonly hasTies?: boolean;
  /** False where the passes ended because the centres hardly moved. */
  readonly isFixed?: boolean;
}

/** From how many rows the search for a start works on a sample. */
const SEARCHED = 5000;

/**
 * The partition of points (row-major, nothing missing) into segments of least sum of squares that the effort finds. The search is that of
 * `searchPartition`: on all distinct rows, or for more than 5,000 on a sample; then Lloyd on all rows, and up to 50,000 the exchange of single rows. Same
 * input, same bits, everywhere; up to 50,000 rows whatever their order. Fewer distinct rows than segments give fewer segments.
 */
export function partitionPoints(values: Float64Array, width: number, segments: number, options: PartitionOptions = {}): Partition {
  const { weights = null, seed = 1, effort = 'medium', maxIterations = 300, start, onProgress } = options;
  const random = createRandom(seed);
  const points = distinctRows(values, width, weights);
  const isLarge = points.count > SMALL;
  const searched = points.count > SEARCHED ? drawRows(points, isLarge ? Math.min(10_000, points.count / 40) : SEARCHED / 2, random) : points;
  const state = { wasStopped: false };
  const proceed = (done: number, total: number, objective: () => number): boolean => {
    state.wasStopped ||= onProgress?.({ done, total, objective: objective() }) === false;
    return !state.wasStopped;
  };
  let found: Found;
  if (start === undefined && searched === points) found = searchPartition(points, segments, { effort, maxIterations, random, isSample: false, proceed });
  else {
    const centers = start?.slice() ?? searchPartition(searched, segments, { effort, maxIterations, random, isSample: isLarge, proceed }).centers;
    const labels = new Int32Array(points.count);
    // Of many rows the last hundredth of a percent is not worth half the time.
    const tolerance = isLarge && effort !== 'high' ? (1e-4 * spreadOf(searched)) / width : 0;
    const step = onProgress && ((done: number): boolean => proceed(done, maxIterations, () => inertiaOf(points, centers, labels)));
    found = isLarge || effort === 'low' ? { ...lloyd(points, centers, labels, maxIterations, tolerance, step), centers, labels } : climb(points, centers, maxIterations, 0, step);
  }
  const converged = found.converged && !state.wasStopped;
  const reason = state.wasStopped ? 'stopped by onProgress' : !converged ? 'iteration limit' : found.isFixed === false ? 'the centres hardly move' : 'no row changes its segment';
  return { ...numberSegments(values, width, weights, found.centers, found.sizes, points.values === values && found.hasTies === false ? found.labels : undefined), iterations: found.iterations, converged, reason };
}
