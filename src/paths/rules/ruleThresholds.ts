import { describeValue } from '../../data/instant.js';
import { requireFinite } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import { normalMultiplier } from '../../evaluation/intervals.js';

/** From when on a rule is told, and the z of its interval. */
export interface RuleThresholds {
  readonly minConfidence: number;
  readonly minLift: number;
  readonly z: number;
}

/** Reads what both kinds of rules ask for. */
export function readThresholds(caller: string, { minConfidence = 0.5, minLift = 0, confidence = 0.95 }: { readonly minConfidence?: number; readonly minLift?: number; readonly confidence?: number }): RuleThresholds {
  if (!(minConfidence >= 0 && minConfidence <= 1)) throw new ClientelaError('INVALID_OPTION', `${caller} needs minConfidence from 0 to 1, found ${describeValue(minConfidence)}`, { option: 'minConfidence', value: minConfidence });
  return { minConfidence, minLift: requireFinite(caller, 'minLift', minLift), z: normalMultiplier(caller, confidence) };
}
