import { logRising, risingSlope } from '../../../numeric/risingFactorial.js';
import type { BuyingLikelihood, PriorTerm } from '../fitting/buyingLikelihood.js';
import type { TupleFactors, Tuples } from '../fitting/tuples.js';
import { nbdLikelihood } from '../nbd/nbdLikelihood.js';
import { BetaGeometricLaw } from './betaGeometricLaw.js';
import { betaGeometricWarnings } from './betaGeometricWarnings.js';
import { TimeShares } from './timeShares.js';

/** What the BG/NBD (`first` 0) and the MBG/NBD (`first` 1) declare in order to be fitted. */
export function betaGeometricLikelihood(first: 0 | 1): BuyingLikelihood {
  const law = new BetaGeometricLaw(first);
  let sums: LikelihoodSums | null = null;
  return {
    law,
    evaluate(theta, tuples, factors, gradient) {
      if (sums?.tuples !== tuples || sums.isShared !== (factors === null)) sums = new LikelihoodSums(first, tuples, factors === null);
      return sums.evaluate(theta, factors, gradient);
    },
    start: (tuples) => startOf(law, tuples),
    prior: (meanTenure): PriorTerm[] => [
      { weights: [1, 0, 0, 0], centre: 0, spread: 1.5 },
      { weights: [1, -1, 0, 0], centre: -Math.log(meanTenure), spread: 3 },
      { weights: [0, 0, 1, -1], centre: -1.5, spread: 1.5 },
      { weights: [0, 0, 0.5, 0.5], centre: 0.5, spread: 1.5 },
    ],
    warnings: betaGeometricWarnings,
  };
}

/**
 * The log-likelihood over tuples. With A = r + x and n = x + first it is for one of them the logarithm of
 * G(A) / G(r) · B(a, b + n) / B(a, b) · alpha^r · [ (alpha + T)^-A + a / (b + n - 1) (alpha + last)^-A ], the second term, of those who stopped, only where
 * n > 0. All is written with differences of logarithms that keep their digits where r, or a and b, are huge.
 */
class LikelihoodSums {
  readonly tuples: Tuples;
  /** Whether all tuples have the same parameters. */
  readonly isShared: boolean;
  readonly #first: 0 | 1;
  readonly #tenure: TimeShares;
  readonly #last: TimeShares;
  /** The value, and its derivatives to the logarithms of r, alpha, a and b. */
  readonly #sums = new Float64Array(5);

  constructor(first: 0 | 1, tuples: Tuples, isShared: boolean) {
    this.#first = first;
    this.tuples = tuples;
    this.isShared = isShared;
    this.#tenure = new TimeShares(tuples.tenure, isShared);
    this.#last = new TimeShares(tuples.last, isShared);
  }

  evaluate(theta: Float64Array, factors: TupleFactors | null, gradient: Float64Array): number {
    const [r, alpha, a, b] = theta as unknown as Parameters4;
    const { count, x } = this.tuples;
    this.#tenure.compute(alpha, factors === null ? null : factors.purchase);
    this.#last.compute(alpha, factors === null ? null : factors.purchase);
    this.#sums.fill(0);
    for (let from = 0; from < count; ) {
      let to = from + 1;
      if (factors === null) {
        // Tuples ascend in x: what depends on it alone is computed once for all that share it.
        while (to < count && x[to] === x[from]) to++;
        this.#addRun(from, to, [r, alpha, a, b], null);
      } else {
        const { [from]: dropout = 1 } = factors.dropout;
        this.#addRun(from, to, [r, alpha / factors.purchase[from]!, a * dropout, b], factors);
      }
      from = to;
    }
    gradient.set(this.#sums.subarray(1));
    return this.#sums[0]!;
  }

  /** Tuples from `from` to before `to`, which have one x and one set of parameters. */
  #addRun(from: number, to: number, [r, alpha, a, b]: Parameters4, factors: TupleFactors | null): void {
    const sums = this.#sums;
    const { x: repeats, weights } = this.tuples;
    const { index: tenureIndex, shares: tenureShares } = this.#tenure;
    const { index: lastIndex, shares: lastShares } = this.#last;
    const x = repeats[from]!;
    const n = x + this.#first;
    const A = r + x;
    const constant = logRising(r, x) - x * Math.log(alpha) + logRising(b, n) - logRising(a + b, n);
    const rConstant = risingSlope(r, x);
    const aConstant = -a * risingSlope(a + b, n);
    const bConstant = b * (risingSlope(b, n) - risingSlope(a + b, n));
    const isMortal = n > 0;
    const logStopped = isMortal ? Math.log(a / (b + (n - 1))) : 0;
    const bStopped = isMortal ? b / (b + (n - 1)) : 0;
    for (let i = from; i < to; i++) {
      const now = 2 * tenureIndex[i]!;
      const then = 2 * lastIndex[i]!;
      const elapsed = tenureShares[now]!;
      // ln((alpha + T) / (alpha + last)).
      const silence = elapsed - lastShares[then]!;
      let dead = 0;
      let mixed = 0;
      if (isMortal) {
        const logOdds = logStopped + A * silence;
        const odds = Math.exp(logOdds);
        dead = logOdds > 700 ? 1 : odds / (1 + odds);
        mixed = logOdds > 700 ? logOdds : Math.log(1 + odds);
      }
      const weight = weights[i]!;
      const toAlpha = A * ((1 - dead) * tenureShares[now + 1]! + dead * lastShares[then + 1]!) - x;
      const toA = aConstant + dead;
      const toB = bConstant - dead * bStopped;
      sums[0]! += weight * (constant - A * elapsed + mixed);
      sums[1]! += weight * r * (rConstant - elapsed + dead * silence);
      sums[2]! += weight * toAlpha;
      sums[3]! += weight * toA;
      sums[4]! += weight * toB;
      if (factors === null) continue;
      factors.purchaseSlopes[i] = -toAlpha;
      factors.dropoutSlopes[i] = toA;
    }
  }
}

type Parameters4 = readonly [r: number, alpha: number, a: number, b: number];

/** The heterogeneity of rates as if nobody stopped, a usual law of dropout, and the rate that then gives the purchases there were. */
function startOf(law: BetaGeometricLaw, tuples: Tuples): number[] {
  const [r = 1, alpha = 1] = nbdLikelihood.start(tuples);
  const { count, x, tenure, weights, customers } = tuples;
  let [purchases, time] = [0, 0];
  for (let i = 0; i < count; i++) {
    purchases += weights[i]! * x[i]!;
    time += weights[i]! * tenure[i]!;
  }
  const theta = Float64Array.of(r, alpha, 0.8, 2.5);
  for (let step = 0; step < 8 && purchases > 0; step++) {
    const mean = law.alive(theta, 0, 0, 0) * law.expected(theta, 0, 0, 0, time / customers);
    theta[1]! *= Math.min(2, Math.max(0.5, (mean * customers) / purchases));
  }
  return [...theta];
}
