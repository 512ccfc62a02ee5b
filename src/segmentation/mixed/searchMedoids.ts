import { rawDistance, shownDistance, type Points } from '../../learners/peers/peerSpace.js';
import { shuffle, type Random } from '../../numeric/random.js';
import type { DistinctRows } from '../space/distinctRows.js';
import { MedoidSet } from '../../numeric/medoids/fasterPam.js';
import { medoidProblem } from './medoidProblem.js';
import type { MixedSpace } from './mixedSpace.js';
import { searchLocally } from '../../numeric/medoids/searchLocally.js';
import { startMedoids } from '../../numeric/medoids/startMedoids.js';

/** How many samples are drawn of many rows. */
const SAMPLES = 5;
/** Pairs of rows to go through, by default: so many starts as make up that. */
const PAIRS = 2e7;

/** The best medoids found. */
export interface FoundMedoids {
  /** Rows of the data. */
  readonly rows: readonly number[];
  /** Rows in each sample; null when there was none. */
  readonly sample: number | null;
  /** How far apart rows count that share nothing known. */
  readonly farthest: number;
  /** Local optima compared. */
  readonly tries: number;
}

/** Medoids of all distinct rows, or of the sample of them whose medoids serve all best (CLARA). */
export function searchMedoids(
  space: MixedSpace,
  points: Points,
  { rows, weights }: DistinctRows,
  { segments, size, starts }: { readonly segments: number; readonly size: number; readonly starts: number | undefined },
  random: Random,
  step: (done: number, total: number, cost: number) => boolean,
): FoundMedoids {
  const isWhole = rows.length <= 2 * size;
  const samples = isWhole ? 1 : SAMPLES;
  const tries = starts ?? Math.max(1, Math.min(100, Math.floor(PAIRS / (isWhole ? rows.length : size) ** 2)));
  const all = Array.from(rows.keys());
  let best: readonly number[] = [];
  let least = Infinity;
  let farthest = 0;
  let goesOn = true;
  for (let sample = 0; sample < samples && goesOn; sample++) {
    const places = isWhole ? all : shuffle(all, random).slice(0, size);
    const chosen = places.map((place) => rows[place]!);
    const problem = medoidProblem(space.peers, points, chosen, Float64Array.from(places, (place) => weights[place]!));
    const set = new MedoidSet(problem, startMedoids(problem, segments, random));
    goesOn = searchLocally(set, tries, random, (done, cost) => step(sample * tries + done, samples * tries, cost));
    const medoids = Array.from(set.medoids, (place) => chosen[place]!);
    const cost = isWhole ? set.cost : costOver(space, points, rows, weights, medoids, problem.farthest);
    if (cost < least) [least, best, farthest] = [cost, medoids, problem.farthest];
  }
  return { rows: best, sample: isWhole ? null : size, farthest, tries: tries * samples };
}

function costOver({ peers }: MixedSpace, points: Points, rows: Int32Array, weights: Float64Array, medoids: readonly number[], farthest: number): number {
  let cost = 0;
  rows.forEach((row, i) => {
    let least = Infinity;
    for (const medoid of medoids) least = Math.min(least, rawDistance(peers, points, row, points, medoid, least));
    cost += weights[i]! * (least < Infinity ? shownDistance(peers, least) : farthest);
  });
  return cost;
}
