import { ClientelaError } from '../errors.js';
import { quantileOfSorted } from '../numeric/quantile.js';

/** Where one score ends and the next begins, ascending, per dimension; `bins - 1` values each. */
export interface RfmCuts {
  /** In days: up to the first cut is the best score. */
  readonly recency: readonly number[];
  /** In purchases: up to the first cut is the lowest score. */
  readonly frequency: readonly number[];
  /** In currency: up to the first cut is the lowest score; empty when the log has no amounts. */
  readonly monetary: readonly number[];
}

/** The quantiles of type 7 (Hyndman and Fan, 1996) at 1/bins, 2/bins, …: what numpy, R and most tools give by default. */
export function quantileCuts(values: Float64Array, bins: number): number[] {
  const sorted = values.slice().sort();
  return Array.from({ length: bins - 1 }, (_, k) => quantileOfSorted(sorted, (k + 1) / bins));
}

/** Cut points given by the caller: finite, ascending, one fewer than the scores. */
export function requireCuts(caller: string, name: string, cuts: unknown, bins: number): readonly number[] {
  if (isAscending(cuts) && cuts.length === bins - 1) return cuts;
  throw new ClientelaError(
    'INVALID_OPTION',
    `${caller} needs cuts.${name} as ${bins - 1} ascending finite numbers for ${bins} bins, found ${JSON.stringify(cuts)}; change the cuts or bins`,
    { function: caller, option: `cuts.${name}`, value: cuts, bins },
  );
}

function isAscending(cuts: unknown): cuts is readonly number[] {
  return Array.isArray(cuts) && cuts.every((cut, k) => Number.isFinite(cut) && (k === 0 || cut >= cuts[k - 1]));
}

/** 1 + the number of cuts strictly below the value: equal values, equal scores. */
export function scoreOf(value: number, cuts: readonly number[]): number {
  let score = 1;
  for (const cut of cuts) if (cut < value) score++;
  return score;
}
