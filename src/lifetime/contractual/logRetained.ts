import { logGammaStep } from '../../numeric/logGammaStep.js';

/** Parameters of a law of renewals: alpha and beta of the beta law of leaving, and the shape of time, 1 in the shifted beta-geometric. */
export type RetentionTheta = readonly [alpha: number, beta: number, shape: number];

/**
 * log of S(to) / S(from), what share of those there after `from` periods is there after `to`: S(t) = B(alpha, beta + t^shape) / B(alpha, beta).
 * Four log gammas, paired so that what they have in common goes: over the time between, so that a share close to 1 keeps its digits, or, where that is
 * longer, over alpha.
 */
export function logRetained([alpha, beta, shape]: RetentionTheta, from: number, to: number): number {
  const start = shape === 1 ? from : from ** shape;
  const step = shape === 1 ? to - from : to ** shape - start;
  // Clocks beyond every double: S falls by the power alpha of them.
  if (!(step < Infinity)) return (start < Infinity ? logGammaStep(beta + start, alpha) : alpha * shape * Math.log(from)) - alpha * shape * Math.log(to);
  if (step > alpha) return logGammaStep(beta + start, alpha) - logGammaStep(beta + start + step, alpha);
  return logGammaStep(beta + start, step) - logGammaStep(alpha + beta + start, step);
}
