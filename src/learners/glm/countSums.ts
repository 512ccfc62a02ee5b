import { gaussLegendre } from '../../numeric/gaussLegendre.js';

/** How many rows (by weight) have more than so many: constant between the counts that occur. */
export interface CountTails {
  /** The counts that occur, ascending, after 0. */
  readonly counts: Float64Array;
  /** Weight of the rows with at least this count. */
  readonly tails: Float64Array;
}

/** The tails of whole numbers of 0 or more. O(rows log rows) at worst. */
export function countTails(y: Float64Array, weights: Float64Array | null): CountTails {
  const found = new Map<number, number>();
  for (let row = 0; row < y.length; row++) found.set(y[row]!, (found.get(y[row]!) ?? 0) + (weights === null ? 1 : weights[row]!));
  const counts = Float64Array.from(found.keys()).sort().filter((count) => count > 0);
  const tails = new Float64Array(counts.length);
  for (let i = counts.length - 1, sum = 0; i >= 0; i--) tails[i] = sum += found.get(counts[i]!)!;
  return { counts, tails };
}

/** What is summed over k = 0, 1, ..., count - 1 for every row. */
export interface CountSums {
  /** Of 1 / (1 + alpha k). */
  inverse: number;
  /** Of k / (1 + alpha k), the derivative of log(1 + alpha k) by alpha. */
  first: number;
  /** Of minus its square, the second derivative. */
  second: number;
}

/** From here on a sum is an integral by the midpoint rule: what is left, with the one correction made, is below 1e-14 of it. */
const SUMMED_ONE_BY_ONE = 10_000;

/**
 * The derivatives of log Gamma(y + 1 / alpha) - log Gamma(1 / alpha) + y log alpha, a part of the negative binomial log-likelihood, as sums over
 * k below y: nothing cancels where alpha is small. O(largest count, to 10,000; beyond, distinct counts).
 */
export function countSums({ counts, tails }: CountTails, alpha: number): CountSums {
  const sums = { inverse: 0, first: 0, second: 0 };
  let rule: ReturnType<typeof gaussLegendre> | null = null;
  let k = 0;
  for (let i = 0; i < counts.length; i++) {
    const end = counts[i]!;
    for (; k < Math.min(end, SUMMED_ONE_BY_ONE); k++) addTerm(sums, alpha, k, tails[i]!);
    if (k < end) addIntegral(sums, alpha, k, end, tails[i]!, (rule ??= gaussLegendre(10)));
    k = end;
  }
  return sums;
}

function addTerm(sums: CountSums, alpha: number, k: number, weight: number): void {
  const share = k / (1 + alpha * k);
  sums.inverse += weight / (1 + alpha * k);
  sums.first += weight * share;
  sums.second -= weight * share * share;
}

function addIntegral(sums: CountSums, alpha: number, from: number, to: number, weight: number, rule: ReturnType<typeof gaussLegendre>): void {
  // The terms from `from` to `to - 1` lie on an interval half a step wider; a panel doubles the count at most, so ten points are exact.
  for (let low = from - 0.5; low < to - 0.5; ) {
    const high = Math.min(2 * low, to - 0.5);
    for (const { point, weight: share } of rule) addTerm(sums, alpha, low + (high - low) * point, weight * (high - low) * share);
    low = high;
  }
  addCorrection(sums, alpha, from - 0.5, weight / 24);
  addCorrection(sums, alpha, to - 0.5, -weight / 24);
}

// The slopes of the three terms by k at the ends of the interval.
function addCorrection(sums: CountSums, alpha: number, k: number, weight: number): void {
  const inverse = 1 / (1 + alpha * k);
  sums.inverse -= weight * alpha * inverse * inverse;
  sums.first += weight * inverse * inverse;
  sums.second -= weight * 2 * k * inverse * inverse * inverse;
}
