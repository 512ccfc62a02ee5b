import { massBins, scoreGroups } from '../../evaluation/scoreGroups.js';
import { logGamma } from '../../numeric/logGamma.js';
import { normalSurvival } from '../../numeric/normal.js';
import type { ProductCertificate } from './certificate.js';

const BINS = 10;

/**
 * Expected calibration error over bins of equally many rows, and what it is by chance when the probabilities are right: the events of a bin are then about
 * Poisson, whose mean absolute deviation is known in closed form (Crow, 1958), drawn in by their smaller variance. O(n log n).
 */
export function binnedError(labels: Uint8Array, probabilities: Float64Array, positives: number): ProductCertificate['calibrationError'] {
  const rows = labels.length;
  if (rows === 0) return { estimate: 0, byChance: 0, p: 1 };
  const weights = new Float64Array(rows).fill(1);
  const groups = scoreGroups({ labels, scores: probabilities, weights, positives, negatives: rows - positives }, 'shared', 1);
  let [error, chance, variance] = [0, 0, 0];
  for (const { weight, events, scoreSum } of massBins('certify', { weights }, groups, Math.min(BINS, rows))) {
    const spread = Math.max(0, 1 - scoreSum / weight);
    const deviation = poissonDeviation(scoreSum) * Math.sqrt(spread);
    error += Math.abs(events - scoreSum);
    chance += deviation;
    variance += scoreSum * spread - deviation * deviation;
  }
  const z = variance > 0 ? (error - chance) / Math.sqrt(variance) : 0;
  return { estimate: error / rows, byChance: chance / rows, p: normalSurvival(z) };
}

/** Mean absolute deviation of a Poisson variable from its mean. */
function poissonDeviation(mean: number): number {
  if (!(mean > 0)) return 0;
  const whole = Math.floor(mean);
  return 2 * Math.exp((whole + 1) * Math.log(mean) - mean - logGamma(whole + 1));
}
