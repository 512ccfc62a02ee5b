import { requireKnownOptions } from '../../data/options.js';
import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { readLimits, STEP_LIMITS, type StepLimits } from '../journeys/stepLimits.js';
import type { SequencePattern, WithSteps } from '../sequences/sequencePattern.js';
import { walkJourneys } from './walkJourneys.js';
import { limitsOf, readPaths } from './readPaths.js';

/** Who went a path, and where in their journeys; all arrays stand in the order of `customers`. */
export interface CustomersOnPath extends SequencePattern {
  /** Who, ascending. */
  readonly customers: readonly (string | number)[];
  /** Where each step of the path is among the steps of the journey (from 0), customer after customer: the way that {@link pathTimes} measures. */
  readonly positions: Uint32Array;
  /** When each of these steps was, in the same order (UTC epoch milliseconds); null where only the order is known. */
  readonly times: Float64Array | null;
  /** How many times one after the other the path is in the journey, each beginning after the end of the one before. */
  readonly occurrences: Uint32Array;
  /** How many journeys each counts for; null for one each. */
  readonly weights: Float64Array | null;
}

/**
 * The customers whose journey has a path, each with the places and times of its steps.
 *
 * Measured is the way that {@link pathTimes} measures: the earliest end, of those the latest start, of those each step between as early as possible. O(customers with
 * the first step × steps), and more under limits where steps repeat. Customers of weight 0 are left out.
 *
 * @param source - a log or journeys
 * @param path - a mined one or your own, such as `{ steps: ['quote', 'contract'] }`
 * @param options - the limits under which it was mined, as `{ ...mined.limits }` (one of the mined paths does not carry them; `limits` of the path given hold too, where they are not given here); see {@link StepLimits}
 * @returns customers ascending, with positions, times and how often; none where nobody went it
 * @throws a {@link ClientelaError} `UNKNOWN_ID` for an item that is not among the `itemLevels` of the journeys, `INVALID_INPUT`, `INVALID_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const journeys = Journeys.fromLists([['visit', 'quote', 'visit', 'contract', 'visit', 'contract'], ['contract', 'visit']]);
 * const found = customersOnPath(journeys, { steps: ['visit', 'contract'] });
 * found.customers; // => [0]
 * Array.from(found.positions); // => [2, 3]
 * found.occurrences[0]; // => 2
 * ```
 */
export function customersOnPath(source: JourneySource, path: WithSteps & { readonly limits?: StepLimits }, options: StepLimits = {}): CustomersOnPath {
  requireKnownOptions('customersOnPath', options, STEP_LIMITS);
  const journeys = readJourneys('customersOnPath', source);
  const { offsets, times, weights } = journeys;
  const { total, walk } = walkJourneys(journeys, readLimits('customersOnPath', limitsOf(path, options), times));
  const read = readPaths('customersOnPath', [path], journeys.itemLevels)[0]!;
  const found: number[] = [];
  const places: number[] = [];
  const positions: number[] = [];
  const occurrences: number[] = [];
  let count = 0;
  walk(read, (matcher, c, isWhole, end) => {
    if (!isWhole) return;
    matcher.place();
    for (const place of matcher.places) {
      places.push(place);
      positions.push(place - offsets[c]!);
    }
    let times = 1;
    while (matcher.find(matcher.arrivals[read.steps.length - 1]! + 1, end)) times++;
    found.push(c);
    occurrences.push(times);
    count += weights === null ? 1 : weights[c]!;
  });
  return {
    steps: read.steps,
    count,
    support: total > 0 ? count / total : 0,
    customers: found.map((c) => journeys.customers[c]!),
    positions: Uint32Array.from(positions),
    times: times && Float64Array.from(places, (step) => times[step]!),
    occurrences: Uint32Array.from(occurrences),
    weights: weights && Float64Array.from(found, (c) => weights[c]!),
  };
}
