import { termNames, type EncodingTerm } from '../../data/encodingTerm.js';
import { buildEffects } from '../../learners/buildEffects.js';
import { coefficientLine } from '../../learners/logisticInference.js';
import type { AliasedColumn, CoefficientCovariance } from '../../learners/logisticState.js';
import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { finiteInverse, rawCovariance, sandwich } from './coxCovariance.js';
import type { CoxRegressionOptions } from './coxOptions.js';
import type { CoxRows } from './coxRows.js';
import type { CoxCoefficient, CoxInference, CoxStatus, CoxSummary, CoxTest, CoxTests } from './coxState.js';
import { inverseOf, type CoxSolution } from './solveCox.js';

/** What the summary needs to know besides the fit. */
export interface CoxSummaryTask {
  readonly options: CoxRegressionOptions;
  readonly terms: readonly EncodingTerm[];
  readonly solution: CoxSolution;
  /** Products of score residuals, summed, as {@link CoxInference} has them; null for the model's own errors. */
  readonly meat: Float64Array | null;
}

/** The fit in the words of the user, on the raw scale. */
export interface CoxInWords {
  readonly summary: CoxSummary;
  readonly covariance: CoefficientCovariance | null;
  /** Standardised, of all kept columns; null where there is none. */
  readonly inverse: Float64Array | null;
  readonly effects: ReturnType<typeof buildEffects>;
}

/** The solution in the words of the user. */
export function summariseCox({ options, terms, solution, meat }: CoxSummaryTask): CoxInWords {
  const { rows, kept, fit, atZero, curvature } = solution;
  const { confidence = 0.95, penalty = null, standardErrors = 'model' } = options;
  const names = terms.flatMap(termNames);
  const moved = movedColumns(solution);
  const inverse = curvature === null ? null : inverseOf(curvature, kept.length);
  const finite = curvature === null ? null : finiteInverse(curvature, atZero.information, moved, inverse);
  const robust = finite && meat && sandwich(finite, meat, kept.length);
  const covariance = finite && rawCovariance(robust ?? finite, rows, moved);
  const slopes = new Float64Array(names.length);
  kept.forEach((column, k) => (slopes[column] = fit.beta[k]!));
  const effects = buildEffects(terms, slopes);
  const { totalWeight, events } = countRows(rows);
  const parameterCount = solution.parameterCount;
  const separated = kept.flatMap((column, k) => (moved[k] ? [names[column]!] : []));
  const status = statusOf(solution);
  return {
    summary: {
      duration: options.duration,
      event: options.event ?? null,
      features: effects.map(({ column }) => column),
      strata: options.strata ?? null,
      ties: options.ties ?? 'efron',
      penalty,
      coefficients: kept.map((column, k) => withRatio(coefficientLine(names[column]!, fit.beta[k]! / rows.scales[k]!, varianceOf(covariance, names[column]!), confidence))),
      inference: covariance && { standardErrors: wordOf(standardErrors), confidence },
      inferenceNote: noteOf(options, covariance),
      logLikelihood: fit.sums.logLikelihood,
      nullLogLikelihood: atZero.logLikelihood,
      penalisedLogLikelihood: solution.penalised,
      tests: penalty === null && kept.length > 0 ? testsOf(solution, separated.length > 0 ? null : (robust ?? inverse)) : null,
      parameterCount,
      aic: -2 * fit.sums.logLikelihood + 2 * parameterCount,
      rowCount: totalWeight,
      events,
      status,
      convergence: {
        converged: status === 'converged',
        iterations: fit.iterations,
        gradientNorm: fit.sums.gradient.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0) / totalWeight,
        reason: separated.length === 0 ? fit.outcome : `${fit.outcome}; no finite estimate for ${separated.join(', ')}; use penalty: { firth: true }`,
      },
      aliased: aliasesInWords(solution, names),
      separated,
    },
    covariance,
    inverse,
    effects,
  };
}

/** Which of the kept columns the direction to infinity moves. */
function movedColumns({ fit, kept }: CoxSolution): boolean[] {
  const { direction } = fit;
  if (direction === null) return kept.map(() => false);
  const most = direction.reduce((soFar, d) => Math.max(soFar, Math.abs(d)), 0);
  return Array.from(direction, (d) => Math.abs(d) > 1e-3 * most);
}

function statusOf({ fit }: CoxSolution): CoxStatus {
  if (fit.direction !== null || fit.outcome === 'no finite maximum') return 'separated';
  if (fit.outcome === 'iteration limit') return 'maxIterations';
  return fit.outcome === 'stopped by onProgress' ? 'stopped' : 'converged';
}

function varianceOf(covariance: CoefficientCovariance | null, name: string): number | null {
  const at = covariance?.names.indexOf(name) ?? -1;
  return at < 0 ? null : covariance!.values[at * (covariance!.names.length + 1)]!;
}

function withRatio(line: Omit<CoxCoefficient, 'hazardRatio'>): CoxCoefficient {
  const { name, estimate, ...rest } = line;
  return { name, estimate, hazardRatio: Math.min(Math.exp(estimate), Number.MAX_VALUE), ...rest };
}

function wordOf(standardErrors: NonNullable<CoxRegressionOptions['standardErrors']>): CoxInference['standardErrors'] {
  return typeof standardErrors === 'object' ? 'cluster' : standardErrors;
}

function noteOf({ penalty }: CoxRegressionOptions, covariance: CoefficientCovariance | null): string | null {
  if (penalty !== undefined && 'lambda' in penalty) return 'estimates of an elastic net are biased towards 0 by an unknown amount: standard errors would say nothing of it';
  if (penalty !== undefined && 'ridge' in penalty) return 'standard errors of a ridge know the noise of the estimates, not their bias towards 0';
  return covariance === null ? 'the information where the fit ended is singular' : null;
}

function countRows({ weights, events, rowCount }: CoxRows): { readonly totalWeight: number; readonly events: number } {
  let [totalWeight, count] = [0, 0];
  for (let row = 0; row < rowCount; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    totalWeight += weight;
    if (events[row] === 1) count += weight;
  }
  return { totalWeight, events: count };
}

function testsOf({ atZero, fit }: CoxSolution, covariance: Float64Array | null): CoxTests {
  const size = atZero.gradient.length;
  const test = (statistic: number): CoxTest => ({ statistic, degreesOfFreedom: size, p: chiSquareSurvival(statistic, size) });
  const precision = covariance && inverseOf(covariance, size);
  return {
    likelihoodRatio: test(Math.max(0, 2 * (fit.sums.logLikelihood - atZero.logLikelihood))),
    wald: precision && test(form(precision, fit.beta)),
    score: test(form(inverseOf(atZero.information, size)!, atZero.gradient)),
  };
}

function form(matrix: Float64Array, vector: Float64Array): number {
  return vector.reduce((sum, x, i) => sum + x * vector.reduce((inner, y, j) => inner + matrix[i * vector.length + j]! * y, 0), 0);
}

function aliasesInWords({ aliased }: CoxSolution, names: readonly string[]): AliasedColumn[] {
  return aliased.map(({ position, of }) => ({ name: names[position]!, combinationOf: of.map((part) => names[part.position]!) }));
}
