import { calibrationLine, type CalibrationLine } from '../../numeric/calibrationLine.js';
import { sigmoid } from '../../numeric/sigmoid.js';

// Log-odds within a five-hundredth of their range are one point: the line is the same to four digits.
const POINTS = 512;

/** The calibration line of log-odds promised; null where there is none, or where they differ too little to tell (standard deviation below 0.1). O(n). */
export function logitLine(labels: Uint8Array, logits: Float64Array): CalibrationLine | null {
  const n = logits.length;
  let [low, high, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < n; i++) {
    const logit = logits[i]!;
    low = Math.min(low, logit);
    high = Math.max(high, logit);
    sum += logit;
  }
  for (let i = 0; i < n; i++) squares += (logits[i]! - sum / n) ** 2;
  if (!(squares > 0.01 * n)) return null;
  const perUnit = (POINTS - 1e-9) / (high - low);
  // Rows that did not and that did take it, and the sum of their log-odds, point by point.
  const counts = new Float64Array(2 * POINTS);
  const sums = new Float64Array(2 * POINTS);
  for (let i = 0; i < n; i++) {
    const at = 2 * Math.floor((logits[i]! - low) * perUnit) + labels[i]!;
    counts[at]!++;
    sums[at]! += logits[i]!;
  }
  const used = [...counts.keys()].filter((at) => counts[at]! > 0);
  const take = (value: (at: number) => number): Float64Array => Float64Array.from(used, value);
  const line = calibrationLine(take((at) => at % 2), take((at) => sigmoid(sums[at]! / counts[at]!)), take((at) => counts[at]!));
  return typeof line === 'string' ? null : line;
}
