import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hypergeometricOne } from '../../src/numeric/hypergeometricOne.js';

/** The power series with all its terms, as long as it takes. */
function naive(b: number, c: number, z: number): number {
  let sum = 1;
  let term = 1;
  for (let n = 0; term > 1e-18 * sum; n++) sum += term *= ((b + n) / (c + n)) * z;
  return sum;
}

describe('hypergeometricOne', () => {
  it('is -log(1 - z) / z at b = 1, c = 2', () => {
    for (const z of [1e-9, 0.1, 0.5, 0.9, 0.999]) expect(hypergeometricOne(1, 2, z) / (-Math.log1p(-z) / z)).toBeCloseTo(1, 14);
  });

  it('is one at z = 0, and the gamma functions at z = 1', () => {
    expect(hypergeometricOne(700, 701.5, 0)).toBe(1);
    expect(hypergeometricOne(3, 5.5, 1)).toBe(3);
    expect(hypergeometricOne(3, 4, 1)).toBe(Infinity);
  });

  it.each([
    // mpmath 1.3, 50 digits.
    [3.806, 4.474, 1 / 1.1, 5.922596407612763],
    [0.5, 0.75, 0.5, 1.5990701173677961],
    [100_000, 100_000.3, 0.99, 99.97033822563847],
    [100_000.5, 250_000, 0.999, 1.6655662652102772],
    [12, 100_000, 0.9, 1.000108012637466],
    [0.001, 50, 0.97, 1.0000197839528302],
    [3, 7.2, 1 - 2 ** -20, 1.9374974803571168],
    [3, 3.3, 1 - 2 ** -20, 28_531.562536790017],
    [100_000, 100_000.25, 1 - 2 ** -17, 110_450.98339920203],
    [0.3, 0.31, 0.9999, 8863.31558731859],
  ])('holds 12 digits at b = %f, c = %f, z = %f', (b, c, z, expected) => {
    expect(Math.abs(hypergeometricOne(b, c, z) / expected - 1)).toBeLessThan(1e-12);
  });

  it('keeps the digits of c - b and 1 - z that it is given', () => {
    // mpmath: of neither difference do the doubles c and z keep 12 digits.
    expect(Math.abs(hypergeometricOne(1e6, 1e6 + 1e-3, 1 - 1e-9, 1e-3, 1e-9) / 993_682_958.5868127 - 1)).toBeLessThan(1e-12);
  });

  it('is the power series', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 500, noNaN: true }), fc.double({ min: 0.01, max: 500, noNaN: true }), fc.double({ min: 0, max: 0.98, noNaN: true }), (b, rest, z) => {
        expect(Math.abs(hypergeometricOne(b, b + rest, z) / naive(b, b + rest, z) - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 50 },
    );
  });
});
