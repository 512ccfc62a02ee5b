import { durationLabel } from '../../data/calendar.js';
import type { Duration } from '../../data/duration.js';
import type { CustomerValues } from '../../data/customerValues.js';
import { describeValue } from '../../data/instant.js';
import { requireChoice, requireKnownOptions, requireWhole } from '../../data/options.js';
import type { RowNumbers } from '../../data/rowNumbers.js';
import { ClientelaError } from '../../errors.js';
import type { CalibrationMethod } from '../../learners/calibration/calibrationReport.js';
import type { PotentialColumns } from '../aggregate/potentialColumns.js';

/** How to learn an ease. */
export interface CaptureEaseOptions<Names extends string = string> {
  /** Potentials of the earlier moment, row by row with the data: what `MarketPotential.predict` gave of them. */
  readonly potentials: PotentialColumns;
  /**
   * What each spent in the later period, as long as the one of the present spend: one number a row, a column of the data, or values of customers, matched
   * by identifier. Blank or not among the customers: see `absent`.
   */
  readonly later: RowNumbers<Names> | CustomerValues;
  /** Who has no later spend: `'zero'` left, and so captured nothing; `'leaveOut'` nobody knows, and nothing is learnt from it. @defaultValue 'zero' */
  readonly absent?: 'zero' | 'leaveOut';
  /** The share of the headroom that counts as captured, above 0, at most 1. @defaultValue 0.2 */
  readonly step?: number;
  /** Whoever has less headroom than this share of its potential is not learnt from and has ease 0. @defaultValue 0.01 */
  readonly minHeadroomShare?: number;
  /** How far the two periods lie apart, for the reader: nothing is computed from it. @defaultValue not said */
  readonly horizon?: string | Duration;
  /** Columns of the earlier moment to learn from, beside what the potentials say. @defaultValue all but those named in other options and those of kind `id` */
  readonly features?: readonly Names[];
  /** The column that says who the rows are. @defaultValue the customers of the potentials */
  readonly customer?: Names;
  /** How many customers each row stands for. A column, or an array. @defaultValue 1 */
  readonly weights?: RowNumbers<Names>;
  /** `'auto'` takes what has the lowest log loss on customers left out. @defaultValue 'auto' */
  readonly learner?: 'auto' | 'logistic' | 'trees';
  /** How to calibrate. `'auto'` takes what has the lowest log loss on customers left out. @defaultValue 'auto' */
  readonly calibration?: 'auto' | CalibrationMethod;
  /** Parts of the customers that are left out in turn. @defaultValue 5 */
  readonly folds?: number;
  /** Chance, made repeatable. @defaultValue 1 */
  readonly seed?: number;
  /** Coverage of the intervals of the report. @defaultValue 0.9 */
  readonly confidence?: number;
}

/** The options with their defaults. */
export interface EaseSettings {
  readonly absent: 'zero' | 'leaveOut';
  readonly step: number;
  readonly minHeadroomShare: number;
  readonly horizon: string | null;
  readonly learner: 'auto' | 'logistic' | 'trees';
  readonly calibration: 'auto' | CalibrationMethod;
  readonly folds: number;
  readonly seed: number;
  readonly confidence: number;
}

const OPTIONS = ['potentials', 'later', 'absent', 'step', 'minHeadroomShare', 'horizon', 'features', 'customer', 'weights', 'learner', 'calibration', 'folds', 'seed', 'confidence'];

/** Checks the options that are not data. */
export function easeSettings(caller: string, options: CaptureEaseOptions): EaseSettings {
  requireKnownOptions(caller, options, OPTIONS);
  const { step = 0.2, minHeadroomShare = 0.01, confidence = 0.9, seed = 1, folds = 5, horizon = null } = options;
  requireStep(caller, step);
  const wrong = (option: string, needs: string, value: unknown): ClientelaError =>
    new ClientelaError('INVALID_OPTION', `${caller} needs ${option} ${needs}, found ${describeValue(value)}`, { option, value });
  if (!(minHeadroomShare >= 0 && minHeadroomShare < 1)) throw wrong('minHeadroomShare', 'from 0 to less than 1', minHeadroomShare);
  if (!(confidence > 0 && confidence < 1)) throw wrong('confidence', 'between 0 and 1', confidence);
  return {
    absent: requireChoice(caller, 'absent', options.absent ?? 'zero', ['zero', 'leaveOut']),
    step,
    minHeadroomShare,
    horizon: horizon === null || typeof horizon === 'string' ? horizon : durationLabel(horizon),
    learner: requireChoice(caller, 'learner', options.learner ?? 'auto', ['auto', 'logistic', 'trees']),
    calibration: requireChoice(caller, 'calibration', options.calibration ?? 'auto', ['auto', 'none', 'platt', 'isotonic', 'beta']),
    folds: requireWhole(caller, 'folds', folds, 2),
    seed: requireWhole(caller, 'seed', seed, 0),
    confidence,
  };
}

/** A share of the headroom. */
export function requireStep(caller: string, step: unknown): number {
  if (typeof step === 'number' && step > 0 && step <= 1) return step;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs step above 0 and at most 1, the share of the headroom that counts as captured, found ${describeValue(step)}; 0.2 is usual`, { option: 'step', value: step });
}
