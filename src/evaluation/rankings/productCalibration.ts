import { describeValue } from '../../data/instant.js';
import type { Observations } from '../../data/labelsAndScores.js';
import { requireKnownOptions, requireWhole } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../intervals.js';
import { productFigures, type ProductCalibration } from './productFigures.js';

/** Probabilities of customers × products, such as the cells of a propensity matrix. */
export interface ProductProbabilities {
  /** One a column. */
  readonly products: readonly string[];
  /** Row-major, customers × products, from 0 to 1; `NaN` where there is none. */
  readonly probability: ArrayLike<number>;
}

/** Options of {@link productCalibration}. */
export interface ProductCalibrationOptions {
  /** How many bins of equally many customers the calibration error is taken over. @defaultValue 10 */
  readonly bins?: number;
  /** The share of the customers that lift and gain speak of, above 0 and at most 1. @defaultValue 0.1 */
  readonly share?: number;
  /** Confidence of the intervals, between 0 and 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/** What {@link productCalibration} returns. */
export interface ProductCalibrations {
  /** In the order of the products; those without a customer with label and probability are left out. */
  readonly products: readonly ProductCalibration[];
  /** The expected calibration error averaged over those products, each counting the same. */
  readonly calibrationError: number;
  /** What right probabilities would show of it by chance. */
  readonly calibrationErrorByChance: number;
  /** How many events there were in all. */
  readonly events: number;
  /** How many were expected in all. */
  readonly expected: number;
  /** Cells that were not judged: not at risk (label -1), and at risk without a probability. */
  readonly leftOut: { readonly notAtRisk: number; readonly withoutProbability: number };
  /** Products without a customer to judge by. */
  readonly notJudged: readonly string[];
}

const CALLER = 'productCalibration';

/**
 * How far the probabilities of each product can be trusted: events against their expected number, calibration error and slope, Brier skill, AUC, lift and gain.
 *
 * A label is 1 where the customer took the product, 0 where not, -1 where he could not (it was held already): such cells, and those without a probability, are left out and
 * counted. Give customers or a time that nothing was learnt from. The calibration error is that of `expectedCalibrationError` with bins of equal mass (of a product with fewer
 * customers than bins, one each); as chance alone makes it positive, it stands beside what right probabilities would show, sqrt(2 / pi) x the standard deviation of each
 * bin. Lift and gain look at the floor(n x `share`) customers with the highest probabilities, ties shared. O(customers log customers) a product.
 *
 * @param cells - products, and a probability for every customer and product
 * @param labels - row-major as the probabilities: 1, 0, or -1 for not at risk
 * @param options - bins, share, confidence
 * @returns the figures of each product, and their average
 * @throws a {@link ClientelaError} `INVALID_INPUT`, `LENGTH_MISMATCH`, `INVALID_VALUE`, `INVALID_OPTION`, or `EMPTY_INPUT` where there is no cell to judge
 * @example
 * ```ts
 * const cells = { products: ['card', 'loan'], probability: [0.8, 0.1, 0.6, 0.2, 0.2, NaN, 0.4, 0.1] };
 * const found = productCalibration(cells, [1, 0, 1, 0, 0, -1, 0, 1], { bins: 2, share: 0.5 });
 * found.products[0]?.events; // => 2
 * found.products[0]?.expected; // => 2
 * found.products[0]?.calibrationError; // => 0.3
 * found.products[0]?.lift?.estimate; // => 2
 * found.leftOut.notAtRisk; // => 1
 * ```
 */
export function productCalibration(cells: ProductProbabilities, labels: ArrayLike<number>, options: ProductCalibrationOptions = {}): ProductCalibrations {
  requireKnownOptions(CALLER, options, ['bins', 'share', 'confidence']);
  const { share = 0.1 } = options;
  const bins = requireWhole(CALLER, 'bins', options.bins ?? 10, 1);
  const z = normalMultiplier(CALLER, options.confidence ?? 0.95);
  if (!(share > 0 && share <= 1)) {
    throw new ClientelaError('INVALID_OPTION', `${CALLER} needs share above 0 and at most 1, found ${describeValue(share)}; 0.1 is the first decile`, { option: 'share', value: share });
  }
  const rowCount = requireCells(cells, labels);
  const leftOut = { notAtRisk: 0, withoutProbability: 0 };
  const notJudged: string[] = [];
  const products: ProductCalibration[] = [];
  cells.products.forEach((product, column) => {
    const observations = readColumn(cells, labels, rowCount, column, leftOut);
    if (observations.labels.length === 0) notJudged.push(product);
    else products.push(productFigures(CALLER, product, observations, bins, share, z));
  });
  const sum = (of: (product: ProductCalibration) => number): number => products.reduce((total, product) => total + of(product), 0);
  if (products.length === 0) throw new ClientelaError('EMPTY_INPUT', `${CALLER} needs a cell with a probability and a label of 0 or 1, found none of ${labels.length}`, { cells: labels.length });
  return {
    products,
    calibrationError: sum(({ calibrationError }) => calibrationError) / products.length,
    calibrationErrorByChance: sum(({ calibrationErrorByChance }) => calibrationErrorByChance) / products.length,
    events: sum(({ events }) => events),
    expected: sum(({ expected }) => expected),
    leftOut,
    notJudged,
  };
}

function requireCells(cells: ProductProbabilities, labels: ArrayLike<number>): number {
  const found = cells as Partial<ProductProbabilities> | null | undefined;
  const width = found?.products?.length;
  const size = found?.probability?.length;
  if (width === undefined || size === undefined || width === 0 || size % width !== 0) {
    const what = width === undefined || size === undefined ? describeValue(cells) : `${size} numbers for ${width} products`;
    throw new ClientelaError('INVALID_INPUT', `${CALLER} needs { products, probability }, one probability for each customer and product row by row, found ${what}`);
  }
  const given = (labels as ArrayLike<number> | null | undefined)?.length;
  if (given === size) return size / width;
  throw new ClientelaError('LENGTH_MISMATCH', `${CALLER} needs one label for each of ${size} probabilities, found ${String(given)}`, { found: given, expected: size });
}

// The rows of one product that can be judged, checked on the way.
function readColumn({ products, probability }: ProductProbabilities, labels: ArrayLike<number>, rowCount: number, column: number, leftOut: { notAtRisk: number; withoutProbability: number }): Observations {
  const width = products.length;
  const [label, score] = [new Uint8Array(rowCount), new Float64Array(rowCount)];
  let [kept, positives] = [0, 0];
  for (let row = 0; row < rowCount; row++) {
    const y = labels[row * width + column]!;
    const p = probability[row * width + column]!;
    if (y === -1) leftOut.notAtRisk++;
    else if (y !== 0 && y !== 1) throw wrong('label', 'of 1, 0 or -1 for not at risk', y, row, products[column]!);
    else if (Number.isNaN(p)) leftOut.withoutProbability++;
    else if (!(p >= 0 && p <= 1)) throw wrong('probability', 'from 0 to 1, or NaN for none', p, row, products[column]!);
    else {
      label[kept] = y;
      score[kept++] = p;
      positives += y;
    }
  }
  const weights = new Float64Array(kept).fill(1);
  return { labels: label.subarray(0, kept), scores: score.subarray(0, kept), weights, positives, negatives: kept - positives };
}

function wrong(what: string, need: string, value: unknown, row: number, product: string): ClientelaError {
  return new ClientelaError('INVALID_VALUE', `${CALLER} needs every ${what} ${need}, found ${describeValue(value)} in row ${row}, product "${product}"`, { row, product, value });
}
