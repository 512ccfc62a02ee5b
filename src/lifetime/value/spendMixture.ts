import { betaFraction } from '../../numeric/incompleteBeta.js';
import { logGamma } from '../../numeric/logGamma.js';
import { normalQuantile } from '../../numeric/normal.js';
import type { CountBands } from './countBands.js';

/**
 * The distribution of what a customer spends in a number of purchases that is not known: each purchase gamma with shape p and the customer's own rate nu,
 * nu gamma with a shape q and rate 1. n purchases then sum up to a beta prime variable, P(sum <= s) = I_{s / (1 + s)}(p n, q), in closed form; the sum over
 * {@link CountBands} of their probabilities is the distribution, with an atom at 0 of those who do not buy.
 *
 * `noise`, the squared variation of a single purchase (1 / p, and more where purchases are discounted differently), and the numbers within a band go
 * into the shape of the sum by its variance: 1 / shape = noise / n + var(n) / n², its mean unchanged.
 */
export class SpendMixture {
  readonly #bands: CountBands;
  readonly #shapes = new Float64Array(512);
  readonly #scales = new Float64Array(512);
  readonly #logBetas = new Float64Array(512);
  #q = 1;
  #density = 0;

  constructor(bands: CountBands) {
    this.#bands = bands;
  }

  /** The bands as they are now, with the law of spending of their customer. */
  load(p: number, q: number, noise: number): void {
    const { size, counts, spreads } = this.#bands;
    this.#q = q;
    const logGammaQ = logGamma(q);
    for (let b = 0; b < size; b++) {
      const n = counts[b]!;
      const shape = 1 / (noise / n + spreads[b]! / (n * n));
      this.#shapes[b] = shape;
      this.#scales[b] = (p * n) / shape;
      this.#logBetas[b] = logGammaQ + logGamma(shape) - logGamma(shape + q);
    }
  }

  /** The sum that is not exceeded with probability `share`. */
  quantile(share: number): number {
    const { none } = this.#bands;
    if (share <= none) return 0;
    const target = Math.log((share - none) / (1 - share));
    let [low, high] = [-Infinity, Infinity];
    let at = this.#start((share - none) / (1 - none));
    // Newton on the log odds against the logarithm of the sum, where distribution functions are nearly straight; kept within what is known.
    for (let step = 0; step < 100; step++) {
      const above = this.#exceeds(at);
      const below = Math.max(1 - none - above, 1e-300);
      const error = Math.log(below / Math.max(above, 1e-300)) - target;
      if (error > 0) high = at;
      else low = at;
      const newton = at - (error * below * above) / (this.#density * (1 - none));
      const next = newton > low && newton < high && Math.abs(newton - at) < 4 ? newton : between(low, high, at);
      const moved = Math.abs(next - at);
      at = next;
      // What is left is the square of the last step.
      if (moved < 1e-5) break;
    }
    return Math.exp(at);
  }

  /** The variance of the sum: Infinity where amounts have none. */
  variance(p: number): number {
    const { size, counts, weights } = this.#bands;
    const q = this.#q;
    if (q <= 2) return size === 0 ? 0 : Infinity;
    let [mean, square] = [0, 0];
    for (let b = 0; b < size; b++) {
      const amount = p * counts[b]!;
      mean += weights[b]! * amount;
      square += weights[b]! * amount * amount * (1 + 1 / this.#shapes[b]!);
    }
    return (square / (q - 2) - (mean * mean) / (q - 1)) / (q - 1);
  }

  /** Where the search begins: as if the sum were lognormal. */
  #start(share: number): number {
    const { size, weights } = this.#bands;
    let [total, first, second] = [0, 0, 0];
    for (let b = 0; b < size; b++) {
      const mean = this.#shapes[b]! * this.#scales[b]!;
      total += weights[b]!;
      first += weights[b]! * mean;
      second += weights[b]! * mean * mean * (1 + 1 / this.#shapes[b]!);
    }
    const variance = Math.log((second * total) / (first * first));
    return Math.log(first / (total * this.#q)) - variance / 2 + Math.sqrt(variance + 1 / this.#q) * normalQuantile(share);
  }

  /** The probability of more than exp(at), the density of the logarithm beside it. */
  #exceeds(at: number): number {
    const { size, weights } = this.#bands;
    const q = this.#q;
    const sum = Math.exp(at);
    let above = 0;
    this.#density = 0;
    for (let b = 0; b < size; b++) {
      const scale = this.#scales[b]!;
      const shape = this.#shapes[b]!;
      // I_x(shape, q) at x = sum / (sum + scale); of the two tails the one whose continued fraction converges fast.
      const [x, rest] = [sum / (sum + scale), scale / (sum + scale)];
      const front = Math.exp(shape * Math.log(x) + q * Math.log(rest) - this.#logBetas[b]!);
      const tail = x < (shape + 1) / (shape + q + 2) ? 1 - (front * betaFraction(x, shape, q)) / shape : (front * betaFraction(rest, q, shape)) / q;
      above += weights[b]! * tail;
      this.#density += weights[b]! * front;
    }
    return above;
  }
}

function between(low: number, high: number, at: number): number {
  if (low === -Infinity) return at - 2;
  return high === Infinity ? at + 2 : (low + high) / 2;
}
