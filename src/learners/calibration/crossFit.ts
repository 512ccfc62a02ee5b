import { requireBothClasses, type Observations } from '../../data/labelsAndScores.js';
import { isClientelaError } from '../../errors.js';
import { calibrationLine } from '../../numeric/calibrationLine.js';
import { logOdds } from '../../numeric/logOdds.js';
import { applyCalibrator } from './calibratedModel.js';
import type { CalibrationFigures, CalibrationMethod } from './calibrationReport.js';
import type { Calibrator } from './calibrator.js';
import { betaCalibrator } from './fitBetaCalibration.js';
import { isotonicCalibrator } from './fitIsotonicCalibration.js';
import { plattCalibrator } from './fitPlattCalibration.js';

/** Out-of-fold probabilities of the rows of one fold, those of weight 0 left out. */
export type FoldScores = Observations;

/** All rows of several folds together. */
export function poolFolds(folds: readonly FoldScores[]): FoldScores {
  const n = folds.reduce((total, { labels }) => total + labels.length, 0);
  const [labels, scores, weights] = [new Uint8Array(n), new Float64Array(n), new Float64Array(n)];
  let [at, positives, negatives] = [0, 0, 0];
  for (const fold of folds) {
    labels.set(fold.labels, at);
    scores.set(fold.scores, at);
    weights.set(fold.weights, at);
    at += fold.labels.length;
    positives += fold.positives;
    negatives += fold.negatives;
  }
  return { labels, scores, weights, positives, negatives };
}

/** The calibrator of one method; null for none. Isotonic probabilities keep 1 / (n + 2) from 0 and 1: no sample is proof that something never happens. */
export function learnCalibrator(caller: string, method: CalibrationMethod, observations: FoldScores): Calibrator | null {
  if (method === 'none') return null;
  requireBothClasses(caller, observations);
  if (method === 'isotonic') return isotonicCalibrator(caller, observations, 'linear', 1 / (observations.positives + observations.negatives + 2));
  return method === 'beta' ? betaCalibrator(caller, observations) : plattCalibrator(caller, { ...observations, scores: observations.scores.map(logOdds) });
}

/**
 * The probabilities of the judged folds, each calibrated by what was learnt from the other folds, or from those before it. Null where
 * `lenient` and the method has no finite best fit.
 */
export function crossFit(caller: string, method: CalibrationMethod, folds: readonly FoldScores[], order: 'time' | 'chance', lenient: boolean): Float64Array | null {
  try {
    const parts = judgedFolds(folds, order).map((fold) => {
      const others = order === 'time' ? folds.slice(0, folds.indexOf(fold)) : folds.filter((other) => other !== fold);
      return { ...fold, scores: applyCalibrator(learnCalibrator(caller, method, poolFolds(others)), fold.scores) };
    });
    return poolFolds(parts).scores;
  } catch (error) {
    if (lenient && isClientelaError(error) && error.code === 'PERFECT_SEPARATION') return null;
    throw error;
  }
}

/** In time the first fold only teaches. */
export function judgedFolds(folds: readonly FoldScores[], order: 'time' | 'chance'): readonly FoldScores[] {
  return order === 'time' ? folds.slice(1) : folds;
}

/** How well these probabilities hold. */
export function figuresOf(observations: FoldScores, probabilities: Float64Array): CalibrationFigures {
  const { labels, weights, positives, negatives } = observations;
  let squares = 0;
  for (let i = 0; i < labels.length; i++) squares += weights[i]! * (probabilities[i]! - labels[i]!) ** 2;
  const line = calibrationLine(labels, probabilities, weights);
  return { logLoss: logLossOf(observations, probabilities), brierScore: squares / (positives + negatives), line: typeof line === 'string' ? null : line };
}

/** Average of -log(probability given to what happened), as the metric has it. */
export function logLossOf({ labels, weights, positives, negatives }: FoldScores, probabilities: Float64Array): number {
  let loss = 0;
  for (let i = 0; i < labels.length; i++) {
    const p = Math.min(Math.max(probabilities[i]!, Number.EPSILON), 1 - Number.EPSILON);
    loss -= weights[i]! * (labels[i] ? Math.log(p) : Math.log1p(-p));
  }
  return loss / (positives + negatives);
}
