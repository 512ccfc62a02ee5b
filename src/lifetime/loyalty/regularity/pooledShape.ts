import { logMinusDigamma } from '../../../numeric/stirling.js';
import type { CustomerGaps } from './customerGaps.js';

/** An estimate and the standard error of its logarithm. */
export interface ShapeEstimate {
  readonly shape: number;
  readonly logError: number;
}

/**
 * One shape for customers who each buy at a rate of their own, by the likelihood of their n gaps given the sum: symmetric Dirichlet, whatever the rates.
 * Its slope is the sum over customers of n (log k - digamma k - log nk + digamma nk - s), s the unevenness. The error is that of an estimating
 * equation, which holds where shapes differ too.
 */
export function pooledShape({ counts, unevenness }: CustomerGaps, least: number): ShapeEstimate {
  const numbers = new Map<number, number>();
  let [uneven, customers] = [0, 0];
  counts.forEach((n, c) => {
    if (n < least) return;
    numbers.set(n, (numbers.get(n) ?? 0) + 1);
    uneven += n * Math.max(0, unevenness[c]!);
    customers++;
  });
  if (!(uneven > 1e-12 * customers)) return { shape: Infinity, logError: 0 };
  const ascending = [...numbers].sort(([a], [b]) => a - b);
  const expected = (shape: number): { readonly value: number; readonly slope: number } => {
    const one = logMinusDigamma(shape);
    let [value, slope] = [0, 0];
    for (const [n, repeated] of ascending) {
      const all = logMinusDigamma(n * shape);
      value += repeated * n * (one.value - all.value);
      slope += repeated * n * (one.slope - n * all.slope);
    }
    return { value, slope };
  };
  let shape = 1;
  for (let step = 0; step < 100; step++) {
    const { value, slope } = expected(shape);
    const move = Math.max(-3, Math.min(3, (Math.log(uneven / value) * value) / (slope * shape)));
    shape *= Math.exp(move);
    if (Math.abs(move) < 1e-13) break;
  }
  const one = logMinusDigamma(shape).value;
  const all = new Map(ascending.map(([n]) => [n, logMinusDigamma(n * shape).value]));
  let squares = 0;
  counts.forEach((n, c) => {
    if (n >= least) squares += (n * (one - all.get(n)! - Math.max(0, unevenness[c]!))) ** 2;
  });
  return { shape, logError: Math.sqrt(squares) / (-expected(shape).slope * shape) };
}
