import { describe, expect, it } from 'vitest';
import { studentTMultiplier } from '../../src/numeric/studentT.js';

// scipy.stats.t.ppf: confidence, degrees of freedom, multiplier.
const REFERENCE: readonly (readonly [number, number, number])[] = [
  [0.95, 1, 12.706204736174694],
  [0.95, 2, 4.302652729749462],
  [0.95, 4, 2.7764451051977934],
  [0.95, 9, 2.262157162798205],
  [0.95, 30, 2.0422724563012378],
  [0.9, 5, 2.0150483733330233],
  [0.99, 3, 5.840909309733355],
  [0.999, 7, 5.407882520861828],
  [0.95, 1000, 1.9623390808264083],
];

describe('studentTMultiplier', () => {
  it.each(REFERENCE)('for confidence %d and %d degrees of freedom agrees with scipy', (confidence, degreesOfFreedom, multiplier) => {
    expect(Math.abs(studentTMultiplier(confidence, degreesOfFreedom) / multiplier - 1)).toBeLessThan(1e-11);
  });
});
