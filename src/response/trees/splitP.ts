import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import { logGamma } from '../../numeric/logGamma.js';
import { armMoments } from './armMoments.js';
import type { UpliftSample } from './upliftSample.js';
import type { UpliftSplit } from './upliftSplit.js';

/**
 * The p value of a split: how often rows without any difference of uplift would offer as large a difference between two sides, somewhere among all the columns.
 *
 * The difference of uplifts, squared and in standard errors (of several treatments all together, as they share the control), is chi-square. Over the cuts of a
 * number its largest value follows the law of the maximum of such a process (DeLong, 1981; Estrella, 2003), or Bonferroni's bound where that is less; over the sets of levels it is
 * at most the chi-square of all levels; and the columns count by Bonferroni. The rows are those the split was found on.
 */
export function splitP(sample: UpliftSample, split: UpliftSplit, sides: readonly [Int32Array, Int32Array]): number {
  const { statistic, treatments } = sidesDifference(sample, sides);
  if (!(statistic > 0)) return 1;
  const p = split.left === null ? largestOfCuts(statistic, treatments, split) : chiSquareSurvival(statistic, treatments * Math.max(1, split.levels - 1));
  return Math.min(1, p * sample.table.features.length);
}

function sidesDifference(sample: UpliftSample, [left, right]: readonly [Int32Array, Int32Array]): { statistic: number; treatments: number } {
  const treatments = sample.armCount - 1;
  let [weighted, precision, squares, control, controlVariance] = [0, 0, 0, 0, 0];
  for (let arm = 0; arm <= treatments; arm++) {
    const [a, b] = [armMoments(sample, left[arm]!, left[arm + 1]!), armMoments(sample, right[arm]!, right[arm + 1]!)];
    const difference = a.mean - b.mean;
    // Outcomes without any variance say nothing of how sure their mean is.
    const variance = Math.max(a.variance / a.rows + b.variance / b.rows, sample.leastGain);
    if (arm === 0) {
      control = difference;
      controlVariance = variance;
      continue;
    }
    const d = difference - control;
    weighted += d / variance;
    precision += 1 / variance;
    squares += (d * d) / variance;
  }
  // d' S^-1 d for S = diag(variances) + controlVariance (Sherman and Morrison).
  return { statistic: squares - (weighted * weighted) / (1 / controlVariance + precision), treatments };
}

function largestOfCuts(x: number, degrees: number, { cuts, lowest, highest }: UpliftSplit): number {
  const bound = cuts * chiSquareSurvival(x, degrees);
  const length = Math.log((highest * (1 - lowest)) / (lowest * (1 - highest)));
  if (x <= degrees || !(length > 0)) return bound;
  const density = Math.exp((degrees / 2) * Math.log(x / 2) - x / 2 - logGamma(degrees / 2));
  return Math.min(bound, density * ((1 - degrees / x) * length + 2 / x));
}
