import { ClientelaError } from '../errors.js';
import { pivotedCholesky, type PivotedCholesky } from '../numeric/cholesky.js';
import { fitFirth } from './firthLogistic.js';
import { aliasesOf, assembled, cleaned, spread, type LogisticSolution } from './linearSolution.js';
import { LogisticPass, type LogisticProblem } from './logisticPass.js';
import { leastSquaresStart, minimiseLoss, type NewtonOptions } from './newtonLogistic.js';
import { MANY_ROWS, RANK_TOLERANCE, sampleStart } from './sampleStart.js';
import { hasBothClasses, separatedColumn, separationAlong, withoutSeparated, type Separation } from './separation.js';

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

function rankOf(problem: LogisticProblem): PivotedCholesky {
  return pivotedCholesky(leastSquaresStart(new LogisticPass(problem)).first.hessian, problem.columns.length + 1, RANK_TOLERANCE);
}
