import type { ResidualLaw } from './residualLaw.js';

/** How times are spread around what the features say. The last two are of the time itself, all others of its logarithm. */
export type TimeDistribution = 'weibull' | 'exponential' | 'log-normal' | 'log-logistic' | 'gaussian' | 'logistic';

/** What is behind the name of a distribution. */
export interface TimeFamily {
  readonly law: ResidualLaw;
  /** Whether the logarithm of the time is modelled. */
  readonly isLog: boolean;
  /** The scale, where it is no parameter. */
  readonly fixedScale: number | null;
}

/** The families whose features multiply time. */
export const TIME_FAMILIES: readonly TimeDistribution[] = ['weibull', 'exponential', 'log-normal', 'log-logistic'];

/** What is behind the name. */
export function timeFamily(distribution: TimeDistribution): TimeFamily {
  const isLog = distribution !== 'gaussian' && distribution !== 'logistic';
  const law = distribution === 'weibull' || distribution === 'exponential' ? 'extreme' : distribution === 'log-logistic' || distribution === 'logistic' ? 'logistic' : 'normal';
  return { law, isLog, fixedScale: distribution === 'exponential' ? 1 : null };
}
