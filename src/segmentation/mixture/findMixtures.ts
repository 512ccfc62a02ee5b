import { createRandom, shuffle } from '../../numeric/random.js';
import { searchClimbs, TOLERANCE, type Climb, type MixtureProgress } from './climb.js';
import type { CovarianceKind } from './covarianceKind.js';
import { rowsFrom } from '../space/distinctRows.js';
import type { WeightedRows } from './weightedRows.js';
import { gaussianStart } from './gaussianStarts.js';
import { FREE, HELD, gaussianStep, type GaussianTask } from './gaussianStep.js';
import { gaussianCoordinates, gaussianTask, isSoundMixture, parameterCount } from './gaussianTask.js';
import type { Gaussians } from './gaussians.js';

const FINALISTS = 6;
/** Of several shapes, each is tried from so many starts, and the best of them searched in earnest. */
const GLANCE = 4;
const SHAPES = 2;
/** Distinct rows the trials are judged on. */
const SAMPLE = 1000;

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

/**
 * The best mixture of every shape; of all four, after a glance at each, of the two that promise most; where none is sound, held open; where even that leaves a
 * segment to nobody, with fewer segments.
 */
export function findMixtures(rows: WeightedRows, width: number, kinds: readonly CovarianceKind[], most: number, { starts, maxIterations, seed, onProgress }: SearchOptions): { fits: FoundMixture[]; stopped: boolean } {
  const sample = sampled(rows, width, seed);
  let stopped = false;
  let before = 0;
  let total = 0;
  const find = (kind: CovarianceKind, segments: number, prior: number, tries: number, finalists: number): FoundMixture | null => {
    const task = gaussianTask(rows, width, kind, segments, prior);
    const trial = sample === rows ? task : gaussianTask(sample, width, kind, segments, prior);
    const random = createRandom(seed);
    const step = (params: Gaussians) => gaussianStep(task, params);
    const found = searchClimbs<Gaussians>({
      starts: tries,
      coordinates: gaussianCoordinates,
      start: (way) => gaussianStart(trial, sample, way, random),
      trial: trial === task ? step : (params) => gaussianStep(trial, params),
      step,
      isSound: (params) => isSoundMixture(task, params),
      finalists,
      tolerance: TOLERANCE * task.weight,
      maxIterations,
      goOn: (done, objective) => (stopped ||= onProgress?.({ done: before + done, total, objective }) === false, !stopped),
    });
    before += tries + finalists;
    return found && { ...found, task };
  };
  const findAll = (segments: number, prior: number): FoundMixture[] => {
    const tries = segments === 1 ? 1 : starts;
    const each = tries + FINALISTS;
    const inEarnest = (all: readonly CovarianceKind[]): FoundMixture[] => {
      total = before + all.length * each;
      return all.flatMap((kind, at) => (stopped && at > 0 ? [] : (find(kind, segments, prior, tries, FINALISTS) ?? [])));
    };
    const few = Math.min(tries, GLANCE);
    const glances = kinds.length > SHAPES && few < tries ? kinds : [];
    total = before + glances.length * (few + 1) + SHAPES * each;
    const seen = glances.flatMap((kind, at) => (stopped && at > 0 ? [] : (find(kind, segments, prior, few, 1) ?? []))).sort((a, b) => bicOf(a) - bicOf(b));
    if (seen.length === 0) return inEarnest(kinds);
    return stopped ? seen : [...inEarnest(seen.slice(0, SHAPES).map(({ task }) => task.kind)), ...seen];
  };
  for (let segments = most; ; segments--) {
    for (const prior of [FREE, HELD]) {
      const fits = findAll(segments, prior);
      if (fits.length > 0) return { fits, stopped };
    }
  }
}

/** By the log-likelihood the climb ended at, less the penalty of a prior. */
function bicOf({ objective, task }: FoundMixture): number {
  return parameterCount(task) * Math.log(task.weight) - 2 * objective;
}

function sampled(rows: WeightedRows, width: number, seed: number): WeightedRows {
  if (rows.count <= SAMPLE) return rows;
  const drawn = shuffle(new Uint32Array(rows.count).map((_, row) => row), createRandom(seed)).subarray(0, SAMPLE).sort();
  return { points: rowsFrom(rows.points, width, drawn, new Float64Array(SAMPLE * width)), weights: Float64Array.from(drawn, (row) => rows.weights[row]!), count: SAMPLE };
}
