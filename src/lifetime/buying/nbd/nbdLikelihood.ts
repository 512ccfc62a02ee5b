import { logRising, risingSlope } from '../../../numeric/risingFactorial.js';
import type { BuyingWarning } from '../buyingState.js';
import type { BuyingLikelihood } from '../fitting/buyingLikelihood.js';
import { nbdLaw } from './nbdLaw.js';

/**
 * logGamma(r + x) - logGamma(r) + r ln alpha - (r + x) ln(alpha + T): of the times of purchases, so that it compares with the models with dropout.
 */
export const nbdLikelihood: BuyingLikelihood = {
  law: nbdLaw,
  evaluate(theta, { count, x, tenure, weights }, factors, gradient) {
    const r = theta[0]!;
    let [value, rSlope, alphaSlope] = [0, 0, 0];
    let [known, rising, slope] = [-1, 0, 0];
    for (let i = 0; i < count; i++) {
      const n = x[i]!;
      // Tuples ascend in x: what depends on it alone is computed once for all that share it.
      if (n !== known) [known, rising, slope] = [n, logRising(r, n), risingSlope(r, n)];
      const alpha = factors === null ? theta[1]! : theta[1]! / factors.purchase[i]!;
      const total = alpha + tenure[i]!;
      const logShare = -Math.log1p(tenure[i]! / alpha);
      const toAlpha = (r * tenure[i]! - n * alpha) / total;
      value += weights[i]! * (rising + r * logShare - n * Math.log(total));
      rSlope += weights[i]! * r * (slope + logShare);
      alphaSlope += weights[i]! * toAlpha;
      if (factors !== null) factors.purchaseSlopes[i] = -toAlpha;
    }
    gradient[0] = rSlope;
    gradient[1] = alphaSlope;
    return value;
  },
  start({ count, x, tenure, weights }) {
    let [purchases, time, squares, expected] = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      purchases += weights[i]! * x[i]!;
      time += weights[i]! * tenure[i]!;
    }
    // With nobody back, or no time to come back in, half a purchase is imagined.
    const rate = Math.max(purchases, 0.5) / (time > 0 ? time : 1);
    for (let i = 0; i < count; i++) {
      const mean = rate * tenure[i]!;
      squares += weights[i]! * ((x[i]! - mean) ** 2 - mean);
      expected += weights[i]! * mean * mean;
    }
    const r = Math.min(20, Math.max(0.05, squares > 0 ? expected / squares : 20));
    return [r, r / rate];
  },
  prior: (meanTenure) => [
    { weights: [1, 0], centre: 0, spread: 1.5 },
    { weights: [1, -1], centre: -Math.log(meanTenure), spread: 3 },
  ],
  warnings(theta, { x }): BuyingWarning[] {
    if (x.every((n) => n === 0)) return [{ code: 'NO_REPEAT_PURCHASES', message: 'nobody bought again, so that the rate of purchases is not known, only that it is low; wait, or give prior: \'weak\'' }];
    return theta[0]! > 1e3 ? [{ code: 'HETEROGENEITY_NOT_IDENTIFIED', message: 'the customers buy as if all at one rate (r is above 1,000): r and alpha tell their ratio only' }] : [];
  },
};
