import { describe, expect, it } from 'vitest';
import { smoothedHazard } from '../../../../src/churn/cox/after/smoothedHazard.js';

const grid = (n: number, to: number): number[] => Array.from({ length: n }, (_, i) => ((i + 1) * to) / n);

describe('smoothedHazard', () => {
  it('of one step is the kernel around it', () => {
    const { hazard } = smoothedHazard({ times: [5, 10], cumulative: [0.2, 0.2] }, { bandwidth: 2, at: [5, 6, 4, 7, 2.9] });
    expect(Array.from(hazard)).toEqual([0.075, 0.05625, 0.05625, 0, 0].map((value) => expect.closeTo(value, 14)));
  });

  it('finds a constant hazard everywhere, the ends included', () => {
    const times = grid(2000, 20);
    const { hazard, times: at, bandwidth } = smoothedHazard({ times, cumulative: times.map((time) => 0.05 * time) });
    expect([at.length, at[100], bandwidth]).toEqual([101, 20, 2]);
    hazard.forEach((rate) => expect(Math.abs(rate / 0.05 - 1)).toBeLessThan(0.01));
  });

  it('has the area of what it smooths, away from the ends', () => {
    const at = grid(4000, 10);
    const { hazard } = smoothedHazard({ times: [3, 5, 5.5, 10], cumulative: [0.1, 0.4, 0.45, 0.45] }, { bandwidth: 1, at });
    expect(hazard.reduce((sum, rate) => sum + rate * (10 / 4000), 0)).toBeCloseTo(0.45, 4);
  });

  it('knows nothing before 0 and after the last step, and says what it cannot take', () => {
    expect(Array.from(smoothedHazard({ times: [1, 2], cumulative: [1, 2] }, { at: [-1, 3] }).hazard)).toEqual([NaN, NaN]);
    expect(() => smoothedHazard({ times: [], cumulative: [] })).toThrow(/steps, found none/);
    expect(() => smoothedHazard({ times: [1], cumulative: [] })).toThrow(/found 0 for 1 times/);
    expect(() => smoothedHazard({ times: [1], cumulative: [1] }, { bandwidth: 0 })).toThrow(/bandwidth above 0, found 0/);
    expect(() => smoothedHazard({ times: [1], cumulative: [1] }, { at: [NaN] })).toThrow(/at as a finite number/);
  });
});
