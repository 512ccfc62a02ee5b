import { describe, expect, it } from 'vitest';
import { logGamma } from '../../src/numeric/logGamma.js';
import { logMinusDigamma, stirlingRemainder } from '../../src/numeric/stirling.js';

const EULER = 0.5772156649015329;

describe('stirlingRemainder', () => {
  it('is what log gamma has beside its leading terms', () => {
    for (const x of [0.3, 1, 2.5, 11.9, 12, 40]) expect((x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + stirlingRemainder(x)).toBeCloseTo(logGamma(x), 12);
    // 1 / (12 x) to all digits where the terms it is left from are 1e10 times as large.
    expect(stirlingRemainder(1e9) * 12e9).toBeCloseTo(1, 15);
    expect(stirlingRemainder(1)).toBeCloseTo(1 - 0.5 * Math.log(2 * Math.PI), 13);
  });
});

describe('logMinusDigamma', () => {
  it('has the known values of digamma and trigamma', () => {
    expect(logMinusDigamma(1).value).toBeCloseTo(EULER, 14);
    expect(logMinusDigamma(0.5).value).toBeCloseTo(Math.log(0.5) + EULER + 2 * Math.LN2, 14);
    expect(logMinusDigamma(20).value).toBeCloseTo(Math.log(20) + EULER - Array.from({ length: 19 }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b), 13);
    expect(logMinusDigamma(1).slope).toBeCloseTo(1 - Math.PI ** 2 / 6, 13);
    expect(logMinusDigamma(0.5).slope).toBeCloseTo(2 - Math.PI ** 2 / 2, 13);
  });

  it('keeps its digits where both parts are nearly equal', () => {
    expect(logMinusDigamma(1e8).value * 2e8).toBeCloseTo(1 + 1 / 6e8, 14);
    expect(logMinusDigamma(1e8).slope * -2e16).toBeCloseTo(1 + 1 / 3e8, 13);
  });
});
