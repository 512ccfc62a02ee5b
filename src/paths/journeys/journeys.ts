import { customerIndexOf } from '../../data/customerIndex.js';
import type { EventLog } from '../../data/eventLog.js';
import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';
import type { JourneySteps } from './journeySteps.js';
import { journeysOfLists, type JourneyList, type JourneyListOptions } from './journeysOfLists.js';
import { journeysOfLog, type JourneyOptions } from './journeysOfLog.js';

/** What journeys are made of; see the properties of {@link Journeys}. */
export interface JourneyColumns extends JourneySteps {
  readonly customers: readonly (string | number)[];
  readonly itemLevels: readonly string[];
  readonly until: Float64Array | null;
  readonly weights: Float64Array | null;
  readonly leftOut: number;
}

/** One step of a journey: what happened at one time. */
export interface JourneyStep {
  /** When, UTC epoch milliseconds; null where only the order is known. */
  readonly time: number | null;
  /** What, ascending by code unit, each once. */
  readonly items: readonly string[];
}

/** Where journeys come from: a log (each event is its item, events at one moment are one step), or `Journeys` read in another way. */
export type JourneySource = EventLog | Journeys;

/**
 * What each customer did, step after step: a step is the set of items at one time.
 *
 * Everything in `clientela/paths` takes an `EventLog` and reads it as `Journeys.fromLog(log)` does; make the journeys yourself to name
 * steps by channel, to put the events of a day together, to weight customers, or where only the order of steps is known.
 * The typed arrays are shared, not copied: read them, do not write to them.
 *
 * @example
 * ```ts
 * const journeys = Journeys.fromLists([['visit', 'quote', ['card', 'loan']], ['visit']]);
 * journeys.stepCount; // => 4
 * journeys.stepsOf(0).map(({ items }) => items.join(' + ')); // => ['visit', 'quote', 'card + loan']
 * ```
 */
export class Journeys implements JourneySteps {
  /** Who, ascending. */
  readonly customers: readonly (string | number)[];
  /** Names of items, ascending by code unit. */
  readonly itemLevels: readonly string[];
  /** The steps of customer `c` are `offsets[c]` (included) to `offsets[c + 1]` (excluded), in order of time. */
  readonly offsets: Uint32Array;
  /** The items of step `s` are `itemOffsets[s]` to `itemOffsets[s + 1]`: at least one, ascending, each once. */
  readonly itemOffsets: Uint32Array;
  /** Positions in `itemLevels`. */
  readonly items: Int32Array;
  /** UTC epoch milliseconds, one a step, rising within a customer; null where only the order is known. */
  readonly times: Float64Array | null;
  /** One per customer: everything before this moment is known (UTC epoch milliseconds); null where only the order is known. */
  readonly until: Float64Array | null;
  /** How many journeys each counts for; null for one each. */
  readonly weights: Float64Array | null;
  /** Events that are in no step: without an item, or renamed to null. */
  readonly leftOut: number;

  /** @internal */
  constructor(read: object) {
    const columns = read as JourneyColumns;
    this.customers = columns.customers;
    this.itemLevels = columns.itemLevels;
    this.offsets = columns.offsets;
    this.itemOffsets = columns.itemOffsets;
    this.items = columns.items;
    this.times = columns.times;
    this.until = columns.until;
    this.weights = columns.weights;
    this.leftOut = columns.leftOut;
  }

  /**
   * The journeys of a log. A customer without a step (all events left out) stays, with an empty journey: shares are of all customers. `O(events)`.
   *
   * @param log - who did what, when
   * @param options - what a step is called, what is one step; see {@link JourneyOptions}
   * @returns the journeys of `log.customers`
   * @throws a {@link ClientelaError} `INVALID_INPUT` when there is no log, or it lacks items or channels; `INVALID_OPTION`, `LENGTH_MISMATCH`, `DUPLICATE_ID`
   * @example
   * ```ts
   * import { EventLog } from 'clientela/data';
   * const log = EventLog.fromRows([
   *   { id: 1, at: '2026-01-05T09:00', what: 'card' },
   *   { id: 1, at: '2026-01-05T17:00', what: 'loan' },
   * ], { customer: 'id', time: 'at', item: 'what' });
   * Journeys.fromLog(log).stepCount; // => 2
   * Journeys.fromLog(log, { together: 'day' }).stepCount; // => 1
   * ```
   */
  static fromLog(log: EventLog, options: JourneyOptions = {}): Journeys {
    return new Journeys(journeysOfLog('Journeys.fromLog', log, options));
  }

  /**
   * Journeys from lists of steps, where only the order is known: clicks, channels, states. Customer `i` is the number `i`.
   *
   * @param lists - one a journey: its steps in order, each an item or the items of one time
   * @param options - weights, customers; see {@link JourneyListOptions}
   * @returns the journeys, in the order given
   * @throws a {@link ClientelaError} `INVALID_INPUT`, `INVALID_VALUE` naming journey and step; `LENGTH_MISMATCH`, `INVALID_OPTION`
   * @example
   * ```ts
   * const paths = Journeys.fromLists([['ad', 'mail'], ['mail']], { weights: [10, 5] });
   * paths.itemLevels; // => ['ad', 'mail']
   * paths.times; // => null
   * ```
   */
  static fromLists(lists: readonly JourneyList[], options: JourneyListOptions = {}): Journeys {
    return new Journeys(journeysOfLists('Journeys.fromLists', lists, options));
  }

  /** How many journeys, empty ones among them. */
  get customerCount(): number {
    return this.customers.length;
  }

  /** How many steps. */
  get stepCount(): number {
    return this.itemOffsets.length - 1;
  }

  /**
   * The steps of one customer as objects, in order.
   *
   * @param customer - an identifier, as text or number
   * @returns the steps; none where all events were left out
   * @throws a {@link ClientelaError} `UNKNOWN_ID` when there is no such customer
   */
  stepsOf(customer: string | number | bigint): JourneyStep[] {
    const c = customerIndexOf(this.customers, customer);
    if (c < 0) throw new ClientelaError('UNKNOWN_ID', `Journeys.stepsOf found no customer ${describeValue(customer)}`, { customer });
    const { times, items, itemOffsets, itemLevels } = this;
    const steps: JourneyStep[] = [];
    for (let s = this.offsets[c]!; s < this.offsets[c + 1]!; s++) {
      const names = Array.from(items.subarray(itemOffsets[s], itemOffsets[s + 1]), (item) => itemLevels[item]!);
      steps.push({ time: times === null ? null : times[s]!, items: names });
    }
    return steps;
  }
}
