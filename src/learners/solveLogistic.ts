import { ClientelaError } from '../errors.js';
import { dependenceWeights, pivotedCholesky, type PivotedCholesky } from '../numeric/cholesky.js';
import { fitFirth } from './firthLogistic.js';
import { LogisticPass, type LogisticProblem } from './logisticPass.js';
import { leastSquaresStart, minimiseLoss, type NewtonFit, type NewtonOptions } from './newtonLogistic.js';
import { MANY_ROWS, RANK_TOLERANCE, sampleStart } from './sampleStart.js';
import { hasBothClasses, movedColumns, pushToCertainty, separatedColumn, separationAlong, withoutSeparated, type Separation } from './separation.js';

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

/** Maximum likelihood (or its ridge or Firth variant), with aliased columns left out and separated rows set aside. */
export function solveLogistic(caller: string, problem: LogisticProblem, firth: boolean, options: NewtonOptions): LogisticSolution {
  if (problem.y.length >= MANY_ROWS && !firth) {
    const pass = new LogisticPass(problem);
    const start = sampleStart(pass, options);
    const fit = start && minimiseLoss(pass, start, options);
    // A minimum found is proof that nothing is aliased and nothing separates.
    if (fit?.outcome === 'step below tolerance' || fit?.outcome === 'stopped by onProgress') {
      return { beta: fit.beta, reduced: problem, kept: [...fit.beta.keys()], fit, aliased: [], separations: [], reachedSupremum: true };
    }
  }
  return solveReduced(caller, problem, firth, options);
}

function solveReduced(caller: string, problem: LogisticProblem, firth: boolean, options: NewtonOptions): LogisticSolution {
  const plain = !firth && problem.ridge === 0;
  const size = problem.columns.length + 1;
  const separations: Separation[] = [];
  const aliases = problem.ridge === 0 ? rankOf(problem) : null;
  let active = problem;
  let rank = aliases;
  let iterations = 0;
  let separation = plain ? separatedColumn(active) : null;
  for (;;) {
    while (separation !== null) {
      separations.push(separation);
      active = withoutSeparated(active, separation);
      if (!hasBothClasses(active)) throw perfectSeparation(caller, separations);
      rank = rankOf(active);
      if (!separation.exact) separations.splice(-1, 1, cleaned(separation, rank, problem));
      separation = separatedColumn(active);
    }
    const kept = rank === null ? Array.from({ length: size }, (_, position) => position) : [...rank.order.subarray(0, rank.rank)];
    const reduced = { ...active, columns: kept.slice(1).map((position) => problem.columns[position - 1]!) };
    const isDiverging = (step: Float64Array): boolean => (separation = separationAlong(reduced, step)) !== null;
    const pass = new LogisticPass(reduced);
    const start = { ...leastSquaresStart(pass), iterations };
    const fit = firth ? fitFirth(pass, start.first, options) : minimiseLoss(pass, start, plain ? { ...options, isDiverging } : options);
    // What isDiverging assigned; the compiler does not see it.
    const found = separation as Separation | null;
    if (found === null) return assembled(problem, { reduced, kept, fit, separations, aliased: aliasesOf(aliases) });
    separation = { ...found, direction: spread(found.direction, kept, size) };
    iterations = fit.iterations;
  }
}

function perfectSeparation(caller: string, separations: readonly Separation[]): ClientelaError {
  const columns = separations.flatMap(({ names }) => names);
  return new ClientelaError(
    'PERFECT_SEPARATION',
    `${caller} found the classes perfectly separated by ${columns.map((name) => `"${name}"`).join(', ')}, so that no finite estimate exists; set firth: true or a ridge such as 1, or leave out what gives the target away`,
    { columns },
  );
}

/** Newton's direction is exact only in the limit: along the exact one the remaining rows do not move at all. */
function cleaned(separation: Separation, rank: PivotedCholesky, { columns }: LogisticProblem): Separation {
  const direction = new Float64Array(separation.direction.length);
  for (const { position, of } of aliasesOf(rank)) {
    const move = separation.direction[position]!;
    direction[position]! += move;
    for (const part of of) direction[part.position]! -= move * part.weight;
  }
  return { ...separation, direction, names: movedColumns(columns, direction), exact: true };
}

function assembled(problem: LogisticProblem, parts: Omit<LogisticSolution, 'beta' | 'reachedSupremum'>): LogisticSolution {
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

function rankOf(problem: LogisticProblem): PivotedCholesky {
  return pivotedCholesky(leastSquaresStart(new LogisticPass(problem)).first.hessian, problem.columns.length + 1, RANK_TOLERANCE);
}

function aliasesOf(rank: PivotedCholesky | null): Alias[] {
  return Array.from(rank?.order.subarray(rank.rank) ?? [], (position, k) => ({
    position,
    of: Array.from(dependenceWeights(rank!, k), (weight, i) => ({ position: rank!.order[i]!, weight })).filter(({ weight }) => Math.abs(weight) > 1e-9),
  }));
}

function spread(values: Float64Array, positions: readonly number[], size: number): Float64Array {
  const all = new Float64Array(size);
  positions.forEach((position, k) => (all[position] = values[k]!));
  return all;
}
