import type { Holdings } from '../../data/holdings.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import { ClientelaError } from '../../errors.js';
import type { Convergence } from '../../numeric/convergence.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import type { HoldingsEngine } from '../engines/holdingsEngine.js';
import { requireKnown, scoreHoldings, sparseFor } from '../engines/knownProducts.js';
import type { HoldingsContribution, HoldingsExplanation } from '../engines/linearHoldings.js';
import { recommendProducts, type Recommendations, type RecommendOptions } from '../engines/recommendations.js';
import type { FoldIn } from './foldIn.js';
import { createFoldIn, foldInRows, scoreRows } from './foldInRows.js';
import type { ImplicitAlsState } from './implicitAlsState.js';

/**
 * Scores by latent factors of products; learnt by `fitImplicitAls`. It keeps nothing of any customer: the factors of a customer, known or new, are those that
 * fit best with what he holds, one small linear system each. Scores rank the products of one customer, around 0 to 1; they are no probabilities.
 *
 * A product's own column never enters its score: that of a product the customer holds is what the other holdings say, exactly as if it were not held. Products
 * the model does not know add nothing and have no score.
 *
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * import { fitImplicitAls } from 'clientela/propensity';
 * const held = { ann: ['card', 'loan'], bob: ['card', 'loan'], cid: ['card'], dee: ['fund', 'bond'], eve: ['fund', 'bond'] };
 * const rows = Object.entries(held).flatMap(([who, products]) => products.map((what) => ({ who, what })));
 * const holdings = Holdings.fromRows(rows, { customer: 'who', product: 'what' });
 * const model = ImplicitAls.fromJSON(JSON.parse(JSON.stringify(fitImplicitAls(holdings, { factors: 2, ridge: 1 }))));
 * const { columns } = model.recommend(holdings.forCustomers(['cid']), { count: 1 });
 * model.products[columns[0]]; // => 'loan'
 * const { score, contributions } = model.explain(['card', 'bond'], 'loan');
 * contributions[0].product; // => 'card'
 * contributions[0].contribution + contributions[1].contribution === score; // => true
 * ```
 */
export class ImplicitAls implements HoldingsEngine {
  /** In the order of the scores and factors. */
  readonly products: readonly string[];
  /** Products × factors, row-major. */
  readonly factors: Float64Array;
  /** How much more a holding counts than an absence, which counts 1. */
  readonly alpha: number;
  /** The penalty on squared factors. */
  readonly ridge: number;
  /** The loss after each sweep. */
  readonly losses: readonly number[];
  /** How the fit ended. */
  readonly convergence: Convergence;
  readonly #foldIn: FoldIn;

  /** @internal */
  constructor({ products, alpha, ridge, losses, convergence }: Omit<ImplicitAlsState, 'format' | 'formatVersion' | 'factors'>, factors: Float64Array) {
    this.products = products;
    this.factors = factors;
    this.alpha = alpha;
    this.ridge = ridge;
    this.losses = losses;
    this.convergence = convergence;
    this.#foldIn = createFoldIn(factors, { width: factors.length / products.length, alpha, ridge });
    Object.freeze(this);
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): ImplicitAls {
    return restored('ImplicitAls', () => {
      const state = requireSavedModel('ImplicitAls', 1, json, 'products', 'factors', 'alpha', 'ridge', 'losses', 'convergence') as unknown as ImplicitAlsState;
      const factors = Float64Array.from(state.factors);
      if (factors.length > 0 && factors.length % state.products.length === 0) return new ImplicitAls(state, factors);
      throw new ClientelaError('MODEL_FORMAT', `ImplicitAls.fromJSON needs as many factors for each of ${state.products.length} products, found ${factors.length} in all`, { format: 'ImplicitAls' });
    });
  }

  /** @internal */
  scoreInto(held: SparseRows, from: number, to: number, out: Float64Array): void {
    scoreRows(this.#foldIn, held, from, to, out);
  }

  /**
   * A score for every customer and every product of the model, those held included; 0 for customers that hold nothing. O(holdings × products).
   *
   * @param holdings - any customers, those the model was learnt from or others; products in any order
   * @returns row-major, customers of the holdings × `products` of the model; the higher, the likelier
   * @throws a {@link ClientelaError} `INVALID_INPUT` for what are no holdings; `UNKNOWN_COLUMN` when the model knows none of their products
   */
  scores(holdings: Holdings): Float64Array {
    return scoreHoldings('ImplicitAls.scores', this, holdings);
  }

  /**
   * The best products of each customer among those not held: exactly `count`, or all that are left.
   *
   * @param holdings - any customers; products in any order
   * @param options - how many, and which products may be recommended
   * @returns products and scores by customer
   * @throws a {@link ClientelaError} as `scores`; `INVALID_OPTION`
   */
  recommend(holdings: Holdings, options: RecommendOptions = {}): Recommendations {
    return recommendProducts('ImplicitAls.recommend', this, holdings, options);
  }

  /**
   * The factors of customers, for grouping them by what they hold: their dot products with the factors of a product they do not hold are its scores.
   *
   * @param holdings - any customers; products in any order
   * @returns row-major, customers × factors; all 0 for those that hold nothing
   * @throws a {@link ClientelaError} as `scores`
   */
  customerFactors(holdings: Holdings): Float64Array {
    requireKnown('ImplicitAls.customerFactors', this.products, holdings);
    return foldInRows(this.#foldIn, sparseFor(this.products, holdings));
  }

  /**
   * What each product held adds to the score of one product, given all that is held (Hu, Koren and Volinsky, 2008, section 5).
   *
   * @param held - names of products, in any order, each counted once
   * @param product - the product scored; whether it is held itself makes no difference
   * @returns contributions that add up to the score, to rounding
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN` for a product to score that the model does not know
   */
  explain(held: readonly string[], product: string): HoldingsExplanation {
    const target = this.products.indexOf(product);
    if (target < 0) throw unknownColumn('ImplicitAls.explain', product, this.products);
    const names = new Set(held);
    const columns = Int32Array.from([...this.products.keys()].filter((column) => column !== target && names.has(this.products[column]!)));
    const amounts = this.#foldIn.contributions(columns, target);
    const contributions = Array.from(columns, (column, i): HoldingsContribution => ({ product: this.products[column]!, contribution: amounts[i]! }));
    const score = amounts.reduce((sum, amount) => sum + amount, 0);
    contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    return { product, score, contributions, unknownProducts: [...names].filter((name) => !this.products.includes(name)) };
  }

  /**
   * The model as plain JSON.
   *
   * @returns what `fromJSON` reads
   */
  toJSON(): ImplicitAlsState {
    const { products, alpha, ridge, losses, convergence } = this;
    return savedCopy({ format: 'ImplicitAls', formatVersion: 1, products, factors: [...this.factors], alpha, ridge, losses, convergence });
  }
}
