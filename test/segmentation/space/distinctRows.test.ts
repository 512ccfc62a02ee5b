import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distinctRows, rowsFrom } from '../../../src/segmentation/space/distinctRows.js';

it('gives each kind once, ascending, with its weight; missing values last, 0 and -0 alike, unknown rows and rows of weight 0 left out', () => {
  const values = Float64Array.of(2, 1, NaN, 1, 0, 5, NaN, NaN, -0, 5, 2, NaN, 2, 1, 1, 1);
  const { rows, weights } = distinctRows(values, 2, Float64Array.of(1, 2, 3, 4, 5, 6, 7, 0));
  expect([...rows]).toEqual([2, 0, 5, 1]);
  expect([...weights]).toEqual([8, 8, 6, 2]);
  expect([...rowsFrom(values, 2, rows, new Float64Array(8))]).toEqual([0, 5, 2, 1, 2, NaN, NaN, 1]);
});

it('does as a comparison of all rows does', () => {
  const cell = fc.constantFrom(0, 1, -2, NaN);
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, fc.constantFrom(3, 4)), { minLength: 1, maxLength: 200, size: 'max' }), (table) => {
      const { rows, weights } = distinctRows(Float64Array.from(table.flat()), 3, null);
      const kinds = new Map<string, number>();
      for (const row of table) kinds.set(row.join(), (kinds.get(row.join()) ?? 0) + 1);
      const rank = (x: number): number => (Number.isNaN(x) ? Infinity : x);
      const expected = [...kinds.keys()].sort((a, b) => {
        const [x, y] = [a, b].map((key) => key.split(',').map(Number)) as [number[], number[]];
        const j = x.findIndex((value, i) => rank(value) !== rank(y[i]!));
        return rank(x[j]!) - rank(y[j]!) > 0 ? 1 : -1;
      });
      expect(Array.from(rows, (row) => table[row]!.join())).toEqual(expected);
      expect(Array.from(rows)).toEqual(expected.map((key) => table.findIndex((row) => row.join() === key)));
      expect([...weights]).toEqual(expected.map((key) => kinds.get(key)));
    }),
    { seed: 20261122, numRuns: 60 },
  );
});
