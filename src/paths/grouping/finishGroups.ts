import type { JourneyColumns } from '../journeys/journeys.js';
import type { Path } from '../sequences/sequencePattern.js';
import type { JourneyComparer } from './compareJourneys.js';
import { JourneyGroups } from './journeyGroups.js';
import type { JourneyGroup, TriedGroups } from './journeyGroupsState.js';
import type { JourneyMeasure } from './journeyMeasure.js';
import type { PackedJourneys } from './packJourneys.js';
import { nearestMedoids } from './placeJourneys.js';
import { weightedMean } from './silhouetteOf.js';
import type { FoundGroups } from './searchGroups.js';

/** What groups are made from. */
interface GroupsFound {
  readonly journeys: JourneyColumns;
  readonly packed: PackedJourneys;
  readonly measure: JourneyMeasure;
  readonly method: 'medoids' | 'ward';
  readonly comparer: JourneyComparer;
  readonly found: FoundGroups;
  /** The journeys that were grouped. */
  readonly chosen: Int32Array;
  readonly tried: readonly TriedGroups[];
  readonly isWhole: boolean;
  readonly isStopped: boolean;
}

/** The groups in order, with the figures of all journeys; those that were not grouped go to the nearest medoid. */
export function finishGroups({ journeys, packed, measure, method, comparer, found, chosen, tried, isWhole, isStopped }: GroupsFound): JourneyGroups {
  const { weights, elapsed, offsets, of, first } = packed;
  const { medoids, near, far, sizes } = placeAll({ packed, method, comparer, found, chosen });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const someWeights = Float64Array.from(chosen, (j) => weights[j]!);
  const someGroups = Int32Array.from(chosen, (j) => near[j]!);
  const groups = Array.from(medoids, (j, group): JourneyGroup => {
    const medoid = pathOf(journeys, first[j]!);
    return {
      group,
      name: nameOf(medoid),
      medoid,
      customer: journeys.customers[first[j]!]!,
      size: sizes[group]!,
      share: sizes[group]! / total,
      silhouette: found.widths && weightedMean(found.widths, someWeights, someGroups, group),
      meanDistance: weightedMean(far, weights, near, group),
    };
  });
  const elapsedDays = elapsed && Array.from(medoids, (j) => Array.from(elapsed.subarray(offsets[j], offsets[j + 1])));
  const notes = [...notesOn(found.silhouette, groups), ...(isWhole ? [] : [`grouped by a sample of ${chosen.length} of ${packed.count} different journeys; silhouettes are of the sample`])];
  if (isStopped) notes.push('stopped by onProgress: the best so far');
  return new JourneyGroups({ format: 'JourneyGroups', formatVersion: 1, method, measure, groups, elapsedDays, silhouette: found.silhouette, tried, notes }, of.map((j) => near[j]!));
}

interface Placed {
  readonly medoids: Int32Array;
  /** By different journey: its group, and the distance to its medoid. */
  readonly near: Int32Array;
  readonly far: Float64Array;
  readonly sizes: Float64Array;
}

/** Every journey in a group, the largest first. One as near to two medoids goes to the first of them, which can change the order: hence the rounds. */
function placeAll({ packed, method, comparer, found, chosen }: Pick<GroupsFound, 'packed' | 'method' | 'comparer' | 'found' | 'chosen'>): Placed {
  const { count, weights } = packed;
  const places = found.medoids.map((place) => chosen[place]!);
  for (let medoids = places, round = 0; ; round++) {
    const { near, far } = nearestMedoids(comparer, count, medoids);
    if (method === 'ward') {
      // In a tree the nearest medoid may be that of another group.
      chosen.forEach((j, place) => (near[j] = medoids.indexOf(places[found.labels[place]!]!)));
      medoids.forEach((medoid, g) => {
        comparer.take(medoid);
        for (const j of chosen) if (near[j] === g) far[j] = j === medoid ? 0 : comparer.to(j);
      });
    }
    const sizes = new Float64Array(medoids.length);
    near.forEach((g, j) => (sizes[g]! += weights[j]!));
    // Where costs of 0 make journeys equal, a group can be left with none.
    const order = Array.from(sizes.keys()).filter((g) => near.includes(g)).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
    if (round === 9 || (order.length === medoids.length && order.every((g, place) => g === place))) return { medoids, near, far, sizes };
    medoids = Int32Array.from(order, (g) => medoids[g]!);
  }
}

/** Below these hardly any structure, and a weak one (Kaufman and Rousseeuw, 1990). */
function notesOn(silhouette: number | null, groups: readonly JourneyGroup[]): string[] {
  if (silhouette === null) return [];
  const notes: string[] = [];
  const figure = silhouette.toFixed(2);
  if (silhouette <= 0.25) notes.push(`hardly any structure: the mean silhouette is ${figure}, where groups that stand apart have more than 0.25`);
  else if (silhouette <= 0.5) notes.push(`a weak structure: the mean silhouette is ${figure}, where clear groups have more than 0.5`);
  for (const group of groups) if (group.silhouette! < 0) notes.push(`group ${group.group} (${group.name}) overlaps with others: its mean silhouette is ${group.silhouette!.toFixed(2)}`);
  return notes;
}

function pathOf({ offsets, itemOffsets, items, itemLevels }: JourneyColumns, customer: number): Path {
  return Array.from({ length: offsets[customer + 1]! - offsets[customer]! }, (_, i) => {
    const s = offsets[customer]! + i;
    const names = Array.from(items.subarray(itemOffsets[s], itemOffsets[s + 1]), (item) => itemLevels[item]!);
    return names.length === 1 ? names[0]! : names;
  });
}

/** A journey in short. */
function nameOf(path: Path): string {
  const runs: [string, number][] = [];
  for (const step of path) {
    const name = typeof step === 'string' ? step : step.join(' + ');
    const last = runs.at(-1);
    if (last?.[0] === name) last[1]++;
    else runs.push([name, 1]);
  }
  return runs.map(([name, times]) => (times > 1 ? `${name} (${times})` : name)).join(' > ') || '(no steps)';
}
