import { ClientelaError } from '../../../errors.js';
import type { CoxRows, CoxTies } from '../coxRows.js';
import { atRiskSums } from './atRiskSums.js';
import { walkEvents } from './eventBlocks.js';

/** What residuals are made of: one row for each row, in the order of {@link CoxRows}. */
export interface ScoreRows {
  /** Events less expected events, for weight 1. */
  readonly martingale: Float64Array;
  /** Row-major: what each row adds to the gradient, for weight 1, on the standardised scale. */
  readonly score: Float64Array;
  /** Row-major, blocks x columns: the mean of z among those at risk, at the time of the events; zeros where there are none. */
  readonly means: Float64Array;
}

/**
 * Martingale and score residuals: of a row of risk e = exp(eta), at risk while the hazard rises by dH with z-bar the mean of z among those at risk,
 *
 *     M = event - e sum dH        L = event (z - z-bar) - e sum (z - z-bar) dH
 *
 * Under Efron's rule the d tied events are d steps, of which row i of them is at risk in the share 1 - j / d of the j-th (Therneau, Grambsch and
 * Fleming, 1990; the exact fractions are in the validation vignette of R's survival). Prefix sums: O(rows * columns).
 */
export function scoreRows(rows: CoxRows, beta: Float64Array, ties: 'efron' | 'breslow'): ScoreRows {
  const { columnCount: p, rowCount, blockStarts, eventEnds, design } = rows;
  const blocks = eventEnds.length;
  const width = p + 1;
  // Of each block: the sum of dH, then that of z-bar dH; and the share of both that tied events are not at risk in.
  const values = new Float64Array(blocks * width);
  const spared = ties === 'efron' ? new Float64Array(blocks * width) : null;
  const means = new Float64Array(blocks * p);
  const units = new Float64Array(blocks).fill(Infinity);
  const { eta, isFlat } = walkEvents(rows, beta, ties, ({ block, weight, eventCount, unit, sum, tied, a, b, a2, b2, c2 }) => {
    const from = block * width;
    units[block] = unit;
    values[from] = weight * a;
    for (let j = 0; j < p; j++) {
      values[from + 1 + j] = weight * (a2 * sum[j]! - b2 * tied[j]!);
      means[block * p + j] = (a * sum[j]! - b * tied[j]!) / eventCount;
    }
    if (b === 0) return;
    spared![from] = weight * b;
    for (let j = 0; j < p; j++) spared![from + 1 + j] = weight * (b2 * sum[j]! - c2 * tied[j]!);
  });
  const expected = atRiskSums(rows, eta, { values, width, units, isFlat });
  const martingale = new Float64Array(rowCount);
  const score = new Float64Array(rowCount * p);
  for (let block = 0; block < blocks; block++) {
    const from = block * width;
    for (let row = blockStarts[block]!; row < blockStarts[block + 1]!; row++) {
      const isEvent = row < eventEnds[block]!;
      const own = row * width;
      if (isEvent && spared !== null && spared[from]! > 0) {
        const risk = Math.exp(eta[row]! - units[block]!);
        for (let j = 0; j < width; j++) expected[own + j]! -= risk * spared[from + j]!;
      }
      martingale[row] = Number(isEvent) - expected[own]!;
      for (let j = 0, at = row * p; j < p; j++, at++) {
        const z = design[at]!;
        score[at] = expected[own + 1 + j]! - z * expected[own]! + (isEvent ? z - means[block * p + j]! : 0);
      }
    }
  }
  return { martingale, score, means };
}

/** The rule for ties, where residuals are known for it. */
export function requireBroken(caller: string, ties: CoxTies): 'efron' | 'breslow' {
  if (ties !== 'exact') return ties;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a fit with ties 'efron' or 'breslow', found 'exact', which does not say what each row adds; fit it again`, { function: caller, option: 'ties' });
}
