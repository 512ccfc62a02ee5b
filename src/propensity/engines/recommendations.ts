import type { Holdings } from '../../data/holdings.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import { topColumns } from '../../numeric/topColumns.js';
import type { HoldingsEngine } from './holdingsEngine.js';
import { requireKnown, sparseFor } from './knownProducts.js';

/** What to recommend. */
export interface RecommendOptions {
  /** How many products for each customer; fewer where fewer are left. @defaultValue 10 */
  readonly count?: number;
  /** The only products that may be recommended: those on sale. @defaultValue all the model knows */
  readonly products?: readonly string[];
}

/** The best products of each customer among those not held, the highest score first, ties by the order of the model's products. */
export interface Recommendations {
  /** As in the holdings given. */
  readonly customers: readonly (string | number)[];
  /** The products of the model, which `columns` counts from 0. */
  readonly products: readonly string[];
  /** The recommendations of `customers[c]` are `offsets[c]` (included) to `offsets[c + 1]` (excluded). */
  readonly offsets: Uint32Array;
  /** Which product, one a recommendation. */
  readonly columns: Int32Array;
  /** Its score, one a recommendation; comparable within a customer. */
  readonly scores: Float64Array;
  /** Products of the holdings that the model does not know: they were left out of account. */
  readonly unknownProducts: readonly string[];
}

/** Scores computed together: few enough for the cache. */
const BLOCK_CELLS = 16_384;

/** The best columns of every row in blocks of rows: O(customers × products) time, memory for the answer and one block. */
export function recommendProducts(caller: string, engine: HoldingsEngine, holdings: Holdings, options: RecommendOptions): Recommendations {
  const unknownProducts = requireKnown(caller, engine.products, holdings);
  requireKnownOptions(caller, options, ['count', 'products']);
  const { count = 10 } = options;
  requireWhole(caller, 'count', count, 1);
  const { products } = engine;
  const barred = barredProducts(caller, products, options.products);
  const sparse = sparseFor(products, holdings);
  const { customers } = holdings;
  const width = products.length;
  const candidates = barred.reduce((free, bar) => free + 1 - bar, 0);
  const most = Math.min(count, candidates);
  const columns = new Int32Array(customers.length * most);
  const scores = new Float64Array(columns.length);
  const offsets = new Uint32Array(customers.length + 1);
  const blockRows = Math.min(Math.ceil(BLOCK_CELLS / width), customers.length);
  const block = new Float64Array(blockRows * width);
  const mask = new Uint8Array(width);
  let size = 0;
  for (let from = 0; from < customers.length; from += blockRows) {
    const to = Math.min(from + blockRows, customers.length);
    engine.scoreInto(sparse, from, to, block);
    for (let r = from; r < to; r++) {
      mask.set(barred);
      for (let e = sparse.offsets[r]!; e < sparse.offsets[r + 1]!; e++) mask[sparse.columns[e]!] = 1;
      const first = (r - from) * width;
      const end = size + topColumns(block, first, width, most, mask, 0, columns, size);
      for (; size < end; size++) scores[size] = block[first + columns[size]!]!;
      offsets[r + 1] = size;
    }
  }
  return { customers, products, offsets, columns: columns.slice(0, size), scores: scores.slice(0, size), unknownProducts };
}

function barredProducts(caller: string, products: readonly string[], allowed: readonly string[] | undefined): Uint8Array {
  const barred = new Uint8Array(products.length);
  if (allowed === undefined) return barred;
  barred.fill(1);
  for (const product of allowed) {
    const column = products.indexOf(product);
    if (column < 0) throw unknownColumn(`${caller} (products)`, product, products);
    barred[column] = 0;
  }
  return barred;
}
