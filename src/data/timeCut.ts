import { sortedOrder } from '../numeric/sorting.js';

/** Which rows are learnt from while the result is judged on later ones. */
export interface TimeCut {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** First moment of the test rows; when a moment was asked for, that one. */
  readonly testFrom: number;
  /** Rows before the test whose outcome was not over when it began. */
  readonly purged: number;
}

/** Where the test begins: at a moment, or where about a share of the rows is left. */
export type CutPlace = { readonly testFrom: number } | { readonly testShare: number };

/**
 * The cut in time: rows of one moment stay on one side, and a row whose outcome was not over when the test begins is not learnt from
 * (`overAt` says when the outcome of a row of that time is known). Either side may be empty.
 */
export function cutInTime(times: Float64Array, place: CutPlace, overAt: ((time: number) => number) | undefined): TimeCut {
  const order = sortedOrder(times);
  const start = 'testFrom' in place ? firstFrom(order, times, place.testFrom) : startOfShare(order, times, place.testShare);
  const testFrom = 'testFrom' in place ? place.testFrom : times[order[start] ?? order[0]!]!;
  const train = order.slice(0, start).filter((row) => overAt === undefined || overAt(times[row]!) <= testFrom);
  return { train: train.sort(), test: order.slice(start).sort(), testFrom, purged: start - train.length };
}

function firstFrom(order: Uint32Array, times: Float64Array, testFrom: number): number {
  const found = order.findIndex((row) => times[row]! >= testFrom);
  return found < 0 ? order.length : found;
}

function startOfShare(order: Uint32Array, times: Float64Array, share: number): number {
  // What rounding takes from 10 * (1 - 0.8) may not cost a row.
  let start = Math.floor(order.length * (1 - share) * (1 + 1e-12));
  // Back to the first row of its moment, or on to the next moment where the first one is all there is.
  while (start > 0 && times[order[start]!] === times[order[start - 1]!]) start--;
  if (start === 0) while (start < order.length && times[order[start]!] === times[order[0]!]) start++;
  return start;
}
