import { incompleteBeta } from '../../../numeric/incompleteBeta.js';
import type { BuyingLaw } from '../buyingLaw.js';

/**
 * Purchases at a rate of each customer's own, gamma over customers, and nobody ever stops: the rate of who bought x times in a tenure T is gamma with
 * shape r + x and rate alpha + T (Ehrenberg, 1959). theta: r, alpha.
 */
export const nbdLaw: BuyingLaw = {
  names: ['r', 'alpha'],
  dropoutPowers: [],
  dropout: 'none',
  alive: () => 1,
  survives: () => 1,
  expected: (theta, x, _last, tenure, ahead) => ((theta[0]! + x) / (theta[1]! + tenure)) * ahead,
  atLeast: (theta, x, _last, tenure, ahead, least) => incompleteBeta(ahead / (theta[1]! + tenure + ahead), least, theta[0]! + x),
  // (1 + t / (alpha + T))^-(r + x) = 1 - share.
  waits: (theta, x, _last, tenure, share) => (theta[1]! + tenure) * Math.expm1(-Math.log1p(-share) / (theta[0]! + x)),
  discounted: (theta, x, _last, tenure, ahead, delta) => ((theta[0]! + x) / (theta[1]! + tenure)) * (delta === 0 ? ahead : -Math.expm1(-delta * ahead) / delta),
  posterior: (theta, x, _last, tenure) => [{ weight: 1, purchaseRate: [theta[0]! + x, theta[1]! + tenure], dropout: null }],
};
