import { customerIndexOf } from '../../data/customerIndex.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { JourneySource } from '../journeys/journeys.js';
import { compareJourneys } from './compareJourneys.js';
import { MEASURE_OPTIONS, type JourneyMeasureOptions } from './journeyMeasure.js';
import { readComparison } from './readComparison.js';

/** Options of {@link journeyDistances}. */
export interface JourneyDistanceOptions extends JourneyMeasureOptions {
  /** Of each distance: 8 bytes or 4. @defaultValue 'double' */
  readonly precision?: 'double' | 'single';
}

/** The most pairs that fit in one array everywhere. */
const MOST_PAIRS = 536_870_912;

/**
 * Distances between all journeys, each different journey kept once; what {@link journeyDistances} returns.
 *
 * @example
 * ```ts
 * import { journeyDistances, Journeys } from 'clientela/paths';
 * const distances = journeyDistances(Journeys.fromLists([['a', 'b'], ['a', 'b'], ['a', 'c']]));
 * distances.journeyOf; // => [0, 0, 1]
 * distances.between(0, 2); // => 2
 * ```
 */
export class JourneyDistances {
  /** Who, ascending. */
  readonly customers: readonly (string | number)[];
  /** By customer: which of the different journeys. */
  readonly journeyOf: Int32Array;
  /** By different journey: the position of the first customer who has it. */
  readonly firstCustomer: Int32Array;
  /** By different journey: how many have it, or what they weigh. */
  readonly weights: Float64Array;
  /** Of the different journeys i and j < i, at `i (i - 1) / 2 + j`. */
  readonly values: Float64Array | Float32Array;

  /** @internal */
  constructor(customers: readonly (string | number)[], journeyOf: Int32Array, firstCustomer: Int32Array, weights: Float64Array, values: Float64Array | Float32Array) {
    this.customers = customers;
    this.journeyOf = journeyOf;
    this.firstCustomer = firstCustomer;
    this.weights = weights;
    this.values = values;
  }

  /**
   * How far the journeys of two customers are from each other.
   *
   * @param a - a customer, as text or number
   * @param b - the other
   * @returns 0 or more
   * @throws a {@link ClientelaError} `UNKNOWN_ID` when there is no such customer
   */
  between(a: string | number | bigint, b: string | number | bigint): number {
    const [i, j] = [this.#journey(a), this.#journey(b)].sort((x, y) => y - x) as [number, number];
    return i === j ? 0 : this.values[(i * (i - 1)) / 2 + j]!;
  }

  #journey(customer: string | number | bigint): number {
    const c = customerIndexOf(this.customers, customer);
    if (c >= 0) return this.journeyOf[c]!;
    throw new ClientelaError('UNKNOWN_ID', `JourneyDistances.between found no customer ${describeValue(customer)}`, { customer });
  }
}

/**
 * How far journeys are from one another: by optimal matching, longest common subsequence or prefix, or position by position.
 *
 * Journeys that are the same are compared once: with n different ones of m steps it takes O(n² m²) time at most (m² / 32 where only equal steps are
 * matched, the default; far less where states stay for many steps) and 4 n (n - 1) bytes. Optimal matching and common subsequence are metrics
 * where the substitution costs are. (Abbott and Forrest, 1986; Studer and Ritschard, 2016, compare the measures; figures are those of TraMineR.)
 *
 * @param source - a log, or journeys
 * @param options - measure, costs; see {@link JourneyDistanceOptions}
 * @returns the distances
 * @throws a {@link ClientelaError} `INVALID_OPTION`, or `INVALID_INPUT` where journeys differ in length for a measure by position, have no times for `timeWeight`,
 * or are too many
 * @example
 * ```ts
 * import { Journeys } from 'clientela/paths';
 * const journeys = Journeys.fromLists([['visit', 'quote', 'card'], ['visit', 'card'], ['quote', 'loan']]);
 * const distances = journeyDistances(journeys);
 * distances.between(0, 1); // => 1
 * distances.between(0, 2); // => 3
 * journeyDistances(journeys, { normalise: 'greatest' }).between(0, 2); // => 3 / 5
 * ```
 */
export function journeyDistances(source: JourneySource, options: JourneyDistanceOptions = {}): JourneyDistances {
  const caller = 'journeyDistances';
  requireKnownOptions(caller, options, [...MEASURE_OPTIONS, 'precision']);
  const isSingle = requireChoice(caller, 'precision', options.precision ?? 'double', ['double', 'single']) === 'single';
  const { journeys, packed, measure } = readComparison(caller, source, options);
  const { count } = packed;
  const pairs = (count * (count - 1)) / 2;
  if (pairs > MOST_PAIRS) {
    throw new ClientelaError('INVALID_INPUT', `${caller} keeps at most ${MOST_PAIRS} distances, found ${count} different journeys; group them with groupJourneys, which draws samples`, { count });
  }
  const values = isSingle ? new Float32Array(pairs) : new Float64Array(pairs);
  const comparer = compareJourneys(measure, packed, journeys.itemLevels);
  for (let i = 1, at = 0; i < count; i++) {
    comparer.take(i);
    for (let j = 0; j < i; j++) values[at++] = comparer.to(j);
  }
  return new JourneyDistances(journeys.customers, packed.of, packed.first, packed.weights, values);
}
