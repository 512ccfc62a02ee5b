import type { Holdings } from '../../data/holdings.js';
import { requireKnownOptions } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { Ease, type RidgeTrial } from './ease.js';
import { easeLeftOutError } from './easeLeftOutError.js';
import { easeTask, learnEase, ridgeLost } from './learnEase.js';
import { pruneWeights } from './pruneWeights.js';
import { requirePairs } from './requirePairs.js';

/** How to learn. */
export interface EaseOptions {
  /**
   * The penalty on squared weights, in customers: how many holders a product needs before what they hold is believed. Above 0. Of several the one is
   * taken that scores customers best who are left out one at a time (exact, in closed form; ties to the first): `[3, 10, 30, 100, 300, 1000]`. @defaultValue 100
   */
  readonly ridge?: number | readonly number[];
  /** The share of the weights to keep, the largest in size, at least one: above 0, up to 1. Few are needed; what is stored and scoring time shrink with it. @defaultValue 1 */
  readonly density?: number;
}

const CALLER = 'fitEase';

/**
 * A scorer of products from the other products a customer holds, by ridge regression of every product on all others at once (EASE: Steck, 2019,
 * "Embarrassingly shallow autoencoders for sparse data", doi:10.1145/3308558.3313710): a closed form without chance or iteration.
 *
 * With X the customers × products of 0 and 1 and P = (X'X + ridge I)^-1, product i adds -P_ij / P_jj to the score of product j. The matrix inverted is the
 * smaller of products × products and customers × customers (Woodbury); both give the same. O(min(customers, products)^3). Products nobody holds
 * add nothing and score 0; customers that hold nothing change nothing. Amounts do not count. Choosing among ridges costs one inversion and
 * O(holdings × products) each.
 *
 * @param holdings - customers with the products they hold
 * @param options - penalty and pruning
 * @returns the scorer
 * @throws a {@link ClientelaError} `INVALID_INPUT` for what are no holdings, `EMPTY_INPUT` without any, `NOT_IDENTIFIED` when fewer than two products are held
 * by anybody or a ridge is lost in rounding, `INVALID_OPTION`
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * const holdings = Holdings.fromTable([
 *   { id: 1, card: 1, loan: 1, fund: 0 }, { id: 2, card: 1, loan: 0, fund: 1 }, { id: 3, card: 0, loan: 1, fund: 1 }, { id: 4, card: 1, loan: 1, fund: 1 },
 * ], { customer: 'id', products: ['card', 'loan', 'fund'] });
 * const model = fitEase(holdings, { ridge: 0.5 });
 * model.explain(['card', 'loan'], 'fund').score; // => 8 / 11
 * ```
 */
export function fitEase(holdings: Holdings, options: EaseOptions = {}): Ease {
  requireKnownOptions(CALLER, options, ['ridge', 'density']);
  const { ridge = 100, density = 1 } = options;
  const ridges = typeof ridge === 'number' ? [ridge] : [...ridge];
  const wrong = ridges.find((value) => !(value > 0 && value < Infinity));
  if (wrong !== undefined || ridges.length === 0) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs ridge above 0, or a list of such numbers, found ${wrong ?? 'an empty list'}`, { option: 'ridge', value: wrong });
  }
  if (!(density > 0 && density <= 1)) throw new ClientelaError('INVALID_OPTION', `${CALLER} needs density above 0 and up to 1, found ${density}`, { option: 'density', value: density });
  requirePairs(CALLER, holdings);
  const task = easeTask(holdings.sparse);
  const trials = ridges.length > 1 ? ridges.map((value): RidgeTrial => ({ ridge: value, error: easeLeftOutError(task, value) })) : [];
  const lost = trials.find(({ error }) => !Number.isFinite(error));
  if (lost !== undefined) throw ridgeLost(lost.ridge);
  const least = Math.min(...trials.map(({ error }) => error));
  const best = trials.find(({ error }) => error === least)?.ridge ?? ridges[0]!;
  const weights = learnEase(task, best);
  const { products } = holdings;
  return new Ease({ products: [...products], ridge: best, density, trials }, pruneWeights(weights, products.length, density));
}
