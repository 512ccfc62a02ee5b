import { describe, expect, it } from 'vitest';
import { betaDraw } from '../../src/numeric/betaDraw.js';
import { gammaDraw, logGammaDraw } from '../../src/numeric/gammaDraw.js';
import { incompleteBeta } from '../../src/numeric/incompleteBeta.js';
import { incompleteGamma } from '../../src/numeric/incompleteGamma.js';
import { createRandom, type Random } from '../../src/numeric/random.js';

const DRAWS = 20_000;
/** Kolmogorov and Smirnov: exceeded once in ten thousand times, if the law is right. */
const LIMIT = 2.225 / Math.sqrt(DRAWS);

/** The largest distance between the shares of the draws and the law. */
function distance(draw: (random: Random) => number, law: (x: number) => number): number {
  const random = createRandom(11);
  const sorted = Float64Array.from({ length: DRAWS }, () => draw(random)).sort();
  return sorted.reduce((most, x, i) => Math.max(most, Math.abs(law(x) - (i + 0.5) / DRAWS)), 0);
}

describe('gammaDraw', () => {
  it.each([0.05, 0.6, 1, 2.5, 400])('of shape %s follows its law', (shape) => {
    expect(distance((random) => gammaDraw(random, shape), (x) => incompleteGamma(x, shape))).toBeLessThan(LIMIT);
  });

  it('is the same for the same seed', () => {
    expect(gammaDraw(createRandom(3), 0.4)).toBe(gammaDraw(createRandom(3), 0.4));
  });

  it('has finite logarithms where the draws are too small for a number', () => {
    const random = createRandom(5);
    const logs = Array.from({ length: 2000 }, () => logGammaDraw(random, 1e-4));
    expect(logs.every(Number.isFinite)).toBe(true);
    // log X times the shape is that of a uniform number, nearly: its mean is -1.
    expect(logs.reduce((sum, log) => sum + log * 1e-4, 0) / 2000).toBeCloseTo(-1, 1);
    expect(logs.filter((log) => Math.exp(log) === 0).length).toBeGreaterThan(1500);
  });
});

describe('betaDraw', () => {
  it.each([
    [0.02, 0.03],
    [0.8, 2.4],
    [30, 4],
  ])('of shapes %s and %s follows its law', (a, b) => {
    // Draws next to 1 are all the same double there, and the law is not followed below its last digit.
    const law = (x: number): number => incompleteBeta(x, a, b);
    expect(a < 0.1 ? meanAway(a, b) : distance((random) => betaDraw(random, a, b), law)).toBeLessThan(LIMIT);
  });
});

function meanAway(a: number, b: number): number {
  const random = createRandom(12);
  let sum = 0;
  for (let i = 0; i < DRAWS; i++) sum += betaDraw(random, a, b) / DRAWS;
  return Math.abs(sum - a / (a + b));
}
