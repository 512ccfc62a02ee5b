import { betaMean } from '../../../numeric/betaMean.js';
import { gaussLegendre } from '../../../numeric/gaussLegendre.js';
import { incompleteBeta } from '../../../numeric/incompleteBeta.js';
import { logGammaStep } from '../../../numeric/logGammaStep.js';
import { scaledExponentialIntegral } from '../../../numeric/scaledExponentialIntegral.js';
import type { BuyingLaw, PosteriorPart } from '../buyingLaw.js';
import { discountedByTime } from './discountedByTime.js';

/**
 * Purchases at a rate of each customer's own, gamma over customers, and a customer's own probability, beta over customers, of stopping at each purchase
 * after the first (`first` 0: Fader, Hardie and Lee, 2005) or at the first too (`first` 1: Batislam, Denizel and Filiztekin, 2007; Wagner and Hoppe, 2008).
 * theta: r, alpha, a, b.
 *
 * Given x purchases in a tenure T and alive, the rate is gamma with shape A = r + x and rate alpha + T, and independent of it the probability p of
 * stopping beta with shapes a and b + x + first: all answers follow from these two.
 */
export class BetaGeometricLaw implements BuyingLaw {
  readonly names: readonly string[] = ['r', 'alpha', 'a', 'b'];
  readonly dropoutPowers: BuyingLaw['dropoutPowers'] = [[2, 1]];
  readonly dropout = 'probability';
  readonly #first: 0 | 1;
  /** Made when first needed. */
  #rule: ReturnType<typeof gaussLegendre> | null = null;

  constructor(first: 0 | 1) {
    this.#first = first;
  }

  /** Without a purchase at which to stop, alive for certain; else by Bayes' rule from the silence since the last. */
  alive(theta: Float64Array, x: number, last: number, tenure: number): number {
    const purchases = x + this.#first;
    if (purchases === 0) return 1;
    const [r, alpha, a, b] = theta as unknown as Parameters4;
    const silence = (r + x) * Math.log1p((tenure - last) / (alpha + last));
    return 1 / (1 + (a / (b + (purchases - 1))) * Math.exp(silence));
  }

  /** Stopping comes at the rate lambda p: E (1 + p t / (alpha + T))^-A. */
  survives(theta: Float64Array, x: number, _last: number, tenure: number, ahead: number): number {
    const [r, alpha, a, b] = theta as unknown as Parameters4;
    const scaled = ahead / (alpha + tenure);
    return betaMean(a, b + x + this.#first, (p) => Math.exp(-(r + x) * Math.log1p(p * scaled)));
  }

  /** E (1 - (1 + p t / (alpha + T))^-A) / p. */
  expected(theta: Float64Array, x: number, _last: number, tenure: number, ahead: number): number {
    const [r, alpha, a, b] = theta as unknown as Parameters4;
    const A = r + x;
    const scaled = ahead / (alpha + tenure);
    const series = expectedBySeries(A, a, b + x + this.#first, scaled);
    if (series !== null) return series;
    return betaMean(a, b + x + this.#first, (p) => (p * scaled < 1e-17 ? A * scaled : -Math.expm1(-A * Math.log1p(p * scaled)) / p));
  }

  /** All but the last of them survived, and so many bought in time. */
  atLeast(theta: Float64Array, x: number, _last: number, tenure: number, ahead: number, least: number): number {
    const [r, alpha, a, b] = theta as unknown as Parameters4;
    const still = b + x + this.#first;
    const survived = Math.exp(logGammaStep(still, a) - logGammaStep(still + least - 1, a));
    return survived * incompleteBeta(ahead / (alpha + tenure + ahead), least, r + x);
  }

  /** (1 + t / (alpha + T))^-A = 1 - share: whoever is alive buys again. */
  waits(theta: Float64Array, x: number, _last: number, tenure: number, share: number): number {
    return (theta[1]! + tenure) * Math.expm1(-Math.log1p(-share) / (theta[0]! + x));
  }

  /** E lambda / (delta + lambda p), which is E (A / p) e^z E_A+1(z) with z = delta (alpha + T) / p. */
  discounted(theta: Float64Array, x: number, last: number, tenure: number, ahead: number, delta: number): number {
    if (ahead < Infinity && delta === 0) return this.expected(theta, x, last, tenure, ahead);
    if (ahead < Infinity) {
      this.#rule ??= gaussLegendre(12);
      return discountedByTime((time) => this.expected(theta, x, last, tenure, time), theta[1]! + tenure, ahead, delta, this.#rule);
    }
    const [r, alpha, a, b] = theta as unknown as Parameters4;
    const still = b + x + this.#first;
    if (delta === 0) return a > 1 ? (a + still - 1) / (a - 1) : Infinity;
    const A = r + x;
    const scaled = delta * (alpha + tenure);
    // Far out the integral is 1 / (z + A + 1), where z itself has no double.
    return betaMean(a, still, (p) => (1e9 * (A + 1) * p < scaled ? A / (scaled + (A + 1) * p) : (A / p) * scaledExponentialIntegral(A + 1, scaled / p)));
  }

  /** Alive at `tenure`, or stopped at the last purchase. */
  posterior(theta: Float64Array, x: number, last: number, tenure: number): PosteriorPart[] {
    const [r, alpha, a, b] = theta as unknown as Parameters4;
    const purchases = x + this.#first;
    const alive = this.alive(theta, x, last, tenure);
    const parts: PosteriorPart[] = [{ weight: alive, purchaseRate: [r + x, alpha + tenure], dropout: [a, b + purchases] }];
    return purchases === 0 ? parts : [...parts, { weight: 1 - alive, purchaseRate: [r + x, alpha + last], dropout: [a + 1, b + (purchases - 1)] }];
  }
}

type Parameters4 = readonly [r: number, alpha: number, a: number, b: number];

/**
 * The expected purchases by a series without the poles that the textbook's has at a = 1 and a + b = 1: with z = t / (alpha + T + t), c = a + still - 1,
 * e = a - 1 and B = c - A it is -(c ((1 - z)^e - 1) / e + (1 - z)^e S), S = B z + … (Euler's transformation of the hypergeometric function). Null where
 * terms would cancel or be many.
 */
function expectedBySeries(A: number, a: number, still: number, scaled: number): number | null {
  const z = scaled / (1 + scaled);
  const c = a + still - 1;
  const B = c - A;
  if (z > 0.9 || c > 60 || B < -2) return null;
  const log = -Math.log1p(scaled);
  const e = a - 1;
  const start = e === 0 ? log : Math.expm1(e * log) / e;
  let term = B * z;
  let sum = term;
  for (let n = 1; n < 500 && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= ((B + n) * (a + n - 1) * z) / ((c + n) * (n + 1));
    sum += term;
  }
  return -(c * start + Math.exp(e * log) * sum);
}
