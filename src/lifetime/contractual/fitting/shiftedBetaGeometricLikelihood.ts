import type { RetentionLikelihood } from './retentionLikelihood.js';

/**
 * Of those who come to the renewal t, (beta + t - 1) / (alpha + beta + t - 1) renew: the survivors among customers who differ. No special function is
 * needed (Fader and Hardie, 2007, in the form of hazards).
 */
export const shiftedBetaGeometricLikelihood: RetentionLikelihood = {
  names: ['alpha', 'beta'],
  evaluate(theta, { atRisk, renewed }, gradient) {
    const [alpha, beta] = [theta[0]!, theta[1]!];
    let [value, toAlpha, toBeta] = [0, 0, 0];
    for (let t = 0; t < atRisk.length; t++) {
      const [there, stayed] = [atRisk[t]!, renewed[t]!];
      const all = alpha + beta + t;
      if (stayed > 0) value -= stayed * Math.log1p(alpha / (beta + t));
      if (there > stayed) value += (there - stayed) * Math.log(alpha / all);
      toAlpha += there - stayed - (there * alpha) / all;
      toBeta += (stayed * beta) / (beta + t) - (there * beta) / all;
    }
    gradient[0] = toAlpha;
    gradient[1] = toBeta;
    return value;
  },
  prior: [
    { weights: [1, -1], centre: -1, spread: 1.5 },
    { weights: [0.5, 0.5], centre: 0.5, spread: 1.5 },
  ],
};
