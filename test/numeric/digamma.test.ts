import { describe, expect, it } from 'vitest';
import { digamma } from '../../src/numeric/digamma.js';

describe('digamma', () => {
  // scipy.special.digamma 1.17
  it.each([
    [1, -0.5772156649015329],
    [0.5, -1.9635100260214235],
    [1e-3, -1000.5755719318103],
    [7.99, 2.0143092220462235],
    [8, 2.01564147795561],
    [123.4, 4.8113737751162775],
    [1e9, 20.72326583644641],
  ])('%d', (x, expected) => {
    expect(digamma(x) / expected).toBeCloseTo(1, 13);
  });

  it('goes up by 1/x from x to x + 1', () => {
    for (const x of [0.01, 0.7, 3, 7.5, 40]) expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, 12);
  });
});
