import { chiSquareSurvival } from '../../numeric/chiSquare.js';
import type { FeatureSeparation } from './segmentDescription.js';

/** A column's separation, its p-value not yet corrected. */
export type Separation = Omit<FeatureSeparation, 'q'>;

/** Strength and test of one column; without degrees of freedom there is nothing to tell apart. */
export function separation(feature: string, measure: Separation['measure'], strength: number, statistic: number, freedom: number): Separation {
  const degreesOfFreedom = Math.max(0, freedom);
  const chiSquare = degreesOfFreedom > 0 ? statistic : 0;
  return { feature, measure, strength: degreesOfFreedom > 0 ? strength : 0, chiSquare, degreesOfFreedom, p: degreesOfFreedom > 0 ? chiSquareSurvival(chiSquare, degreesOfFreedom) : NaN };
}
