import type { RenewalCounts } from '../renewals.js';

/** A combination of logarithms of the parameters that the weak prior holds around a centre: weights · log(theta) ~ normal(centre, spread). */
export interface RetentionPriorTerm {
  /** One a parameter. */
  readonly weights: readonly number[];
  readonly centre: number;
  readonly spread: number;
}

/** All that a law of renewals declares in order to be fitted by `fitRetention`. */
export interface RetentionLikelihood {
  /** Of the parameters, all above 0. */
  readonly names: readonly string[];
  /** The log-likelihood at `theta`; writes its derivatives to the logarithms of the parameters. NaN refuses the point. */
  evaluate(theta: Float64Array, counts: RenewalCounts, gradient: Float64Array): number;
  readonly prior: readonly RetentionPriorTerm[];
}

/** Renewals and losses over all periods; the share that renews, kept away from 0 and 1. */
export function totalRenewals({ atRisk, renewed }: RenewalCounts): { readonly renewals: number; readonly losses: number; readonly share: number } {
  const trials = atRisk.reduce((sum, count) => sum + count, 0);
  const renewals = renewed.reduce((sum, count) => sum + count, 0);
  return { renewals, losses: trials - renewals, share: Math.min(0.99, Math.max(0.01, renewals / trials)) };
}
