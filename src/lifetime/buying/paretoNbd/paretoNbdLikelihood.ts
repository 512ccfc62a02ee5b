import { logRising, risingSlope } from '../../../numeric/risingFactorial.js';
import type { BuyingLikelihood } from '../fitting/buyingLikelihood.js';
import type { TupleFactors, Tuples } from '../fitting/tuples.js';
import { nbdLikelihood } from '../nbd/nbdLikelihood.js';
import { DeathTable } from './deathTable.js';
import { logOddsOfDeath, paretoNbdLaw, timeIntegral } from './paretoNbdLaw.js';
import { paretoNbdWarnings } from './paretoNbdWarnings.js';
import type { TimeIntegral } from './timeIntegral.js';

/**
 * What the Pareto/NBD declares in order to be fitted, for one fit: what the times of the histories have in common is looked up once.
 */
export function paretoNbdLikelihood(): BuyingLikelihood {
  let of: Tuples | null = null;
  let table: DeathTable | null = null;
  return {
    law: paretoNbdLaw,
    evaluate(theta, tuples, factors, gradient) {
      if (tuples !== of) table = new DeathTable(tuples);
      of = tuples;
      return evaluate(theta, tuples, factors, gradient, factors === null ? table : null);
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
}

/**
 * With A = r + x: the logarithm of Gamma(A) / Gamma(r) alpha^r beta^s (alpha + T)^-A (beta + T)^-s (1 + odds of death), every power as a multiple of
 * ln(1 + T/alpha) or ln(1 + T/beta), so that shapes and rates may be huge together (Fader and Hardie, 2005).
 */
function evaluate(theta: Float64Array, { count, x, last, tenure, weights }: Tuples, factors: TupleFactors | null, gradient: Float64Array, table: DeathTable | null): number {
  let means: TimeIntegral | DeathTable = timeIntegral();
  const own = theta.slice();
  const [r, s] = [theta[0]!, theta[2]!];
  let [value, rSum, alphaSum, sSum, betaSum] = [0, 0, 0, 0, 0];
  let [known, rising, risingR] = [-1, 0, 0];
  for (let i = 0; i < count; i++) {
    const n = x[i]!;
    const time = tenure[i]!;
    const weight = weights[i]!;
    // Tuples ascend in x: what depends on it alone is computed once for all that share it.
    if (n !== known) {
      [known, rising, risingR] = [n, logRising(r, n), risingSlope(r, n)];
      let next = i + 1;
      while (next < count && x[next] === n) next++;
      means = table !== null && table.make(theta, n, next - i) ? table : timeIntegral();
    }
    if (factors !== null) {
      own[1] = theta[1]! / factors.purchase[i]!;
      own[3] = theta[3]! / factors.dropout[i]!;
    }
    const alpha = own[1]!;
    const beta = own[3]!;
    const odds = means === table ? table.logOdds(i) : logOddsOfDeath(own, n, last[i]!, time);
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
      toR += dead * (Math.log1p(silence / (alpha + last[i]!)) - means.meanLogA);
      toAlpha += dead * (r + n) * (means.meanShareA - time / (alpha + time));
      toS += dead * (1 / s + Math.log1p(silence / (beta + last[i]!)) - means.meanLogB);
      toBeta += dead * ((s + 1) * means.meanShareB - 1 - (s * time) / (beta + time));
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
}
