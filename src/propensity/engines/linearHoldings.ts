import type { Holdings } from '../../data/holdings.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import { scoreHoldings, unknownAmong } from './knownProducts.js';
import { sumWeights, weightOf, type ProductWeights } from './productWeights.js';
import { recommendProducts, type Recommendations, type RecommendOptions } from './recommendations.js';

/** What one held product adds to a score. */
export interface HoldingsContribution {
  /** The product held. */
  readonly product: string;
  /** What it adds; below 0 where holding it speaks against. */
  readonly contribution: number;
}

/** Why a customer has a score. */
export interface HoldingsExplanation {
  /** The product that is scored. */
  readonly product: string;
  /** The sum of the contributions. */
  readonly score: number;
  /** One for each other product held that the model knows, the strongest first, ties in the order of the model's products. */
  readonly contributions: readonly HoldingsContribution[];
  /** Products said to be held that the model does not know: they add nothing. */
  readonly unknownProducts: readonly string[];
}

/**
 * Scores that are sums over the products a customer holds: what {@link Ease} and {@link ItemNeighbours} have in common. Scores rank the products of one
 * customer; they are no probabilities. Customers who were learnt from are scored a little too well: judge on others.
 *
 * A product's own column never enters its score: that of a product the customer holds is what the other holdings say. Products the model does not know add
 * nothing and have no score; `unknownProducts` names them.
 *
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * import { fitEase } from 'clientela/propensity';
 * const holdings = Holdings.fromTable([
 *   { id: 1, card: 1, loan: 1, fund: 0 }, { id: 2, card: 1, loan: 0, fund: 1 }, { id: 3, card: 0, loan: 1, fund: 1 }, { id: 4, card: 1, loan: 1, fund: 1 },
 * ], { customer: 'id', products: ['card', 'loan', 'fund'] });
 * const model = fitEase(holdings, { ridge: 0.5 });
 * model.scores(holdings.forCustomers([1])); // => [4 / 11, 4 / 11, 8 / 11]
 * ```
 */
export abstract class LinearHoldings {
  /** In the order of the scores. */
  readonly products: readonly string[];
  /** What each held product adds to each other. */
  protected readonly weights: ProductWeights;
  /** The class, for messages. */
  protected abstract readonly name: string;

  /** @internal */
  constructor(products: readonly string[], weights: ProductWeights) {
    this.products = products;
    this.weights = weights;
  }

  /** @internal */
  scoreInto(held: SparseRows, from: number, to: number, out: Float64Array): void {
    sumWeights(this.weights, this.products.length, held, from, to, out);
  }

  /**
   * A score for every customer and every product of the model, those held included. O(holdings × products).
   *
   * @param holdings - any customers; products in any order
   * @returns row-major, customers of the holdings × `products` of the model; the higher, the likelier
   * @throws a {@link ClientelaError} `INVALID_INPUT` for what are no holdings; `UNKNOWN_COLUMN` when the model knows none of their products
   */
  scores(holdings: Holdings): Float64Array {
    return scoreHoldings(`${this.name}.scores`, this, holdings);
  }

  /**
   * The best products of each customer among those not held: exactly `count`, or all that are left. Products without any evidence score 0 and are not left out.
   *
   * @param holdings - any customers; products in any order
   * @param options - how many, and which products may be recommended
   * @returns products and scores by customer
   * @throws a {@link ClientelaError} as `scores`; `INVALID_OPTION`
   */
  recommend(holdings: Holdings, options: RecommendOptions = {}): Recommendations {
    return recommendProducts(`${this.name}.recommend`, this, holdings, options);
  }

  /**
   * What each product held adds to the score of one product.
   *
   * @param held - names of products, in any order, each counted once
   * @param product - the product scored; whether it is held itself makes no difference
   * @returns contributions that add up to the score
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN` for a product to score that the model does not know
   */
  explain(held: readonly string[], product: string): HoldingsExplanation {
    const target = this.products.indexOf(product);
    if (target < 0) throw unknownColumn(`${this.name}.explain`, product, this.products);
    const names = new Set(held);
    const width = this.products.length;
    const contributions: HoldingsContribution[] = [];
    let score = 0;
    this.products.forEach((other, row) => {
      if (row === target || !names.has(other)) return;
      const contribution = weightOf(this.weights, width, row, target);
      score += contribution;
      contributions.push({ product: other, contribution });
    });
    contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    return { product, score, contributions, unknownProducts: [...names].filter((name) => !this.products.includes(name)) };
  }

  /**
   * Products of the holdings that the model does not know, launched since it was learnt or misspelt: they add nothing to any score.
   *
   * @param holdings - what is to be scored
   * @returns names, in the order of the holdings
   */
  unknownProducts(holdings: Holdings): string[] {
    return unknownAmong(`${this.name}.unknownProducts`, this.products, holdings);
  }
}
