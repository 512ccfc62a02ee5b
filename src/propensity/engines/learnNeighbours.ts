import { columnCounts, transposeRows, type SparseRows } from '../../numeric/sparseRows.js';
import { topColumns } from '../../numeric/topColumns.js';

/** How alike two products are, from who holds them. */
export type ItemSimilarity = 'cosine' | 'jaccard' | 'lift' | 'tfidf' | 'bm25';

/** Everything stated. */
export interface NeighbourPlan {
  /** How likeness is measured. */
  readonly similarity: ItemSimilarity;
  /** How many similar products are kept for each. */
  readonly neighbours: number;
  /** Likeness is multiplied by common / (common + shrinkage) customers. */
  readonly shrinkage: number;
  /** Saturation of BM25. */
  readonly k1: number;
  /** How much BM25 discounts popular products, 0 to 1. */
  readonly b: number;
}

/**
 * Similarities of products (row: held) to each product (column: scored), of which only the `neighbours` most similar that are above 0 are kept for each
 * scored product, ties to the first. O(sum over customers of holdings squared + products^2), no dense matrix.
 */
export function learnNeighbours(held: SparseRows, plan: NeighbourPlan): SparseRows {
  const width = held.columnCount;
  const byProduct = transposeRows(held);
  const measure = measureOf(held, byProduct, plan);
  const together = { count: new Float64Array(width), weight: new Float64Array(width), touched: new Int32Array(width) };
  const similar = new Float64Array(width).fill(NaN);
  const limit = Math.min(plan.neighbours, width);
  const best = new Int32Array(limit);
  const offsets = new Uint32Array(width + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (let target = 0; target < width; target++) {
    const touched = countTogether(held, byProduct, target, measure.ofCustomer, together);
    for (let t = 0; t < touched; t++) {
      const i = together.touched[t]!;
      const value = measure.ofPair(i, target, together.count[i]!, together.weight[i]!);
      if (i !== target && value > 0) similar[i] = value;
      together.count[i] = together.weight[i] = 0;
    }
    let found = together.touched.subarray(0, touched);
    if (touched > limit) found = best.subarray(0, topColumns(similar, 0, width, limit, null, 0, best, 0));
    for (const i of found.slice().sort()) {
      if (!(similar[i]! > 0)) continue;
      columns.push(i);
      values.push(similar[i]!);
    }
    offsets[target + 1] = columns.length;
    for (let t = 0; t < touched; t++) similar[together.touched[t]!] = NaN;
  }
  return transposeRows({ rowCount: width, columnCount: width, offsets, columns: Int32Array.from(columns), values: Float64Array.from(values) });
}

interface Together {
  readonly count: Float64Array;
  readonly weight: Float64Array;
  readonly touched: Int32Array;
}

// How many holders of one product hold each product, and the sum of what those holders count; gives the number of products touched.
function countTogether(held: SparseRows, byProduct: SparseRows, target: number, ofCustomer: Float64Array | null, { count, weight, touched }: Together): number {
  let found = 0;
  for (let e = byProduct.offsets[target]!; e < byProduct.offsets[target + 1]!; e++) {
    const customer = byProduct.columns[e]!;
    const counts = ofCustomer === null ? 1 : ofCustomer[customer]!;
    for (let d = held.offsets[customer]!; d < held.offsets[customer + 1]!; d++) {
      const i = held.columns[d]!;
      if (count[i]!++ === 0) touched[found++] = i;
      weight[i]! += counts;
    }
  }
  return found;
}

interface Measure {
  /** What a customer counts; null where everybody counts 1. */
  readonly ofCustomer: Float64Array | null;
  readonly ofPair: (i: number, j: number, count: number, weight: number) => number;
}

function measureOf(held: SparseRows, byProduct: SparseRows, { similarity, shrinkage, k1, b }: NeighbourPlan): Measure {
  const counts = columnCounts(held);
  // Few customers in common prove little: counts / (counts + shrinkage).
  const shrunk = (pair: Measure['ofPair']): Measure['ofPair'] => (shrinkage === 0 ? pair : (i, j, count, weight) => (pair(i, j, count, weight) * count) / (count + shrinkage));
  if (similarity === 'cosine') return { ofCustomer: null, ofPair: shrunk((i, j, count) => count / Math.sqrt(counts[i]! * counts[j]!)) };
  if (similarity === 'jaccard') return { ofCustomer: null, ofPair: shrunk((i, j, count) => count / (counts[i]! + counts[j]! - count)) };
  if (similarity === 'lift') return { ofCustomer: null, ofPair: shrunk((i, j, count) => (count * held.rowCount) / (counts[i]! * counts[j]!)) };
  const ofCustomer = rarity(held);
  if (similarity === 'tfidf') {
    const norms = sumOverHolders(byProduct, ofCustomer).map(Math.sqrt);
    return { ofCustomer, ofPair: shrunk((i, j, _, weight) => weight / (norms[i]! * norms[j]!)) };
  }
  const mean = held.columns.length / held.columnCount;
  const saturation = counts.map((count) => (k1 + 1) / (k1 * (1 - b + (b * count) / mean) + 1));
  return { ofCustomer, ofPair: shrunk((i, j, _, weight) => saturation[i]! * saturation[j]! * weight) };
}

// The square of ln(products / (1 + products held): a product is the document, its holders are the terms, so customers with few products say more.
function rarity({ rowCount, columnCount, offsets }: SparseRows): Float64Array {
  const squares = new Float64Array(rowCount);
  for (let r = 0; r < rowCount; r++) squares[r] = Math.log(columnCount / (1 + offsets[r + 1]! - offsets[r]!)) ** 2;
  return squares;
}

function sumOverHolders({ rowCount, offsets, columns }: SparseRows, ofCustomer: Float64Array): Float64Array {
  const sums = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) for (let e = offsets[i]!; e < offsets[i + 1]!; e++) sums[i]! += ofCustomer[columns[e]!]!;
  return sums;
}
