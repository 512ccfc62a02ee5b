import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { silhouette } from '../../../src/segmentation/quality/silhouette.js';
import { columnsOf, naiveWidths } from './naive.js';

const none = { scaling: 'none' } as const;

/** Clouds of normal points, segment c around (3 c, 0, …). */
function clouds(sizes: readonly number[], width: number, seed: number): { points: Float64Array; labels: number[] } {
  const random = createRandom(seed);
  const labels = sizes.flatMap((size, c) => Array.from({ length: size }, () => c));
  return { labels, points: Float64Array.from({ length: labels.length * width }, (_, at) => random.normal() + (at % width === 0 ? 3 * labels[Math.floor(at / width)]! : 0)) };
}

describe('silhouette', () => {
  it('is (b - a) / max(a, b) of each row, by hand', () => {
    const found = silhouette({ x: [0, 2, 10, 12, 13] }, [0, 0, 1, 1, 1], none);
    const b0 = (10 + 12 + 13) / 3;
    expect(found.widths[0]).toBeCloseTo((b0 - 2) / b0, 14);
    expect(found.widths[2]).toBeCloseTo((9 - 2.5) / 9, 14);
    expect(Array.from(found.neighbours)).toEqual([1, 1, 0, 0, 0]);
    expect(found.segments.map(({ segment, size }) => [segment, size])).toEqual([[0, 2], [1, 3]]);
    expect(found.segments[0]!.estimate).toBeCloseTo((found.widths[0]! + found.widths[1]!) / 2, 14);
    expect([found.lower, found.upper, found.rowsUsed]).toEqual([found.estimate, found.estimate, 5]);
  });

  it('takes the distances to the centres when simplified', () => {
    const found = silhouette({ x: [0, 2, 10, 12] }, [0, 0, 1, 1], { ...none, kind: 'simplified' });
    expect(found.widths[0]).toBeCloseTo((11 - 1) / 11, 14);
    expect(found.widths[1]).toBeCloseTo((9 - 1) / 9, 14);
  });

  it('is 0 for a row alone in its segment, and where all rows are equal', () => {
    expect(Array.from(silhouette({ x: [0, 5, 6] }, [0, 1, 1], none).widths)[0]).toBe(0);
    expect(silhouette({ x: [3, 3, 3, 3] }, [0, 0, 1, 1], none).estimate).toBe(0);
  });

  it('equals the definition for segments of any size, so also where tiles end', () => {
    for (const [sizes, width] of [[[1, 2, 3, 4, 5], 3], [[300, 261, 7], 2], [[519, 2], 1]] as const) {
      const { points, labels } = clouds(sizes, width, 7);
      const found = silhouette(columnsOf(points, width), labels, none);
      naiveWidths(points, width, labels).forEach((expected, row) => expect(found.widths[row]).toBeCloseTo(expected, 12));
    }
  });

  it('equals the definition for random rows and labels, some of no segment', () => {
    const row = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 }), fc.integer({ min: -1, max: 3 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 25 }), (rows) => {
        const labels = rows.map(([, , label]) => label);
        fc.pre(new Set(labels.filter((label) => label >= 0)).size > 1);
        const points = Float64Array.from(rows.flatMap(([x, y]) => [x, y]));
        const { widths } = silhouette(columnsOf(points, 2), labels, none);
        naiveWidths(points, 2, labels).forEach((expected, i) => (Number.isNaN(expected) ? expect(widths[i]).toBeNaN() : expect(widths[i]).toBeCloseTo(expected, 12)));
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('does not depend on the order of rows, the numbers of segments, place or size', () => {
    const { points, labels } = clouds([12, 9, 14], 2, 3);
    const { estimate } = silhouette(columnsOf(points, 2), labels, none);
    const order = labels.map((_, i) => (i * 11) % labels.length);
    const moved = Float64Array.from(order.flatMap((i) => [points[2 * i]! * 7 + 1000, points[2 * i + 1]! * 7 - 50]));
    expect(silhouette(columnsOf(moved, 2), order.map((i) => 2 - labels[i]!), none).estimate).toBeCloseTo(estimate, 11);
    expect(silhouette(columnsOf(points, 2), labels.map((label) => ['low', 'mid', 'top'][label]!), none).estimate).toBeCloseTo(estimate, 13);
  });

  it('leaves rows labelled -1 out and lists no segment without rows', () => {
    const found = silhouette({ x: [0, 1, 100, 9, 10] }, [0, 0, -1, 5, 5], none);
    const without = silhouette({ x: [0, 1, 9, 10] }, [0, 0, 1, 1], none);
    expect(found.estimate).toBeCloseTo(without.estimate, 14);
    expect(found.widths[2]).toBeNaN();
    expect(found.neighbours[2]).toBe(-1);
    expect(found.segments.map(({ segment }) => segment)).toEqual([0, 5]);
  });

  it('counts a missing value as the mean of its column', () => {
    const filled = silhouette({ x: [0, 1, 9, 10], y: [2, 3, 4, 3] }, [0, 0, 1, 1], none);
    const missing = silhouette({ x: [0, 1, 9, 10], y: [2, null, 4, null] }, [0, 0, 1, 1], none);
    expect(Array.from(missing.widths)).toEqual(Array.from(filled.widths));
    expect(silhouette({ x: [0, 1, 9, 10], y: [null, null, null, NaN] }, [0, 0, 1, 1], { scaling: 'none', features: ['x', 'y'] }).estimate).toBeGreaterThan(0.8);
  });

  it('takes the scaling of a model, and a constant column changes nothing', () => {
    const feature = { column: 'x', scaling: 'standard', unit: 1, center: 5, scale: 2, limit: null } as const;
    const data = { x: [0, 1, 9, 10], y: [7, 7, 7, 7] };
    expect(silhouette(data, [0, 0, 1, 1], { scaling: [feature] }).estimate).toBeCloseTo(silhouette(data, [0, 0, 1, 1], none).estimate, 14);
  });

  it('of a sample holds each row against all rows, and takes at least 20 of each segment', () => {
    const { points, labels } = clouds([400, 300, 25, 5], 2, 5);
    const data = columnsOf(points, 2);
    const all = silhouette(data, labels, none);
    const sampled = silhouette(data, labels, { ...none, sample: 100 });
    const drawn = Array.from(sampled.widths, (width, row) => (Number.isNaN(width) ? -1 : row)).filter((row) => row >= 0);
    expect(drawn).toHaveLength(sampled.rowsUsed);
    for (const row of drawn) expect(sampled.widths[row]).toBeCloseTo(all.widths[row]!, 12);
    expect([0, 1, 2, 3].map((c) => drawn.filter((row) => labels[row] === c).length)).toEqual([55, 41, 20, 5]);
    expect(sampled.segments[3]!.lower).toBe(sampled.segments[3]!.upper);
    expect(silhouette(data, labels, { ...none, sample: 730 }).estimate).toBe(all.estimate);
  });

  it('of a sample has an interval that holds the figure of all rows as often as it says', () => {
    const { points, labels } = clouds([260, 200, 140], 2, 11);
    const data = columnsOf(points, 2);
    const { estimate } = silhouette(data, labels, none);
    let held = 0;
    let total = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const sampled = silhouette(data, labels, { ...none, sample: 120, confidence: 0.9, seed });
      if (sampled.lower <= estimate && estimate <= sampled.upper) held++;
      total += sampled.estimate / 400;
    }
    // 360 expected, standard deviation 6; the mean of 400 estimates is within 4 of its standard errors of the truth.
    expect(held).toBeGreaterThan(338);
    expect(held).toBeLessThan(382);
    expect(Math.abs(total - estimate)).toBeLessThan(0.004);
  });

  it('draws a sample by itself above 20,000 rows', () => {
    const random = createRandom(1);
    const labels = Int32Array.from({ length: 20_100 }, (_, i) => i & 1);
    const x = Float64Array.from(labels, (label) => 4 * label + random.normal());
    const found = silhouette({ x }, labels, none);
    expect(found.rowsUsed).toBe(Math.round(2e8 / 20_100));
    expect(found.upper - found.lower).toBeGreaterThan(0);
    expect(found.upper - found.lower).toBeLessThan(0.01);
  }, 60_000);

  it('refuses what has no silhouette', () => {
    const code = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(() => silhouette({ x: [1, 2] }, [0, 0])).toThrow('silhouette needs rows in at least 2 segment(s), found 1');
    expect(code(() => silhouette({ x: [1] }, [0]))).toBe('INVALID_INPUT');
    expect(code(() => silhouette({ x: [1, 2] }, [0]))).toBe('LENGTH_MISMATCH');
    expect(code(() => silhouette({ x: [1, 2] }, [0, 1.5]))).toBe('INVALID_VALUE');
    expect(code(() => silhouette({ x: [] }, []))).toBe('EMPTY_INPUT');
    expect(code(() => silhouette({ x: [1, Infinity] }, [0, 1]))).toBe('NON_FINITE_VALUE');
    expect(code(() => silhouette({ x: ['a', 'b'] }, [0, 1]))).toBe('EMPTY_INPUT');
    expect(code(() => silhouette({ x: ['a', 'b'] }, [0, 1], { features: ['x'] }))).toBe('COLUMN_KIND');
    expect(code(() => silhouette({ x: [1, 2] }, [0, 1], { features: ['y' as 'x'] }))).toBe('UNKNOWN_COLUMN');
    for (const options of [{ kind: 'fast' as 'exact' }, { sample: 0 }, { confidence: 1 }, { confidence: NaN }, { kinds: 1 } as object]) {
      expect(code(() => silhouette({ x: [1, 2] }, [0, 1], options))).toBe('INVALID_OPTION');
    }
  });
});
