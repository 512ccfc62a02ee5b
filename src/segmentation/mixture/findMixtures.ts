import { createRandom, shuffle } from '../../numeric/random.js';
import { searchClimbs, TOLERANCE, type Climb, type MixtureProgress } from './climb.js';
import type { CovarianceKind } from './covarianceKind.js';
import type { DistinctRows } from './distinctRows.js';
import { gaussianStart } from './gaussianStarts.js';
import { FREE, HELD, gaussianStep, type GaussianTask } from './gaussianStep.js';
import { gaussianCoordinates, gaussianTask, isSoundMixture } from './gaussianTask.js';
import type { Gaussians } from './gaussians.js';

const FINALISTS = 6;
/** Distinct rows the trials are judged on. */
const SAMPLE = 2000;

/** The best mixture of one shape. */
export interface FoundMixture extends Climb<Gaussians> {
  readonly task: GaussianTask;
}

/** How the search is done. */
export interface SearchOptions {
  readonly starts: number;
  readonly maxIterations: number;
  readonly seed: number;
  readonly onProgress: MixtureProgress | undefined;
}

/** The best mixture of every shape that has a sound one; where none has, held open; where even that leaves a segment to nobody, with fewer segments. */
export function findMixtures(rows: DistinctRows, width: number, kinds: readonly CovarianceKind[], most: number, { starts, maxIterations, seed, onProgress }: SearchOptions): { fits: FoundMixture[]; stopped: boolean } {
  const sample = sampled(rows, width, seed);
  let stopped = false;
  let before = 0;
  const findAll = (segments: number, prior: number): FoundMixture[] =>
    kinds.flatMap((kind, at) => {
      if (stopped && at > 0) return [];
      const task = gaussianTask(rows, width, kind, segments, prior);
      const trial = sample === rows ? task : gaussianTask(sample, width, kind, segments, prior);
      const tries = segments === 1 ? 1 : starts;
      const each = tries + FINALISTS;
      const random = createRandom(seed);
      const step = (params: Gaussians) => gaussianStep(task, params);
      const found = searchClimbs<Gaussians>({
        starts: tries,
        coordinates: gaussianCoordinates,
        start: (way) => gaussianStart(trial, sample, way, random),
        trial: trial === task ? step : (params) => gaussianStep(trial, params),
        step,
        isSound: (params) => isSoundMixture(task, params),
        finalists: FINALISTS,
        tolerance: TOLERANCE * task.weight,
        maxIterations,
        goOn: (done, objective) => (stopped ||= onProgress?.({ done: before + done, total: before + (kinds.length - at) * each, objective }) === false, !stopped),
      });
      before += each;
      return found === null ? [] : [{ ...found, task }];
    });
  for (let segments = most; ; segments--) {
    for (const prior of [FREE, HELD]) {
      const fits = findAll(segments, prior);
      if (fits.length > 0) return { fits, stopped };
    }
  }
}

function sampled(rows: DistinctRows, width: number, seed: number): DistinctRows {
  if (rows.count <= SAMPLE) return rows;
  const drawn = shuffle(new Uint32Array(rows.count).map((_, row) => row), createRandom(seed)).subarray(0, SAMPLE).sort();
  const points = new Float64Array(SAMPLE * width);
  drawn.forEach((row, i) => points.set(rows.points.subarray(row * width, (row + 1) * width), i * width));
  return { points, weights: Float64Array.from(drawn, (row) => rows.weights[row]!), count: SAMPLE };
}
