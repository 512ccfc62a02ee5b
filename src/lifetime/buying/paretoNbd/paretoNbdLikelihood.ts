import { logRising, risingSlope } from '../../../numeric/risingFactorial.js';
import type { BuyingLikelihood } from '../fitting/buyingLikelihood.js';
import { nbdLikelihood } from '../nbd/nbdLikelihood.js';
import { logOddsOfDeath, paretoNbdLaw, timeIntegral } from './paretoNbdLaw.js';
import { paretoNbdWarnings } from './paretoNbdWarnings.js';

/**
 * With A = r + x: the logarithm of Gamma(A) / Gamma(r) alpha^r beta^s (alpha + T)^-A (beta + T)^-s (1 + odds of death), every power as a multiple of
 * ln(1 + T/alpha) or ln(1 + T/beta), so that shapes and rates may be huge together (Fader and Hardie, 2005).
 */
export const paretoNbdLikelihood: BuyingLikelihood = {
  law: paretoNbdLaw,
  evaluate(theta, { count, x, last, tenure, weights }, factors, gradient) {
    const integral = timeIntegral();
    const own = theta.slice();
    const [r, s] = [theta[0]!, theta[2]!];
    let [value, rSum, alphaSum, sSum, betaSum] = [0, 0, 0, 0, 0];
    let [known, rising, risingR] = [-1, 0, 0];
    for (let i = 0; i < count; i++) {
      const n = x[i]!;
      const time = tenure[i]!;
      const weight = weights[i]!;
      // Tuples ascend in x: what depends on it alone is computed once for all that share it.
      if (n !== known) [known, rising, risingR] = [n, logRising(r, n), risingSlope(r, n)];
      if (factors !== null) {
        own[1] = theta[1]! / factors.purchase[i]!;
        own[3] = theta[3]! / factors.dropout[i]!;
      }
      const alpha = own[1]!;
      const beta = own[3]!;
      const odds = logOddsOfDeath(own, n, last[i]!, time);
      const logPurchase = Math.log1p(time / alpha);
      const logDeath = Math.log1p(time / beta);
      value += weight * (rising - r * logPurchase - n * Math.log(alpha + time) - s * logDeath + (odds > 700 ? odds : Math.log1p(Math.exp(odds))));
      // Derivatives to the logarithms, of life and death by their probabilities; a mean over no time is none.
      let toR = risingR - logPurchase;
      let toAlpha = ((r + n) * time) / (alpha + time) - n;
      let toS = -logDeath;
      let toBeta = (s * time) / (beta + time);
      if (odds > -Infinity) {
        const dead = 1 / (1 + Math.exp(-odds));
        const silence = time - last[i]!;
        toR += dead * (Math.log1p(silence / (alpha + last[i]!)) - integral.meanLogA);
        toAlpha += dead * (r + n) * (integral.meanShareA - time / (alpha + time));
        toS += dead * (1 / s + Math.log1p(silence / (beta + last[i]!)) - integral.meanLogB);
        toBeta += dead * ((s + 1) * integral.meanShareB - 1 - (s * time) / (beta + time));
      }
      rSum += weight * toR;
      alphaSum += weight * toAlpha;
      sSum += weight * toS;
      betaSum += weight * toBeta;
      if (factors === null) continue;
      factors.purchaseSlopes[i] = -toAlpha;
      factors.dropoutSlopes[i] = -toBeta;
    }
    gradient[0] = r * rSum;
    gradient[1] = alphaSum;
    gradient[2] = s * sSum;
    gradient[3] = betaSum;
    return value;
  },
  // The heterogeneity of rates as if nobody died; half of the customers dead after a mean tenure, and the rate that then gives the purchases there were.
  start(tuples) {
    const [r = 1, alpha = 1] = nbdLikelihood.start(tuples);
    let time = 0;
    for (let i = 0; i < tuples.count; i++) time += tuples.weights[i]! * tuples.tenure[i]!;
    return [r, alpha * Math.LN2, 1, time > 0 ? time / tuples.customers : 1];
  },
  prior: (meanTenure) => [
    { weights: [1, 0, 0, 0], centre: 0, spread: 1.5 },
    { weights: [1, -1, 0, 0], centre: -Math.log(meanTenure), spread: 3 },
    { weights: [0, 0, 1, 0], centre: 0, spread: 1.5 },
    { weights: [0, 0, 1, -1], centre: -Math.log(meanTenure), spread: 3 },
  ],
  warnings: paretoNbdWarnings,
};
