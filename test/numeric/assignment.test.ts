import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestAssignment } from '../../src/numeric/assignment.js';

/** All ways to give rows columns of their own, by trying them. */
function cheapestByTrial(cost: readonly number[], rows: number, columns: number): number {
  const place = (row: number, taken: readonly number[]): number =>
    row === rows
      ? 0
      : Math.min(...Array.from({ length: columns }, (_, c) => c).filter((c) => !taken.includes(c)).map((c) => cost[row * columns + c]! + place(row + 1, [...taken, c])));
  return place(0, []);
}

describe('cheapestAssignment', () => {
  it('solves an example by hand: the cheap cell of row 0 is left to row 1, which needs it more', () => {
    expect([...cheapestAssignment([1, 2, 1, 9], 2, 2)]).toEqual([1, 0]);
    expect([...cheapestAssignment([], 0, 0)]).toEqual([]);
  });

  it('gives equally cheap columns in their order', () => {
    expect([...cheapestAssignment(new Float64Array(9), 3, 3)]).toEqual([0, 1, 2]);
  });

  it('is as cheap as the best of all ways, up to six rows and seven columns, negative and fractional costs included', () => {
    const problem = fc.integer({ min: 1, max: 6 }).chain((rows) =>
      fc.integer({ min: rows, max: Math.min(7, rows + 2) }).chain((columns) =>
        fc.tuple(fc.constant(rows), fc.constant(columns), fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ min: -5, max: 5, noNaN: true })), { minLength: rows * columns, maxLength: rows * columns })),
      ),
    );
    fc.assert(
      fc.property(problem, ([rows, columns, cost]) => {
        const columnOf = cheapestAssignment(cost, rows, columns);
        expect(new Set(columnOf).size).toBe(rows);
        const total = columnOf.reduce((sum, c, row) => sum + cost[row * columns + c]!, 0);
        expect(total).toBeCloseTo(cheapestByTrial(cost, rows, columns), 9);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('finds a planted assignment of 200 rows', () => {
    const planted = Array.from({ length: 200 }, (_, row) => (row * 73) % 200);
    const cost = Float64Array.from({ length: 40_000 }, (_, cell) => (planted[Math.floor(cell / 200)] === cell % 200 ? -5 : ((cell * 2_654_435_761) % 97) / 97));
    expect([...cheapestAssignment(cost, 200, 200)]).toEqual(planted);
  });
});
