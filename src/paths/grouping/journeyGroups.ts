import { frozenCopy } from '../../data/frozenCopy.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys, readTimedJourneys } from '../journeys/readJourneys.js';
import { placeJourneys, type JourneyAssignment } from './placeJourneys.js';
import type { JourneyGroup, JourneyGroupsState, TriedGroups } from './journeyGroupsState.js';

/**
 * Groups of journeys alike, each known by the journey at its centre; learnt by `groupJourneys`. Takes new journeys, and travels as JSON with the medoids only.
 *
 * @example
 * ```ts
 * import { groupJourneys, Journeys } from 'clientela/paths';
 * const journeys = Journeys.fromLists([['visit', 'card'], ['visit', 'visit', 'card'], ['ad', 'loan'], ['ad', 'loan'], ['ad', 'loan']]);
 * const groups = JourneyGroups.fromJSON(JSON.parse(JSON.stringify(groupJourneys(journeys, { groups: 2 }))));
 * groups.groups.map(({ name, share }) => [name, share]); // => [['ad > loan', 0.6], ['visit > card', 0.4]]
 * groups.assign(Journeys.fromLists([['ad', 'ad', 'loan']])).groups; // => Int32Array.of(0)
 * ```
 */
export class JourneyGroups {
  /** The largest first. */
  readonly groups: readonly JourneyGroup[];
  /** Mean silhouette of all journeys, -1 to 1: above 0.5 clear groups, below 0.25 hardly any; null for one group. */
  readonly silhouette: number | null;
  /** The numbers of groups compared. */
  readonly tried: readonly TriedGroups[];
  /** What to know before the groups are used: weak structure, samples. */
  readonly notes: readonly string[];
  /** The group of each customer of the source learnt from; empty in a model that was read from JSON. */
  readonly labels: Int32Array;
  readonly #state: JourneyGroupsState;

  /** @internal */
  constructor(given: JourneyGroupsState, labels: Int32Array = new Int32Array(0)) {
    const state = frozenCopy(given);
    this.#state = state;
    this.groups = state.groups;
    this.silhouette = state.silhouette;
    this.tried = state.tried;
    this.notes = state.notes;
    this.labels = labels;
    Object.freeze(this);
  }

  /**
   * The group that each journey falls in: that of the nearest medoid, by the costs that were learnt (items never seen cost what unlisted pairs do). With
   * `method: 'ward'` a journey learnt from may so fall elsewhere than in `labels`. `O(steps of the journey x steps of the medoids)` for each different journey.
   *
   * @param source - a log, or journeys
   * @returns the group of each customer, and how far its medoid is
   * @throws a {@link ClientelaError} `INVALID_INPUT` where the source cannot be read, has no times but time counts, or (measures by position) differs in length
   */
  assign(source: JourneySource): JourneyAssignment {
    const read = this.#state.elapsedDays === null ? readJourneys : readTimedJourneys;
    return placeJourneys(this.#state, read('JourneyGroups.assign', source));
  }

  /** The model as plain JSON, to the bit. */
  toJSON(): JourneyGroupsState {
    return savedCopy(this.#state);
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model, but for `labels`
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): JourneyGroups {
    return restored('JourneyGroups', () => new JourneyGroups(requireSavedModel('JourneyGroups', 1, json, 'measure', 'groups', 'tried', 'notes') as unknown as JourneyGroupsState));
  }
}
