import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hypergeometricQuantile, hypergeometricUpper } from '../../src/numeric/hypergeometricTail.js';

// found, drawn, marked, total, and the sum in whole numbers.
const REFERENCE: readonly (readonly [number, number, number, number, number])[] = [
  [102, 174, 1903, 9835, 9.12346563414755e-31],
  [5, 10, 20, 100, 0.025464546427043124],
  [1, 10, 20, 100, 0.9048837275692115],
  [3, 5, 4, 10, 0.2619047619047619],
  [0, 5, 4, 10, 1],
  [4, 5, 4, 5, 1],
  [900, 5000, 20_000, 100_000, 0.999886885269408],
  [1000, 5000, 20_000, 100_000, 0.5059329908501039],
  [60, 300, 20_000, 1_000_000, 8.256458277072865e-41],
];

/** All probabilities by multiplication from the first; totals below 60. */
function points(drawn: number, marked: number, total: number): Map<number, number> {
  const choose = (n: number, k: number): number => (k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  const found = new Map<number, number>();
  for (let x = Math.max(0, drawn + marked - total); x <= Math.min(drawn, marked); x++) found.set(x, (choose(marked, x) * choose(total - marked, drawn - x)) / choose(total, drawn));
  return found;
}

const draws = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat(), fc.nat()).map(([total, d, m]) => ({ total, drawn: d % (total + 1), marked: m % (total + 1) }));

describe('hypergeometricUpper', () => {
  it.each(REFERENCE)('at least %d of %d drawn, %d of %d marked: agrees with exact sums', (found, drawn, marked, total, p) => {
    expect(Math.abs(hypergeometricUpper(found, drawn, marked, total) / p - 1)).toBeLessThan(1e-11);
  });

  it('is the sum of the probabilities from there on', () => {
    fc.assert(
      fc.property(draws, ({ total, drawn, marked }) => {
        const all = points(drawn, marked, total);
        let sum = 0;
        for (const x of [...all.keys()].reverse()) {
          sum += all.get(x)!;
          expect(hypergeometricUpper(x, drawn, marked, total)).toBeCloseTo(sum, 11);
        }
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});

describe('hypergeometricQuantile', () => {
  it('is the smallest count exceeded rarely enough', () => {
    fc.assert(
      fc.property(draws, fc.constantFrom(0.5, 0.1, 0.01), ({ total, drawn, marked }, above) => {
        const all = points(drawn, marked, total);
        let tail = 0;
        let expected = Math.min(drawn, marked);
        for (const x of [...all.keys()].reverse()) {
          // What rounding could decide is left out.
          fc.pre(Math.abs(tail - above) > 1e-9);
          if (tail <= above) expected = x;
          tail += all.get(x)!;
        }
        expect(hypergeometricQuantile(above, drawn, marked, total)).toBe(expected);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('agrees with scipy for many customers', () => {
    expect(hypergeometricQuantile(0.01, 174, 1903, 9835)).toBe(46);
    expect(hypergeometricQuantile(0.01, 5000, 20_000, 100_000)).toBe(1065);
    expect(hypergeometricQuantile(0.01, 300, 20_000, 1_000_000)).toBe(12);
    expect(hypergeometricQuantile(0.01, 50_000, 200_000, 1_000_000)).toBe(10_203);
  });
});
