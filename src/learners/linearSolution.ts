import { dependenceWeights, type PivotedCholesky } from '../numeric/cholesky.js';
import type { LogisticProblem } from './logisticPass.js';
import type { NewtonFit } from './newtonLogistic.js';
import { movedColumns, pushToCertainty, type Separation } from './separation.js';

/** A column that is a combination of earlier ones: weights on positions in beta, 0 being the intercept. */
export interface Alias {
  readonly position: number;
  readonly of: readonly { readonly position: number; readonly weight: number }[];
}

/** The fitted coefficients in standardised coordinates, and what stood in the way. */
export interface LogisticSolution {
  /** Intercept first; 0 for what is aliased. */
  readonly beta: Float64Array;
  /** The problem the last iterations were about: estimable columns, separated rows at weight 0. */
  readonly reduced: LogisticProblem;
  /** Positions in beta of the coefficients of `reduced`. */
  readonly kept: readonly number[];
  readonly fit: NewtonFit;
  readonly aliased: readonly Alias[];
  readonly separations: readonly Separation[];
  /** Whether the separated rows could all be made certain. */
  readonly reachedSupremum: boolean;
}

/** Newton's direction is exact only in the limit: along the exact one the remaining rows do not move at all. */
export function cleaned(separation: Separation, rank: PivotedCholesky, { columns }: LogisticProblem): Separation {
  const direction = new Float64Array(separation.direction.length);
  for (const { position, of } of aliasesOf(rank)) {
    const move = separation.direction[position]!;
    direction[position]! += move;
    for (const part of of) direction[part.position]! -= move * part.weight;
  }
  return { ...separation, direction, names: movedColumns(columns, direction), exact: true };
}

/** The solution of the whole problem from the fit of what could be estimated. */
export function assembled(problem: LogisticProblem, parts: Omit<LogisticSolution, 'beta' | 'reachedSupremum'>): LogisticSolution {
  const { fit, kept, separations, aliased } = parts;
  const beta = spread(fit.beta, kept, problem.columns.length + 1);
  // Last found first: an earlier direction leaves the rows of the later ones where they are.
  const reached = [...separations].reverse().map((separation) => pushToCertainty(problem, separation, beta));
  // A direction may use an aliased column: the columns that remain say the same.
  for (const vector of [beta, ...separations.map(({ direction }) => direction)]) {
    for (const { position, of } of aliased) {
      for (const part of of) vector[part.position]! += part.weight * vector[position]!;
      vector[position] = 0;
    }
  }
  return { ...parts, beta, reachedSupremum: !reached.includes(false) };
}

/** The columns that others determine. */
export function aliasesOf(rank: PivotedCholesky | null): Alias[] {
  return Array.from(rank?.order.subarray(rank.rank) ?? [], (position, k) => ({
    position,
    of: Array.from(dependenceWeights(rank!, k), (weight, i) => ({ position: rank!.order[i]!, weight })).filter(({ weight }) => Math.abs(weight) > 1e-9),
  }));
}

/** Values at their positions among `size`, 0 elsewhere. */
export function spread(values: Float64Array, positions: readonly number[], size: number): Float64Array {
  const all = new Float64Array(size);
  positions.forEach((position, k) => (all[position] = values[k]!));
  return all;
}
