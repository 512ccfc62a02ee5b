import type { JourneySource } from '../journeys/journeys.js';
import { readJourneys } from '../journeys/readJourneys.js';
import { statesOf } from './statesOf.js';

/** What {@link stateDistribution} returns. */
export interface StateDistribution {
  /** Names of states, ascending. */
  readonly states: readonly string[];
  /** By position: journeys that reach it, by weight. */
  readonly counts: Float64Array;
  /** By position and state (row-major): the share of the journeys that reach the position. */
  readonly shares: Float64Array;
  /** By position: how evenly journeys are spread over states, 0 (all in one) to 1. */
  readonly entropy: Float64Array;
}

/**
 * Which states journeys are in at their first step, their second, and on: the shares a state distribution plot stacks. O(steps).
 *
 * @param source - a log, or journeys
 * @returns the shares by position
 * @throws a {@link ClientelaError} `INVALID_INPUT` where the source cannot be read
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const found = stateDistribution(Journeys.fromLists([['gold', 'gold'], ['basic', 'gold'], ['basic']]));
 * found.counts; // => Float64Array.of(3, 2)
 * found.shares; // => Float64Array.of(2 / 3, 1 / 3, 0, 1)
 * ```
 */
export function stateDistribution(source: JourneySource): StateDistribution {
  const journeys = readJourneys('stateDistribution', source);
  const { customers, offsets, weights } = journeys;
  const { steps, names } = statesOf(journeys);
  const width = names.length;
  let longest = 0;
  for (let c = 0; c < customers.length; c++) longest = Math.max(longest, offsets[c + 1]! - offsets[c]!);
  const counts = new Float64Array(longest);
  const shares = new Float64Array(longest * width);
  for (let c = 0; c < customers.length; c++) {
    const weight = weights === null ? 1 : weights[c]!;
    for (let s = offsets[c]!, p = 0; s < offsets[c + 1]!; s++, p++) {
      counts[p]! += weight;
      shares[p * width + steps[s]!]! += weight;
    }
  }
  const entropy = counts.map((count, p) => {
    let sum = 0;
    for (let at = p * width; at < (p + 1) * width; at++) {
      if (count > 0) shares[at]! /= count;
      if (shares[at]! > 0) sum -= shares[at]! * Math.log(shares[at]!);
    }
    return width > 1 ? sum / Math.log(width) : 0;
  });
  return { states: names, counts, shares, entropy };
}
