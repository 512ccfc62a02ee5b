import { logGamma } from '../../numeric/logGamma.js';

/** Targets, means and weights of the rows that are not 0, and what the rows of 0 add. */
export interface TweedieRows {
  readonly amounts: Float64Array;
  readonly weights: Float64Array;
  /** Sum over all rows of weight times (y mean^(1 - p) / (p - 1) + mean^(2 - p) / (2 - p)). */
  readonly exponent: number;
}

/** The log-likelihood at the dispersion where it is largest. */
export interface TweedieFit {
  readonly logLikelihood: number;
  readonly dispersion: number;
}

/**
 * The log-likelihood of a Tweedie distribution of power 1 < p < 2, a sum of a Poisson number of gamma amounts, at the dispersion where it is
 * largest: Newton's method on the logarithm of the dispersion, over the exact series of the density (Dunn and Smyth, 2005).
 */
export function tweedieLikelihood(rows: TweedieRows, power: number, start: number): TweedieFit {
  const density = new TweedieDensity(power);
  let logDispersion = Math.log(start);
  let best = density.logLikelihood(rows, Math.exp(logDispersion));
  for (let step = 0; step < 60; step++) {
    const { slope, curvature } = best;
    let move = curvature < 0 ? Math.max(-1, Math.min(1, -slope / curvature)) : Math.sign(slope) / 2;
    let next = density.logLikelihood(rows, Math.exp(logDispersion + move));
    for (let halvings = 0; halvings < 40 && !(next.value >= best.value - 1e-12 * Math.abs(best.value)); halvings++) {
      move /= 2;
      next = density.logLikelihood(rows, Math.exp(logDispersion + move));
    }
    logDispersion += move;
    best = next;
    if (Math.abs(move) < 1e-9) break;
  }
  return { logLikelihood: best.value, dispersion: Math.exp(logDispersion) };
}

/** Up to here the constants of the series come from a table. */
const TABLE_SIZE = 4096;

/** The densities of one power: they share the constants of their series. */
export class TweedieDensity {
  readonly #power: number;
  /** Gamma shape of one amount. */
  readonly #shape: number;
  readonly #table: Float64Array = new Float64Array(TABLE_SIZE);

  constructor(power: number) {
    this.#power = power;
    this.#shape = (2 - power) / (power - 1);
    for (let j = 1; j < TABLE_SIZE; j++) this.#table[j] = -logGamma(j + 1) - logGamma(j * this.#shape);
  }

  /** Value, slope and curvature in the logarithm of the dispersion. */
  logLikelihood({ amounts, weights, exponent }: TweedieRows, dispersion: number): { readonly value: number; readonly slope: number; readonly curvature: number } {
    const p = this.#power;
    const stretch = 1 + this.#shape;
    // log z less what depends on the amount.
    const constant = -this.#shape * Math.log(p - 1) - stretch * Math.log(dispersion) - Math.log(2 - p);
    let value = -exponent / dispersion;
    let slope = exponent / dispersion;
    let curvature = -exponent / dispersion;
    for (let row = 0; row < amounts.length; row++) {
      const w = weights[row]!;
      const log = Math.log(amounts[row]!);
      const { logSum, mean, variance } = this.#series(constant + this.#shape * log, Math.exp((2 - p) * log) / (dispersion * (2 - p)));
      value += w * (logSum - log);
      slope -= w * stretch * mean;
      curvature += w * stretch * stretch * variance;
    }
    return { value, slope, curvature };
  }

  /**
   * log of the sum over j of z^j / (j! Gamma(j shape)), and mean and variance of j under its terms. The terms are those of a bell with its top at
   * `top` and the standard deviation (top / (1 + shape))^(1/2): where it is wide, every few terms are enough, as with any smooth bell.
   */
  #series(logZ: number, top: number): { logSum: number; mean: number; variance: number } {
    const stride = Math.max(1, Math.floor(Math.sqrt(top / (1 + this.#shape)) / 3));
    const middle = Math.max(1, Math.round(top));
    const peak = this.#term(middle, logZ);
    let sum = 1;
    let first = 0;
    let second = 0;
    for (const direction of [-stride, stride]) {
      for (let j = middle + direction; j > 0; j += direction) {
        const log = this.#term(j, logZ) - peak;
        if (log < -40) break;
        const term = Math.exp(log);
        const distance = j - middle;
        sum += term;
        first += term * distance;
        second += term * distance * distance;
      }
    }
    const shift = first / sum;
    return { logSum: peak + Math.log(sum * stride), mean: middle + shift, variance: second / sum - shift * shift };
  }

  #term(j: number, logZ: number): number {
    return j * logZ + (j < TABLE_SIZE ? this.#table[j]! : -logGamma(j + 1) - logGamma(j * this.#shape));
  }
}
