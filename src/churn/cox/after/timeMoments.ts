import type { CoxRows } from '../coxRows.js';
import { GramSum, mirror } from '../gramSum.js';
import { atRiskSums } from './atRiskSums.js';
import { walkEvents } from './eventBlocks.js';

/** Slope and curvature of the log-likelihood with a second coefficient on every column, that of column times g(time), at 0. Standardised. */
export interface TimeMoments {
  /** Slope along the second coefficients. */
  readonly slope: Float64Array;
  /** Information of the coefficients, row-major. */
  readonly information: Float64Array;
  /** Information between a coefficient and a second one. */
  readonly mixed: Float64Array;
  /** Information of the second coefficients. */
  readonly second: Float64Array;
}

/**
 * Each block adds its information once, g times and g² times. As in the sweep of the fit, second moments come as Gram matrices weighted by what
 * each row was expected to have of events (times g, g²), so that a block costs O(ties + columns). O(rows * columns²).
 */
export function timeMoments(rows: CoxRows, beta: Float64Array, ties: 'efron' | 'breslow', scale: Float64Array): TimeMoments {
  const { columnCount: p, rowCount, blockStarts, eventEnds, design, weights } = rows;
  const grams = [new GramSum(p), new GramSum(p), new GramSum(p)] as const;
  const values = new Float64Array(scale.length * 3);
  const spared = new Float64Array(scale.length);
  const units = new Float64Array(scale.length).fill(Infinity);
  const slope = new Float64Array(p);
  const { eta, isFlat } = walkEvents(rows, beta, ties, ({ block, weight, unit, sum, tied, a, b, a2, b2, c2 }) => {
    const g = scale[block]!;
    units[block] = unit;
    spared[block] = weight * b;
    for (let j = 0; j < p; j++) slope[j]! -= g * weight * (a * sum[j]! - b * tied[j]!);
    for (let k = 0, power = 1; k < 3; k++, power *= g) {
      values[block * 3 + k] = weight * a * power;
      // a2 S1 S1' - b2 (S1 D1' + D1 S1') + c2 D1 D1' as two squares.
      grams[k]!.addCombination(-weight * a2 * power, 1, sum, -b2 / a2, tied);
      if (b2 > 0) grams[k]!.addCombination(-weight * (c2 - (b2 * b2) / a2) * power, 1, tied, 0, tied);
    }
  });
  const expected = atRiskSums(rows, eta, { values, width: 3, units, isFlat });
  const perRow = [new Float64Array(rowCount), new Float64Array(rowCount), new Float64Array(rowCount)] as const;
  for (let block = 0; block < scale.length; block++) {
    const g = scale[block]!;
    for (let row = blockStarts[block]!; row < blockStarts[block + 1]!; row++) {
      const weight = weights === null ? 1 : weights[row]!;
      const isEvent = row < eventEnds[block]!;
      const less = isEvent ? Math.exp(eta[row]! - units[block]!) * spared[block]! : 0;
      for (let k = 0, power = 1; k < 3; k++, power *= g) perRow[k]![row] = weight * (expected[row * 3 + k]! - less * power);
      if (isEvent) for (let j = 0; j < p; j++) slope[j]! += weight * g * design[row * p + j]!;
    }
  }
  const [information, mixed, second] = grams.map((gram, k) => {
    gram.flush();
    gram.addRows(design, perRow[k]!, rowCount);
    const whole = new Float64Array(p * p);
    mirror(gram.sum, whole, p);
    return whole;
  }) as [Float64Array, Float64Array, Float64Array];
  return { slope, information, mixed, second };
}
