import { ClientelaError } from '../../errors.js';
import { quantileOfSorted } from '../../numeric/quantile.js';
import { rankCorrelation } from '../../numeric/rankCorrelation.js';
import { readPotentials, type PotentialColumns } from '../aggregate/potentialColumns.js';

const CALLER = 'potentialStability';

/** How alike two estimates of the same customers are. */
export interface PotentialStability {
  /** Customers in both. */
  readonly customers: number;
  /** Customers of the first alone. */
  readonly onlyFirst: number;
  /** Customers of the second alone. */
  readonly onlySecond: number;
  /** Correlation of the ranks of the headroom (Spearman); null where it is the same for all. */
  readonly rankCorrelation: number | null;
  /** Which share of the tenth with the most headroom in the first is in that tenth of the second too; chance would give 0.1. Customers tied at the end of a tenth are in it in part. */
  readonly topTenthKept: number;
  /** The factor up or down by which half of the potentials change at most, 1 or more; null where none is above 0 in both. */
  readonly medianChange: number | null;
  /** Potential of those in both: the first's sum. */
  readonly firstPotential: number;
  /** Potential of those in both: the second's sum. */
  readonly secondPotential: number;
}

/**
 * How much potentials hang on the sample or the date: two estimates of the same customers, side by side.
 *
 * Customers are matched by name where both have names, and by position where neither has. O(n log n).
 *
 * @param first - what one model, or one date, says
 * @param second - what the other says
 * @returns ranks, changes and sums of the customers in both
 * @throws a {@link ClientelaError} `LENGTH_MISMATCH`, `DUPLICATE_ID`, `EMPTY_INPUT`, `INVALID_INPUT`, `INVALID_VALUE` or `NON_FINITE_VALUE`
 * @example
 * ```ts
 * const first = { customers: ['ann', 'bob', 'cid'], present: [10, 10, 10], potential: [20, 30, 40] };
 * const second = { customers: ['bob', 'cid', 'dot'], present: [10, 10, 10], potential: [33, 44, 90] };
 * const { customers, onlySecond, rankCorrelation, medianChange } = potentialStability(first, second);
 * [customers, onlySecond, rankCorrelation, medianChange]; // => [2, 1, 1, 1.1]
 * ```
 */
export function potentialStability(first: PotentialColumns, second: PotentialColumns): PotentialStability {
  const [a, b] = [readPotentials(CALLER, first), readPotentials(CALLER, second)];
  const pairs = matchRows(first, second, a.rowCount, b.rowCount);
  const n = pairs.length;
  if (n === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs customers that are in both, found none; give both the same names of customers`);
  const take = (values: Float64Array, side: 0 | 1): Float64Array => Float64Array.from(pairs, (pair) => values[pair[side]]!);
  const [roomA, roomB, totalA, totalB] = [take(a.headroom, 0), take(b.headroom, 1), take(a.potential, 0), take(b.potential, 1)];
  const correlation = rankCorrelation(roomA, roomB);
  const changes = totalA.map((amount, i) => Math.abs(Math.log(totalB[i]! / amount))).filter(Number.isFinite).sort();
  return {
    customers: n,
    onlyFirst: a.rowCount - n,
    onlySecond: b.rowCount - n,
    rankCorrelation: Number.isNaN(correlation) ? null : correlation,
    topTenthKept: topKept(roomA, roomB),
    medianChange: changes.length === 0 ? null : Math.exp(quantileOfSorted(changes, 0.5)),
    firstPotential: totalA.reduce((sum, amount) => sum + amount, 0),
    secondPotential: totalB.reduce((sum, amount) => sum + amount, 0),
  };
}

function matchRows(first: PotentialColumns, second: PotentialColumns, countA: number, countB: number): [number, number][] {
  const [namesA, namesB] = [first.customers ?? null, second.customers ?? null];
  if (namesA === null || namesB === null) {
    if (namesA === namesB && countA === countB) return Array.from({ length: countA }, (_, row) => [row, row]);
    throw new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs names of customers in both, or the same number of rows in both and no names, found ${countA} and ${countB} rows; give customer to fitMarketPotential`, { expected: countA, found: countB });
  }
  const rowOf = placesOf(namesB, countB);
  return [...placesOf(namesA, countA)].flatMap(([name, row]) => {
    const other = rowOf.get(name);
    return other === undefined ? [] : [[row, other] as [number, number]];
  });
}

function placesOf(names: readonly (string | number)[], count: number): Map<string | number, number> {
  if (names.length !== count) throw new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs one name for each of the ${count} customers, found ${names.length}`, { expected: count, found: names.length });
  const places = new Map(names.map((name, row) => [name, row]));
  const row = places.size === count ? -1 : names.findIndex((name, at) => places.get(name) !== at);
  if (row < 0) return places;
  throw new ClientelaError('DUPLICATE_ID', `${CALLER} found customer ${names[row]} in rows ${row} and ${places.get(names[row]!)}; give each once`, { row, customer: names[row] });
}

/** The share of one top tenth in the other; those tied at the end of it are in it in part, so that the order of rows says nothing. */
function topKept(a: Float64Array, b: Float64Array): number {
  const top = Math.max(1, Math.round(a.length / 10));
  const [inA, inB] = [topParts(a, top), topParts(b, top)];
  return inA.reduce((sum, part, row) => sum + Math.min(part, inB[row]!), 0) / top;
}

/** How much of each is among so many highest: 1, 0, or at the end of it the chance of being drawn from those tied. */
function topParts(values: Float64Array, top: number): Float64Array {
  const cut = values.slice().sort()[values.length - top]!;
  let [above, tied] = [0, 0];
  for (const value of values) {
    if (value > cut) above++;
    else if (value === cut) tied++;
  }
  return values.map((value) => (value > cut ? 1 : value === cut ? (top - above) / tied : 0));
}
