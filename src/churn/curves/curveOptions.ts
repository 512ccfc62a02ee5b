import { requireChoice, requireKnownOptions } from '../../data/options.js';
import { normalMultiplier } from '../../evaluation/intervals.js';
import { SURVIVAL_COLUMNS, type SurvivalColumns } from '../survivalRows.js';
import { CURVE_INTERVALS, type CurveInterval } from './confidenceBand.js';

/**
 * What weights are, for the standard errors. `'counts'`: weight 2 is the row twice. `'robust'`: weight 2 is one row that stands for two (weights against selection),
 * which leaves its own chance larger. Without weights the same, unless rows enter late.
 */
export type CurveErrors = 'counts' | 'robust';

/** How to draw a curve, whatever of. */
export interface CurveOptions {
  /** Of the intervals. @defaultValue 0.95 */
  readonly confidence?: number;
  /** The scale on which the intervals are symmetric. @defaultValue 'log', as in R */
  readonly interval?: CurveInterval;
  /** Whether weights repeat rows. @defaultValue 'counts' if all weights are whole, otherwise 'robust' */
  readonly standardErrors?: CurveErrors;
}

/** What a survival curve is estimated from, and how. */
export interface KaplanMeierOptions<Names extends string = string> extends SurvivalColumns<Names>, CurveOptions {}

/** The options of {@link CurveOptions}. */
export const CURVE_OPTIONS: readonly string[] = ['confidence', 'interval', 'standardErrors'];

/** How to draw, defaults in place. */
export interface CurveShape {
  /** Of the intervals. */
  readonly confidence: number;
  /** How the intervals are drawn. */
  readonly interval: CurveInterval;
}

/** Refuses options of curves that nobody could mean; `own` are those of the function besides duration, entry, weights and the shape. */
export function requireCurveOptions(caller: string, options: CurveOptions, own: readonly string[]): CurveShape {
  requireKnownOptions(caller, options, [...own, ...CURVE_OPTIONS]);
  const { confidence = 0.95, interval = 'log', standardErrors = 'counts' } = options;
  normalMultiplier(caller, confidence);
  requireChoice(caller, 'interval', interval, CURVE_INTERVALS);
  requireChoice(caller, 'standardErrors', standardErrors, ['counts', 'robust']);
  return { confidence, interval };
}

/** The options of a survival curve. */
export function requireKaplanMeier(caller: string, options: KaplanMeierOptions, ...own: readonly string[]): CurveShape {
  return requireCurveOptions(caller, options, [...SURVIVAL_COLUMNS, ...own]);
}

/** Whether weights repeat rows, where it is not said: only whole ones can. */
export function errorsOf(given: CurveErrors | undefined, weights: Float64Array | null): CurveErrors {
  return given ?? (weights === null || weights.every((weight) => Number.isInteger(weight)) ? 'counts' : 'robust');
}
