import type { ParameterUncertainty, PropensityCells } from '../cells/propensityCells.js';

/** Sums over the cells of each group and product, at `group * products + product`. */
export interface CellSums {
  /** How many cells are open. */
  readonly cells: Float64Array;
  /** Σ w p: the expectation. */
  readonly mean: Float64Array;
  /** Σ w² p (1 - p): the variance by chance. */
  readonly variance: Float64Array;
  /** Σ w³ p (1 - p) (1 - 2 p): the third central moment by chance. */
  readonly third: Float64Array;
  /** The variance of the expectation; null where nobody knows. */
  readonly parameter: Float64Array | null;
  /** Σ min(w, 0): what is had when of the open cells all are taken that have w below 0, and no others. */
  readonly least: Float64Array;
  /** Σ max(w, 0). */
  readonly most: Float64Array;
  /** Customers of each group with an open cell. */
  readonly customers: Float64Array;
}

/** Which cells count, and in which group their customer is. */
export interface CellSelection {
  readonly cells: PropensityCells;
  /** One a cell, `NaN` for those that do not count. */
  readonly chance: Float64Array;
  /** The group of each row. */
  readonly codes: Int32Array;
  readonly groupCount: number;
}

/** Moments of the sums of w × (taken or not), w being 1 or one number a cell. O(cells), and the covariances that the probabilities bring along. */
export function cellSums(selection: CellSelection, weights: Float64Array | null): CellSums {
  const { cells, chance, codes, groupCount } = selection;
  const { products, customers: { length: rows } } = cells;
  const columns = products.length;
  const size = groupCount * columns;
  const count = new Float64Array(size);
  const mean = new Float64Array(size);
  const variance = new Float64Array(size);
  const third = new Float64Array(size);
  const least = new Float64Array(size);
  const most = new Float64Array(size);
  const customers = new Float64Array(groupCount);
  for (let row = 0, cell = 0; row < rows; row++) {
    const group = codes[row]!;
    let reached = 0;
    for (let at = group * columns, end = at + columns; at < end; at++, cell++) {
      const p = chance[cell]!;
      if (Number.isNaN(p)) continue;
      const weight = weights === null ? 1 : weights[cell]!;
      const spread = weight * weight * p * (1 - p);
      count[at]! += 1;
      mean[at]! += weight * p;
      variance[at]! += spread;
      third[at]! += weight * spread * (1 - 2 * p);
      if (weight < 0) least[at]! += weight;
      else most[at]! += weight;
      reached = 1;
    }
    customers[group]! += reached;
  }
  const parameter = cells.uncertainty === undefined ? null : parameterVariances(selection, cells.uncertainty, weights);
  return { cells: count, mean, variance, third, parameter, least, most, customers };
}

/** What the cells of each group and product cost that count; O(cells). */
export function costSums({ cells, chance, codes, groupCount }: CellSelection, cost: Float64Array): Float64Array {
  const columns = cells.products.length;
  const own = cost.length > columns;
  const sums = new Float64Array(groupCount * columns);
  for (let row = 0, cell = 0; row < codes.length; row++) {
    const start = codes[row]! * columns;
    for (let j = 0; j < columns; j++, cell++) if (!Number.isNaN(chance[cell])) sums[start + j]! += cost[own ? cell : j]!;
  }
  return sums;
}

/** Covariances are asked for so many groups at a time: of thousands of groups only the diagonal of the matrix is wanted. */
const GROUPS_AT_A_TIME = 64;

function parameterVariances({ cells, chance, codes, groupCount }: CellSelection, uncertainty: ParameterUncertainty, weights: Float64Array | null): Float64Array {
  const rows = cells.customers.length;
  const columns = cells.products.length;
  const variances = new Float64Array(groupCount * columns);
  const counted = new Float64Array(rows);
  for (let product = 0; product < columns; product++) {
    for (let row = 0, cell = product; row < rows; row++, cell += columns) {
      counted[row] = Number.isNaN(chance[cell]) ? 0 : weights === null ? 1 : weights[cell]!;
    }
    for (let first = 0; first < groupCount; first += GROUPS_AT_A_TIME) {
      const size = Math.min(GROUPS_AT_A_TIME, groupCount - first);
      const covariance = uncertainty.sumCovariance(product, size === groupCount ? codes : groupsFrom(codes, first, size), size, counted);
      for (let group = 0; group < size; group++) variances[(first + group) * columns + product] = Math.max(0, covariance[group * size + group]!);
    }
  }
  return variances;
}

function groupsFrom(codes: Int32Array, first: number, size: number): Int32Array {
  const part = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const group = codes[row]! - first;
    part[row] = group >= 0 && group < size ? group : -1;
  }
  return part;
}
