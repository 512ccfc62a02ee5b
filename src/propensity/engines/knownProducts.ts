import type { Holdings } from '../../data/holdings.js';
import { requireHoldings } from '../../data/requireHoldings.js';
import { unknownColumn } from '../../data/unknownColumn.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import type { HoldingsEngine } from './holdingsEngine.js';

/** The holdings by the columns of an engine; as they are where those are their own. */
export function sparseFor(products: readonly string[], holdings: Holdings): SparseRows {
  const isSame = products.length === holdings.products.length && products.every((product, column) => product === holdings.products[column]);
  return isSame ? holdings.sparse : holdings.forProducts(products).sparse;
}

/** Products of the holdings that are none of these, in the order of the holdings. */
export function unknownAmong(caller: string, products: readonly string[], holdings: Holdings): string[] {
  requireHoldings(caller, holdings);
  const known = new Set(products);
  return holdings.products.filter((product) => !known.has(product));
}

/** The same, where they may not be all: products launched since are no reason to stop; a catalogue with no name in common is. */
export function requireKnown(caller: string, products: readonly string[], holdings: Holdings): string[] {
  const unknown = unknownAmong(caller, products, holdings);
  if (unknown.length > 0 && unknown.length === holdings.products.length) throw unknownColumn(caller, unknown[0]!, products);
  return unknown;
}

/** A score for every customer and every product of the engine. */
export function scoreHoldings(caller: string, engine: HoldingsEngine, holdings: Holdings): Float64Array {
  requireKnown(caller, engine.products, holdings);
  const sparse = sparseFor(engine.products, holdings);
  const scores = new Float64Array(sparse.rowCount * engine.products.length);
  engine.scoreInto(sparse, 0, sparse.rowCount, scores);
  return scores;
}
