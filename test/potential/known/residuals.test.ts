import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { conformalEnds, equalAtoms, fewestFor } from '../../../src/potential/known/residuals.js';

const ones = (n: number): Float64Array => new Float64Array(n).fill(1);

describe('conformalEnds', () => {
  it('takes the ceil((n + 1) (1 - a / 2))-th smallest and its mirror image', () => {
    const values = Float64Array.from({ length: 78 }, (_, i) => ((i * 31) % 78) + 1);
    // ceil(79 * 0.95) = 76, and 79 - 76 = 3.
    expect(conformalEnds(values, ones(78), 0.9)).toEqual([3, 76]);
    // ceil(40 * 0.95) = 38 exactly: rounding may not make it 39.
    expect(conformalEnds(Float64Array.from({ length: 39 }, (_, i) => i + 1), ones(39), 0.9)).toEqual([2, 38]);
  });

  it('covers a new residual as often as it says, whatever the number', () => {
    const random = createRandom(4);
    for (const n of [19, 20, 39, 50]) {
      let held = 0;
      for (let run = 0; run < 3000; run++) {
        const [lower, upper] = conformalEnds(Float64Array.from({ length: n }, () => random.uniform()), ones(n), 0.9);
        const next = random.uniform();
        if (next >= lower && next <= upper) held++;
      }
      // At least 0.9, at most 2 / (n + 1) more; the standard error is 0.006.
      expect(held / 3000).toBeGreaterThan(0.9 - 0.015);
      expect(held / 3000).toBeLessThan(0.9 + 2 / (n + 1) + 0.015);
    }
  });

  it('takes a weight of 1 everywhere as none, and needs (1 + c) / (1 - c) residuals', () => {
    expect([fewestFor(0.9), fewestFor(0.8), fewestFor(0.95)]).toEqual([19, 9, 39]);
    const values = Float64Array.from({ length: 19 }, (_, i) => i);
    expect(conformalEnds(values, ones(19), 0.9)).toEqual([0, 18]);
    expect(conformalEnds(values, ones(19).fill(7), 0.9)).toEqual([0, 18]);
    // 39 residuals, the largest with a weight of 100: 0.95 * 138 * (1 + 1 / 39) = 134.46, so from above it and 35 more; from below all of them.
    const heavy = ones(39).map((_, i) => (i === 38 ? 100 : 1));
    expect(conformalEnds(Float64Array.from({ length: 39 }, (_, i) => i), heavy, 0.9)).toEqual([3, 38]);
  });
});

describe('equalAtoms', () => {
  it('keeps few equal weights as they are, sorted', () => {
    const atoms = equalAtoms(Float64Array.of(3, 1, 2), ones(3));
    atoms.forEach((atom, i) => expect(atom).toBeCloseTo(i + 1, 12));
  });

  it('keeps the weighted mean, the order and the number', () => {
    const residual = fc.record({ value: fc.double({ min: 0.01, max: 50, noNaN: true }), weight: fc.double({ min: 0.01, max: 9, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(residual, { minLength: 1, maxLength: 400 }), (residuals) => {
        const [values, weights] = [Float64Array.from(residuals, ({ value }) => value), Float64Array.from(residuals, ({ weight }) => weight)];
        const atoms = equalAtoms(values, weights);
        expect(atoms.length).toBe(Math.min(200, values.length));
        const mean = values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / weights.reduce((a, b) => a + b, 0);
        expect(atoms.reduce((a, b) => a + b, 0) / atoms.length / mean).toBeCloseTo(1, 9);
        for (let i = 1; i < atoms.length; i++) expect(atoms[i]! - atoms[i - 1]!).toBeGreaterThan(-1e-9);
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });
});
