import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import { ClientelaError } from '../../errors.js';
import type { ItemSimilarity, NeighbourPlan } from './learnNeighbours.js';
import { LinearHoldings } from './linearHoldings.js';
import { weightsOf, weightsState, type ProductWeights, type WeightsState } from './productWeights.js';

/** {@link ItemNeighbours} as JSON. */
export interface ItemNeighboursState extends WeightsState {
  /** Which class reads it. */
  readonly format: 'ItemNeighbours';
  /** Which version wrote it. */
  readonly formatVersion: 1;
  /** In the order of rows and columns. */
  readonly products: readonly string[];
  /** How products are compared. */
  readonly similarity: ItemSimilarity;
  /** How many neighbours each scored product has at most. */
  readonly neighbours: number;
  /** Customers in common that halve a similarity. */
  readonly shrinkage: number;
  /** Saturation, of BM25. */
  readonly k1: number;
  /** Discount of popular products, of BM25. */
  readonly b: number;
}

/**
 * Scores by how alike a product is to those a customer holds; learnt by `fitItemNeighbours`. Travels as JSON with the neighbours only.
 *
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * import { fitItemNeighbours } from 'clientela/propensity';
 * const holdings = Holdings.fromRows(
 *   [['ann', 'card'], ['ann', 'loan'], ['bob', 'card'], ['bob', 'fund'], ['cid', 'card'], ['dee', 'fund']].map(([who, what]) => ({ who, what })),
 *   { customer: 'who', product: 'what' },
 * );
 * const model = ItemNeighbours.fromJSON(JSON.parse(JSON.stringify(fitItemNeighbours(holdings))));
 * model.explain(['card', 'fund'], 'loan').contributions; // => [{ product: 'card', contribution: Math.sqrt(1 / 3) }, { product: 'fund', contribution: 0 }]
 * ```
 */
export class ItemNeighbours extends LinearHoldings {
  /** How products are compared, and how many neighbours are kept. */
  readonly settings: Readonly<NeighbourPlan>;
  protected readonly name: string = 'ItemNeighbours';

  /** @internal */
  constructor({ products, similarity, neighbours, shrinkage, k1, b }: NeighbourPlan & { readonly products: readonly string[] }, weights: ProductWeights) {
    super(products, weights);
    this.settings = { similarity, neighbours, shrinkage, k1, b };
    Object.freeze(this);
  }

  /**
   * The model that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same model
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): ItemNeighbours {
    return restored('ItemNeighbours', () => {
      const state = requireSavedModel('ItemNeighbours', 1, json, 'products', 'similarity', 'values') as unknown as ItemNeighboursState;
      const weights = weightsOf(state, state.products.length);
      if (weights === undefined) throw new ClientelaError('MODEL_FORMAT', `ItemNeighbours.fromJSON needs weights of ${state.products.length} products, found ${state.values.length} values`, { format: 'ItemNeighbours' });
      return new ItemNeighbours(state, weights);
    });
  }

  /**
   * The model as plain JSON.
   *
   * @returns what `fromJSON` reads
   */
  toJSON(): ItemNeighboursState {
    return savedCopy({ format: 'ItemNeighbours', formatVersion: 1, products: this.products, ...this.settings, ...weightsState(this.weights) });
  }
}
