import type { CoxRows, CoxTies } from '../coxRows.js';
import { GramSum, mirror } from '../gramSum.js';
import { requireBroken, scoreRows } from './scoreRows.js';

/**
 * The sum over clusters of the products of their summed score residuals, weighted: the middle of the robust covariance (Lin and Wei, 1989).
 * Clusters are by row of the data; null where each row is one. Row-major, symmetric, on the standardised scale. O(rows * columns²).
 */
export function scoreMeat(rows: CoxRows, beta: Float64Array, ties: CoxTies, clusters: Int32Array | null): Float64Array {
  const { columnCount: p, rowCount, weights, order } = rows;
  const { score } = scoreRows(rows, beta, requireBroken('standardErrors of a Cox regression', ties));
  const sums = clusters === null && weights === null ? score : new Float64Array((clusters === null ? rowCount : clusters.reduce((most, code) => Math.max(most, code), 0) + 1) * p);
  for (let row = 0; row < rowCount && sums !== score; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    const to = (clusters === null ? row : clusters[order[row]!]!) * p;
    for (let j = 0; j < p; j++) sums[to + j]! += weight * score[row * p + j]!;
  }
  const gram = new GramSum(p);
  gram.addRows(sums, new Float64Array(sums.length / p).fill(1), sums.length / p);
  const meat = new Float64Array(p * p);
  mirror(gram.sum, meat, p);
  return meat;
}
