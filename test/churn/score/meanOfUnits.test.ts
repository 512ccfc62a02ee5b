import { describe, expect, it } from 'vitest';
import { meanOfUnits } from '../../../src/churn/score/meanOfUnits.js';
import { createRandom } from '../../../src/numeric/random.js';

describe('meanOfUnits', () => {
  it('is the mean with a normal interval', () => {
    const { estimate, lower, upper } = meanOfUnits('test', Float64Array.of(1, 2, 3, 6), undefined, 0.95);
    expect(estimate).toBe(3);
    expect(upper - estimate).toBeCloseTo((1.959963984540054 * Math.sqrt(4 + 1 + 0 + 9)) / 4, 12);
    expect(estimate - lower).toBeCloseTo(upper - estimate, 12);
  });

  it('takes the rows of one unit as one: a customer written down five times is no more certain', () => {
    const once = Float64Array.of(1, 2, 3, 6);
    const five = Float64Array.from({ length: 20 }, (_, i) => once[i % 4]!);
    const units = Float64Array.from(five, (_, i) => i % 4);
    expect(meanOfUnits('test', five, units, 0.9)).toEqual(expect.objectContaining({ estimate: 3 }));
    expect(meanOfUnits('test', five, units, 0.9).upper).toBeCloseTo(meanOfUnits('test', once, undefined, 0.9).upper, 12);
    expect(meanOfUnits('test', five, undefined, 0.9).upper).toBeLessThan(meanOfUnits('test', once, undefined, 0.9).upper);
  });

  it('covers the truth as often as it says', () => {
    const random = createRandom(5);
    let covered = 0;
    for (let trial = 0; trial < 400; trial++) {
      const effects = Float64Array.from({ length: 60 }, () => random.normal());
      const units = Float64Array.from({ length: 240 }, (_, i) => i % 60);
      const { lower, upper } = meanOfUnits('test', units.map((unit) => effects[unit]! + 0.3 * random.normal()), units, 0.9);
      covered += Number(lower <= 0 && upper >= 0);
    }
    expect(covered / 400).toBeGreaterThan(0.85);
    expect(covered / 400).toBeLessThan(0.95);
  });
});
