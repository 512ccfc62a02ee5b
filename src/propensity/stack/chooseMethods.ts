import { cellLoss } from './cellLoss.js';
import type { MethodChoice, MethodLoss } from './methodTypes.js';
import { eachProduct } from './productColumns.js';

/** A method with its out-of-fold log-odds. */
export interface MethodLogits {
  readonly name: string;
  /** Row-major, rows × products; finite where the label is 0 or 1. */
  readonly logits: Float64Array;
}

/** What is chosen from. */
export interface ChoiceData {
  /** The simplest first: of methods that are as good the first is taken. */
  readonly methods: readonly MethodLogits[];
  /** 1 taken, 0 not taken, anything else not at risk; row-major, rows × products. */
  readonly labels: ArrayLike<number>;
  readonly productCount: number;
  /** Products taken by fewer customers decide together. @defaultValue 30 */
  readonly fewPositives?: number;
}

/**
 * The method of each product: of those whose out-of-fold log loss is within one standard error of the least (of paired differences; Breiman
 * et al., 1984), the first. Products with few positives take one method, that with the least loss over all of them, a customer's products counted together.
 * O(methods² × cells).
 */
export function chooseMethods({ methods, labels, productCount: products, fewPositives = 30 }: ChoiceData): MethodChoice[] {
  const width = methods.length;
  const rowCount = labels.length / products;
  const table = new Float64Array(rowCount * width);
  const pooled = new Float64Array(rowCount * width);
  let pooledCells = 0;
  const found: Omit<MethodChoice, 'method'>[] = [];
  eachProduct(labels, products, methods.map(({ logits }) => logits), ({ count, rows, labels: taken, values }) => {
    let positives = 0;
    for (let i = 0; i < count; i++) positives += taken[i]!;
    values.forEach((logits, m) => {
      for (let i = 0; i < count; i++) table[i * width + m] = cellLoss(taken[i]!, logits[i]!);
    });
    const isFew = positives < fewPositives;
    if (isFew) {
      pooledCells += count;
      for (let i = 0; i < count; i++) for (let m = 0; m < width; m++) pooled[rows[i]! * width + m]! += table[i * width + m]!;
    }
    found.push({ pooled: isFew, rows: count, positives, losses: compareLosses(methods, table.subarray(0, count * width), count) });
  });
  const together = simplest(compareLosses(methods, pooled, pooledCells));
  return found.map((each) => ({ method: each.pooled ? together : simplest(each.losses), ...each }));
}

/** Losses per row (row-major, rows × methods; a row may sum several cells) as means per cell with standard errors. */
function compareLosses(methods: readonly MethodLogits[], table: Float64Array, cells: number): MethodLoss[] {
  const width = methods.length;
  const sums = methods.map((_, m) => sumOf(table, width, m));
  const best = sums.indexOf(Math.min(...sums));
  return methods.map(({ name }, m) => ({
    method: name,
    logLoss: cells > 0 ? sums[m]! / cells : 0,
    standardError: standardError(table, width, m, -1, cells),
    excess: cells > 0 ? (sums[m]! - sums[best]!) / cells : 0,
    excessError: m === best ? 0 : standardError(table, width, m, best, cells),
  }));
}

function sumOf(table: Float64Array, width: number, m: number): number {
  let sum = 0;
  for (let at = m; at < table.length; at += width) sum += table[at]!;
  return sum;
}

/** Of the mean per cell of a column, or of its difference from another: rows are drawn, with all their cells. */
function standardError(table: Float64Array, width: number, m: number, other: number, cells: number): number {
  let [n, mean, squares] = [0, 0, 0];
  for (let at = 0; at < table.length; at += width) {
    const value = table[at + m]! - (other < 0 ? 0 : table[at + other]!);
    const apart = value - mean;
    mean += apart / ++n;
    squares += apart * (value - mean);
  }
  return n > 1 ? Math.sqrt((squares / (n - 1)) * n) / cells : 0;
}

function simplest(losses: readonly MethodLoss[]): string {
  return losses.find(({ excess, excessError }) => excess <= excessError)!.method;
}
