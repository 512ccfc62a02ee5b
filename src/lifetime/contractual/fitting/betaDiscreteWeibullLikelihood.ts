import { digamma } from '../../../numeric/digamma.js';
import { logGammaStep } from '../../../numeric/logGammaStep.js';
import type { RetentionLikelihood } from './retentionLikelihood.js';

/**
 * As the shifted beta-geometric, on the clock t^shape: the share that renews is S(t) / S(t - 1) with S(t) = B(alpha, beta + t^shape) / B(alpha, beta)
 * (Fader, Hardie, Liu, Davin and Steenburgh, 2018). Its logarithm is a difference of two steps of log gamma over the same stretch of the clock.
 */
export const betaDiscreteWeibullLikelihood: RetentionLikelihood = {
  names: ['alpha', 'beta', 'shape'],
  evaluate(theta, { atRisk, renewed }, gradient) {
    const [alpha, beta, shape] = theta as unknown as readonly [number, number, number];
    let [value, toAlpha, toBeta, toShape] = [0, 0, 0, 0];
    // At the clock of the period before: digammas of beta and of alpha + beta, each beside it, and what moving the shape moves.
    let clock = 0;
    let [lower, upper, moves] = [digamma(beta), digamma(alpha + beta), 0];
    for (let t = 1; t <= atRisk.length; t++) {
      const [there, stayed] = [atRisk[t - 1]!, renewed[t - 1]!];
      const next = t ** shape;
      const [nextLower, nextUpper] = [digamma(beta + next), digamma(alpha + beta + next)];
      const nextMoves = next * Math.log(t) * (nextLower - nextUpper);
      const log = logGammaStep(beta + clock, next - clock) - logGammaStep(alpha + beta + clock, next - clock);
      const leaves = -Math.expm1(log);
      value += stayed * log + (there > stayed ? (there - stayed) * Math.log(leaves) : 0);
      // The derivative to the logarithm of the share that renews.
      const slope = stayed - ((there - stayed) * (1 - leaves)) / leaves;
      toAlpha += slope * (upper - nextUpper);
      toBeta += slope * (nextLower - lower - nextUpper + upper);
      toShape += slope * (nextMoves - moves);
      [clock, lower, upper, moves] = [next, nextLower, nextUpper, nextMoves];
    }
    gradient[0] = alpha * toAlpha;
    gradient[1] = beta * toBeta;
    gradient[2] = shape * toShape;
    return value;
  },
  prior: [
    { weights: [1, -1, 0], centre: -1, spread: 1.5 },
    { weights: [0.5, 0.5, 0], centre: 0.5, spread: 1.5 },
    { weights: [0, 0, 1], centre: 0, spread: 0.5 },
  ],
};
