import { ClientelaError } from '../../errors.js';
import { cheapestAssignment } from '../../numeric/assignment.js';
import { readSegmentLabels, type SegmentLabels } from '../space/readSegmentLabels.js';
import { matchCustomers } from './matchCustomers.js';
import type { SegmentedCustomers } from './segmentedCustomers.js';

/** The centre of each segment, on one scale. */
export type SegmentCenters = readonly ArrayLike<number>[];

/** Which segment of one segmentation is which of another. */
export interface SegmentAlignment {
  /** For each segment of the later segmentation its number in the earlier one: `after.map((s) => numbers[s])` relabels. New ones get the numbers that follow. */
  readonly numbers: readonly number[];
  /** Share of the common customers who are in the same segment under these numbers, 0 to 1; null where centres were compared. */
  readonly agreement: number | null;
  /** The pairs, in the order of the later segmentation. */
  readonly pairs: readonly SegmentPair[];
  /** Segments of the later segmentation without a counterpart, by their own numbers. */
  readonly appeared: readonly number[];
  /** Segments of the earlier segmentation without a counterpart. */
  readonly vanished: readonly number[];
}

/** Two segments that are taken for one. */
export interface SegmentPair {
  /** The number in the earlier segmentation. */
  readonly before: number;
  /** The number in the later one. */
  readonly after: number;
  /** How alike they are: common customers over the customers of either (Jaccard), 0 to 1; for centres their distance. */
  readonly likeness: number;
}

const CALLER = 'alignSegments';

/**
 * Which segment after a refit is which of those before, so that names and histories stay with the customers they belong to.
 *
 * The assignment one to one under which most customers keep their segment, found exactly (Kuhn, 1955; Jonker and Volgenant, 1987), or under which the
 * squared distances of the centres add up to least. Where the numbers of segments differ, or two have no customer in common, the rest has appeared
 * or vanished. `O(customers + segments^3)`.
 *
 * @param before - the earlier segmentation: one label per row (-1, or an empty name, is none), `{ customers, segment }`, or centres
 * @param after - the later one, in the same form; labels without customers must be of the same rows
 * @returns the new numbers, and how well they agree
 * @throws a {@link ClientelaError} `EMPTY_INPUT` (also when no customer is common), `LENGTH_MISMATCH`, `INVALID_VALUE`, `INVALID_INPUT`, `DUPLICATE_ID`
 * @example
 * ```ts
 * const { numbers, agreement } = alignSegments([0, 0, 0, 1, 1, 2], [2, 2, 2, 0, 0, 1]);
 * numbers; // => [1, 2, 0]
 * agreement; // => 1
 * ```
 */
export function alignSegments(before: SegmentLabels | SegmentedCustomers | SegmentCenters, after: SegmentLabels | SegmentedCustomers | SegmentCenters): SegmentAlignment {
  if (isCenters(before) && isCenters(after)) return alignCenters(before, after);
  const [from, to, rows] = commonRows(before as SegmentLabels | SegmentedCustomers, after as SegmentLabels | SegmentedCustomers);
  const [m, k] = [from.count, to.count];
  const overlap = new Float64Array(m * k);
  const [fromSizes, toSizes] = [new Float64Array(m), new Float64Array(k)];
  let common = 0;
  for (let i = 0; i < from.segmentOf.length; i++) {
    const row = rows === undefined ? i : rows[i]!;
    const a = from.segmentOf[i]!;
    const b = row < 0 ? -1 : to.segmentOf[row]!;
    if (a < 0 || b < 0) continue;
    overlap[a * k + b]!++;
    fromSizes[a]!++;
    toSizes[b]!++;
    common++;
  }
  if (common === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs customers that have a segment in both, found none; identifiers must be written alike`);
  const pairs = pairUp(overlap.map((count) => -count), m, k)
    .filter(([a, b]) => overlap[a * k + b]! > 0)
    .map(([a, b]) => ({ before: a, after: b, likeness: overlap[a * k + b]! / (fromSizes[a]! + toSizes[b]! - overlap[a * k + b]!) }));
  return describe(pairs, m, k, pairs.reduce((sum, pair) => sum + overlap[pair.before * k + pair.after]!, 0) / common);
}

type ReadLabels = ReturnType<typeof readSegmentLabels>;

function commonRows(before: SegmentLabels | SegmentedCustomers, after: SegmentLabels | SegmentedCustomers): [ReadLabels, ReadLabels, Int32Array | undefined] {
  if ('customers' in before && 'customers' in after) {
    const [from, to] = [before, after].map(({ segment, customers }) => readSegmentLabels(CALLER, segment, customers.length)) as [ReadLabels, ReadLabels];
    return [from, to, matchCustomers(CALLER, before.customers, after.customers)];
  }
  if ('customers' in before || 'customers' in after || isCenters(before) || isCenters(after)) {
    throw new ClientelaError('INVALID_INPUT', `${CALLER} needs both segmentations in one form: labels, { customers, segment } or centres`);
  }
  return [readSegmentLabels(CALLER, before, before.length), readSegmentLabels(CALLER, after, before.length), undefined];
}

function isCenters(given: unknown): given is SegmentCenters {
  const first: unknown = Array.isArray(given) ? given[0] : undefined;
  return Array.isArray(first) || ArrayBuffer.isView(first);
}

function alignCenters(before: SegmentCenters, after: SegmentCenters): SegmentAlignment {
  const { length } = before[0]!;
  for (const center of [...before, ...after]) {
    if (center.length !== length) throw new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs centres of one length, found ${center.length} beside ${length}`, { expected: length, found: center.length });
    if (!Array.from(center).every(Number.isFinite)) throw new ClientelaError('NON_FINITE_VALUE', `${CALLER} needs finite centres, found ${Array.from(center).join(', ')}`);
  }
  const k = after.length;
  const squares = Float64Array.from({ length: before.length * k }, (_, cell) => {
    const [a, b] = [before[Math.floor(cell / k)]!, after[cell % k]!];
    let sum = 0;
    for (let j = 0; j < length; j++) sum += (a[j]! - b[j]!) ** 2;
    return sum;
  });
  const pairs = pairUp(squares, before.length, k).map(([a, b]) => ({ before: a, after: b, likeness: Math.sqrt(squares[a * k + b]!) }));
  return describe(pairs, before.length, k, null);
}

/** Pairs of rows and columns at the least cost, as many as there are of the fewer. */
function pairUp(cost: Float64Array, rows: number, columns: number): [row: number, column: number][] {
  if (rows <= columns) return Array.from(cheapestAssignment(cost, rows, columns), (column, row) => [row, column]);
  const turned = cost.map((_, cell) => cost[(cell % rows) * columns + Math.floor(cell / rows)]!);
  return Array.from(cheapestAssignment(turned, columns, rows), (row, column) => [row, column]);
}

function describe(found: readonly SegmentPair[], m: number, k: number, agreement: number | null): SegmentAlignment {
  const pairs = [...found].sort((a, b) => a.after - b.after);
  const numbers = new Array<number>(k).fill(-1);
  for (const pair of pairs) numbers[pair.after] = pair.before;
  const appeared = numbers.flatMap((number, s) => (number < 0 ? [s] : []));
  appeared.forEach((s, i) => (numbers[s] = m + i));
  const vanished = Array.from({ length: m }, (_, s) => s).filter((s) => !pairs.some((pair) => pair.before === s));
  return { numbers, agreement, pairs, appeared, vanished };
}
