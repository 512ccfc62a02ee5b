import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { normalQuantile, normalSurvival } from '../../numeric/normal.js';
import type { GlmFamily } from './glmFamily.js';
import { poissonLikelihood } from './glmLikelihood.js';
import type { GlmParameter, GlmSummary, OverdispersionTest } from './glmState.js';
import type { GlmProblem } from './solveGlm.js';

/** The distribution that was fitted: its family, and what is known of its parameter beside the mean. */
export interface Distribution {
  readonly family: GlmFamily;
  /** alpha of the negative binomial, p of Tweedie, 0 for others. */
  readonly parameter: number;
  readonly isEstimated: boolean;
  /** Of log alpha, or of p. */
  readonly standardError: number | null;
  /** Deviance of the Poisson fit the overdispersion was estimated from. */
  readonly poissonDeviance: number | null;
}

/** Parameters estimated beside the coefficients. */
export function countOwn({ family: { name }, isEstimated }: Distribution): number {
  const hasDispersion = name === 'gamma' || name === 'tweedie' || name === 'gaussian';
  return (hasDispersion ? 1 : 0) + (isEstimated ? 1 : 0);
}

/** Overdispersion and power with their intervals. */
export function parametersInWords({ family: { name }, parameter: value, standardError }: Distribution, confidence: number): Pick<GlmSummary, 'overdispersion' | 'theta' | 'tweediePower'> {
  const none = { overdispersion: null, theta: null, tweediePower: null };
  const reach = standardError === null ? null : normalQuantile((1 + confidence) / 2) * standardError;
  if (name === 'tweedie') {
    const interval = reach === null ? { lower: null, upper: null } : { lower: Math.max(1, value - reach), upper: Math.min(2, value + reach) };
    return { ...none, tweediePower: { estimate: value, standardError, ...interval } };
  }
  if (name !== 'negative-binomial') return none;
  // The interval is that of the logarithm: alpha is positive.
  const positive = (estimate: number): GlmParameter =>
    reach === null ? { estimate, standardError: null, lower: null, upper: null } : { estimate, standardError: estimate * standardError!, lower: estimate * Math.exp(-reach), upper: estimate * Math.exp(reach) };
  return { ...none, overdispersion: positive(value), theta: value > 0 ? positive(1 / value) : null };
}

/** Whether counts vary more than Poisson counts, from the sums of (y - mean)^2 - y and of mean^2, or from the likelihood without overdispersion. */
export function overdispersionTest(
  problem: GlmProblem,
  logLikelihood: number | null,
  { excess, squares }: { readonly excess: number; readonly squares: number },
  { family, parameter, poissonDeviance }: Distribution,
): OverdispersionTest | null {
  if (family.name === 'poisson') {
    const statistic = excess / Math.sqrt(2 * squares);
    return { test: 'score', statistic, p: normalSurvival(statistic) };
  }
  if (poissonDeviance === null || logLikelihood === null) return null;
  const statistic = parameter > 0 ? Math.max(0, 2 * (logLikelihood - poissonLikelihood(problem, poissonDeviance))) : 0;
  // alpha = 0 is the end of its range, where the estimate lies half of the time (Self and Liang, 1987): the statistic is then 0, and always at least that.
  return { test: 'likelihood ratio', statistic, p: statistic > 0 ? chiSquareSurvival(statistic, 1) / 2 : 1 };
}
