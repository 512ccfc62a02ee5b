import type { RiskSteps } from './riskSteps.js';

/** The rows behind the steps. */
export interface JackknifeRows {
  /** What ended each row: 0 nothing, or its cause from 1. */
  readonly codes: ArrayLike<number>;
  /** As the steps were made with. */
  readonly entries: Float64Array | null;
  /** What the square of a row's influence counts: its weight where that repeats the row, its square where it stands for others; null for 1. */
  readonly squares: Float64Array | null;
}

/**
 * The variance, just after each time, of the share that has had a cause (from 1; null: any): the infinitesimal jackknife, the sum over rows of the squared
 * derivative of the share by the weight of the row. Of unweighted rows that are all observed from the start it is the multinomial variance, of one cause Greenwood's.
 *
 * O(n + times) for all times together. While a row is at risk its derivative is P - cF - q: P and F (the share) are common to all, c and q were set at its entry;
 * each time adds dF(C - c) - dF / n, with C = sum d / (n (n - d)). Once it has ended, each further dF moves it by dF times a number b of its own. So the sums of squares and
 * products of (1, c, q) over those at risk, and of the derivative and b over those who have ended, carry all there is.
 */
export function jackknifeVariance(steps: RiskSteps, survival: Float64Array, { codes, entries, squares }: JackknifeRows, cause: number | null): Float64Array {
  const { times, atRisk, events, order, starts, entryOrder } = steps;
  const own = cause === null ? events : steps.causes[cause - 1]!;
  const variance = new Float64Array(times.length);
  const clocks = entries === null ? null : new Float64Array(codes.length);
  const offsets = entries === null ? null : new Float64Array(codes.length);
  // Sums over those at risk, and over those who have ended.
  let [one, c1, c2, q1, q2, cq] = [0, 0, 0, 0, 0, 0];
  let [ii, ib, bb] = [0, 0, 0];
  if (entries === null) for (let i = 0; i < order.length; i++) one += squares === null ? 1 : squares[order[i]!]!;
  let [before, share, clock, common, entered] = [1, 0, 0, 0, 0];
  for (let step = 0; step < times.length; step++) {
    if (entryOrder !== null) {
      for (; entered < entryOrder.length && entries![entryOrder[entered]!]! < times[step]!; entered++) {
        const row = entryOrder[entered]!;
        const square = squares === null ? 1 : squares[row]!;
        const c = (clocks![row] = clock);
        const q = (offsets![row] = common - clock * share);
        one += square;
        c1 += square * c;
        c2 += square * c * c;
        q1 += square * q;
        q2 += square * q * q;
        cq += square * c * q;
      }
    }
    const risk = atRisk[step]!;
    const left = risk - events[step]!;
    const rise = own[step]! > 0 ? (before * own[step]!) / risk : 0;
    common += rise * clock - rise / risk;
    share += rise;
    ii += rise * (2 * ib + rise * bb);
    ib += rise * bb;
    // Where nobody is left nothing rises any more.
    if (events[step]! > 0 && left > 0) clock += events[step]! / (risk * left);
    for (let i = starts[step]!; i < starts[step + 1]!; i++) {
      const row = order[i]!;
      const square = squares === null ? 1 : squares[row]!;
      const c = clocks === null ? 0 : clocks[row]!;
      const q = offsets === null ? 0 : offsets[row]!;
      const code = codes[row]!;
      const influence = common - c * share - q + (code !== 0 && (cause === null || code === cause) ? before / risk : 0);
      const b = left > 0 ? clock - c - (code === 0 ? 0 : 1 / left) : 0;
      ii += square * influence * influence;
      ib += square * influence * b;
      bb += square * b * b;
      one -= square;
      if (clocks === null) continue;
      c1 -= square * c;
      c2 -= square * c * c;
      q1 -= square * q;
      q2 -= square * q * q;
      cq -= square * c * q;
    }
    const among = common * common * one + share * share * c2 + q2 - 2 * common * share * c1 - 2 * common * q1 + 2 * share * cq;
    // Who all have had it in the end, whatever the weights, leaves rounding only.
    variance[step] = survival[step] === 0 && 1 - share < 1e-12 ? 0 : Math.max(0, ii) + Math.max(0, among);
    before = survival[step]!;
  }
  return variance;
}
