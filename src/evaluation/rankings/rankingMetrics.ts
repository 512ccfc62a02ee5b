import type { Holdings } from '../../data/holdings.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import type { Estimate } from '../../numeric/estimate.js';
import { columnCounts } from '../../numeric/sparseRows.js';
import { normalMultiplier } from '../intervals.js';
import { catalogueByDepth, type CatalogueFigures } from './catalogueFigures.js';
import { judgedCustomers } from './judgedCustomers.js';
import { meanOfShares } from './meanOfShares.js';
import { isLists, visitLists, type RankingSource } from './rankingSource.js';
import { FIGURES, tallyRankings } from './rankingTally.js';
import { AS_LISTED, definitionsOf, requireDepths, valuesMark, worthOf } from './rankingTerms.js';

/** What a list of products is judged by; `recall@10` is one within the first 10. */
export type RankingFigure = 'recall' | 'precision' | 'hitRate' | 'map' | 'ndcg' | 'mrr';

/** A figure and its depth, such as `'ndcg@10'`. */
export type RankingMetricName<K extends number = number> = `${RankingFigure | 'valueNdcg'}@${K}`;

/** One value for each figure and depth; `valueNdcg` with `values` only. */
export type ByRankingFigure<K extends number, Value> = Readonly<Record<`${RankingFigure}@${K}`, Value>> & Readonly<Partial<Record<`valueNdcg@${K}`, Value>>>;

/** Options of {@link rankingMetrics}. */
export interface RankingMetricsOptions<K extends number = number> {
  /** Depths: how many products from the top of each list are looked at. @defaultValue [5, 10, 20] */
  readonly k?: readonly K[];
  /** What the customers of `test` hold already, in the same order: the training part of the split. A scorer scores from it. @defaultValue nothing */
  readonly held?: Holdings;
  /** Whether what is held already is left out of the lists; false where customers buy the same again. Finished lists are taken as they are. @defaultValue true */
  readonly excludeHeld?: boolean;
  /** Customers who hold fewer products than this are left out; 1 leaves out those with nothing to score from. @defaultValue 0 */
  readonly minHeld?: number;
  /** What the hits of recall and map are divided by, n being what the customer took: the most that fit in the list, or all. @defaultValue 'min(k, n)' */
  readonly denominator?: 'min(k, n)' | 'n';
  /** What a product taken is worth, from 0 up, by name or in the order of the products: asks for `valueNdcg`. */
  readonly values?: Readonly<Record<string, number>> | ArrayLike<number>;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** What {@link rankingMetrics} returns. */
export interface RankingMetrics<K extends number = number> {
  /** Means over the customers judged, each with its interval, as `metrics['recall@10']`. */
  readonly metrics: ByRankingFigure<K, Estimate>;
  /** The same for every customer, in the order of `customers`. */
  readonly perCustomer: ByRankingFigure<K, Float64Array>;
  /** The customers judged: those who took something. */
  readonly customers: readonly (string | number)[];
  /** How the lists of each depth use the catalogue. */
  readonly catalogue: Readonly<Record<K, CatalogueFigures>>;
  /** Customers who were not judged: who took nothing, and who hold less than `minHeld`. */
  readonly leftOut: { readonly tookNothing: number; readonly heldTooFew: number };
  /** What the figures mean, in words: denominators, ties, candidates, intervals. */
  readonly definitions: Readonly<Record<string, string>>;
}

const CALLER = 'rankingMetrics';

/**
 * How good rankings of products are, judged by what customers took afterwards: recall, precision, hit rate, MAP, NDCG and MRR at k, each with its interval.
 *
 * Libraries differ in what these names mean, so the conventions are stated (and given back as `definitions`). n is the number of products the customer took:
 *
 * - `recall@k` hits within k / min(k, n), or / n if asked for; `precision@k` hits / k, also where there are fewer candidates; `hitRate@k` 1 with at least one hit
 * - `map@k` the sum of the precisions at the places of the hits / the same denominator as recall; `mrr@k` 1 / place of the first hit, 0 without one
 * - `ndcg@k` hits discounted by 1 / log2(place + 1) / the same for a list that begins with min(k, n) hits (Järvelin and Kekäläinen, 2002); `valueNdcg@k` with gains of money
 *   instead of 1, of customers whose products are worth something
 *
 * All products a customer does not hold are candidates: no sampled negatives. Equal scores stand in the order of the columns, the lowest first. Customers who took nothing are left
 * out and counted. So `recall@k` is CalibratedRecallK of RecPack, with denominator 'n' its RecallK and `recall_at_k` of Microsoft recommenders; `map@k` is their `map_at_k`, with 'n' their `map`;
 * `precision@k` their `precision_at_k`, `ndcg@k` RecPack's NDCGK.
 *
 * Intervals are Wilson's (1927) at the customers' spread: they speak of other customers of the same kind, for the ranking as it is. To set two rankings against each other use
 * {@link compareRankings}. Scores are looked at block by block, never all at once; beside the scoring O(customers x (products + k²)).
 *
 * @param ranking - a scorer (with `held`), a function that writes scores, all scores row by row, or finished lists; see {@link RankingSource}
 * @param test - what was taken afterwards, such as the test part of `splitHoldings`
 * @param options - k, held, excludeHeld, minHeld, denominator, values, confidence
 * @returns means and values per customer, use of the catalogue, who was left out, and what the figures mean
 * @throws a {@link ClientelaError} `EMPTY_INPUT` where nobody took anything; `INVALID_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * const test = Holdings.fromRows([{ who: 'ann', what: 'card' }, { who: 'ann', what: 'loan' }, { who: 'bob', what: 'save' }], { customer: 'who', product: 'what' });
 * test.products; // => ['card', 'loan', 'save']
 * const found = rankingMetrics([0.9, 0.1, 0.5, 0.3, 0.2, 0.1], test, { k: [1, 2] });
 * found.metrics['recall@1'].estimate; // => 0.5
 * found.perCustomer['ndcg@2']; // => Float64Array.of(1 / (1 + 1 / Math.log2(3)), 0)
 * found.catalogue[1].coverage; // => 1 / 3
 * ```
 */
export function rankingMetrics<const K extends number = 5 | 10 | 20>(ranking: RankingSource, test: Holdings, options: RankingMetricsOptions<K> = {}): RankingMetrics<K> {
  requireKnownOptions(CALLER, options, ['k', 'held', 'excludeHeld', 'minHeld', 'denominator', 'values', 'confidence']);
  requireHoldings(CALLER, test);
  const { excludeHeld = true } = options;
  const z = normalMultiplier(CALLER, options.confidence ?? 0.95);
  const denominator = requireChoice(CALLER, 'denominator', options.denominator ?? 'min(k, n)', ['min(k, n)', 'n']);
  const depths = requireDepths(CALLER, options.k);
  const { products } = test;
  const worth = worthOf(CALLER, products, options.values);
  const { rows, tookNothing, heldTooFew, held } = judgedCustomers(CALLER, test, options.held, excludeHeld, requireWhole(CALLER, 'minHeld', options.minHeld ?? 0, 0));
  const size = Math.min(depths[depths.length - 1]!, products.length);
  const tally = tallyRankings(test.sparse, rows, depths, size, denominator === 'n', worth);
  visitLists(CALLER, ranking, { rows, rowCount: test.customers.length, products, held, excludeHeld, size }, tally.add);
  const metrics: Record<string, Estimate> = {};
  const perCustomer: Record<string, Float64Array> = {};
  FIGURES.forEach((figure, f) => {
    if (figure === 'valueNdcg' && worth === undefined) return;
    depths.forEach((depth, d) => {
      perCustomer[`${figure}@${depth}`] = tally.values[f]![d]!;
      metrics[`${figure}@${depth}`] = meanOfShares(tally.values[f]![d]!, z);
    });
  });
  return {
    metrics: metrics as ByRankingFigure<K, Estimate>,
    perCustomer: perCustomer as ByRankingFigure<K, Float64Array>,
    customers: Array.from(rows, (row) => test.customers[row]!),
    catalogue: catalogueByDepth(depths, tally.shown, held && columnCounts(held), test.customers.length),
    leftOut: { tookNothing, heldTooFew },
    definitions: definitionsOf(denominator, isLists(ranking) ? AS_LISTED : excludeHeld && held !== undefined ? 'all products that are not held' : 'all products', worth && valuesMark(products, worth)),
  };
}
