import { hypergeometricOne } from '../../../numeric/hypergeometricOne.js';
import { logGammaStep } from '../../../numeric/logGammaStep.js';
import type { BuyingLaw, PosteriorPart } from '../buyingLaw.js';

/** Beyond this many periods a sum is not taken term by term. */
const LONG = 64;

/** A purchase that has not come within this many periods does not come. */
const NEVER = 100_000;

/**
 * At each of n opportunities a customer first dies with a probability of their own, beta(gamma, delta) over customers, and, where alive, buys with
 * another, beta(alpha, beta) (Fader, Hardie and Shang, 2010). theta: alpha, beta, gamma, delta.
 *
 * Of who bought x times, the last at t, it is known that they were alive at t. So all follows from v[k], the probability of having neither died nor
 * bought in the opportunities after t up to the k-th: v[t] = 1 and v[k + 1] = v[k] (beta + k - x) / (alpha + beta + k) (delta + k) / (gamma + delta + k).
 * The probability of the silence from t to n is the sum of v[k] gamma / (gamma + delta + k), death before the opportunity k + 1, and of v[n]. All terms
 * are positive and at most 1: nothing cancels or overflows.
 *
 * "Alive" is alive at the next opportunity, as in the paper; what follows is given that.
 */
export const bgBbLaw: BuyingLaw = {
  names: ['alpha', 'beta', 'gamma', 'delta'],
  dropoutPowers: [],
  dropout: 'probability',
  purchases: 'probability',
  alive(theta, x, last, tenure) {
    const { silent, alive } = silence(theta, x, last, tenure);
    return ((alive / silent) * (theta[3]! + tenure)) / (theta[2]! + theta[3]! + tenure);
  },
  survives: (theta, _x, _last, tenure, ahead) => Math.exp(logSurvival(theta[2]!, theta[3]! + tenure + 1, ahead)),
  expected: (theta, x, _last, tenure, ahead) => buyingShare(theta, x, tenure) * opportunities(theta[2]!, theta[3]! + tenure + 1, ahead),
  atLeast(theta, x, _last, tenure, ahead, least) {
    let sum = 0;
    walkPurchase(theta, x, tenure, least, ahead, (probability) => (sum += probability) < Infinity);
    return Math.min(1, sum);
  },
  waits(theta, x, _last, tenure, share) {
    let sum = 0;
    let periods = Infinity;
    walkPurchase(theta, x, tenure, 1, NEVER, (probability, opportunity, left) => {
      sum += probability;
      if (sum >= share) periods = opportunity;
      // No purchase can come but from those still silent and alive.
      return sum < share && sum + left >= share;
    });
    return periods;
  },
  discounted(theta, x, _last, tenure, ahead, delta) {
    const [gamma, start] = [theta[2]!, theta[3]! + tenure + 1];
    const each = Math.exp(-delta);
    if (ahead === Infinity) return buyingShare(theta, x, tenure) * each * hypergeometricOne(start, gamma + start, each, gamma, -Math.expm1(-delta));
    if (delta === 0) return buyingShare(theta, x, tenure) * opportunities(gamma, start, ahead);
    return buyingShare(theta, x, tenure) * addOpportunities(gamma, start, ahead, each);
  },
  posterior(theta, x, last, tenure) {
    const [alpha, beta, gamma, delta] = theta as unknown as readonly [number, number, number, number];
    const parts: PosteriorPart[] = [];
    const { silent } = silence(theta, x, last, tenure, (weight, k) => parts.push({ weight, purchaseRate: [alpha + x, beta + k - x], dropout: [gamma + 1, delta + k] }), (weight) => {
      parts.push({ weight, purchaseRate: [alpha + x, beta + tenure - x], dropout: [gamma, delta + tenure] });
    });
    return parts.map((part) => ({ ...part, weight: part.weight / silent }));
  },
};

/** The probability of the silence since the last purchase, and of being silent and alive; tells what each time of death adds, and being alive. */
function silence(theta: Float64Array, x: number, last: number, tenure: number, died?: (probability: number, after: number) => void, lives?: (probability: number) => void): { readonly silent: number; readonly alive: number } {
  const [alpha, beta, gamma, delta] = theta as unknown as readonly [number, number, number, number];
  let alive = 1;
  let dead = 0;
  for (let k = last; k < tenure; k++) {
    const share = alive / (gamma + delta + k);
    dead += gamma * share;
    died?.(gamma * share, k);
    alive = (share * (delta + k) * (beta + k - x)) / (alpha + beta + k);
  }
  lives?.(alive);
  return { silent: alive + dead, alive };
}

/** The probability of buying at an opportunity, of who is alive then. */
function buyingShare(theta: Float64Array, x: number, tenure: number): number {
  return (theta[0]! + x) / (theta[0]! + theta[1]! + tenure);
}

/** log of the probability to outlive `ahead` opportunities more, when the probability of dying is beta(gamma, start): B(gamma, start + ahead) / B(gamma, start). */
function logSurvival(gamma: number, start: number, ahead: number): number {
  return logGammaStep(start, ahead) - logGammaStep(gamma + start, ahead);
}

/** How many of the next opportunities are met alive, of who meets the first. */
function opportunities(gamma: number, start: number, ahead: number): number {
  if (ahead <= LONG) return addOpportunities(gamma, start, ahead, 1);
  // (gamma + start - 1) (1 - B(gamma - 1, start + ahead) / B(gamma - 1, start)) / (gamma - 1): its limit at gamma = 1 is taken from next to it.
  const excess = gamma === 1 ? 1e-100 : gamma - 1;
  const log = logGammaStep(start, excess) - logGammaStep(start + ahead, excess);
  return ((excess + start) * -Math.expm1(log)) / excess;
}

/** The same term by term, each worth `each` times the one before, from the first on. */
function addOpportunities(gamma: number, start: number, ahead: number, each: number): number {
  let sum = 0;
  let term = each;
  for (let k = 0; k < ahead && term > 1e-18 * sum; k++) {
    sum += term;
    term *= (each * (start + k)) / (gamma + start + k);
  }
  return sum;
}

/**
 * Tells the probability that the `least`-th purchase comes at each of the next opportunities, of who is alive at the first, and, for the first purchase,
 * of being silent and alive after it; as long as the answer is true. The purchases while alive are beta-binomial.
 */
function walkPurchase(theta: Float64Array, x: number, tenure: number, least: number, ahead: number, tell: (probability: number, opportunity: number, left: number) => boolean): void {
  const [alpha, beta, gamma] = [theta[0]! + x, theta[1]! + tenure - x, theta[2]!];
  const start = theta[3]! + tenure + 1;
  // Of least - 1 purchases in as many opportunities, all alive.
  let before = 1;
  for (let j = 0; j + 1 < least && j < ahead; j++) before *= (((alpha + j) / (alpha + beta + j)) * (start + j)) / (gamma + start + j);
  for (let j = least - 1; j < ahead; j++) {
    const each = 1 / (alpha + beta + j);
    const left = ((before * (j + 1)) / (j + 2 - least)) * (beta + j + 1 - least) * each;
    if (!tell(before * (alpha + least - 1) * each, j + 1, left)) return;
    before = (left * (start + j)) / (gamma + start + j);
  }
}
