import { quantileOfSorted } from '../../numeric/quantile.js';
import { badOption } from './badOption.js';

/** Where one score ends and the next begins, ascending, per dimension; `bins - 1` values each, none where the scores were not made by cutting. */
export interface RfmCuts {
  /** In days: up to the first cut is the best score. */
  readonly recency: readonly number[];
  /** In purchases: up to the first cut is the lowest score. */
  readonly frequency: readonly number[];
  /** In currency: up to the first cut is the lowest score; empty when the log has no amounts. */
  readonly monetary: readonly number[];
}

/**
 * A convention of scoring, for `scoring` of `rfm`: from the values of one dimension either `bins - 1` ascending cut points (an array;
 * a score is then one more than the cuts strictly below the value, recency counted from the other end) or the scores themselves (a
 * `Uint8Array`, 1 the worst customer to `bins` the best, so for recency the fewest days).
 */
export type RfmScoring = (values: Float64Array, bins: number, dimension: keyof RfmCuts) => readonly number[] | Uint8Array;

/**
 * The quantiles at 1/bins, 2/bins, …: the cut points `rfm` makes by default. Equal values may fill several bins, whose cuts are then equal.
 * `O(n log n)`. (Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", 1996: what numpy, R and most tools give.)
 *
 * @param values - finite numbers, at least one
 * @param bins - how many scores
 * @returns `bins - 1` ascending numbers
 * @example
 * ```ts
 * quantileCuts(Float64Array.of(1, 1, 1, 2, 9), 4); // => [1, 1, 2]
 * ```
 */
export function quantileCuts(values: Float64Array, bins: number): number[] {
  const sorted = values.slice().sort();
  return Array.from({ length: bins - 1 }, (_, k) => quantileOfSorted(sorted, (k + 1) / bins));
}

/** Cut points given by the caller: finite, ascending, one fewer than the scores. */
export function requireCuts(caller: string, name: string, cuts: readonly number[], bins: number): void {
  if (Array.isArray(cuts) && cuts.length === bins - 1 && cuts.every((cut, k) => Number.isFinite(cut) && !(cut < cuts[k - 1]!))) return;
  throw badOption(caller, `cuts.${name}`, `${bins - 1} ascending finite numbers for ${bins} bins`, cuts);
}

/** 1 + the number of cuts strictly below the value: equal values, equal scores. */
export function scoreOf(value: number, cuts: readonly number[]): number {
  let score = 1;
  for (const cut of cuts) if (cut < value) score++;
  return score;
}
