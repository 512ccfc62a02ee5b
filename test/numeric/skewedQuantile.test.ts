import { describe, expect, it } from 'vitest';
import { skewedQuantile } from '../../src/numeric/skewedQuantile.js';

describe('skewedQuantile', () => {
  it('is the normal quantile without skewness, and continuous there', () => {
    expect(skewedQuantile(1.96, 10, 4, 0)).toBeCloseTo(13.92, 12);
    expect(skewedQuantile(1.96, 10, 4, 8 * 1.0001e-4)).toBeCloseTo(skewedQuantile(1.96, 10, 4, 8 * 0.9999e-4), 7);
  });

  it('is within 1 % of the gamma quantiles of R (qgamma) at shape 5, 0.05 % at shape 50', () => {
    // Shape a has mean a, variance a and third central moment 2 a.
    for (const [shape, z, expected] of [[5, 1.959963984540054, 10.241588675], [5, -1.959963984540054, 1.623486390], [50, -1.959963984540054, 37.110963737], [50, 1.959963984540054, 64.780598593]] as const) {
      expect(Math.abs(skewedQuantile(z, shape, shape, 2 * shape) / expected - 1)).toBeLessThan(shape === 5 ? 0.01 : 0.0005);
    }
  });

  it('mirrors a negative skewness, and gives the mean where nothing varies', () => {
    expect(skewedQuantile(1.5, -10, 9, -20)).toBeCloseTo(-skewedQuantile(-1.5, 10, 9, 20), 12);
    expect(skewedQuantile(1.5, 7, 0, 0)).toBe(7);
  });

  it('never falls below the end of the gamma distribution, nor with growing z', () => {
    let before = -Infinity;
    for (let z = -8; z <= 8; z += 0.25) {
      const value = skewedQuantile(z, 0.2, 1, 8);
      expect(value).toBeGreaterThanOrEqual(before);
      expect(value).toBeGreaterThanOrEqual(0.2 - 2 / 8);
      before = value;
    }
  });
});
