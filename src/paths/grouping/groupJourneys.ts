import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { createRandom, shuffle, type Random } from '../../numeric/random.js';
import type { JourneySource } from '../journeys/journeys.js';
import { compareJourneys } from './compareJourneys.js';
import { finishGroups } from './finishGroups.js';
import { MEASURE_OPTIONS, type JourneyMeasureOptions } from './journeyMeasure.js';
import type { JourneyGroups } from './journeyGroups.js';
import type { TriedGroups } from './journeyGroupsState.js';
import { nearestMedoids } from './placeJourneys.js';
import { readComparison } from './readComparison.js';
import { weightUnits } from './silhouetteOf.js';
import { medoidSearch, wardSearch, type FoundGroups } from './searchGroups.js';
import { squareDistances } from './squareDistances.js';

/** Options of {@link groupJourneys}. */
export interface GroupJourneysOptions extends JourneyMeasureOptions {
  /** How many groups, or the first and the last number to compare, such as `[2, 8]`: the one with the largest mean silhouette is taken. @defaultValue [2, 8], as far as there are different journeys */
  readonly groups?: number | readonly [number, number];
  /** `'medoids'`: around the journeys with the least distances to all (k-medoids); `'ward'`: by joining those whose union stays closest (as R's ward.D2). @defaultValue 'medoids' */
  readonly method?: 'medoids' | 'ward';
  /** Different journeys in a sample: of more than twice as many, samples are grouped (5 for medoids, of which the best is taken) and the others go to the nearest medoid (as CLARA). @defaultValue 2500 */
  readonly sample?: number;
  /** Local optima compared for medoids: 1 is PAM of Kaufman and Rousseeuw; each further one begins at the best so far with a medoid or two elsewhere. @defaultValue as many as go through 20 million pairs, 1 to 50 */
  readonly starts?: number;
  /** Of starts and samples. @defaultValue 1 */
  readonly seed?: number;
  /** Told after each start of each number of groups; false stops at the best so far. */
  readonly onProgress?: (progress: { readonly done: number; readonly objective: number }) => boolean | void;
}

/** How many samples are drawn of many journeys. */
const SAMPLES = 5;

/**
 * Groups of customers whose journeys are alike, each known by one real journey.
 *
 * k-medoids swaps until no swap helps, from several starts (FasterPAM: Schubert and Rousseeuw, 2021); Ward's tree is made by the nearest-neighbour chain on
 * squared distances. Different journeys are held once, by what they weigh, so that many customers with few journeys cost little: 8 n² bytes for n different
 * ones, O(n²) distances. Where the silhouette says that there are hardly any groups, `notes` says so too.
 *
 * Whole weights are repetitions: a customer of weight 3 is three, each with the two others beside it. With a weight that is not whole every customer is one, the
 * mean distance to its group is that to the weight of the others, and no figure but `size` depends on the unit of the weights.
 *
 * @param source - a log, or journeys
 * @param options - groups, method, how journeys are compared; see {@link GroupJourneysOptions}
 * @returns the groups, which take new journeys
 * @throws a {@link ClientelaError} `EMPTY_INPUT` without a journey that weighs anything, `INVALID_INPUT` with fewer different journeys than groups, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const journeys = Journeys.fromLists([['visit', 'card'], ['visit', 'visit', 'card'], ['visit', 'card', 'card'], ['ad', 'loan'], ['ad', 'ad', 'loan']]);
 * const found = groupJourneys(journeys);
 * found.labels; // => Int32Array.of(0, 0, 0, 1, 1)
 * found.groups[0].name; // => 'visit > card'
 * found.groups[0].size; // => 3
 * ```
 */
export function groupJourneys(source: JourneySource, options: GroupJourneysOptions = {}): JourneyGroups {
  const caller = 'groupJourneys';
  requireKnownOptions(caller, options, [...MEASURE_OPTIONS, 'groups', 'method', 'sample', 'starts', 'seed', 'onProgress']);
  const method = requireChoice(caller, 'method', options.method ?? 'medoids', ['medoids', 'ward']);
  const size = requireWhole(caller, 'sample', options.sample ?? 2500, 2);
  const starts = options.starts === undefined ? undefined : requireWhole(caller, 'starts', options.starts, 1);
  const { journeys, packed, measure } = readComparison(caller, source, options);
  const heavy = new Int32Array(packed.weights.keys()).filter((j) => packed.weights[j]! > 0);
  const isWhole = heavy.length <= 2 * size;
  const numbers = readNumbers(options.groups, isWhole ? heavy.length : size);
  const random = createRandom(options.seed ?? 1);
  const units = weightUnits(journeys.weights, packed.of, packed.weights);
  const comparer = compareJourneys(measure, packed, journeys.itemLevels);
  let [done, goesOn] = [0, true];
  const step = (objective: number): boolean => (goesOn &&= options.onProgress?.({ done: ++done, objective }) !== false);
  let best: { readonly found: FoundGroups; readonly chosen: Int32Array; readonly tried: readonly TriedGroups[]; readonly cost: number } | undefined;
  for (let s = 0; s < (isWhole || method === 'ward' ? 1 : SAMPLES) && (goesOn || best === undefined); s++) {
    const chosen = isWhole ? heavy : draw(heavy, size, random);
    const problem = { count: chosen.length, distances: squareDistances(comparer, chosen), weights: Float64Array.from(chosen, (j) => packed.weights[j]!), units: Float64Array.from(chosen, (j) => units[j]!) };
    const search = method === 'ward' ? wardSearch(problem) : medoidSearch(problem, starts, random);
    const tried: TriedGroups[] = [];
    let found: FoundGroups | undefined;
    for (const groups of numbers) {
      if (!goesOn && found !== undefined) break;
      const next = search(groups, step);
      tried.push({ groups, silhouette: next.silhouette });
      if (found === undefined || next.silhouette! > found.silhouette! + 1e-12) found = next;
    }
    // Numbers of groups are compared within a sample; samples, by what their medoids cost all journeys.
    const cost = isWhole ? 0 : nearestMedoids(comparer, packed.count, found!.medoids.map((place) => chosen[place]!)).far.reduce((sum, far, j) => sum + packed.weights[j]! * far, 0);
    if (best === undefined || cost < best.cost) best = { found: found!, chosen, tried, cost };
  }
  return finishGroups({ journeys, packed, measure, method, comparer, isWhole, isStopped: !goesOn, ...best! });
}

/** The numbers of groups to try. */
function readNumbers(groups: GroupJourneysOptions['groups'], most: number): number[] {
  const caller = 'groupJourneys';
  if (most === 0) throw new ClientelaError('EMPTY_INPUT', `${caller} needs at least one journey with a weight above 0, found none`, { function: caller });
  const isRange = typeof groups !== 'number';
  if (isRange && groups !== undefined && (!Array.isArray(groups) || (groups as readonly number[]).length !== 2)) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs groups as a number, or the first and the last to compare, such as [2, 8]`, { option: 'groups' });
  }
  const [low, high] = isRange ? (groups ?? [Math.min(2, most), 8]) : [groups, groups];
  const first = requireWhole(caller, 'groups', low, 1);
  const last = Math.min(requireWhole(caller, 'groups', high, first), isRange ? Math.max(first, most) : Infinity);
  if (first > most) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs at least as many different journeys as groups, found ${most} for ${first} groups; ask for fewer`, { option: 'groups', groups: first, different: most });
  }
  if (last > most) {
    throw new ClientelaError('INVALID_INPUT', `${caller} needs at least as many different journeys as groups, found ${most} for ${last} groups; ask for fewer`, { option: 'groups', groups: last, different: most });
  }
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Some of the journeys, in their order. */
function draw(journeys: Int32Array, size: number, random: Random): Int32Array {
  return shuffle(journeys.slice(), random).subarray(0, size).slice().sort();
}
