import { logRising, risingSlope } from '../../../numeric/risingFactorial.js';
import { minimiseTrustRegion } from '../../../numeric/trustRegion.js';
import { betaGeometricWarnings } from '../bgNbd/betaGeometricWarnings.js';
import type { BuyingWarning } from '../buyingState.js';
import type { BuyingLikelihood, PriorTerm } from '../fitting/buyingLikelihood.js';
import type { TupleFactors, Tuples } from '../fitting/tuples.js';
import { nbdLikelihood } from '../nbd/nbdLikelihood.js';
import { CnbdLaw } from './cnbdLaw.js';

/**
 * The likelihood of the (M)BG/CNBD-k model (Reutterer, Platzer and Schröder, 2021). With A = r + kx and m = `first`, a customer has
 *
 * (k - 1) sum of log gaps - x log gamma(k) + log (b)_(x+m) - log (a+b)_(x+m) + log (r)_kx + r log alpha - A log(alpha + T) + log(S1 + S2),
 * S1 = a / (b + x + m - 1) ((alpha + T) / (alpha + t))^A of who stopped at the last purchase, at t, and
 * S2 = sum over stages j < k of (A)_j / j! ((T - t) / (alpha + T))^j of who is alive; (r)_n = r (r + 1) … (r + n - 1).
 */
export class CnbdLikelihood implements BuyingLikelihood {
  readonly law: CnbdLaw;
  readonly needsGaps: boolean;
  /** Of the part alive: S2, and the derivatives of its logarithm to A and, times -(alpha + T), to alpha; written for each tuple, so that none is allocated. */
  readonly #alive = { logSum: 0, toShape: 0, meanStage: 0 };

  constructor(k: number, first: 0 | 1) {
    this.law = new CnbdLaw(k, first);
    // With one stage the gaps are exponential, and their sum says all.
    this.needsGaps = k > 1;
  }

  /** The sum of the logarithms above, and its derivatives. */
  evaluate(theta: Float64Array, { count, x, last, tenure, weights, sumLogGaps }: Tuples, factors: TupleFactors | null, gradient: Float64Array): number {
    const { k, first } = this.law;
    const alive = this.#alive;
    const logGammaK = logRising(1, k - 1);
    const r = theta[0]!;
    let alpha = theta[1]!;
    let a = theta[2]!;
    const b = theta[3]!;
    let logAlpha = Math.log(alpha);
    let [value, rSum, alphaSum, aSum, bSum] = [k > 1 ? (k - 1) * sumLogGaps : 0, 0, 0, 0, 0];
    // What depends on x alone, and on a and b.
    let [known, rising, risingToR, survived, survivedToA, survivedToB, stopped] = [-1, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const n = x[i]!;
      const stops = n + first;
      if (factors !== null) {
        alpha = theta[1]! / factors.purchase[i]!;
        a = theta[2]! * factors.dropout[i]!;
        logAlpha = Math.log(alpha);
      }
      // Tuples ascend in x: computed once for all that share it.
      if (n !== known) {
        rising = logRising(r, k * n) - n * logGammaK;
        risingToR = risingSlope(r, k * n);
      }
      if (n !== known || factors !== null) {
        survived = logRising(b, stops) - logRising(a + b, stops);
        survivedToA = -a * risingSlope(a + b, stops);
        survivedToB = b * (risingSlope(b, stops) - risingSlope(a + b, stops));
        stopped = stops === 0 ? -Infinity : Math.log(a / (b + (stops - 1)));
      }
      known = n;
      const shape = r + k * n;
      const time = tenure[i]!;
      const silent = time - last[i]!;
      const toNow = alpha + time;
      const toLast = alpha + last[i]!;
      const logGrowth = Math.log1p(time / alpha);
      sumAlive(alive, k, shape, silent / toNow);
      // The odds of having stopped at the last purchase.
      const silence = Math.log1p(silent / toLast);
      const logOdds = stopped + shape * silence - alive.logSum;
      const smaller = Math.exp(-Math.abs(logOdds));
      const dead = (logOdds > 0 ? 1 : smaller) / (1 + smaller);
      const mixed = alive.logSum + Math.max(0, logOdds) + Math.log1p(smaller);
      const toAlpha = (r * time - k * n * alpha) / toNow - (1 - dead) * alive.meanStage * (alpha / toNow) - dead * shape * (alpha / toLast) * (silent / toNow);
      const toA = survivedToA + dead;
      const toB = stops === 0 ? 0 : survivedToB - dead * (b / (b + (stops - 1)));
      const weight = weights[i]!;
      value += weight * (rising + survived - shape * logGrowth - k * n * logAlpha + mixed);
      rSum += weight * (risingToR - logGrowth + (1 - dead) * alive.toShape + dead * silence);
      alphaSum += weight * toAlpha;
      aSum += weight * toA;
      bSum += weight * toB;
      if (factors === null) continue;
      factors.purchaseSlopes[i] = -toAlpha;
      factors.dropoutSlopes[i] = toA;
    }
    gradient[0] = r * rSum;
    gradient[1] = alphaSum;
    gradient[2] = aSum;
    gradient[3] = bSum;
    return value;
  }

  /** That of customers who buy at random and never stop, sped up by the stages. */
  start(tuples: Tuples): number[] {
    const [r = 1, alpha = 1] = nbdLikelihood.start(tuples);
    return [r, alpha / this.law.k, 0.8, 2.5];
  }

  /** As of the BG/NBD, the rate that of purchases. */
  prior(meanTenure: number): PriorTerm[] {
    return [
      { weights: [1, 0, 0, 0], centre: 0, spread: 1.5 },
      { weights: [1, -1, 0, 0], centre: Math.log(this.law.k / meanTenure), spread: 3 },
      { weights: [0, 0, 1, -1], centre: -1.5, spread: 1.5 },
      { weights: [0, 0, 0.5, 0.5], centre: 0.5, spread: 1.5 },
    ];
  }

  /** As of the BG/NBD, against customers as regular who never stop. */
  warnings(theta: Float64Array, tuples: Tuples, logLikelihood: number): BuyingWarning[] {
    return betaGeometricWarnings(theta, tuples, logLikelihood, () => this.#withoutDropout(theta, tuples));
  }

  /** The highest log-likelihood of customers as regular who never stop, without covariates. */
  #withoutDropout(theta: Float64Array, tuples: Tuples): number {
    const slopes = new Float64Array(4);
    const objective = (at: Float64Array, gradient: Float64Array): number => {
      const value = this.evaluate(Float64Array.of(Math.exp(at[0]!), Math.exp(at[1]!), 1e-100, 1), tuples, null, slopes);
      gradient.set([-slopes[0]! / tuples.customers, -slopes[1]! / tuples.customers]);
      return -value / tuples.customers;
    };
    return -tuples.customers * minimiseTrustRegion(objective, Float64Array.of(Math.log(theta[0]!), Math.log(theta[1]!)), { tolerance: 1e-6 / tuples.customers, maxIterations: 50 }).value;
  }
}

/** S2 by its terms s_j: the logarithm of the sum, the mean of sum over i < j of 1 / (A + i), and the mean of j. */
function sumAlive(alive: { logSum: number; toShape: number; meanStage: number }, k: number, shape: number, share: number): void {
  let term = 1;
  let slope = 0;
  let sum = 1;
  let slopes = 0;
  let steps = 0;
  let logScale = 0;
  for (let j = 1; j < k; j++) {
    slope += 1 / (shape + (j - 1));
    term *= ((shape + (j - 1)) / j) * share;
    sum += term;
    slopes += term * slope;
    steps += term * j;
    if (term < 1e200) continue;
    // A search may try shapes whose powers have no double.
    [term, sum, slopes, steps, logScale] = [term * 1e-200, sum * 1e-200, slopes * 1e-200, steps * 1e-200, logScale + 200 * Math.LN10];
  }
  alive.logSum = Math.log(sum) + logScale;
  alive.toShape = slopes / sum;
  alive.meanStage = steps / sum;
}
