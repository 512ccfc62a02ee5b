import { stirlingRemainder } from './stirling.js';

/**
 * The probability of at least `found` marked among `drawn` of `total` of which `marked` are marked, when the draw has nothing to do with the mark
 * (Fisher's exact test, one-sided). Keeps its digits far out in the tail; O(standard deviation of the count) at most.
 */
export function hypergeometricUpper(found: number, drawn: number, marked: number, total: number): number {
  const least = Math.max(0, drawn + marked - total);
  if (found <= least) return 1;
  // Below the mean the other tail is the short one.
  if (found * total <= drawn * marked) return 1 - hypergeometricUpper(drawn - found + 1, drawn, total - marked, total);
  let term = 1;
  let sum = 1;
  for (let i = found; i < Math.min(drawn, marked) && term > sum * 1e-17; i++) {
    term *= ((marked - i) * (drawn - i)) / ((i + 1) * (total - marked - drawn + i + 1));
    sum += term;
  }
  return Math.min(1, sum * hypergeometricPoint(found, drawn, marked, total));
}

/** The smallest count that is exceeded with a probability of at most `above`. */
export function hypergeometricQuantile(above: number, drawn: number, marked: number, total: number): number {
  const mean = (drawn * marked) / total;
  const most = Math.min(drawn, marked);
  const least = Math.max(0, drawn + marked - total);
  const spread = Math.sqrt((mean * (1 - marked / total) * (total - drawn)) / Math.max(1, total - 1));
  let q = Math.min(most, Math.max(least, Math.round(mean + 2 * spread)));
  let tail = q < most ? hypergeometricUpper(q + 1, drawn, marked, total) : 0;
  let point = hypergeometricPoint(q, drawn, marked, total);
  while (tail > above) {
    point *= ((marked - q) * (drawn - q)) / ((q + 1) * (total - marked - drawn + q + 1));
    tail -= point;
    q++;
  }
  while (q > least && tail + point <= above) {
    tail += point;
    point *= (q * (total - marked - drawn + q)) / ((marked - q + 1) * (drawn - q + 1));
    q--;
  }
  return q;
}

/** Three binomials with their large terms taken out, so that nothing cancels (Loader, 2000). */
function hypergeometricPoint(found: number, drawn: number, marked: number, total: number): number {
  const p = drawn / total;
  const q = (total - drawn) / total;
  if (drawn === total || drawn === 0) return 1;
  return Math.exp(logBinomial(found, marked, p, q) + logBinomial(drawn - found, total - marked, p, q) - logBinomial(drawn, total, p, q));
}

function logBinomial(x: number, n: number, p: number, q: number): number {
  if (x === 0) return n === 0 ? 0 : n * (p < 0.1 ? Math.log1p(-p) : Math.log(q));
  if (x === n) return n * (q < 0.1 ? Math.log1p(-q) : Math.log(p));
  const correction = stirlingRemainder(n) - stirlingRemainder(x) - stirlingRemainder(n - x);
  return correction - deviance(x, n * p) - deviance(n - x, n * q) + 0.5 * Math.log(n / (2 * Math.PI * x * (n - x)));
}

/** x log(x / mean) + mean - x, by its series where the two are close. */
function deviance(x: number, mean: number): number {
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const v = difference / (x + mean);
  let term = 2 * x * v;
  let sum = difference * v;
  for (let j = 1; j < 1000; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
