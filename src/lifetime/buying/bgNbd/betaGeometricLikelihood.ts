import { logRising, risingSlope } from '../../../numeric/risingFactorial.js';
import type { BuyingLikelihood, PriorTerm } from '../fitting/buyingLikelihood.js';
import { distinctValues, type DistinctValues } from '../fitting/distinctValues.js';
import type { TupleFactors, Tuples } from '../fitting/tuples.js';
import { nbdLikelihood } from '../nbd/nbdLikelihood.js';
import { BetaGeometricLaw } from './betaGeometricLaw.js';
import { betaGeometricWarnings } from './betaGeometricWarnings.js';

/** What the BG/NBD (`first` 0) and the MBG/NBD (`first` 1) declare in order to be fitted. */
export function betaGeometricLikelihood(first: 0 | 1): BuyingLikelihood {
  const law = new BetaGeometricLaw(first);
  let times: TimesOfTuples | null = null;
  return {
    law,
    evaluate(theta, tuples, factors, gradient) {
      if (factors === null && times?.tuples !== tuples) times = new TimesOfTuples(tuples);
      return evaluate(first, theta, tuples, factors === null ? times : null, factors, gradient);
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

/** The different times of the last purchase and tenures, of which there are few where time is counted in days. */
class TimesOfTuples {
  readonly last: DistinctValues;
  readonly tenure: DistinctValues;
  readonly tuples: Tuples;

  constructor(tuples: Tuples) {
    this.tuples = tuples;
    this.last = distinctValues(tuples.last);
    this.tenure = distinctValues(tuples.tenure);
  }
}

/**
 * With A = r + x and n = x + first: ln of G(A) / G(r) · B(a, b + n) / B(a, b) · alpha^r · [ (alpha + T)^-A + a / (b + n - 1) (alpha + last)^-A ], the second
 * term, of those who stopped, only where n > 0. All is written with differences of logarithms that keep their digits where r or a and b are huge.
 */
function evaluate(first: 0 | 1, theta: Float64Array, { count, x, last, tenure, weights }: Tuples, times: TimesOfTuples | null, factors: TupleFactors | null, gradient: Float64Array): number {
  const r = theta[0]!;
  let [alpha, a, b] = [theta[1]!, theta[2]!, theta[3]!];
  let [value, rSum, alphaSum, aSum, bSum] = [0, 0, 0, 0, 0];
  // What depends on x alone, and on alpha, a and b.
  let [known, rising, rSlope, survived, aSlope, bSlope, stopped] = [-1, 0, 0, 0, 0, 0, 0];
  let logAlpha = Math.log(alpha);
  const byTenure = times === null ? null : times.tenure.values.map((time) => Math.log1p(time / alpha));
  const byLast = times === null ? null : times.last.values.map((time) => Math.log1p(time / alpha));
  for (let i = 0; i < count; i++) {
    const repeats = x[i]!;
    const n = repeats + first;
    if (factors !== null) {
      alpha = theta[1]! / factors.purchase[i]!;
      a = theta[2]! * factors.dropout[i]!;
      b = theta[3]! * factors.dropout[i]!;
      logAlpha = Math.log(alpha);
    }
    // Tuples ascend in x: computed once for all that share it.
    if (repeats !== known) {
      rising = logRising(r, repeats);
      rSlope = risingSlope(r, repeats);
    }
    if (repeats !== known || factors !== null) {
      survived = logRising(b, n) - logRising(a + b, n) + rising - repeats * logAlpha;
      const both = risingSlope(a + b, n);
      aSlope = -a * both;
      bSlope = b * (risingSlope(b, n) - both);
      stopped = n === 0 ? 0 : Math.log(a / (b + (n - 1)));
    }
    known = repeats;
    const time = tenure[i]!;
    const until = last[i]!;
    // ln((alpha + T) / alpha), and ln((alpha + T) / (alpha + last)).
    const share = times === null ? Math.log1p(time / alpha) : byTenure![times.tenure.index[i]!]!;
    const silence = share - (times === null ? Math.log1p(until / alpha) : byLast![times.last.index[i]!]!);
    let dead = 0;
    let mixed = 0;
    let toLast = 0;
    if (n > 0) {
      const logOdds = stopped + (r + repeats) * silence;
      const odds = Math.exp(Math.min(700, logOdds));
      dead = odds / (1 + odds);
      // Beyond e^700 the logarithm of 1 + odds is that of the odds.
      mixed = logOdds < 700 ? Math.log(1 + odds) : logOdds;
      toLast = (dead * (r * until - repeats * alpha)) / (alpha + until);
    }
    const weight = weights[i]!;
    value += weight * (survived - (r + repeats) * share + mixed);
    const toAlpha = ((1 - dead) * (r * time - repeats * alpha)) / (alpha + time) + toLast;
    const toA = aSlope + dead;
    const toB = n === 0 ? 0 : bSlope - (dead * b) / (b + (n - 1));
    rSum += weight * r * (rSlope - share + dead * silence);
    alphaSum += weight * toAlpha;
    aSum += weight * toA;
    bSum += weight * toB;
    if (factors === null) continue;
    factors.purchaseSlopes[i] = -toAlpha;
    factors.dropoutSlopes[i] = toA + toB;
  }
  gradient[0] = rSum;
  gradient[1] = alphaSum;
  gradient[2] = aSum;
  gradient[3] = bSum;
  return value;
}

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
