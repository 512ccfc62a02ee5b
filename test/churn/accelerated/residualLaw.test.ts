import { describe, expect, it } from 'vitest';
import { derive, hazard, inverseLogSurvival, logSurvival, type Censoring, type ResidualLaw } from '../../../src/churn/accelerated/residualLaw.js';

const LAWS: readonly ResidualLaw[] = ['extreme', 'normal', 'logistic'];

describe('the laws of residuals', () => {
  it.each(LAWS)('%s: slopes and curves are those of the values', (law) => {
    const at = (kind: Censoring, z: number): { value: number; slope: number; curve: number } => {
      const point = { value: 0, slope: 0, curve: 0 };
      derive(law, kind, z, point);
      return point;
    };
    const h = 1e-4;
    for (const kind of ['event', 'right', 'left'] as const) {
      for (const z of [-12, -3, -0.5, 0, 0.7, 2, 4]) {
        const here = at(kind, z);
        const [below, above] = [at(kind, z - h), at(kind, z + h)];
        expect((above.value - below.value) / (2 * h)).toBeCloseTo(here.slope, 5);
        expect((above.slope - below.slope) / (2 * h)).toBeCloseTo(here.curve, 5);
        expect(here.curve).toBeLessThanOrEqual(0);
      }
    }
  });

  it.each(LAWS)('%s: survival and its complement are 1, the density is survival times hazard', (law) => {
    const point = { value: 0, slope: 0, curve: 0 };
    for (const z of [-6, -1, 0, 1, 2]) {
      derive(law, 'left', z, point);
      expect(Math.exp(point.value) + Math.exp(logSurvival(law, z))).toBeCloseTo(1, 14);
      derive(law, 'event', z, point);
      expect(Math.log(hazard(law, z)) + logSurvival(law, z)).toBeCloseTo(point.value, 12);
    }
  });

  it.each(LAWS)('%s: the inverse comes back, in both tails', (law) => {
    for (const level of [-1e-12, -1e-3, -0.5, -0.69, -0.7, -3, -100, -699, -5000]) {
      expect(logSurvival(law, inverseLogSurvival(law, level)) / level).toBeCloseTo(1, 9);
    }
  });
});
