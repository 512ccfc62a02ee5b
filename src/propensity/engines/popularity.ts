import { columnCounts, type SparseRows } from '../../numeric/sparseRows.js';

/** The share of customers that hold each product: the score every other engine must beat; 0 without customers. */
export function learnPopularity(held: SparseRows): Float64Array {
  const shares = columnCounts(held);
  for (let c = 0; c < shares.length; c++) shares[c]! /= Math.max(held.rowCount, 1);
  return shares;
}
