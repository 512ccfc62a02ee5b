import type { Holdings } from '../../data/holdings.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { ItemNeighbours } from './itemNeighbours.js';
import { learnNeighbours, type ItemSimilarity } from './learnNeighbours.js';
import { lighter } from './pruneWeights.js';
import { requirePairs } from './requirePairs.js';

/** How products are compared. */
export interface ItemNeighboursOptions {
  /**
   * With n_i the holders of i, n_ij those of both and N the customers: `'cosine'` n_ij / sqrt(n_i n_j), `'jaccard'` n_ij / (n_i + n_j - n_ij), `'lift'`
   * n_ij N / (n_i n_j), 1 where holding one says nothing about the other; `'tfidf'` and `'bm25'` count a customer of few products more. @defaultValue 'cosine'
   */
  readonly similarity?: ItemSimilarity;
  /** How many products, the most similar ones, may speak for each scored product. @defaultValue 100 */
  readonly neighbours?: number;
  /** Multiplies a similarity by n_ij / (n_ij + shrinkage): few customers in common prove little. From 0. @defaultValue 0 */
  readonly shrinkage?: number;
  /** Of `'bm25'`: how late holders of a product stop counting; from 0. @defaultValue 1.2 */
  readonly k1?: number;
  /** Of `'bm25'`: how much popular products are discounted, 0 to 1. @defaultValue 0.75 */
  readonly b?: number;
}

const CALLER = 'fitItemNeighbours';
const SIMILARITIES: readonly ItemSimilarity[] = ['cosine', 'jaccard', 'lift', 'tfidf', 'bm25'];

/**
 * A scorer of products by how alike they are to the products a customer holds: the sum of the similarities to those held, over the `neighbours`
 * most similar products of the one scored (ties: the first product).
 *
 * `'tfidf'` and `'bm25'` follow implicit 0.7.3: a product is a document, its holders the terms. A holder of u products weighs ln(products / (1 + u)), a
 * holder of all but one product nothing: of little use for a catalogue of few products. TF-IDF is the cosine of these weights; BM25 multiplies
 * them by (k1 + 1) / (k1 (1 - b + b n_i / mean n) + 1) for product i and adds up their products. They weigh customers when similarities are learnt; the customer
 * scored counts each held product once, so leaving a product out of its own score is only leaving its own term out. O(sum of squared holdings per customer + products²)
 * time, no matrix of products × products. Amounts do not count.
 *
 * @param holdings - customers with the products they hold; for `'lift'` those that hold nothing count too
 * @param options - similarity, neighbours and their parameters
 * @returns the scorer
 * @throws a {@link ClientelaError} `INVALID_INPUT` for what are no holdings, `EMPTY_INPUT` without any, `NOT_IDENTIFIED` when fewer than two products are held
 * by anybody, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * const holdings = Holdings.fromTable([
 *   { id: 1, card: 1, loan: 1, fund: 0 }, { id: 2, card: 1, loan: 0, fund: 1 }, { id: 3, card: 0, loan: 1, fund: 1 }, { id: 4, card: 1, loan: 1, fund: 1 },
 * ], { customer: 'id', products: ['card', 'loan', 'fund'] });
 * fitItemNeighbours(holdings, { similarity: 'jaccard' }).explain(['card'], 'fund').score; // => 0.5
 * fitItemNeighbours(holdings, { similarity: 'lift' }).explain(['card'], 'fund').score; // => 8 / 9
 * ```
 */
export function fitItemNeighbours(holdings: Holdings, options: ItemNeighboursOptions = {}): ItemNeighbours {
  requireKnownOptions(CALLER, options, ['similarity', 'neighbours', 'shrinkage', 'k1', 'b']);
  const { similarity = 'cosine', neighbours = 100, shrinkage = 0, k1 = 1.2, b = 0.75 } = options;
  requireChoice(CALLER, 'similarity', similarity, SIMILARITIES);
  requireWhole(CALLER, 'neighbours', neighbours, 1);
  requireWithin('shrinkage', shrinkage, Infinity);
  requireWithin('k1', k1, Infinity);
  requireWithin('b', b, 1);
  requirePairs(CALLER, holdings);
  const plan = { similarity, neighbours, shrinkage, k1, b };
  return new ItemNeighbours({ ...plan, products: [...holdings.products] }, lighter(learnNeighbours(holdings.sparse, plan)));
}

function requireWithin(option: string, value: number, most: number): void {
  if (value >= 0 && value <= most && value < Infinity) return;
  throw new ClientelaError('INVALID_OPTION', `${CALLER} needs ${option} from 0${most < Infinity ? ` to ${most}` : ' up'}, found ${value}`, { option, value });
}
