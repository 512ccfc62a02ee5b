import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { ClientelaError } from '../../errors.js';
import { LinearHoldings } from './linearHoldings.js';
import { weightsOf, weightsState, type ProductWeights, type WeightsState } from './productWeights.js';

/** How well one penalty did. */
export interface RidgeTrial {
  /** The penalty. */
  readonly ridge: number;
  /** The mean squared error of scores of customers who were left out, over all products that somebody holds. */
  readonly error: number;
}

/** {@link Ease} as JSON. */
export interface EaseState extends WeightsState {
  /** Which class reads it. */
  readonly format: 'Ease';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** In the order of rows and columns. */
  readonly products: readonly string[];
  /** The penalty. */
  readonly ridge: number;
  /** The share of weights kept. */
  readonly density: number;
  /** The penalties it was chosen from; empty when one was given. */
  readonly trials: readonly RidgeTrial[];
}

/**
 * Scores by a linear model of every product on all others; learnt by `fitEase`. Travels as JSON with one number a pair of products, or those kept only.
 *
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * import { fitEase } from 'clientela/propensity';
 * const holdings = Holdings.fromRows(
 *   [['ann', 'card'], ['ann', 'loan'], ['bob', 'card'], ['bob', 'loan'], ['cid', 'card'], ['dee', 'fund']].map(([who, what]) => ({ who, what })),
 *   { customer: 'who', product: 'what' },
 * );
 * const model = Ease.fromJSON(JSON.parse(JSON.stringify(fitEase(holdings, { ridge: 1 }))));
 * const { columns } = model.recommend(holdings.forCustomers(['cid']), { count: 1 });
 * model.products[columns[0]]; // => 'loan'
 * model.explain(['card'], 'loan'); // => { product: 'loan', score: 0.5, contributions: [{ product: 'card', contribution: 0.5 }], unknownProducts: [] }
 * ```
 */
export class Ease extends LinearHoldings {
  /** The penalty. */
  readonly ridge: number;
  /** The share of weights kept. */
  readonly density: number;
  /** The penalties it was chosen from, as given; empty when one was given. */
  readonly trials: readonly RidgeTrial[];
  protected readonly name: string = 'Ease';

  /** @internal */
  constructor({ products, ridge, density, trials }: Pick<EaseState, 'products' | 'ridge' | 'density' | 'trials'>, weights: ProductWeights) {
    super(products, weights);
    this.ridge = ridge;
    this.density = density;
    this.trials = trials;
    Object.freeze(this);
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): Ease {
    return restored('Ease', () => {
      const state = requireSavedModel('Ease', 1, json, 'products', 'ridge', 'trials', 'values') as unknown as EaseState;
      const weights = weightsOf(state, state.products.length);
      if (weights === undefined) throw new ClientelaError('MODEL_FORMAT', `Ease.fromJSON needs weights of ${state.products.length} products, found ${state.values.length} values`, { format: 'Ease' });
      return new Ease(state, weights);
    });
  }

  /**
   * The model as plain JSON.
   *
   * @returns what `fromJSON` reads
   */
  toJSON(): EaseState {
    const { products, ridge, density, trials } = this;
    return savedCopy({ format: 'Ease', formatVersion: 1, products, ridge, density, trials, ...weightsState(this.weights) });
  }
}
