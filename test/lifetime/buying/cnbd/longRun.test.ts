import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliveState } from '../../../../src/lifetime/buying/cnbd/aliveState.js';
import { discountedPurchases } from '../../../../src/lifetime/buying/cnbd/discountedStages.js';
import { longRun } from '../../../../src/lifetime/buying/cnbd/longRun.js';
import { isLongRun, sumOverStages } from '../../../../src/lifetime/buying/cnbd/stageSeries.js';

const near = (found: number, wanted: number, within: number): void => expect(Math.abs(found / wanted - 1)).toBeLessThan(within);

describe('longRun', () => {
  it('equals the series, whatever its length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom<0 | 1>(0, 1),
        fc.tuple(...[0.1, 1, 0.1, 0.1].map((min) => fc.double({ min, max: 5, noNaN: true }))),
        fc.integer({ min: 0, max: 30 }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (k, first, theta, x, logTime) => {
          const state = aliveState(k, first, Float64Array.from(theta), x, x === 0 ? 0 : 9, 12);
          const ahead = 10 ** logTime;
          near(longRun(state, ahead, 'purchases'), sumOverStages(state, ahead, 'purchases'), 1e-11);
          near(longRun(state, ahead, 'survival'), sumOverStages(state, ahead, 'survival'), 1e-10);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes over where the series is long, without a step', () => {
    const state = aliveState(2, 1, Float64Array.of(0.7, 2, 0.4, 0.8), 0, 0, 0);
    let ahead = 1;
    while (!isLongRun(state, ahead)) ahead *= 1.01;
    near(longRun(state, ahead, 'purchases'), sumOverStages(state, ahead, 'purchases'), 1e-12);
    // A value in a time beyond it is made of a near and a far part.
    const value = discountedPurchases(state, 2 * ahead, 1e-4);
    const near16 = (time: number): number => Math.exp(-1e-4 * time) * longRun(state, time, 'purchases');
    // By parts, Simpson on a fine grid between the two, where the mean is smooth.
    const steps = 400;
    let area = 0;
    for (let i = 0; i <= steps; i++) area += near16(ahead * (1 + i / steps)) * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * (ahead / steps / 3);
    near(value, discountedPurchases(state, 0.9999 * ahead, 1e-4) + near16(2 * ahead) - near16(0.9999 * ahead) + 1e-4 * (area + near16(ahead) * 0.0001 * ahead), 1e-8);
  });
});
