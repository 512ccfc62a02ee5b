import { massBins, scoreGroups } from '../../evaluation/scoreGroups.js';
import { deviationByChance } from '../../numeric/deviationByChance.js';
import { normalSurvival } from '../../numeric/normal.js';
import type { ProductCertificate } from './certificate.js';

const BINS = 10;

/**
 * Expected calibration error over bins of equally many rows, and what it is by chance when the probabilities are right. O(n log n).
 */
export function binnedError(labels: Uint8Array, probabilities: Float64Array, positives: number): ProductCertificate['calibrationError'] {
  const rows = labels.length;
  if (rows === 0) return { estimate: 0, byChance: 0, p: 1 };
  const weights = new Float64Array(rows).fill(1);
  const groups = scoreGroups({ labels, scores: probabilities, weights, positives, negatives: rows - positives }, 'shared', 1);
  let [error, chance, variance] = [0, 0, 0];
  for (const { weight, events, scoreSum } of massBins('certify', { weights }, groups, Math.min(BINS, rows))) {
    const spread = Math.max(0, 1 - scoreSum / weight);
    const deviation = deviationByChance(scoreSum, weight);
    error += Math.abs(events - scoreSum);
    chance += deviation;
    variance += scoreSum * spread - deviation * deviation;
  }
  const z = variance > 0 ? (error - chance) / Math.sqrt(variance) : 0;
  return { estimate: error / rows, byChance: chance / rows, p: normalSurvival(z) };
}
