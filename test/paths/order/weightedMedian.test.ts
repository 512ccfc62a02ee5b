import { describe, expect, it } from 'vitest';
import { weightedMedian } from '../../../src/paths/order/weightedMedian.js';

describe('weightedMedian', () => {
  it('is the value in the middle of the weight, halfway between two where the middle lies between them', () => {
    expect(weightedMedian(Float64Array.of(3, 1, 2), null)).toBe(2);
    expect(weightedMedian(Float64Array.of(4, 1, 2, 3), null)).toBe(2.5);
    expect(weightedMedian(Float64Array.of(10, 20), Float64Array.of(1, 3))).toBe(20);
    expect(weightedMedian(Float64Array.of(10, 20, 30), Float64Array.of(1, 1, 2))).toBe(25);
    expect(weightedMedian(Float64Array.of(7), Float64Array.of(0.1))).toBe(7);
  });
});
