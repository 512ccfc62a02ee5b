/**
 * Two-sided p-value of finding `found` marked among `drawn` of `total` of which `marked` are marked, when the draw has nothing to do with the mark:
 * twice the probability of a count at least as far out on the same side, at most 1 (Fisher's exact test, doubled tail). O(sqrt(drawn)) in effect.
 */
export function hypergeometricP(found: number, drawn: number, marked: number, total: number): number {
  const above = found * total >= drawn * marked;
  // By symmetry the lower tail is an upper tail of the unmarked.
  const x = above ? found : drawn - found;
  const m = above ? marked : total - marked;
  let term = 1;
  let sum = 1;
  for (let i = x; i < Math.min(drawn, m) && term > sum * 1e-17; i++) {
    term *= ((m - i) * (drawn - i)) / ((i + 1) * (total - m - drawn + i + 1));
    sum += term;
  }
  const logPoint = logChoose(m, x) + logChoose(total - m, drawn - x) - logChoose(total, drawn);
  return Math.min(1, 2 * sum * Math.exp(logPoint));
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

// Stirling's series, exact to the double from 20 on.
function logFactorial(n: number): number {
  if (n >= 20) return (n + 0.5) * Math.log(n) - n + 0.9189385332046727 + (1 / 12 - (1 / 360 - 1 / (1260 * n * n)) / (n * n)) / n;
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return Math.log(product);
}
