import type { BuyingLikelihood, PriorTerm } from './buyingLikelihood.js';
import type { TupleFactors, Tuples } from './tuples.js';

/** What a fit works on. */
export interface FittingDesign {
  readonly tuples: Tuples;
  readonly purchaseNames: readonly string[];
  readonly dropoutNames: readonly string[];
  /** Covariates of each tuple: those of purchases, then those of dropout. */
  readonly values: readonly Float64Array[];
}

/** No parameter is looked for outside e^±60: there the likelihood is flat. */
const REACH = 60;

/** Minus the mean log-posterior of a customer at logarithms of parameters and at coefficients: what the search makes small. */
export class BuyingObjective {
  readonly likelihood: BuyingLikelihood;
  readonly design: FittingDesign;
  /** How often the likelihood was computed. */
  evaluations = 0;
  readonly #terms: readonly PriorTerm[];
  readonly #theta: Float64Array;
  readonly #slopes: Float64Array;
  readonly #factors: TupleFactors | null;

  constructor(likelihood: BuyingLikelihood, design: FittingDesign, hasPrior: boolean) {
    const { tuples, values } = design;
    const { names } = likelihood.law;
    this.likelihood = likelihood;
    this.design = design;
    this.#terms = hasPrior ? priorTerms(likelihood, design) : [];
    this.#theta = new Float64Array(names.length);
    this.#slopes = new Float64Array(names.length);
    const column = (): Float64Array => new Float64Array(tuples.count);
    this.#factors = values.length === 0 ? null : { purchase: column(), dropout: column(), purchaseSlopes: column(), dropoutSlopes: column() };
  }

  /** Parameters and coefficients. */
  get size(): number {
    return this.#theta.length + this.design.values.length;
  }

  /** The value, its gradient written. Infinity refuses the point. */
  evaluate(at: Float64Array, gradient: Float64Array): number {
    const { customers } = this.design.tuples;
    const logLikelihood = this.logLikelihood(at, gradient);
    if (!Number.isFinite(logLikelihood)) return Infinity;
    const logPrior = this.logPrior(at, gradient);
    for (let j = 0; j < gradient.length; j++) gradient[j]! /= -customers;
    return -(logLikelihood + logPrior) / customers;
  }

  /** The log-likelihood of all customers, its gradient written. */
  logLikelihood(at: Float64Array, gradient: Float64Array): number {
    if (at.some((log) => !(Math.abs(log) <= REACH))) return -Infinity;
    const theta = this.#theta;
    for (let j = 0; j < theta.length; j++) theta[j] = Math.exp(at[j]!);
    this.#moveFactors(at);
    this.evaluations++;
    const value = this.likelihood.evaluate(theta, this.design.tuples, this.#factors, this.#slopes);
    gradient.set(this.#slopes);
    this.#addCoefficientSlopes(gradient);
    return value;
  }

  /** The prior at a point, up to a constant; its gradient is added. */
  logPrior(at: Float64Array, gradient: Float64Array): number {
    let sum = 0;
    for (const { weights, centre, spread } of this.#terms) {
      const away = (weights.reduce((total, weight, j) => total + weight * at[j]!, 0) - centre) / spread;
      sum -= 0.5 * away * away;
      for (let j = 0; j < weights.length; j++) gradient[j]! -= (away * weights[j]!) / spread;
    }
    return sum;
  }

  #moveFactors(at: Float64Array): void {
    if (this.#factors === null) return;
    const { values, purchaseNames } = this.design;
    const { purchase, dropout } = this.#factors;
    purchase.fill(0);
    dropout.fill(0);
    values.forEach((column, c) => {
      const logs = c < purchaseNames.length ? purchase : dropout;
      const coefficient = at[this.#theta.length + c]!;
      for (let i = 0; i < column.length; i++) logs[i]! += coefficient * column[i]!;
    });
    for (let i = 0; i < purchase.length; i++) {
      purchase[i] = Math.exp(purchase[i]!);
      dropout[i] = Math.exp(dropout[i]!);
    }
  }

  #addCoefficientSlopes(gradient: Float64Array): void {
    if (this.#factors === null) return;
    const { values, purchaseNames, tuples } = this.design;
    values.forEach((column, c) => {
      const slopes = c < purchaseNames.length ? this.#factors!.purchaseSlopes : this.#factors!.dropoutSlopes;
      let sum = 0;
      for (let i = 0; i < column.length; i++) sum += tuples.weights[i]! * slopes[i]! * column[i]!;
      gradient[this.#theta.length + c] = sum;
    });
  }
}

function priorTerms(likelihood: BuyingLikelihood, { tuples, values }: FittingDesign): PriorTerm[] {
  let total = 0;
  for (let i = 0; i < tuples.count; i++) total += tuples.weights[i]! * tuples.tenure[i]!;
  // A tenure of nothing has no unit to be free of.
  const terms = likelihood.prior(total > 0 ? total / tuples.customers : 1);
  const width = likelihood.law.names.length + values.length;
  const coefficients = values.map((_, c): PriorTerm => ({ weights: Array.from({ length: width }, (__, j) => Number(j === likelihood.law.names.length + c)), centre: 0, spread: 1 }));
  return [...terms, ...coefficients];
}
