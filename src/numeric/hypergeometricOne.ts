/** Beyond this the sum is left as it is: 1 - z would have to be below 1e-11. */
const MOST_TERMS = 10_000_000;

/**
 * The hypergeometric function 2F1(1, b; c; z) for c above b above 0 and z in [0, 1]; Infinity at z = 1 where c is not above b + 1.
 *
 * Gauss' continued fraction as a sum (Gautschi, 1967): its partial numerators are -(1 - g[k-1]) g[k] z with g[2n] = n / (c + 2n - 1) and
 * g[2n+1] = (b + n) / (c + 2n), so that each denominator is 1 - g[k] plus something positive and every term is positive: nothing cancels or
 * overflows, however large b and c. About 20 / √(1 - z) terms, a handful where b is large.
 *
 * @param b - above 0
 * @param c - above b
 * @param z - in [0, 1]
 * @param rest - c - b, where it is known with more digits than the difference has
 * @param complement - 1 - z, likewise
 */
export function hypergeometricOne(b: number, c: number, z: number, rest: number = c - b, complement: number = 1 - z): number {
  if (complement <= 0) return rest > 1 ? (c - 1) / (rest - 1) : Infinity;
  // The terms shrink by (1 - √(1 - z)) / (1 + √(1 - z)) in the end, so that what is left out is a term over √(1 - z).
  const tolerance = 1e-17 * Math.sqrt(complement);
  let sum = 1;
  let term = 1;
  // Of the last step: 1 - g, what the denominator has above it, and the denominator.
  let under = 1;
  let excess = 0;
  let denominator = 1;
  for (let k = 1; k < MOST_TERMS; k++) {
    const n = k >> 1;
    const isOdd = (k & 1) === 1;
    const whole = isOdd ? c + 2 * n : c + 2 * n - 1;
    const g = (isOdd ? b + n : n) / whole;
    const before = denominator;
    const numerator = under * g * z;
    excess = (g * (excess + under * complement)) / before;
    under = (isOdd ? rest + n : c + n - 1) / whole;
    denominator = under + excess;
    term *= numerator / (before * denominator);
    sum += term;
    if (term <= tolerance * sum) break;
  }
  return sum;
}
