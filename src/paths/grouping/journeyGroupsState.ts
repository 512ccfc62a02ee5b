import type { Path } from '../sequences/sequencePattern.js';
import type { JourneyMeasure } from './journeyMeasure.js';

/** A group of journeys, known by the one nearest to all of them. */
export interface JourneyGroup {
  /** Its number, from 0, the largest group first. */
  readonly group: number;
  /** The medoid in short: its steps, those that repeat with how often, `'visit > quote (3) > card + loan'`. */
  readonly name: string;
  /** Its medoid: the journey of the group with the least sum of distances to the others. */
  readonly medoid: Path;
  /** The first customer who has this journey. */
  readonly customer: string | number;
  /** Customers in the group, or what they weigh. */
  readonly size: number;
  /** Of all customers. */
  readonly share: number;
  /** Mean silhouette of its journeys, -1 to 1; null where there is one group only. */
  readonly silhouette: number | null;
  /** Mean distance of its journeys to the medoid. */
  readonly meanDistance: number;
}

/** One number of groups that was tried. */
export interface TriedGroups {
  /** How many groups. */
  readonly groups: number;
  /** Mean silhouette of all journeys, -1 to 1; null for one group. */
  readonly silhouette: number | null;
}

/** {@link JourneyGroups} as JSON. */
export interface JourneyGroupsState {
  /** Which class reads it. */
  readonly format: 'JourneyGroups';
  /** Of the format. */
  readonly formatVersion: 1;
  /** How they were made. */
  readonly method: 'medoids' | 'ward';
  /** How journeys are compared. */
  readonly measure: JourneyMeasure;
  /** As in {@link JourneyGroups}. */
  readonly groups: readonly JourneyGroup[];
  /** By group and step of the medoid: days since the step before; null where time does not count. */
  readonly elapsedDays: readonly (readonly number[])[] | null;
  /** As in {@link JourneyGroups}. */
  readonly silhouette: number | null;
  /** As in {@link JourneyGroups}. */
  readonly tried: readonly TriedGroups[];
  /** As in {@link JourneyGroups}. */
  readonly notes: readonly string[];
}
