import { sortedOrder } from '../../numeric/sorting.js';
import { scoreOf, quantileCuts, type RfmCuts } from './rfmCuts.js';

/**
 * The scores of the recipe that hundreds of notebooks share, for `scoring` of `rfm`: recency and money by quantiles, frequency by
 * `qcut(frequency.rank(method='first'))` of pandas, in the order of customers.
 *
 * To reproduce their figures, not to work with: customers of equal frequency get different scores by their place in the file (1,493
 * one-time buyers of Online Retail become 868 of score 1 and 625 of score 2), and as frequency is ranked and not cut, there are no
 * cut points to score a later date or a new customer. Where quantiles of recency or money coincide, pandas stops; here they stay.
 *
 * @param values - finite numbers
 * @param bins - how many scores
 * @param dimension - `'frequency'` is ranked, the others are cut
 * @returns scores for frequency, otherwise cut points
 * @example
 * ```ts
 * rankFirst(Float64Array.of(1, 1, 1, 1), 2, 'frequency'); // => Uint8Array.of(1, 1, 2, 2)
 * ```
 */
export function rankFirst(values: Float64Array, bins: number, dimension: keyof RfmCuts): readonly number[] | Uint8Array {
  if (dimension !== 'frequency') return quantileCuts(values, bins);
  const cuts = quantileCuts(values.map((_, i) => i), bins);
  const scores = new Uint8Array(values.length);
  sortedOrder(values).forEach((row, rank) => (scores[row] = scoreOf(rank, cuts)));
  return scores;
}
