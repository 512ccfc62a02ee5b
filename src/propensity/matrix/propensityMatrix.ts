import { frozenCopy } from '../../data/frozenCopy.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { requireSavedModel, restored, savedCopy } from '../../data/savedModel.js';
import type { TableInput, TableOf } from '../../data/table.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import { normalQuantile } from '../../numeric/normal.js';
import { logOdds } from '../../numeric/logOdds.js';
import { sigmoid } from '../../numeric/sigmoid.js';
import type { ParameterUncertainty, PropensityCells } from '../cells/propensityCells.js';
import { openUncertainty, uncertaintyOf } from '../products/productUncertainty.js';
import { readAudience, type Audience, type PropensityAudience } from './audience.js';
import { recommendRow, type RowOfferOptions, type RowOffers } from './rowOffers.js';
import type { PropensityMethod } from './matrixOptions.js';
import { reasonsFor, type PropensityReason } from './matrixReasons.js';
import { MatrixScorer } from './matrixScorer.js';
import type { LearntParts, PropensityMatrixState, PropensityReport } from './matrixState.js';
import { readRow, type ProductPropensity, type PropensityRow, type ReadRow } from './propensityRow.js';
import { scoreRows, type ScoreRows } from './scoreRows.js';
import { blockSizeOf, rankBlock, readTopOptions, type TopOptions, type TopProducts } from './topProducts.js';

/** Some customers with their probabilities. */
export interface PropensityBlock {
  /** The first row of the block among all. */
  readonly from: number;
  /** One a row. */
  readonly customers: readonly (string | number)[];
  /** Row-major, customers of the block × products; `NaN` where the product is held or refused. Overwritten by the next block. */
  readonly probability: Float64Array;
}

/**
 * For every customer the probability of every product; learnt by `fitPropensityMatrix`. Travels as JSON without any customer in it.
 *
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * import { fitPropensityMatrix } from 'clientela/propensity';
 * const rows = Array.from({ length: 300 }, (_, i) => [{ customer: i, product: 'account' }, ...(i % 3 === 0 ? [{ customer: i, product: 'card' }, { customer: i, product: 'fund' }] : [])]).flat();
 * const holdings = Holdings.fromRows(rows, { customer: 'customer', product: 'product' });
 * const matrix = PropensityMatrix.fromJSON(JSON.parse(JSON.stringify(fitPropensityMatrix({ holdings, methods: ['ease'] }))));
 * const { products, columns } = matrix.top({ holdings: Holdings.fromRows([{ customer: 'new', product: 'card' }], { customer: 'customer', product: 'product' }) }, { count: 1 });
 * products[columns[0]]; // => 'fund'
 * ```
 */
export class PropensityMatrix {
  /** In the order of the columns of all matrices. */
  readonly products: readonly string[];
  /** How long the window is, such as `90d`; null where no `horizon` was given. */
  readonly horizon: string | null;
  /** What was tried, chosen and certified. */
  readonly report: PropensityReport;
  readonly #state: PropensityMatrixState;
  readonly #learnt: LearntParts;
  readonly #scorer: MatrixScorer;
  /** Covariances laid out, when first asked for. */
  readonly #opened: { covariances?: Float64Array | null } = {};

  /** @internal */
  constructor(state: PropensityMatrixState) {
    this.#state = frozenCopy(state);
    this.products = this.#state.products;
    this.horizon = this.#state.horizon;
    this.report = this.#state.report;
    this.#learnt = this.#state.learnt as LearntParts;
    this.#scorer = new MatrixScorer(this.#state);
    Object.freeze(this);
  }

  /**
   * The matrix that `toJSON` gave.
   *
   * @param json - the parsed JSON
   * @returns the same matrix
   * @throws a {@link ClientelaError} `MODEL_FORMAT` or `MODEL_VERSION`
   */
  static fromJSON(json: unknown): PropensityMatrix {
    return restored('PropensityMatrix', () => new PropensityMatrix(requireSavedModel('PropensityMatrix', 1, json, 'products', 'learnt', 'methods', 'report') as unknown as PropensityMatrixState));
  }

  /**
   * The probability of every product for every customer, as `expectedMargin`, `idealBasket` and `portfolioPotential` take it. Dense: 8 bytes a cell; for
   * more than some 10 million cells there are `blocks` and `top`.
   *
   * @param audience - customers, what they hold, or both
   * @returns customers, products, probabilities (`NaN` where the product is held or refused) and how sure they are
   * @throws a {@link ClientelaError} `INVALID_INPUT` without what was learnt from; `UNKNOWN_COLUMN`, `MISSING_VALUE`, `INVALID_OPTION`
   */
  predict<Data extends TableOf<Data> = readonly object[]>(audience: PropensityAudience<Data>): PropensityCells {
    const read = this.#read('PropensityMatrix.predict', audience as unknown as PropensityAudience<TableInput>);
    const probability = new Float64Array(read.ids.length * this.products.length);
    const rows = this.#rows('PropensityMatrix.predict', read, 0, read.ids.length);
    this.#scorer.probabilitiesInto(rows, 0, read.ids.length, probability, this.#methods(read.knowsHoldings));
    const uncertainty = this.#uncertainty(rows, probability, read.knowsHoldings);
    return { customers: read.ids, products: this.products, probability, ...(uncertainty && { uncertainty }) };
  }

  /**
   * The same block by block, in memory for one block.
   *
   * @param audience - customers, what they hold, or both
   * @param options - `rows`: customers in a block, by default as many as make a quarter of a million cells
   * @returns the blocks, in the order of the customers
   * @throws a {@link ClientelaError} as `predict`
   */
  *blocks<Data extends TableOf<Data> = readonly object[]>(audience: PropensityAudience<Data>, options: { readonly rows?: number } = {}): Generator<PropensityBlock, void, undefined> {
    const caller = 'PropensityMatrix.blocks';
    requireKnownOptions(caller, options, ['rows']);
    const read = this.#read(caller, audience as unknown as PropensityAudience<TableInput>);
    const size = options.rows === undefined ? blockSizeOf(this.products.length) : requireWhole(caller, 'rows', options.rows, 1);
    const out = new Float64Array(Math.min(size, read.ids.length) * this.products.length);
    for (let from = 0; from < read.ids.length; from += size) {
      const to = Math.min(from + size, read.ids.length);
      this.#scorer.probabilitiesInto(this.#rows(caller, read, from, to), 0, to - from, out, this.#methods(read.knowsHoldings));
      yield { from, customers: read.ids.slice(from, to), probability: out.subarray(0, (to - from) * this.products.length) };
    }
  }

  /**
   * The best products of every customer that are not held: by probability, or by what they are expected to bring. In memory for the answer and one block, so
   * that a million customers × a thousand products need no dense matrix.
   *
   * @param audience - customers, what they hold, or both
   * @param options - how many, at what margin and cost, who may be offered what
   * @returns columns of products, probabilities and values, `count` places a customer; ties go to the first product
   * @throws a {@link ClientelaError} as `predict`
   */
  top<Data extends TableOf<Data> = readonly object[]>(audience: PropensityAudience<Data>, options: TopOptions = {}): TopProducts {
    const caller = 'PropensityMatrix.top';
    const width = this.products.length;
    const plan = readTopOptions(caller, options, this.products);
    const read = this.#read(caller, audience as unknown as PropensityAudience<TableInput>);
    const places = read.ids.length * plan.count;
    const result = { columns: new Int32Array(places).fill(-1), probability: new Float64Array(places).fill(NaN), value: new Float64Array(places).fill(NaN) };
    const cells = Math.min(plan.blockSize, read.ids.length) * width;
    const buffers = { probability: new Float64Array(cells), value: new Float64Array(cells), barred: new Uint16Array(plan.eligibility === null ? 0 : cells) };
    for (let from = 0; from < read.ids.length; from += plan.blockSize) {
      const to = Math.min(from + plan.blockSize, read.ids.length);
      this.#scorer.probabilitiesInto(this.#rows(caller, read, from, to), 0, to - from, buffers.probability, this.#methods(read.knowsHoldings));
      rankBlock(plan, from, to, width, buffers, result);
    }
    return { customers: read.ids, products: this.products, count: plan.count, ...result };
  }

  /**
   * The probabilities of one customer, known or new, the most likely product first; products held and refused ones are left out.
   *
   * @param row - what is known: a profile, what is held, or both
   * @returns one entry a product, ties in the order of `products`
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN` for a held product that is not known; `INVALID_INPUT`, `INVALID_VALUE`
   */
  predictRow(row: PropensityRow): ProductPropensity[] {
    return this.#predictRow(readRow('PropensityMatrix.predictRow', row, this.products, this.#state.features));
  }

  /**
   * What to offer one customer, known or new: every product by what it is expected to bring, the first offer, the first basket, and how far the answer had to
   * fall back on less than a full view of the customer.
   *
   * @param row - what is known: a profile, what is held, or both
   * @param options - margins and costs, how many products, which exclude each other
   * @returns offers, basket and the trace of what was known
   * @throws a {@link ClientelaError} as `predictRow`; `INVALID_OPTION`
   */
  recommend(row: PropensityRow, options: RowOfferOptions = {}): RowOffers {
    const caller = 'PropensityMatrix.recommend';
    const read = readRow(caller, row, this.products, this.#state.features);
    return recommendRow(caller, this.products, read, this.#predictRow(read), options, this.#state);
  }

  /**
   * What moves the probability of one product for one customer: each product held, looked at by leaving it out, and each trait of the profile against the average customer.
   * The factors are those of the probability as a whole, whatever the method; they need not multiply to it, for traits share what they tell.
   *
   * @param row - what is known: a profile, what is held, or both
   * @param product - its name
   * @returns reasons, the strongest first; none for a product whose rate is all that is known
   * @throws a {@link ClientelaError} `UNKNOWN_COLUMN` for a product that is not known
   */
  explain(row: PropensityRow, product: string): PropensityReason[] {
    const caller = 'PropensityMatrix.explain';
    const column = this.products.indexOf(product);
    if (column < 0) throw unknownColumn(caller, product, this.products);
    const read = readRow(caller, row, this.products, this.#state.features);
    return reasonsFor(caller, this.#scorer, this.#learnt.designs, read, column, this.#methods(read.knowsHoldings), this.products);
  }

  /**
   * The matrix as plain JSON.
   *
   * @returns what `fromJSON` reads
   */
  toJSON(): PropensityMatrixState {
    return savedCopy(this.#state);
  }

  #predictRow(read: ReadRow): ProductPropensity[] {
    const methods = this.#methods(read.knowsHoldings);
    const rows = scoreRows('PropensityMatrix.predictRow', this.#learnt.designs, read.held, read.profile);
    const probability = new Float64Array(this.products.length);
    this.#scorer.probabilitiesInto(rows, 0, 1, probability, methods);
    const uncertainty = this.#uncertainty(rows, probability, read.knowsHoldings);
    const z = normalQuantile((1 + this.report.confidence) / 2);
    const found = this.products.flatMap((product, j): ProductPropensity[] => {
      const p = probability[j]!;
      if (Number.isNaN(p)) return [];
      const error = z * (uncertainty?.logOddsError(0, j) ?? 0);
      const { status } = this.report.certificates[j]!;
      return [{ product, probability: p, interval: { lower: error === 0 ? p : sigmoid(logOdds(p) - error), upper: error === 0 ? p : sigmoid(logOdds(p) + error) }, method: methods[j]!, status }];
    });
    return found.sort((a, b) => b.probability - a.probability);
  }

  #read(caller: string, audience: PropensityAudience<TableInput>): Audience {
    return readAudience(caller, audience, this.products, this.#state.features.length > 0, this.#state.customer);
  }

  #rows(caller: string, read: Audience, from: number, to: number): ScoreRows {
    return scoreRows(caller, this.#learnt.designs, read.heldIn(from, to), read.profile(from, to));
  }

  /** The method of each product: where holdings are not known, that for newcomers. */
  #methods(knowsHoldings: boolean): readonly PropensityMethod[] {
    return knowsHoldings ? this.#state.methods : this.products.map(() => this.#state.newcomers);
  }

  /** Of newcomers of whom holdings are not known, only a model of the profile knows how sure it is. */
  #uncertainty(rows: ScoreRows, probability: Float64Array, knowsHoldings: boolean): ParameterUncertainty | undefined {
    const { uncertainty, designs } = this.#learnt;
    if (uncertainty === null || (!knowsHoldings && uncertainty.variant !== 'profile')) return undefined;
    const design = designs[uncertainty.variant]!;
    if (this.#opened.covariances === undefined) this.#opened.covariances = openUncertainty(design, uncertainty.state);
    return uncertaintyOf(design, uncertainty.state, rows.design(uncertainty.variant), probability, this.#opened.covariances);
  }
}
