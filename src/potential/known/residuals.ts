import { sortedOrder } from '../../numeric/sorting.js';
import { ATOMS } from './walletForms.js';

/** Weighted residuals as at most 200 equally likely ones, ascending: means of parts of equal weight, so that their mean is the mean of all. O(n log n). */
export function equalAtoms(values: Float64Array, weights: Float64Array): Float64Array {
  const order = sortedOrder(values);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const atoms = new Float64Array(Math.min(ATOMS, values.length));
  const part = total / atoms.length;
  let at = 0;
  let left = part;
  for (const row of order) {
    let weight = weights[row]!;
    // A residual that reaches over the end of a part is divided between two; the last part takes what rounding leaves.
    while (weight > left && at < atoms.length - 1) {
      atoms[at]! += (left / part) * values[row]!;
      weight -= left;
      at++;
      left = part;
    }
    atoms[at]! += (weight / part) * values[row]!;
    left -= weight;
  }
  return atoms;
}

/**
 * The residuals between which a new one falls with the given probability, half of the rest on either side: of n equal weights the
 * ceil((n + 1) (1 - a / 2))-th smallest and its mirror image (Vovk, Gammerman and Shafer, 2005); with weights their sums, the new
 * residual having the mean weight (Tibshirani and others, 2019). Where n is too small for that, the outermost.
 */
export function conformalEnds(values: Float64Array, weights: Float64Array, confidence: number): [lower: number, upper: number] {
  const order = sortedOrder(values);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // A hair less, so that 39 of 40 is not missed by rounding.
  const needed = ((1 + confidence) / 2) * total * (1 + 1 / order.length) * (1 - 1e-12);
  const end = (from: number, step: number): number => {
    let sum = 0;
    let at = from;
    for (let i = 0; i < order.length; i++) {
      at = from + i * step;
      sum += weights[order[at]!]!;
      if (sum >= needed) break;
    }
    return values[order[at]!]!;
  };
  return [end(order.length - 1, -1), end(0, 1)];
}

/** How many known wallets an interval needs at least: fewer have no residual far enough out. */
export function fewestFor(confidence: number): number {
  return Math.ceil((1 + confidence) / (1 - confidence) - 1e-9);
}
