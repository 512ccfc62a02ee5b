import { DAY_MILLIS } from '../../data/utcDays.js';
import { sortedOrder } from '../../numeric/sorting.js';

/**
 * How many days passed, over all times something happened. Quantiles are of type 7 (Hyndman and Fan, 1996): between two of the times where the share falls between
 * them, as R and NumPy have it; those of `WaitDays`, which know of waits still open, are always one of the times.
 */
export interface ElapsedDays {
  /** The shortest. */
  readonly min: number;
  /** A tenth took so many days or fewer. */
  readonly p10: number;
  /** A quarter took so many or fewer. */
  readonly p25: number;
  /** Half took so many or fewer. */
  readonly median: number;
  /** Three quarters took so many or fewer. */
  readonly p75: number;
  /** Nine tenths took so many or fewer. */
  readonly p90: number;
  /** The longest. */
  readonly max: number;
  /** The mean. */
  readonly mean: number;
  /** Of a sample (n - 1); null where it happened once. */
  readonly standardDeviation: number | null;
}

/**
 * Exact figures of gaps in milliseconds (sorted in place), as days; quantiles are of type 7 (Hyndman and Fan, 1996). Whole weights are so many gaps. Others say only which
 * share of all a gap is, of as many as (Σw)² / Σw² (Kish, 1965) for the deviation and the quantiles (Akinshin, 2023), so that a common factor changes nothing.
 */
export function summariseGaps(gaps: Float64Array, weights: Float64Array | null): ElapsedDays {
  const cumulative = weights && sortWeighted(gaps, weights);
  if (cumulative === null) gaps.sort();
  const total = cumulative === null ? gaps.length : cumulative[gaps.length - 1]!;
  const isShare = weights?.some((weight) => !Number.isInteger(weight)) === true;
  const n = isShare ? total ** 2 / weights.reduce((sum, weight) => sum + weight * weight, 0) : total;
  const weightAt = (i: number): number => (cumulative === null ? 1 : i === 0 ? cumulative[0]! : cumulative[i]! - cumulative[i - 1]!);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < gaps.length; i++) sum += weightAt(i) * gaps[i]!;
  const mean = sum / total;
  for (let i = 0; i < gaps.length; i++) squares += weightAt(i) * (gaps[i]! - mean) ** 2;
  const quantile = (p: number): number => {
    const position = Math.max(0, (n - 1) * p);
    if (isShare) return meanBetween(gaps, cumulative!, (position / n) * total, total / n) / DAY_MILLIS;
    const below = Math.floor(position);
    const low = gaps[placeAt(gaps, cumulative, below)]!;
    return (below === position ? low : low + (position - below) * (gaps[placeAt(gaps, cumulative, below + 1)]! - low)) / DAY_MILLIS;
  };
  return {
    min: gaps[0]! / DAY_MILLIS,
    p10: quantile(0.1),
    p25: quantile(0.25),
    median: quantile(0.5),
    p75: quantile(0.75),
    p90: quantile(0.9),
    max: gaps[gaps.length - 1]! / DAY_MILLIS,
    mean: mean / DAY_MILLIS,
    standardDeviation: n > 1 + 1e-9 ? Math.sqrt(squares / (total - total / n)) / DAY_MILLIS : null,
  };
}

/** Sorts the gaps; what the weights add up to after each. */
function sortWeighted(gaps: Float64Array, weights: Float64Array): Float64Array {
  const order = sortedOrder(gaps);
  const cumulative = new Float64Array(gaps.length);
  let sum = 0;
  order.forEach((from, i) => (cumulative[i] = sum += weights[from]!));
  gaps.sort();
  return cumulative;
}

/** The mean of the gaps over a piece of the weight: type 7 is that of one gap's width, as between two gaps it leans from one to the other. */
function meanBetween(gaps: Float64Array, cumulative: Float64Array, from: number, width: number): number {
  let [sum, low] = [0, from];
  for (let i = placeAt(gaps, cumulative, from); low < from + width; i++) {
    const high = i >= gaps.length - 1 ? from + width : Math.min(from + width, cumulative[i]!);
    sum += (high - low) * gaps[Math.min(i, gaps.length - 1)]!;
    low = high;
  }
  return sum / width;
}

/** Which gap is at a position, counted from 0, where each stands as often as its weight says. */
function placeAt(gaps: Float64Array, cumulative: Float64Array | null, position: number): number {
  if (cumulative === null) return position;
  let [low, high] = [0, gaps.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
