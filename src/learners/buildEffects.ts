import type { EncodingTerm } from '../data/encodingTerm.js';
import type { FeatureEffect, NumberEffect } from './featureEffects.js';

/** Terms and standardised slopes, put together column by column: a number and its missing indicator are one effect. */
export function buildEffects(terms: readonly EncodingTerm[], slopes: ArrayLike<number>): FeatureEffect[] {
  const effects: FeatureEffect[] = [];
  let at = 0;
  for (const term of terms) {
    const { column } = term;
    if (term.kind === 'category') {
      const raw = term.scales.map((scale) => slopes[at++]! / scale);
      const average = raw.reduce((sum, slope, j) => sum + slope * (term.shares[j]! - term.centers[j]!), 0);
      const baseline = raw.reduce((sum, slope, j) => sum - slope * term.centers[j]!, 0);
      effects.push({ column, term, table: [average, baseline, ...raw.map((slope) => baseline + slope)] });
      continue;
    }
    const { center, scale } = term;
    const slope = slopes[at++]! / scale;
    if (term.kind === 'number') effects.push({ column, center, slope, level: 0, missing: (term.fill - center) * slope });
    else {
      // The indicator follows its number.
      const number = effects.pop() as NumberEffect;
      effects.push({ ...number, level: -center * slope, missing: number.missing + (1 - center) * slope });
    }
  }
  return effects;
}
