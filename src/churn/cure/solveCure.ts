import type { AcceleratedDesign } from '../accelerated/acceleratedDesign.js';
import { acceleratedLaw, RowKernel } from '../accelerated/acceleratedRows.js';
import { maximiseRows, type MaximiseRowsOptions, type RowMaximum } from '../accelerated/maximiseRows.js';
import { softplus } from '../accelerated/residualLaw.js';
import { RowLikelihood } from '../accelerated/rowLikelihood.js';
import type { TimeFamily } from '../accelerated/timeFamily.js';
import type { ScaledTimes } from '../accelerated/timeRows.js';
import { cureLaw, leavingShares } from './cureRows.js';

/** What a mixture is fitted to. */
export interface CureProblem {
  /** With the weights of the rows that count. */
  readonly times: ScaledTimes;
  readonly family: TimeFamily;
  /** Of the log-odds of never leaving, and of the line of times. */
  readonly cure: AcceleratedDesign;
  readonly time: AcceleratedDesign;
}

/** Rounds of the EM algorithm before Newton's method: it goes uphill from anywhere, but slowly near the top. */
const ROUNDS = 12;

/** The highest maximum that is reached from these first shares of customers who never leave: log-odds, line and 1 / scale of the kept columns. */
export function solveCure(problem: CureProblem, shares: readonly number[], limits: Pick<MaximiseRowsOptions, 'maxIterations' | 'onStep'>): RowMaximum {
  const { times, family } = problem;
  const fixed = fixedInverse(problem);
  const [cure, time] = columnsOf(problem);
  const likelihood = new RowLikelihood(cureLaw(family.law, times, fixed), [cure, time, ...(fixed === null ? [[time[0]!]] : [])], times.kinds.length);
  const positive = fixed === null ? likelihood.size - 1 : -1;
  let best: RowMaximum | null = null;
  for (const share of shares) {
    const found = maximiseRows(likelihood, expectation(problem, share), { ...limits, positive });
    if (best === null || found.logLikelihood > best.logLikelihood + 1e-9) best = found;
    if (found.reason === 'stopped by onProgress') return best;
  }
  return best!;
}

/** 1 / scale of scaled times, where it is no parameter. */
export function fixedInverse({ times, family }: Pick<CureProblem, 'times' | 'family'>): number | null {
  return family.fixedScale === null ? null : times.spread / family.fixedScale;
}

function columnsOf({ cure, time }: CureProblem): [Float64Array[], Float64Array[]] {
  return [cure.kept.map((position) => cure.values[position]!), time.kept.map((position) => time.values[position]!)];
}

/** Dempster, Laird and Rubin's (1977) algorithm: who is still there counts as leaving by its probability; then two fits of their own. */
function expectation(problem: CureProblem, share: number): Float64Array {
  const { times, family } = problem;
  const fixed = fixedInverse(problem);
  const [cure, time] = columnsOf(problem);
  const count = times.kinds.length;
  const own = times.weights ?? new Float64Array(count).fill(1);
  const leaving = new Float64Array(count).fill(1);
  const weights = own.slice();
  const staying = new RowLikelihood(
    ({ start, rows, sums, first, second }) => {
      let total = 0;
      for (let i = 0; i < rows; i++) {
        const [o, w, stays] = [sums[0]![i]!, own[start + i]!, 1 - leaving[start + i]!];
        const cured = 1 / (1 + Math.exp(-o));
        total += w * (stays * o - softplus(o));
        first[0]![i] = w * (stays - cured);
        second[0]![i] = -w * cured * (1 - cured);
      }
      return total;
    },
    [cure],
    count,
  );
  // Late entries are left to Newton: this is no more than where it begins.
  const kernel = new RowKernel(family.law, { ...times, weights, entries: null });
  const timing = new RowLikelihood(acceleratedLaw(kernel, weights, fixed), fixed === null ? [time, [time[0]!]] : [time], count);
  const positive = fixed === null ? timing.size - 1 : -1;
  let odds: Float64Array = new Float64Array(cure.length);
  odds[0] = Math.log(share / (1 - share));
  let line: Float64Array = new Float64Array(timing.size);
  if (fixed === null) line[timing.size - 1] = 1;
  for (let round = 0; round < ROUNDS; round++) {
    line = maximiseRows(timing, line, { maxIterations: round === 0 ? 20 : 2, positive }).at;
    leaving.set(leavingShares(family.law, times, sumsOf(odds, cure), sumsOf(line, time), fixed ?? line[timing.size - 1]!));
    odds = round === 0 ? odds : maximiseRows(staying, odds, { maxIterations: 2, positive: -1 }).at;
    for (let row = 0; row < count; row++) weights[row] = own[row]! * leaving[row]!;
  }
  return Float64Array.of(...odds, ...line);
}

/** The sum over columns of every row. */
export function sumsOf(coefficients: Float64Array, columns: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(columns[0]!.length);
  columns.forEach((column, j) => {
    const b = coefficients[j]!;
    for (let row = 0; row < sums.length; row++) sums[row]! += b * column[row]!;
  });
  return sums;
}
