import { columnCounts, type SparseRows } from '../../numeric/sparseRows.js';

/** Chosen by held-out rankings on MSWeb, Groceries and three simulated portfolios, alpha 1 to 40. */
const MARGIN = 1.2;

/**
 * A ridge of the size of what chance alone puts into holdings: a rule of thumb for where to begin. Where nothing but the popularity q of a product matters, the best score of all its cells is
 * s = c q / (1 + (c - 1) q), c = 1 + alpha, and half the gradient of the loss in a cell is c (1 - s) where held and -s where not, of variance
 * q c^2 (1 - s)^2 + (1 - q) s^2. The largest singular value of such noise is (sqrt(customers) + sqrt(products)) times its standard deviation (Marchenko and Pastur,
 * 1967), and a ridge of that size on both sides takes out what is below it where alpha is about 1 or less; with a larger alpha some of it is left.
 */
export function noiseRidge(held: SparseRows, alpha: number): number {
  let customers = 0;
  for (let r = 0; r < held.rowCount; r++) if (held.offsets[r + 1]! > held.offsets[r]!) customers++;
  let variance = 0;
  for (const count of columnCounts(held)) {
    const q = count / customers;
    const s = ((1 + alpha) * q) / (1 + alpha * q);
    variance += q * ((1 + alpha) * (1 - s)) ** 2 + (1 - q) * s * s;
  }
  // Products held by all or by nobody have no noise.
  return Math.max(1, MARGIN * Math.sqrt(variance / held.columnCount) * (Math.sqrt(customers) + Math.sqrt(held.columnCount)));
}
