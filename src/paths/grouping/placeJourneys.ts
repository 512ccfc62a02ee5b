import { DAY_MILLIS } from '../../data/utcDays.js';
import { ClientelaError } from '../../errors.js';
import type { JourneyColumns } from '../journeys/journeys.js';
import { compareJourneys, type JourneyComparer } from './compareJourneys.js';
import type { JourneyGroupsState } from './journeyGroupsState.js';
import { packJourneys } from './packJourneys.js';

/** Where journeys fall. */
export interface JourneyAssignment {
  /** Who, ascending. */
  readonly customers: readonly (string | number)[];
  /** The group of each, from 0. */
  readonly groups: Int32Array;
  /** How far each is from the medoid of its group. */
  readonly distances: Float64Array;
}

/** The group of the nearest medoid, for every customer. */
export function placeJourneys(state: JourneyGroupsState, journeys: JourneyColumns): JourneyAssignment {
  const both = withMedoids(state, journeys);
  const packed = packJourneys(both, state.elapsedDays !== null);
  const count = journeys.customers.length;
  const { measure } = state;
  const medoids = packed.of.slice(count);
  const lengthOf = (j: number): number => packed.offsets[j + 1]! - packed.offsets[j]!;
  if (measure.measure === 'hamming' || measure.measure === 'dynamicHamming') {
    const wanted = lengthOf(medoids[0]!);
    const c = journeys.customers.findIndex((_, c) => lengthOf(packed.of[c]!) !== wanted);
    if (c >= 0) {
      throw new ClientelaError('INVALID_INPUT', `JourneyGroups.assign needs journeys of ${wanted} steps for '${measure.measure}', found ${lengthOf(packed.of[c]!)} of customer ${journeys.customers[c]!}; make them with journeyStates as those learnt from`, { customer: journeys.customers[c] });
    }
  }
  const { near, far } = nearestMedoids(compareJourneys(measure, packed, both.itemLevels), packed.count, medoids);
  const of = packed.of.subarray(0, count);
  return { customers: journeys.customers, groups: of.map((j) => near[j]!), distances: Float64Array.from(of, (j) => far[j]!) };
}

/** By journey: which of the medoids is nearest (the first of those), and how far it is. */
export function nearestMedoids(comparer: JourneyComparer, count: number, medoids: ArrayLike<number>): { readonly near: Int32Array; readonly far: Float64Array } {
  const near = new Int32Array(count);
  const far = new Float64Array(count).fill(Infinity);
  for (let g = 0; g < medoids.length; g++) {
    comparer.take(medoids[g]!);
    for (let j = 0; j < count; j++) {
      const distance = j === medoids[g] ? 0 : comparer.to(j);
      if (distance < far[j]!) [near[j], far[j]] = [g, distance];
    }
  }
  return { near, far };
}

/** The journeys, and the medoids as further customers; items by their names, as both have codes of their own. */
function withMedoids({ groups, elapsedDays }: JourneyGroupsState, journeys: JourneyColumns): JourneyColumns {
  const steps = groups.flatMap(({ medoid }) => medoid.map((step) => (typeof step === 'string' ? [step] : step)));
  const itemLevels = [...new Set([...journeys.itemLevels, ...steps.flat()])].sort((a, b) => (a < b ? -1 : 1));
  const places = new Map(itemLevels.map((name, place) => [name, place]));
  const stepEnds = [journeys.offsets.at(-1)!];
  const itemEnds = [journeys.items.length];
  const waits = groups.flatMap(({ medoid }, g) => medoid.map((_, i) => (elapsedDays?.[g]?.[i] ?? 0) * DAY_MILLIS));
  let time = 0;
  for (const { medoid } of groups) stepEnds.push(stepEnds.at(-1)! + medoid.length);
  for (const step of steps) itemEnds.push(itemEnds.at(-1)! + step.length);
  const own = journeys.itemLevels.map((name) => places.get(name)!);
  return {
    ...journeys,
    customers: [...journeys.customers, ...groups.map(({ customer }) => customer)],
    itemLevels,
    offsets: Uint32Array.from([...journeys.offsets, ...stepEnds.slice(1)]),
    itemOffsets: Uint32Array.from([...journeys.itemOffsets, ...itemEnds.slice(1)]),
    items: Int32Array.from([...Array.from(journeys.items, (item) => own[item]!), ...steps.flat().map((name) => places.get(name)!)]),
    times: journeys.times && Float64Array.from([...journeys.times, ...waits.map((wait) => (time += wait))]),
    weights: null,
  };
}
