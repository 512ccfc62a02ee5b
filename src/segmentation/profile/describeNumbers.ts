import { columnMoments } from '../../data/columnMoments.js';
import { infinite } from '../../data/infinite.js';
import { twoSidedNormalP } from '../../numeric/normal.js';
import { quantileOfSorted } from '../../numeric/quantile.js';
import { separation, type Separation } from './separation.js';
import type { NumberProfile } from './segmentDescription.js';

/** A column in every segment, p-values not yet corrected. */
export interface NumbersFound {
  readonly profiles: readonly Omit<NumberProfile, 'q'>[];
  readonly separation: Separation;
}

/** Typical values and v-tests of one column in every segment. O(n log n). Throws `NON_FINITE_VALUE`. */
export function describeNumbers(caller: string, feature: string, values: Float64Array, segmentOf: Int32Array, count: number, rows: Uint32Array | undefined): NumbersFound {
  const { mean, squares, known, infiniteRow } = columnMoments(values, null);
  if (infiniteRow >= 0) throw infinite(caller, feature, rows?.[infiniteRow] ?? infiniteRow, values[infiniteRow]!);
  const { sorted, from, least } = sortedBySegment(values, segmentOf, count);
  // What rounding leaves of a constant column is no spread.
  const deviation = Math.sqrt(squares / known) > Math.abs(mean) * 1e-13 ? Math.sqrt(squares / known) : 0;
  let [between, within, assigned, sum] = [0, 0, 0, 0];
  const profiles = Array.from({ length: count }, (_, segment) => {
    const own = sorted.subarray(from[segment], from[segment + 1]);
    const n = own.length;
    let [distance, spread] = [0, 0];
    for (const x of own) distance += x - mean;
    distance /= n;
    for (const x of own) spread += (x - mean - distance) ** 2;
    if (n > 0) {
      between += n * distance * distance;
      within += spread;
      assigned += n;
      sum += n * distance;
    }
    const others = known - n;
    const isAsked = n > 0 && others > 0 && deviation > 0;
    // The squares of the others are what is left of those of all (which hold n d^2 of the segment, and o d'^2 of the others, where n d = -o d').
    const rest = Math.max(0, squares - spread - n * distance * distance * (1 + n / others));
    // Two constants apart are an effect without end: the floor keeps it finite.
    const pooled = Math.sqrt(Math.max((spread + rest) / Math.max(1, known - 2), 1e-6 * (squares / known)));
    const vTest = isAsked ? distance / Math.sqrt((others / (known - 1)) * (squares / known / n)) : 0;
    return {
      feature,
      known: n,
      mean: mean + distance,
      median: quantileOfSorted(own, 0.5),
      lowerQuartile: quantileOfSorted(own, 0.25),
      upperQuartile: quantileOfSorted(own, 0.75),
      z: deviation > 0 ? distance / deviation : 0,
      index: least >= 0 && mean > 0 ? (100 * (mean + distance)) / mean : null,
      vTest,
      p: isAsked ? twoSidedNormalP(vTest) : NaN,
      effectSize: isAsked ? (distance * (1 + n / others)) / pooled : 0,
    };
  });
  const occurring = profiles.filter((profile) => profile.known > 0).length;
  // Among those who are in a segment.
  const apart = assigned > 0 && deviation > 0 ? Math.max(0, between - (sum * sum) / assigned) : 0;
  const share = apart > 0 ? apart / (apart + within) : 0;
  return { profiles, separation: separation(feature, 'eta', Math.sqrt(share), (assigned - 1) * share, occurring - 1) };
}

// The known values of each segment, ascending, segment after segment; the native sort of values beats one that carries rows along.
function sortedBySegment(values: Float64Array, segmentOf: Int32Array, count: number): { sorted: Float64Array; from: Uint32Array; least: number } {
  const from = new Uint32Array(count + 1);
  let least = Infinity;
  for (let row = 0; row < values.length; row++) {
    const x = values[row]!;
    if (x < least) least = x;
    if (segmentOf[row]! >= 0 && x === x) from[segmentOf[row]! + 1]!++;
  }
  for (let segment = 0; segment < count; segment++) from[segment + 1]! += from[segment]!;
  const next = from.slice();
  const sorted = new Float64Array(from[count]!);
  for (let row = 0; row < values.length; row++) {
    const x = values[row]!;
    const segment = segmentOf[row]!;
    if (segment >= 0 && x === x) sorted[next[segment]!++] = x;
  }
  for (let segment = 0; segment < count; segment++) sorted.subarray(from[segment], from[segment + 1]).sort();
  return { sorted, from, least };
}
