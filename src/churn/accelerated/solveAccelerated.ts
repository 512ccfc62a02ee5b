import { ClientelaError } from '../../errors.js';
import { acceleratedLaw, RowKernel } from './acceleratedRows.js';
import type { AcceleratedDesign } from './acceleratedDesign.js';
import { maximiseRows, type MaximiseRowsOptions, type RowMaximum } from './maximiseRows.js';
import { RowLikelihood } from './rowLikelihood.js';
import type { TimeFamily } from './timeFamily.js';
import type { ScaledTimes } from './timeRows.js';

/** The maximum of the likelihood in the coordinates of the fit. */
export interface AcceleratedSolution {
  readonly times: ScaledTimes;
  readonly family: TimeFamily;
  readonly likelihood: RowLikelihood;
  readonly maximum: RowMaximum;
  /** b / scale of the kept columns, then 1 / scale of scaled times where it is a parameter. */
  readonly at: Float64Array;
  /** 1 / scale of scaled times. */
  readonly inverse: number;
  /** b / scale of every column, intercept first; 0 for what is aliased, far out for what has no finite estimate. */
  readonly line: Float64Array;
  /** Of times as they are. */
  readonly logLikelihood: number;
}

/** Beyond, the times lie on a line to the last digits: the likelihood has no maximum. */
const LARGEST_INVERSE = 1e8;

/** Maximum likelihood from the line at the mean; about seven walks over the rows. */
export function solveAccelerated(caller: string, times: ScaledTimes, family: TimeFamily, design: AcceleratedDesign, limits: Pick<MaximiseRowsOptions, 'maxIterations' | 'onStep'>): AcceleratedSolution {
  const { values, kept, weights } = design;
  const fixed = family.fixedScale === null ? null : times.spread / family.fixedScale;
  const own = { ...times, weights };
  const ones = values[0]!;
  const columns = kept.map((position) => values[position]!);
  const likelihood = new RowLikelihood(acceleratedLaw(new RowKernel(family.law, own), weights, fixed), fixed === null ? [columns, [ones]] : [columns], ones.length);
  const start = new Float64Array(likelihood.size);
  if (fixed === null) start[likelihood.size - 1] = 1;
  const positive = fixed === null ? likelihood.size - 1 : -1;
  const maximum = maximiseRows(likelihood, start, { ...limits, positive });
  const inverse = fixed ?? maximum.at[likelihood.size - 1]!;
  if (fixed === null && !(inverse < LARGEST_INVERSE)) {
    throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs times that the features do not determine exactly, found a scale of ${times.spread / inverse}; give more rows or fewer features`, { function: caller });
  }
  const line = pushAllAside(maximum.at, design, times, inverse);
  return { times: own, family, likelihood, maximum, at: maximum.at, inverse, line, logLikelihood: maximum.logLikelihood + times.jacobian };
}

/** b / scale of every column from those of the kept ones: 0 for what is aliased; where a level never had the event, so that it stays. */
export function pushAllAside(at: Float64Array, { values, kept, separations }: AcceleratedDesign, times: ScaledTimes, inverse: number): Float64Array {
  const line = new Float64Array(values.length);
  kept.forEach((position, k) => (line[position] = at[k]!));
  // Last found first: an earlier direction leaves the rows of the later ones where they are.
  for (const { rows, direction } of [...separations].reverse()) pushAside(line, { values, rows, direction, times, inverse });
  return line;
}

/** Far enough out that a row without event tells nothing more: its log-likelihood is -1e-15. */
const FAR = 35;

interface Aside {
  readonly values: readonly Float64Array[];
  readonly rows: Uint8Array;
  /** Lowers the rate of the rows. */
  readonly direction: Float64Array;
  readonly times: ScaledTimes;
  readonly inverse: number;
}

/** Moves the line up for rows that never had the event, until their survival is certain; the others stay where they are. */
function pushAside(line: Float64Array, { values, rows, direction, times, inverse }: Aside): void {
  const at = (coefficients: Float64Array, row: number): number => coefficients.reduce((sum, b, j) => sum + b * values[j]![row]!, 0);
  let distance = 0;
  for (let row = 0; row < rows.length; row++) {
    if (rows[row] === 0) continue;
    const gain = -at(direction, row);
    const lack = FAR + inverse * times.times[row]! - at(line, row);
    if (gain > 0) distance = Math.max(distance, lack / gain);
  }
  for (let j = 0; j < line.length; j++) line[j]! -= distance * direction[j]!;
}

/** The log-likelihood of an intercept alone. */
export function nullLikelihood({ times, family }: AcceleratedSolution, weights: Float64Array | null): number {
  const fixed = family.fixedScale === null ? null : times.spread / family.fixedScale;
  const ones = new Float64Array(times.kinds.length).fill(1);
  const likelihood = new RowLikelihood(acceleratedLaw(new RowKernel(family.law, { ...times, weights }), weights, fixed), fixed === null ? [[ones], [ones]] : [[ones]], ones.length);
  const maximum = maximiseRows(likelihood, fixed === null ? Float64Array.of(0, 1) : new Float64Array(1), { maxIterations: 100, positive: fixed === null ? 1 : -1 });
  return maximum.logLikelihood + times.jacobian;
}
