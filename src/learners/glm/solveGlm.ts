import { pivotedCholesky, type PivotedCholesky } from '../../numeric/cholesky.js';
import { aliasesOf, assembled, cleaned, spread, type LogisticSolution } from '../linearSolution.js';
import { LogisticPass, type LogisticProblem } from '../logisticPass.js';
import { minimiseLoss, totalWeight, type NewtonFit, type NewtonOptions, type NewtonStart } from '../newtonLogistic.js';
import { MANY_ROWS, RANK_TOLERANCE, sampleStart, spreadRows, takeProblem } from '../sampleStart.js';
import { withoutSeparated, type Separation } from '../separation.js';
import type { GlmFamily } from './glmFamily.js';
import { zeroColumn, zerosAlong } from './zeroSeparation.js';

/** What is fitted: the columns, and a loss for each row. The target is scaled to a mean of 1 unless it is a count. */
export type GlmProblem = LogisticProblem & Required<Pick<LogisticProblem, 'rowLoss'>>;

/** Enough to begin with where rows are many. */
const SAMPLE_ROWS = 20_000;

/** Continues from a fit of the estimable part: other parameters of the distribution are estimated here. */
export type Refinement = (reduced: GlmProblem, fit: NewtonFit) => { readonly problem: GlmProblem; readonly fit: NewtonFit };

/** Maximum likelihood, with aliased columns left out and rows of nothing but zeros set aside. */
export function solveGlm(problem: GlmProblem, family: GlmFamily, options: NewtonOptions, refine: Refinement): LogisticSolution {
  const size = problem.columns.length + 1;
  const separations: Separation[] = [];
  const hasZeros = family.link === 'log' && problem.y.some((value, row) => value === 0 && problem.weights?.[row] !== 0);
  const aliases = rankOf(problem);
  let active = problem;
  let rank = aliases;
  let iterations = 0;
  let separation = hasZeros ? zeroColumn(active) : null;
  for (;;) {
    while (separation !== null) {
      separations.push(separation);
      active = { ...active, ...withoutSeparated(active, separation), rowLoss: problem.rowLoss };
      rank = rankOf(active);
      if (!separation.exact) separations.splice(-1, 1, cleaned(separation, rank, problem));
      separation = zeroColumn(active);
    }
    const kept = [...rank.order.subarray(0, rank.rank)];
    const reduced = { ...active, columns: kept.slice(1).map((position) => problem.columns[position - 1]!) };
    const isDiverging = (step: Float64Array): boolean => hasZeros && (separation = zerosAlong(reduced, step)) !== null;
    const pass = new LogisticPass(reduced);
    const start = startOf(pass, family, options);
    const fit = minimiseLoss(pass, { ...start, iterations: start.iterations + iterations }, { ...options, isDiverging });
    // What isDiverging assigned; the compiler does not see it.
    const found = separation as Separation | null;
    if (found === null) {
      const refined = refine(reduced, fit);
      return assembled(problem, { reduced: refined.problem, kept, fit: refined.fit, separations, aliased: aliasesOf(aliases) });
    }
    separation = { ...found, direction: spread(found.direction, kept, size) };
    iterations = fit.iterations;
  }
}

/** Half the deviance of the model that has an intercept (and the offset) only. */
export function nullLoss(problem: GlmProblem, family: GlmFamily): number {
  const pass = new LogisticPass({ ...problem, columns: [] });
  return minimiseLoss(pass, leastSquaresFrom(pass, family), { tolerance: 1e-8, maxIterations: 50, total: totalWeight(problem) }).loss;
}

/** Which columns of the design are independent, rows of weight 0 apart. What is independent in a sample is so in the whole. */
function rankOf(problem: GlmProblem): PivotedCholesky {
  if (problem.y.length >= MANY_ROWS) {
    const sampled = rankOf(takeProblem(problem, spreadRows(problem.y.length, SAMPLE_ROWS)) as GlmProblem);
    if (sampled.rank === problem.columns.length + 1) return sampled;
  }
  const pass = new LogisticPass(problem);
  const { weights } = problem;
  pass.evaluate(new Float64Array(pass.size), true, (start, rows) => {
    for (let i = 0; i < rows; i++) pass.roots[i] = weights === null ? 1 : Math.sqrt(weights[start + i]!);
    return 0;
  });
  return pivotedCholesky(pass.hessian, pass.size, RANK_TOLERANCE);
}

/** With many rows a start from samples of them; otherwise that of {@link leastSquaresFrom}. */
function startOf(pass: LogisticPass, family: GlmFamily, options: NewtonOptions): NewtonStart {
  const few = (sample: LogisticPass): ReturnType<typeof leastSquaresFrom> => leastSquaresFrom(sample, family);
  return (pass.problem.y.length >= MANY_ROWS && family.link === 'log' ? sampleStart(pass, options, few) : null) ?? few(pass);
}

/**
 * From the model without features the weighted least-squares step of iteratively reweighted least squares at means halfway between each target
 * and the overall rate: near the solution, and away from means of 0. Newton's method halves it where it does not help.
 */
function leastSquaresFrom(pass: LogisticPass, { link, variance }: GlmFamily): Required<NewtonStart> {
  const { y, weights } = pass.problem;
  const beta = new Float64Array(pass.size);
  beta[0] = overallLevel(pass.problem, link);
  const isLog = link === 'log';
  const loss = pass.evaluate(beta, true, (start, rows) => {
    let change = 0;
    // Under the identity the first step is Newton's, and the last.
    if (!isLog) return change;
    for (let i = 0; i < rows; i++) {
      const target = y[start + i]!;
      const mean = (target + Math.exp(pass.eta[i]!)) / 2;
      const weight = (weights === null ? 1 : weights[start + i]!) * ((mean * mean) / variance(mean));
      const move = Math.log(mean) + (target - mean) / mean - pass.eta[i]!;
      change -= pass.residuals[i]! + weight * move;
      pass.residuals[i] = -weight * move;
      pass.roots[i] = Math.sqrt(weight);
    }
    return change;
  });
  return { beta, first: { loss, gradient: pass.gradient.slice(), hessian: pass.hessian.slice() }, iterations: 0 };
}

/** The intercept of the model without features (offset kept): exact for the Poisson, the Gaussian, and where there is no offset. */
function overallLevel({ y, weights, offset }: LogisticProblem, link: GlmFamily['link']): number {
  const shift = offset === null || link === 'identity' ? 0 : offset.reduce((most, o, row) => (weights?.[row] === 0 ? most : Math.max(most, o)), -Infinity);
  let targets = 0;
  let rates = 0;
  for (let row = 0; row < y.length; row++) {
    const w = weights === null ? 1 : weights[row]!;
    const added = offset === null ? 0 : offset[row]!;
    targets += w * (y[row]! - (link === 'identity' ? added : 0));
    rates += w * (link === 'identity' ? 1 : Math.exp(added - shift));
  }
  return link === 'identity' ? targets / rates : Math.log(targets / rates) - shift;
}
