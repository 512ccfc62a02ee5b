import { aliasesInWords, coefficientLines, endingOf, finiteCovariance } from '../coefficientTable.js';
import type { LogisticSolution } from '../linearSolution.js';
import { modelCovariance, rawCoefficients, sandwich } from '../logisticInference.js';
import { LogisticPass } from '../logisticPass.js';
import type { CoefficientCovariance } from '../logisticState.js';
import { totalWeight } from '../newtonLogistic.js';
import { countOwn, overdispersionTest, parametersInWords, type Distribution } from './distribution.js';
import { tweedieRows } from './estimatePower.js';
import type { GlmFamily } from './glmFamily.js';
import { gammaLikelihood, gaussianLikelihood, negativeBinomialLikelihood, poissonLikelihood } from './glmLikelihood.js';
import type { GlmInference, GlmSummary } from './glmState.js';
import { nullLoss, type GlmProblem } from './solveGlm.js';
import { tweedieLikelihood } from './tweedieDensity.js';

/** What the summary of a fit needs to know besides the fit. */
export interface GlmSummaryOptions {
  readonly target: string;
  readonly features: readonly string[];
  readonly confidence: number;
  readonly standardErrors: GlmInference['standardErrors'];
  readonly clusters: Int32Array | null;
  readonly distribution: Distribution;
}

/** The solution in the words of the user, on the raw scale of features and target. */
export function summariseGlm(problem: GlmProblem, solution: LogisticSolution, options: GlmSummaryOptions): { summary: GlmSummary; covariance: CoefficientCovariance | null } {
  const { target, features, confidence, distribution } = options;
  const { family } = distribution;
  const names = ['(Intercept)', ...problem.columns.map(({ name }) => name)];
  const rowCount = totalWeight(problem);
  const end = atTheEnd(solution, family);
  const coefficientCount = solution.beta.length - solution.aliased.length;
  const dispersion = rowCount > coefficientCount ? end.pearson / (rowCount - coefficientCount) : null;
  const standardised = standardisedCovariance(solution, end.information, dispersion, options);
  const covariance = standardised && finiteCovariance(problem, solution, standardised, names);
  const aliased = aliasesInWords(problem, solution, names);
  const { convergence, separated } = endingOf(solution);
  const logLikelihood = likelihoodOf(problem, solution, end.deviance, dispersion, options);
  const parameterCount = coefficientCount + countOwn(distribution);
  return {
    summary: {
      target,
      family: family.name,
      link: family.link,
      features,
      coefficients: coefficientLines(names, rawCoefficients(problem.columns, solution.beta), aliased, covariance, confidence),
      inference: covariance && { standardErrors: options.standardErrors, confidence },
      inferenceNote: covariance === null ? noteOf(dispersion) : null,
      logLikelihood,
      deviance: end.deviance,
      nullDeviance: 2 * nullLoss(problem, family),
      pearson: end.pearson,
      dispersion,
      ...parametersInWords(distribution, confidence),
      // Rows that are met exactly have no power that is likelier than another.
      ...(distribution.isEstimated && logLikelihood === null && { tweediePower: null }),
      overdispersionTest: overdispersionTest(problem, logLikelihood, end, distribution),
      parameterCount,
      aic: logLikelihood === null ? null : -2 * logLikelihood + 2 * parameterCount,
      bic: logLikelihood === null ? null : -2 * logLikelihood + Math.log(rowCount) * parameterCount,
      rowCount,
      convergence,
      aliased,
      separated,
    },
    covariance,
  };
}

interface EndFigures {
  /** Expected information, X' W X, row-major. */
  readonly information: Float64Array;
  readonly deviance: number;
  readonly pearson: number;
  /** Sums of (y - mean)^2 - y and of mean^2. */
  readonly excess: number;
  readonly squares: number;
}

/** One more walk over the rows, at the coefficients as they are after the last step. */
function atTheEnd({ reduced, fit }: LogisticSolution, { link, variance }: GlmFamily): EndFigures {
  const { y, weights } = reduced;
  const pass = new LogisticPass(reduced);
  let pearson = 0;
  let excess = 0;
  let squares = 0;
  const loss = pass.evaluate(fit.beta, true, (start, rows) => {
    for (let i = 0; i < rows; i++) {
      const w = weights === null ? 1 : weights[start + i]!;
      const mean = link === 'log' ? Math.exp(pass.eta[i]!) : pass.eta[i]!;
      const slope = link === 'log' ? mean : 1;
      const spread = variance(mean);
      const distance = (y[start + i]! - mean) ** 2;
      // Where mean^2 is beneath what a number can hold, nothing is known of the row.
      pass.roots[i] = w > 0 && spread > 0 ? slope * Math.sqrt(w / spread) : 0;
      if (w === 0 || spread === 0) continue;
      pearson += (w * distance) / spread;
      excess += w * (distance - y[start + i]!);
      squares += w * mean * mean;
    }
    return 0;
  });
  return { information: pass.hessian, deviance: Math.max(0, 2 * loss), pearson, excess, squares };
}

function standardisedCovariance({ reduced, fit, kept }: LogisticSolution, information: Float64Array, dispersion: number | null, { standardErrors, clusters, distribution: { family } }: GlmSummaryOptions): Float64Array | null {
  if (standardErrors === 'robust' || standardErrors === 'cluster') {
    // White's (1982) sandwich is around the observed curvature, as in statsmodels and Stata.
    const pass = new LogisticPass(reduced);
    pass.evaluate(fit.beta, true);
    const observed = modelCovariance(pass.hessian, kept.length);
    return observed && sandwich(reduced, fit.beta, observed, clusters);
  }
  const inverse = modelCovariance(information, kept.length);
  if (inverse === null) return null;
  const isCount = family.name === 'poisson' || family.name === 'negative-binomial';
  if (isCount && standardErrors === 'model') return inverse;
  return dispersion === null ? null : inverse.map((value) => value * dispersion);
}

function noteOf(dispersion: number | null): string {
  return dispersion === null ? 'there are as many coefficients as rows: none is left to estimate the dispersion from' : 'the information where the fit ended is singular';
}

function likelihoodOf(problem: GlmProblem, solution: LogisticSolution, deviance: number, dispersion: number | null, { distribution: { family, parameter } }: GlmSummaryOptions): number | null {
  const total = totalWeight(problem);
  if (family.name === 'poisson') return poissonLikelihood(problem, deviance);
  if (family.name === 'negative-binomial') return negativeBinomialLikelihood(problem, parameter, deviance);
  if (family.name === 'gamma') return gammaLikelihood(problem, total, deviance);
  if (family.name === 'gaussian') return gaussianLikelihood(total, deviance);
  // A deviance that is rounding beside the targets: every row is met.
  const rows = tweedieRows(solution.reduced as GlmProblem, solution.fit.beta, parameter);
  return dispersion === null || !(deviance > 1e-12 * rows.exponent) ? null : tweedieLikelihood(rows, parameter, dispersion).logLikelihood;
}
