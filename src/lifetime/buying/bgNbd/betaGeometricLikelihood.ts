import { logRising, risingSlope } from '../../../numeric/risingFactorial.js';
import type { BuyingLikelihood, PriorTerm } from '../fitting/buyingLikelihood.js';
import type { TupleFactors, Tuples } from '../fitting/tuples.js';
import { nbdLikelihood } from '../nbd/nbdLikelihood.js';
import { BetaGeometricLaw } from './betaGeometricLaw.js';
import { betaGeometricWarnings } from './betaGeometricWarnings.js';

/** What the BG/NBD (`first` 0) and the MBG/NBD (`first` 1) declare in order to be fitted. */
export function betaGeometricLikelihood(first: 0 | 1): BuyingLikelihood {
  const law = new BetaGeometricLaw(first);
  return {
    law,
    evaluate: (theta, tuples, factors, gradient) => evaluate(first, theta, tuples, factors, gradient),
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
 * With A = r + x and n = x + first: ln of G(A) / G(r) · B(a, b + n) / B(a, b) · alpha^r · [ (alpha + T)^-A + a / (b + n - 1) (alpha + last)^-A ], the second
 * term, of those who stopped, only where n > 0. All is written with differences of logarithms that keep their digits where r or a and b are huge.
 */
function evaluate(first: 0 | 1, theta: Float64Array, { count, x, last, tenure, weights }: Tuples, factors: TupleFactors | null, gradient: Float64Array): number {
  const r = theta[0]!;
  let [alpha, a, b] = [theta[1]!, theta[2]!, theta[3]!];
  let [value, rSum, alphaSum, aSum, bSum] = [0, 0, 0, 0, 0];
  // What depends on x alone, and on a and b.
  let [known, rising, rSlope, survived, aSlope, bSlope, stopped] = [-1, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const repeats = x[i]!;
    const n = repeats + first;
    if (factors !== null) {
      alpha = theta[1]! / factors.purchase[i]!;
      a = theta[2]! * factors.dropout[i]!;
      b = theta[3]! * factors.dropout[i]!;
    }
    // Tuples ascend in x: computed once for all that share it.
    if (repeats !== known) {
      [rising, rSlope] = [logRising(r, repeats), risingSlope(r, repeats)];
    }
    if (repeats !== known || factors !== null) {
      survived = logRising(b, n) - logRising(a + b, n);
      const both = risingSlope(a + b, n);
      aSlope = -a * both;
      bSlope = b * (risingSlope(b, n) - both);
      stopped = n === 0 ? 0 : Math.log(a / (b + (n - 1)));
    }
    known = repeats;
    const time = tenure[i]!;
    const toNow = alpha + time;
    const toLast = alpha + last[i]!;
    const silence = n === 0 ? 0 : Math.log1p((time - last[i]!) / toLast);
    const odds = n === 0 ? 0 : Math.exp(Math.min(700, stopped + (r + repeats) * silence));
    const dead = odds / (1 + odds);
    const share = Math.log1p(time / alpha);
    // Beyond e^700 the logarithm of 1 + odds is that of the odds.
    const mixed = odds > 1e300 ? stopped + (r + repeats) * silence : Math.log1p(odds);
    value += weights[i]! * (rising - r * share - repeats * Math.log(toNow) + survived + mixed);
    const toAlpha = ((1 - dead) * (r * time - repeats * alpha)) / toNow + (dead * (r * last[i]! - repeats * alpha)) / toLast;
    const toA = aSlope + dead;
    const toB = n === 0 ? 0 : bSlope - (dead * b) / (b + (n - 1));
    rSum += weights[i]! * r * (rSlope - share + dead * silence);
    alphaSum += weights[i]! * toAlpha;
    aSum += weights[i]! * toA;
    bSum += weights[i]! * toB;
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
