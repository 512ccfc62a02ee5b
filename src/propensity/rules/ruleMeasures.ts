import { hypergeometricQuantile, hypergeometricUpper } from '../../numeric/hypergeometricTail.js';

/** Measures that need nothing but how many baskets have both sides, the antecedent, the consequent, and how many there are. */
export type CountMeasure =
  | 'support' | 'confidence' | 'lift' | 'leverage' | 'conviction' | 'zhang' | 'phi' | 'chiSquare' | 'cosine' | 'jaccard' | 'kulczynski' | 'imbalance' | 'oddsRatio' | 'certainty'
  | 'addedValue' | 'gini' | 'hyperLift' | 'p';

/** What rules can be ranked by: the greatest first, of `p` and `imbalance` the smallest. */
export type RuleMeasure = CountMeasure | 'improvement';

/** Baskets with both sides, with the antecedent, with the consequent, all. */
type Measure = (both: number, antecedent: number, consequent: number, rows: number) => number;

/** How far the two sides are from having nothing to do with each other, in baskets times baskets: rows² × leverage. */
const excess: Measure = (ab, a, c, n) => ab * n - a * c;

/** By whole counts, divided at the end: equal fractions give equal numbers. Where a side is in every basket there is no association to measure: 0, of ratios 1. */
export const ruleMeasures: Readonly<Record<CountMeasure, Measure>> = {
  support: (ab, _a, _c, n) => ab / n,
  confidence: (ab, a) => ab / a,
  lift: (ab, a, c, n) => (ab * n) / (a * c),
  leverage: (ab, a, c, n) => excess(ab, a, c, n) / (n * n),
  conviction: (ab, a, c, n) => (c === n ? 1 : (a * (n - c)) / (n * (a - ab))),
  zhang: (ab, a, c, n) => shareOf(excess(ab, a, c, n), Math.max(ab * (n - a), a * (c - ab))),
  phi: (ab, a, c, n) => shareOf(excess(ab, a, c, n), Math.sqrt(a * (n - a)) * Math.sqrt(c * (n - c))),
  chiSquare: (ab, a, c, n) => n * shareOf(excess(ab, a, c, n), a * (n - a)) * shareOf(excess(ab, a, c, n), c * (n - c)),
  cosine: (ab, a, c) => ab / Math.sqrt(a * c),
  jaccard: (ab, a, c) => ab / (a + c - ab),
  kulczynski: (ab, a, c) => (ab / a + ab / c) / 2,
  imbalance: (ab, a, c) => Math.abs(a - c) / (a + c - ab),
  oddsRatio: (ab, a, c, n) => (a === n || c === n ? 1 : (ab * (n - a - c + ab)) / ((a - ab) * (c - ab))),
  certainty: (ab, a, c, n) => shareOf(excess(ab, a, c, n), a * (excess(ab, a, c, n) > 0 ? n - c : c)),
  addedValue: (ab, a, c, n) => excess(ab, a, c, n) / (a * n),
  gini: (ab, a, c, n) => (2 * (excess(ab, a, c, n) / n) * shareOf(excess(ab, a, c, n), a * (n - a))) / n,
  hyperLift: (ab, a, c, n) => ab / hyperPercentile(a, c, n),
  p: (ab, a, c, n) => hypergeometricUpper(ab, a, c, n),
};

/** What at most one in a hundred draws of chance exceeds, at least 1. */
export function hyperPercentile(antecedent: number, consequent: number, rows: number): number {
  return Math.max(1, hypergeometricQuantile(0.01, antecedent, consequent, rows));
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
