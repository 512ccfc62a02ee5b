import { logOdds } from '../../numeric/logOdds.js';
import type { SparseRows } from '../../numeric/sparseRows.js';
import type { ParameterUncertainty } from '../cells/propensityCells.js';
import type { DesignState } from './designState.js';

/** How sure the regressions of all products are, as plain JSON. */
export interface ProductUncertaintyState {
  /** `'coefficients'`: covariances of all of them; `'line'`: of level and slope in the log-odds of each product, where those would be too many. */
  readonly kind: 'coefficients' | 'line';
  /** Product by product the standard errors of the coefficients and, last, the intercept; none of a line. */
  readonly errors: readonly number[];
  /**
   * Product by product the correlations of those, in hundred-thousandths: the lower triangle without its diagonal, row by row. Or of a line three
   * numbers: the log-odds around which level and slope are independent, the variance of the level there, and that of the slope.
   */
  readonly numbers: readonly number[];
}

/** Correlations are whole numbers of this part: half as long in JSON as covariances, and as good. */
export const CORRELATION_UNIT = 1e-5;
/** A covariance of coefficients, and which of them a row has. */
interface Parameters {
  readonly count: number;
  /** The covariance of two of them for a product. */
  readonly covariance: (product: number, a: number, b: number) => number;
  /** Adds `amount` times a row to a gradient. */
  readonly add: (gradient: Float64Array, row: number, product: number, amount: number) => void;
  /** The variance of the log-odds of a cell. */
  readonly variance: (row: number, product: number) => number;
}

/**
 * How sure probabilities are that come from regressions by product (delta method: the sum of w p moves with the coefficients by w p (1 - p) x).
 * `probabilities` are those of the cells, row-major, `NaN` where there is none; `opened` is what {@link openUncertainty} gave, made once for many calls.
 */
export function uncertaintyOf(design: DesignState, state: ProductUncertaintyState, rows: SparseRows, probabilities: Float64Array, opened: Float64Array | null = openUncertainty(design, state)): ParameterUncertainty {
  const P = design.products.length;
  const { count, covariance, add, variance } = opened === null ? lineParameters(state.numbers, P, probabilities) : rowParameters(opened, P, rows);
  return {
    sumCovariance(product, groups, groupCount, weights) {
      const gradients = Array.from({ length: groupCount }, () => new Float64Array(count));
      for (let row = 0; row < rows.rowCount; row++) {
        const p = probabilities[row * P + product]!;
        const amount = weights[row]! * p * (1 - p);
        if (groups[row]! >= 0 && amount !== 0 && amount === amount) add(gradients[groups[row]!]!, row, product, amount);
      }
      return sandwich(gradients, (a, b) => covariance(product, a, b));
    },
    logOddsError(row, product) {
      const p = probabilities[row * P + product]!;
      return p === p ? Math.sqrt(Math.max(0, variance(row, product))) : 0;
    },
  };
}

/** g' V h of every two gradients, row-major; the lower triangle of V is read. O(groups × parameters × (parameters + groups)). */
function sandwich(gradients: readonly Float64Array[], covariance: (a: number, b: number) => number): Float64Array {
  const size = gradients.length;
  const count = gradients[0]?.length ?? 0;
  const products = gradients.map(() => new Float64Array(count));
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      const v = covariance(a, b);
      if (v === 0) continue;
      for (let g = 0; g < size; g++) {
        products[g]![a]! += v * gradients[g]![b]!;
        if (b < a) products[g]![b]! += v * gradients[g]![a]!;
      }
    }
  }
  const result = new Float64Array(size * size);
  for (let g = 0; g < size; g++) {
    for (let h = 0; h <= g; h++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += gradients[g]![k]! * products[h]![k]!;
      result[g * size + h] = sum;
      result[h * size + g] = sum;
    }
  }
  return result;
}

/** The coefficients of the columns and, last, the intercept. */
function rowParameters(packed: Float64Array, productCount: number, { offsets, columns, columnCount }: SparseRows): Parameters {
  const size = packed.length / productCount;
  const lastRow = (columnCount * (columnCount + 1)) / 2;
  return {
    count: columnCount + 1,
    covariance: (product, a, b) => packed[product * size + (a * (a + 1)) / 2 + b]!,
    add(gradient, row, _product, amount) {
      for (let e = offsets[row]!; e < offsets[row + 1]!; e++) gradient[columns[e]!]! += amount;
      gradient[columnCount]! += amount;
    },
    variance(row, product) {
      const start = product * size;
      const last = start + lastRow;
      let sum = packed[last + columnCount]!;
      for (let e = offsets[row]!; e < offsets[row + 1]!; e++) {
        const column = columns[e]!;
        const base = start + (column * (column + 1)) / 2;
        let twice = packed[last + column]!;
        for (let f = offsets[row]!; f < e; f++) twice += packed[base + columns[f]!]!;
        sum += 2 * twice + packed[base + column]!;
      }
      return sum;
    },
  };
}

/** The covariances of the coefficients: product by product, the lower triangle, row by row; null where only lines are known. */
export function openUncertainty({ products, columnNames }: DesignState, { kind, errors, numbers }: ProductUncertaintyState): Float64Array | null {
  if (kind === 'line') return null;
  const [productCount, n] = [products.length, columnNames.length + 1];
  const packed = new Float64Array((productCount * n * (n + 1)) / 2);
  let at = 0;
  let from = 0;
  for (let j = 0; j < productCount; j++) {
    for (let a = 0; a < n; a++) {
      const error = errors[j * n + a]!;
      for (let b = 0; b < a; b++) packed[at++] = numbers[from++]! * CORRELATION_UNIT * error * errors[j * n + b]!;
      packed[at++] = error * error;
    }
  }
  return packed;
}

/** Level and slope of a line through the log-odds, those of the cells taken for those of the regression. */
function lineParameters(numbers: readonly number[], productCount: number, probabilities: Float64Array): Parameters {
  const along = (row: number, product: number): number => logOdds(probabilities[row * productCount + product]!) - numbers[product * 3]!;
  return {
    count: 2,
    covariance: (product, a, b) => (a === b ? numbers[product * 3 + 1 + a]! : 0),
    add(gradient, row, product, amount) {
      gradient[0]! += amount;
      gradient[1]! += amount * along(row, product);
    },
    variance: (row, product) => numbers[product * 3 + 1]! + along(row, product) ** 2 * numbers[product * 3 + 2]!,
  };
}
