import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { badOption } from '../rfm/badOption.js';
import { flowsBetween, type SegmentFlow, type SegmentWarning } from './flows.js';
import { homogeneityTest, symmetryTest, type MovementTest } from './movementTests.js';
import { projectSegments, type SegmentProjection } from './projectSegments.js';
import { positionsAfter, readMoment, type ReadMoment, type SegmentedCustomers } from './segmentedCustomers.js';

/** What {@link segmentMigration} adds to the table. */
export interface SegmentMigrationOptions {
  /** What a customer of each segment is worth, by name. @defaultValue the mean `value` of its customers, where values are given */
  readonly segmentValues?: Readonly<Record<string, number>>;
  /** For how many periods, each as long as that from before to after, to project. @defaultValue 4 */
  readonly steps?: number;
  /** Whether as many enter and as large a share leaves in every period to come; otherwise those who are there stay. @defaultValue false */
  readonly entries?: boolean;
}

/** How customers moved between segments. */
export interface SegmentMigration {
  /** The names of the segments, in whose order everything below is: those of before, then those only after; `'none'` last, where someone is in none. */
  readonly segments: readonly string[];
  /** Customers at both moments: `counts[from][to]`. */
  readonly counts: readonly (readonly number[])[];
  /** Shares of each row of `counts`; 0 throughout for a segment that none of them was in. */
  readonly shares: readonly (readonly number[])[];
  /** Customers at both moments, in all. */
  readonly customers: number;
  /** Share of them who are where they were; 0 where there are none. */
  readonly stayShare: number;
  /** Customers who are only there after, by the segment they are in. */
  readonly entries: readonly number[];
  /** Customers who were only there before, by the segment they were in. */
  readonly exits: readonly number[];
  /** Who went where, the largest flow first, those who stayed included: the links of a Sankey plot. */
  readonly flows: readonly SegmentFlow[];
  /** Flows from segments above the mean value to segments below it, the most value at stake first; empty where values are not known. */
  readonly warnings: readonly SegmentWarning[];
  /** Whether all pairs of segments exchange as many customers (Bowker, 1948). */
  readonly symmetry: MovementTest;
  /** Whether the sizes of the segments change, entries and exits apart (Stuart, 1955; Maxwell, 1970). */
  readonly marginalHomogeneity: MovementTest;
  /** Where it leads. */
  readonly projection: SegmentProjection;
}

const CALLER = 'segmentMigration';

/**
 * How customers moved between the segments of two moments: the table of transitions, who entered and left, which flows are more than coming and going,
 * what they cost, and where they lead.
 *
 * Segments are matched by name, so that two results of `rfm` go as they are. Whether a later result was scored by the same cuts (`cuts` of the earlier
 * one) or by its own is for the caller to decide and changes the table: by its own, a customer who does nothing can move because others did. Give both
 * moments one set of numbers with `alignSegments` after a refit. `O(customers + segments^3)`.
 *
 * @param before - customers and their segments at the earlier moment
 * @param after - the same later
 * @param options - see {@link SegmentMigrationOptions}
 * @returns plain data
 * @throws a {@link ClientelaError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `DUPLICATE_ID`, `NON_FINITE_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * const june = { customers: ['ann', 'bob', 'cid', 'dan'], segment: ['loyal', 'loyal', 'new', 'new'] };
 * const july = { customers: ['ann', 'bob', 'cid', 'eve'], segment: ['loyal', 'lost', 'loyal', 'new'] };
 * const { segments, counts, stayShare, entries, exits } = segmentMigration(june, july);
 * segments; // => ['loyal', 'new', 'lost']
 * counts; // => [[1, 0, 1], [1, 0, 0], [0, 0, 0]]
 * stayShare; // => 1 / 3
 * [entries, exits]; // => [[0, 1, 0], [0, 1, 0]]
 * ```
 */
export function segmentMigration(before: SegmentedCustomers, after: SegmentedCustomers, options: SegmentMigrationOptions = {}): SegmentMigration {
  requireKnownOptions(CALLER, options, ['segmentValues', 'steps', 'entries']);
  const steps = requireWhole(CALLER, 'steps', options.steps ?? 4, 0);
  const [from, to] = [readMoment(CALLER, before), readMoment(CALLER, after)];
  const position = positionsAfter(CALLER, before, after);
  const hasNone = from.segmentOf.includes(-1) || to.segmentOf.includes(-1);
  const segments = [...new Set([...from.names, ...to.names, ...(hasNone ? ['none'] : [])])];
  const k = segments.length;
  const [fromStates, toStates] = [statesOf(from, segments), statesOf(to, segments)];
  const { counts, gains, now, entries, exits } = countMoves(position, [fromStates, toStates], [from.value, to.value], k);
  const rows = segments.map((_, s) => Array.from(counts.subarray(s * k, (s + 1) * k)));
  const customers = counts.reduce((sum, count) => sum + count, 0);
  const worth = options.segmentValues === undefined ? meanValues(k, [from, fromStates], [to, toStates]) : readValues(options.segmentValues, segments);
  const flows = flowsBetween(segments, counts, worth, gains);
  const none = segments.map(() => 0);
  return {
    segments,
    counts: rows,
    shares: rows.map((row) => row.map((count) => (count === 0 ? 0 : count / row.reduce((sum, other) => sum + other, 0)))),
    customers,
    stayShare: customers === 0 ? 0 : rows.reduce((sum, row, s) => sum + row[s]!, 0) / customers,
    entries,
    exits,
    ...flows,
    symmetry: symmetryTest(counts, k),
    marginalHomogeneity: homogeneityTest(counts, k),
    projection: options.entries === true ? projectSegments(counts, now, steps, entries, exits) : projectSegments(counts, now, steps, none, none),
  };
}

interface Moves {
  readonly counts: Float64Array;
  /** By how much the customers of each cell are worth more; undefined where that is not known. */
  readonly gains: Float64Array | undefined;
  readonly now: readonly number[];
  readonly entries: readonly number[];
  readonly exits: readonly number[];
}

function countMoves(position: Int32Array, [from, to]: readonly [Int32Array, Int32Array], [oldValue, newValue]: readonly (ArrayLike<number> | undefined)[], k: number): Moves {
  const counts = new Float64Array(k * k);
  const gains = oldValue === undefined || newValue === undefined ? undefined : new Float64Array(k * k);
  const [now, exits] = [new Array<number>(k).fill(0), new Array<number>(k).fill(0)];
  for (let i = 0; i < to.length; i++) now[to[i]!]!++;
  const entries = [...now];
  for (let i = 0; i < position.length; i++) {
    const at = position[i]!;
    if (at < 0) {
      exits[from[i]!]!++;
      continue;
    }
    const cell = from[i]! * k + to[at]!;
    counts[cell]!++;
    entries[to[at]!]!--;
    if (gains !== undefined) gains[cell]! += newValue![at]! - oldValue![i]!;
  }
  return { counts, gains, now, entries, exits };
}

/** The place of each customer's segment among all names. */
function statesOf({ segmentOf, names }: ReadMoment, segments: readonly string[]): Int32Array {
  const places = [segments.indexOf('none'), ...names.map((name) => segments.indexOf(name))];
  const states = new Int32Array(segmentOf.length);
  for (let i = 0; i < states.length; i++) states[i] = places[segmentOf[i]! + 1]!;
  return states;
}

/** The mean value of each segment's customers at the first moment that knows any; `NaN` where none does. */
function meanValues(k: number, ...moments: readonly [ReadMoment, Int32Array][]): number[] {
  const means = new Array<number>(k).fill(NaN);
  for (const [{ value }, states] of moments) {
    if (value === undefined) continue;
    const [sums, sizes] = [new Float64Array(k), new Float64Array(k)];
    for (let i = 0; i < states.length; i++) {
      sums[states[i]!]! += value[i]!;
      sizes[states[i]!]!++;
    }
    means.forEach((mean, s) => (means[s] = Number.isNaN(mean) ? sums[s]! / sizes[s]! : mean));
  }
  return means;
}

function readValues(values: Readonly<Record<string, number>>, segments: readonly string[]): number[] {
  requireKnownOptions(`${CALLER} segmentValues`, values, segments);
  return segments.map((name) => {
    const value = values[name] ?? NaN;
    if (Number.isFinite(value) || !(name in values)) return value;
    throw badOption(CALLER, `segmentValues of "${name}"`, 'a finite number', value);
  });
}
