import { gammaGammaLikelihood, type SpendRows } from './gammaGammaLikelihood.js';

/** The weak prior: independent normal laws of log p, log q and log (p v / q), the scale of amounts over their geometric mean. */
const PRIOR = [
  { weights: [1, 0, 0], centre: 1.2, spread: 1 },
  { weights: [0, 1, 0], centre: 1.4, spread: 0.7 },
  { weights: [1, -1, 1], centre: 0, spread: 1 },
] as const;

/** No parameter is looked for outside e^±40: there the likelihood is flat. */
const REACH = 40;

/** Minus the mean log-posterior of a customer at log p, log q and log v: what the search makes small. */
export class SpendObjective {
  readonly rows: SpendRows;
  /** How often the likelihood was computed. */
  evaluations = 0;
  readonly #hasPrior: boolean;

  constructor(rows: SpendRows, hasPrior: boolean) {
    this.rows = rows;
    this.#hasPrior = hasPrior;
  }

  /** The value, its gradient written. Infinity refuses the point. */
  evaluate(at: Float64Array, gradient: Float64Array): number {
    if (at.some((log) => !(Math.abs(log) <= REACH))) return Infinity;
    const { customers } = this.rows;
    const value = this.logLikelihood(at, gradient) + this.logPrior(at, gradient);
    for (let j = 0; j < 3; j++) gradient[j]! /= -customers;
    return -value / customers;
  }

  /** The log-likelihood of all customers, its gradient written. */
  logLikelihood(at: Float64Array, gradient: Float64Array): number {
    this.evaluations++;
    return gammaGammaLikelihood(Math.exp(at[0]!), Math.exp(at[1]!), Math.exp(at[2]!), this.rows, gradient);
  }

  /** The prior up to a constant; its gradient is added. */
  logPrior(at: Float64Array, gradient: Float64Array): number {
    let sum = 0;
    if (!this.#hasPrior) return sum;
    for (const { weights, centre, spread } of PRIOR) {
      const away = (weights[0] * at[0]! + weights[1] * at[1]! + weights[2] * at[2]! - centre) / spread;
      sum -= 0.5 * away * away;
      for (let j = 0; j < 3; j++) gradient[j]! -= (away * weights[j]!) / spread;
    }
    return sum;
  }
}
