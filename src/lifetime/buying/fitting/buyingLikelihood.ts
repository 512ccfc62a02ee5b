import type { BuyingLaw } from '../buyingLaw.js';
import type { BuyingWarning } from '../buyingState.js';
import type { TupleFactors, Tuples } from './tuples.js';

/** A combination of the logarithms of the parameters that the weak prior holds around a centre: weights · log(theta) ~ normal(centre, spread). */
export interface PriorTerm {
  /** One a parameter. */
  readonly weights: readonly number[];
  readonly centre: number;
  readonly spread: number;
}

/** All that a model declares in order to be fitted by `fitBuying`. */
export interface BuyingLikelihood {
  readonly law: BuyingLaw;
  /** Whether the fit needs `sumLogGaps`. @defaultValue false */
  readonly needsGaps?: boolean;
  /**
   * The sum over tuples of weight times log-likelihood at `theta`. Writes its derivatives to the logarithms of the parameters into `gradient` and,
   * where there are covariates, the slopes of `factors`. Finite for every theta above 0.
   */
  evaluate(theta: Float64Array, tuples: Tuples, factors: TupleFactors | null, gradient: Float64Array): number;
  /** Parameters to begin with, by moments. */
  start(tuples: Tuples): number[];
  /** Terms of the weak prior; `meanTenure` makes rates free of their unit. */
  prior(meanTenure: number): PriorTerm[];
  /**
   * What the estimates themselves say about how far to believe them. `withoutDropout` is the highest log-likelihood of these customers when nobody
   * ever stops, by the NBD with the same purchase covariates; it is computed when asked for.
   */
  warnings(theta: Float64Array, tuples: Tuples, logLikelihood: number, withoutDropout: () => number): BuyingWarning[];
}
