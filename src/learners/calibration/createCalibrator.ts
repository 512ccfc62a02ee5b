import { ClientelaError } from '../../errors.js';
import { Calibrator } from './calibrator.js';
import type { CalibrationMap } from './calibratorState.js';

/** The calibrator of this map, unless these figures of it show that the scores were so large that sums of them overflowed. */
export function createCalibrator(caller: string, map: CalibrationMap, figures: readonly number[]): Calibrator {
  if (figures.every(Number.isFinite)) return new Calibrator({ format: 'Calibrator', formatVersion: 1, ...map });
  throw new ClientelaError('NON_FINITE_VALUE', `${caller} needs scores whose sums are finite, found larger ones; divide them by a constant first`);
}
