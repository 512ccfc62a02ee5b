import { logNormalCdf } from '../../numeric/logNormalCdf.js';
import { residualCdf, residualLogDensity, type FrontierLaw, type InefficiencyDistribution } from '../frontier/frontierLaw.js';
import { posteriorLocation, posteriorMoment, posteriorQuantile, posteriorSpread } from '../frontier/posterior.js';

/** Where the parameters of a customer's law stand in its list: the residual, ln sigmaU, mu / sigmaU, ln sigmaV and, for heavy tails, two more. */
export const RESIDUAL = 0;
/** ln sigmaU. */
export const LN_U = 1;
/** mu / sigmaU. */
export const TAU = 2;
/** ln sigmaV, the first of the noise. */
export const LN_V = 3;

interface Part extends FrontierLaw {
  sigmaU: number;
  sigmaV: number;
  mu: number;
}

/**
 * Noise less inefficiency of one customer, the noise being normal or, for heavy tails, now and then from a wider normal (Tukey, 1960): sigmaV and
 * sigmaV (1 + e^kappa), the latter with probability 1 / (1 + e^-omega). What u is given the residual is then a mixture of normals cut off at 0.
 */
export class MixedLaw {
  readonly parameters: Float64Array;
  readonly #shares: Float64Array = Float64Array.of(1, 0);
  readonly #parts: readonly [Part, Part];
  readonly #count: number;
  readonly #weights: Float64Array = Float64Array.of(1, 0);
  readonly #locations: Float64Array = new Float64Array(2);
  readonly #spreads: Float64Array = new Float64Array(2);

  constructor(distribution: InefficiencyDistribution, noise: readonly number[], tau: number) {
    const part = (): Part => ({ distribution, sigmaU: 1, sigmaV: 1, mu: 0 });
    this.#parts = [part(), part()];
    this.#count = noise.length > 1 ? 2 : 1;
    this.parameters = Float64Array.of(0, 0, tau, ...noise);
  }

  /** Takes over the parameters: call it after they were changed, but for the residual alone. */
  open(): void {
    const [first, second] = this.#parts;
    const p = this.parameters;
    first.sigmaU = second.sigmaU = Math.exp(p[LN_U]!);
    first.mu = second.mu = p[TAU]! * first.sigmaU;
    first.sigmaV = Math.exp(p[LN_V]!);
    if (this.#count === 1) return;
    second.sigmaV = first.sigmaV * (1 + Math.exp(p[4]!));
    this.#shares[1] = 1 / (1 + Math.exp(-p[5]!));
    this.#shares[0] = 1 - this.#shares[1];
  }

  /** ln of the density at the residual; leaves what u is, given it. */
  observe(): number {
    const e = this.parameters[RESIDUAL]!;
    for (let k = 0; k < this.#count; k++) {
      this.#locations[k] = posteriorLocation(this.#parts[k]!, e);
      this.#spreads[k] = posteriorSpread(this.#parts[k]!);
    }
    const first = residualLogDensity(this.#parts[0], e);
    if (this.#count === 1) return first;
    const a = first + Math.log(this.#shares[0]!);
    const b = residualLogDensity(this.#parts[1], e) + Math.log(this.#shares[1]!);
    const most = Math.max(a, b);
    const density = most + Math.log(Math.exp(a - most) + Math.exp(b - most));
    this.#weights[0] = Math.exp(a - density);
    this.#weights[1] = Math.exp(b - density);
    return density;
  }

  /** E[e^(t u) | residual]. */
  moment(t: number): number {
    let sum = 0;
    for (let k = 0; k < this.#count; k++) sum += this.#weights[k]! * posteriorMoment(this.#locations[k]!, this.#spreads[k]!, t);
    return sum;
  }

  /** The u not exceeded with probability q, given the residual. */
  quantile(q: number): number {
    const one = posteriorQuantile(this.#locations[0]!, this.#spreads[0]!, q);
    if (this.#count === 1) return one;
    const other = posteriorQuantile(this.#locations[1]!, this.#spreads[1]!, q);
    return rootBetween(Math.min(one, other), Math.max(one, other), (u) => this.#below(u) - q);
  }

  /** P(v - u <= residual), of all customers with these parameters. */
  cdf(residual: number): number {
    let sum = 0;
    for (let k = 0; k < this.#count; k++) sum += this.#shares[k]! * residualCdf(this.#parts[k]!, residual);
    return sum;
  }

  /** The residual not exceeded with probability q. */
  residualQuantile(q: number): number {
    const { sigmaU, sigmaV, mu } = this.#parts[this.#count - 1]!;
    const reach = 12 * (sigmaU + sigmaV) + Math.abs(mu);
    return rootBetween(-3 * reach, reach, (e) => this.cdf(e) - q);
  }

  /** E[e^(t v)] of the noise. */
  noiseMoment(t: number): number {
    let sum = 0;
    for (let k = 0; k < this.#count; k++) sum += this.#shares[k]! * Math.exp(0.5 * (t * this.#parts[k]!.sigmaV) ** 2);
    return sum;
  }

  /** The v not exceeded with probability q. */
  noiseQuantile(q: number): number {
    const reach = 10 * this.#parts[this.#count - 1]!.sigmaV;
    return rootBetween(-reach, reach, (v) => {
      let sum = -q;
      for (let k = 0; k < this.#count; k++) sum += this.#shares[k]! * Math.exp(logNormalCdf(v / this.#parts[k]!.sigmaV));
      return sum;
    });
  }

  #below(u: number): number {
    let sum = 0;
    for (let k = 0; k < 2; k++) {
      const z = this.#locations[k]! / this.#spreads[k]!;
      sum -= this.#weights[k]! * Math.expm1(logNormalCdf(z - u / this.#spreads[k]!) - logNormalCdf(z));
    }
    return sum;
  }
}

/** Where a rising function is 0: regula falsi in the Illinois form. */
export function rootBetween(low: number, high: number, rise: (x: number) => number): number {
  let [left, right] = [rise(low), rise(high)];
  if (left >= 0) return low;
  if (right <= 0) return high;
  for (let step = 0; step < 60 && high - low > 1e-10 * (Math.abs(low) + Math.abs(high)); step++) {
    const x = step % 4 === 3 ? (low + high) / 2 : low - (left * (high - low)) / (right - left);
    const y = rise(x);
    if (y === 0) return x;
    if (y < 0) {
      low = x;
      left = y;
      right /= 2;
    } else {
      high = x;
      right = y;
      left /= 2;
    }
  }
  return (low + high) / 2;
}
