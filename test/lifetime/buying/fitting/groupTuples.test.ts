import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupTuples } from '../../../../src/lifetime/buying/fitting/groupTuples.js';
import type { Histories } from '../../../../src/lifetime/purchaseHistories.js';

const historiesOf = (rows: readonly (readonly [number, number, number])[]): Histories => ({
  count: rows.length,
  unit: 'week',
  frequency: Float64Array.from(rows, ([x]) => x),
  recency: Float64Array.from(rows, ([, last]) => last),
  tenure: Float64Array.from(rows, ([, , tenure]) => tenure),
});
const bare = { weights: null, gaps: null, codes: null };

describe('groupTuples', () => {
  it('counts equal histories once, in ascending order', () => {
    const { tuples, firstRows } = groupTuples(historiesOf([[2, 5, 9], [0, 0, 4], [2, 5, 9], [2, 3, 9], [0, -0, 4], [2, 3, 7]]), bare);
    expect(tuples).toEqual({ count: 4, x: Float64Array.of(0, 2, 2, 2), last: Float64Array.of(0, 3, 3, 5), tenure: Float64Array.of(4, 7, 9, 9), weights: Float64Array.of(2, 1, 1, 2), customers: 6, sumLogGaps: NaN });
    expect([...firstRows]).toEqual([1, 5, 3, 0]);
  });

  it('is the count by a map, whatever the order of the rows, weights and covariates', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 3, max: 6 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 3000, minLength: 1, size: 'max' }), (rows) => {
        const wanted = new Map<string, number>();
        for (const [x, last, tenure, weight, code] of rows) if (weight > 0) wanted.set(`${x} ${last} ${tenure} ${code}`, (wanted.get(`${x} ${last} ${tenure} ${code}`) ?? 0) + weight);
        const columns = { weights: Float64Array.from(rows, ([, , , weight]) => weight), gaps: Float64Array.from(rows, ([x]) => x / 2), codes: Int32Array.from(rows, ([, , , , code]) => code) };
        const { tuples, firstRows } = groupTuples(historiesOf(rows.map(([x, last, tenure]) => [x, last, tenure])), columns);
        expect(tuples.count).toBe(wanted.size);
        for (let i = 0; i < tuples.count; i++) {
          const [x, last, tenure, , code] = rows[firstRows[i]!]!;
          expect([tuples.x[i], tuples.last[i], tuples.tenure[i]]).toEqual([x, last, tenure]);
          expect(tuples.weights[i]).toBe(wanted.get(`${x} ${last} ${tenure} ${code}`));
          if (i > 0) expect(tuples.x[i]! - tuples.x[i - 1]! || tuples.last[i]! - tuples.last[i - 1]! || tuples.tenure[i]! - tuples.tenure[i - 1]!).toBeGreaterThanOrEqual(0);
        }
        expect(tuples.customers).toBe(rows.reduce((sum, [, , , weight]) => sum + weight, 0));
        expect(tuples.sumLogGaps).toBeCloseTo(rows.reduce((sum, [x, , , weight]) => sum + (weight * x) / 2, 0), 9);
      }),
      { numRuns: 15 },
    );
  });

  it('sorts histories that all differ, and those that differ in the last digit only', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [1 + (i % 3), 1 + ((i * 7919) % 5000) * 1e-12, 2] as const);
    const { tuples } = groupTuples(historiesOf(rows), bare);
    expect(tuples.count).toBe(new Set(rows.map((row) => row.join(' '))).size);
    for (let i = 1; i < tuples.count; i++) expect(tuples.x[i]! - tuples.x[i - 1]! || tuples.last[i]! - tuples.last[i - 1]!).toBeGreaterThan(0);
  });
});
