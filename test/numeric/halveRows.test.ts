import fc from 'fast-check';
import { expect, it } from 'vitest';
import { halveRows } from '../../src/numeric/halveRows.js';

it('puts the smaller rows before the middle and the larger ones after it, losing none, and leaves those outside alone', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3, maxLength: 40 }), fc.nat(), (values, draw) => {
      const points = Float64Array.from(values.flatMap((x) => [-x, x]));
      const rows = Int32Array.from(values, (_, row) => row);
      const [low, high] = [1, values.length - 1];
      const middle = low + (draw % (high - low + 1));
      halveRows(rows, points, 2, 1, low, high, middle);
      const at = (place: number): number => values[rows[place]!]!;
      for (let i = low; i < middle; i++) expect(at(i)).toBeLessThanOrEqual(at(middle));
      for (let i = middle; i <= high; i++) expect(at(i)).toBeGreaterThanOrEqual(at(middle));
      expect(rows[0]).toBe(0);
      expect(Array.from(rows).sort((a, b) => a - b)).toEqual(values.map((_, row) => row));
    }),
    { seed: 20261122, numRuns: 200 },
  );
});
