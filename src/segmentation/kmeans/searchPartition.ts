import type { Random } from '../../numeric/random.js';
import { exchangeRows } from './exchangeRows.js';
import { lloyd, type LloydRun } from './lloyd.js';
import { inertiaOf, takeMeans, type Points } from './points.js';
import { seedCenters } from './seedCenters.js';

/** How hard a fit looks for a better partition. */
export type Effort = 'low' | 'medium' | 'high';

/** What bounds the search. */
export interface SearchOptions {
  readonly effort: Effort;
  readonly maxIterations: number;
  readonly random: Random;
  /** For a sample of many rows, whose partition is only a start: a few attempts. */
  readonly isSample: boolean;
  readonly proceed: (done: number, total: number, objective: () => number) => boolean;
}

/** What an attempt came to. */
export interface Climb extends Omit<LloydRun, 'hasTies' | 'isFixed'> {
  readonly centers: Float64Array;
  readonly labels: Int32Array;
  readonly inertia: number;
}

/** Draws of all centres at most; how many of them must end at the best before it is believed; and what all attempts may cost, in coordinates passed. */
const LIMITS: Readonly<Record<Effort, readonly [draws: number, agreeing: number, cost: number]>> = { low: [1, 1, 0], medium: [16, 3, 4e6], high: [60, 8, 3e7] };
/** A draw is given up after so many attempts in a row that did not improve it. */
const PATIENCE = 20;

/**
 * The best of several local optima: centres are drawn, climb, and then one of them at a time is put on a row drawn at random, climbs, and stays if the whole improved
 * (random swap: Fränti, 2018). Draws go on until several have ended at the same best.
 */
export function searchPartition(points: Points, segments: number, { effort, maxIterations, random, isSample, proceed }: SearchOptions): Climb {
  const [draws, agreeing, cost] = LIMITS[effort];
  const attempts = Math.max(PATIENCE, cost / (points.values.length * segments));
  const { width, count, values } = points;
  let best: Climb | undefined;
  let done = 0;
  let isGoing = effort !== 'low';
  for (let draw = 0, agree = 0; best === undefined || (isGoing && draw < draws && agree < agreeing); draw++) {
    let own = climb(points, seedCenters(points, segments, random), maxIterations, isSample ? -1 : 0);
    const found = own.centers.length / width;
    // One centre, or one for every row: nothing is left to find.
    if (found < 2 || found >= count) return own;
    for (let failed = 0; isGoing && failed < PATIENCE; failed++) {
      const objective = Math.min(own.inertia, best?.inertia ?? Infinity);
      isGoing = ++done < attempts && proceed(done, Math.ceil(attempts), () => objective);
      const centers = own.centers.slice();
      const start = random.integer(count) * width;
      centers.set(values.subarray(start, start + width), random.integer(found) * width);
      const next = climb(points, centers, isSample ? 10 : 3, isSample ? -1 : random.integer(count));
      if (next.inertia >= own.inertia * (1 - 1e-12)) continue;
      own = next;
      failed = -1;
    }
    if (best === undefined || own.inertia < best.inertia * (1 - 1e-12)) {
      best = own;
      agree = 0;
    }
    if (own.inertia <= best.inertia * (1 + 1e-12)) agree++;
  }
  return best;
}

/** Lloyd from these centres, which it moves, then the exchange of single rows, beginning with one; from -1 none. */
export function climb(points: Points, centers: Float64Array, maxIterations: number, from: number, proceed?: (iterations: number) => boolean): Climb {
  const labels = new Int32Array(points.count);
  const { iterations, converged } = lloyd(points, centers, labels, maxIterations, 0, proceed);
  takeMeans(points, labels, centers);
  const isOptimal = from < 0 ? converged : exchangeRows(points, centers, labels, from);
  const sizes = takeMeans(points, labels, centers);
  return { iterations, converged: isOptimal, sizes, centers, labels, inertia: inertiaOf(points, centers, labels) };
}
