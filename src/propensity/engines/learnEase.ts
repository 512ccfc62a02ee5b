import { ClientelaError } from '../../errors.js';
import { invertPositive } from '../../numeric/invertPositive.js';
import { columnCounts, transposeRows, type SparseRows } from '../../numeric/sparseRows.js';

/** What the weights of any ridge are computed from. */
export interface EaseTask {
  /** Products that somebody holds: only they have weights. */
  readonly active: Int32Array;
  /** Of all products. */
  readonly width: number;
  /** Customers that hold something × active products. */
  readonly held: SparseRows;
  /** Whether the matrix of customers is inverted rather than that of products. */
  readonly isDual: boolean;
  /** Lower triangle, row-major: how many customers hold both products; dual: how many products both customers hold. */
  readonly gram: Float64Array;
}

/**
 * Prepares EASE. Inverting costs the cube of the products that are held, or by the identity of Woodbury the cube of the customers that hold something:
 * whichever is less work, unless `isDual` says which.
 */
export function easeTask(held: SparseRows, isDual?: boolean): EaseTask {
  const counts = columnCounts(held);
  const active = Int32Array.from(counts.keys()).filter((c) => counts[c]! > 0);
  const rows = withoutGaps(held, active);
  const m = rows.rowCount;
  const n = active.length;
  const dual = isDual ?? m ** 3 + rows.columns.length * (2 * m + n) < n ** 3;
  return { active, width: held.columnCount, held: rows, isDual: dual, gram: gramOf(dual ? transposeRows(rows) : rows) };
}

/** Below this share of what it is taken from, a difference is mostly rounding. */
const LEAST_SHARE = 1e-12;

/** P = (X'X + ridge I)^-1 over the active products, row-major; O(min(customers, products)^3). */
export function easePrecision({ active, held, isDual, gram }: EaseTask, ridge: number): Float64Array {
  const size = isDual ? held.rowCount : active.length;
  const matrix = gram.slice();
  for (let i = 0; i < size; i++) matrix[i * size + i]! += ridge;
  const inverse = invertPositive(matrix, size);
  if (inverse === null) throw ridgeLost(ridge);
  const precision = isDual ? precisionOfDual(held, inverse, ridge) : inverse;
  // 1 / P_jj is what the others leave unexplained of product j; dual, ridge P_jj is a difference from 1.
  for (let j = 0; j < active.length; j++) {
    const p = precision[j * active.length + j]!;
    if (!(isDual ? p * ridge > LEAST_SHARE : 1 > p * matrix[j * size + j]! * LEAST_SHARE)) throw ridgeLost(ridge);
  }
  return precision;
}

/** The error for a ridge so small beside the holders that rounding swallows it. */
export function ridgeLost(ridge: number): ClientelaError {
  return new ClientelaError('NOT_IDENTIFIED', `fitEase cannot tell apart products that are held together with ridge ${ridge}, which is lost in rounding; give a larger ridge`, { function: 'fitEase', option: 'ridge', value: ridge });
}

/**
 * The weights of EASE (Steck, 2019, "Embarrassingly shallow autoencoders for sparse data"): the held product i adds -P_ij / P_jj to the score of product j, and
 * nothing for i = j: column j is the ridge regression of holding j on holding the others. Row-major, all products × all products; 0 for products nobody holds.
 */
export function easeWeights({ active, width }: EaseTask, precision: Float64Array): Float64Array {
  const n = active.length;
  const weights = new Float64Array(width * width);
  for (let i = 0; i < n; i++) {
    const row = active[i]! * width;
    // From 0, so that no weight is -0.
    for (let j = 0; j < n; j++) if (j !== i) weights[row + active[j]!] = 0 - precision[i * n + j]! / precision[j * n + j]!;
  }
  return weights;
}

/** The weights of one ridge. */
export function learnEase(task: EaseTask, ridge: number): Float64Array {
  return easeWeights(task, easePrecision(task, ridge));
}

// P = (I - X' Q X) / ridge with Q = (X X' + ridge I)^-1: sums of Q over the holders of either product.
function precisionOfDual(held: SparseRows, inverse: Float64Array, ridge: number): Float64Array {
  const m = held.rowCount;
  const { rowCount: n, offsets, columns } = transposeRows(held);
  const precision = new Float64Array(n * n);
  const sums = new Float64Array(m);
  for (let i = 0; i < n; i++) {
    sums.fill(0);
    for (let e = offsets[i]!; e < offsets[i + 1]!; e++) {
      const row = columns[e]! * m;
      for (let k = 0; k < m; k++) sums[k]! += inverse[row + k]!;
    }
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let e = offsets[j]!; e < offsets[j + 1]!; e++) sum += sums[columns[e]!]!;
      precision[i * n + j] = precision[j * n + i] = ((i === j ? 1 : 0) - sum) / ridge;
    }
  }
  return precision;
}

// Rows that have a cell, columns numbered anew by their place in `active`.
function withoutGaps({ rowCount, columnCount, offsets, columns }: SparseRows, active: Int32Array): SparseRows {
  const place = new Int32Array(columnCount);
  for (let i = 0; i < active.length; i++) place[active[i]!] = i;
  const starts = new Uint32Array(rowCount + 1);
  let rows = 0;
  for (let r = 0; r < rowCount; r++) if (offsets[r + 1]! > offsets[r]!) starts[++rows] = offsets[r + 1]!;
  return { rowCount: rows, columnCount: active.length, offsets: starts.slice(0, rows + 1), columns: columns.map((c) => place[c]!), values: null };
}

// How often each pair of columns stands in one row; columns ascend within a row, so the lower triangle is filled.
function gramOf({ rowCount, columnCount, offsets, columns }: SparseRows): Float64Array {
  const gram = new Float64Array(columnCount * columnCount);
  for (let r = 0; r < rowCount; r++) {
    for (let e = offsets[r]!; e < offsets[r + 1]!; e++) {
      const row = columns[e]! * columnCount;
      for (let d = offsets[r]!; d <= e; d++) gram[row + columns[d]!]!++;
    }
  }
  return gram;
}
