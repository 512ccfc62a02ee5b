import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { recoveries } from '../../../src/segmentation/quality/recoveries.js';
import { segmentStability } from '../../../src/segmentation/quality/segmentStability.js';

const random = createRandom(5);
const x = Array.from({ length: 60 }, (_, i) => (i % 2) * 12 + random.normal());
const labels = x.map((_, i) => i % 2);

describe('segmentStability', () => {
  it('finds clear segments again each time', () => {
    const found = segmentStability({ x }, labels, { bootstraps: 20 });
    expect(found).toMatchObject({ mean: 1, worst: 1, bootstraps: 20 });
    expect(found.segments[1]).toEqual({ segment: 1, size: 30, jaccard: 1, standardError: 0, dissolved: 0, recovered: 20 });
  });

  it('dissolves what was drawn by lot', () => {
    const even = Array.from({ length: 60 }, (_, i) => i);
    const found = segmentStability({ even }, even.map((i) => (i * 7) % 3), { bootstraps: 20 });
    expect(found.worst).toBeLessThan(0.5);
    expect(found.segments.every(({ dissolved, recovered }) => dissolved > 15 && recovered === 0)).toBe(true);
  });

  it('takes the largest Jaccard coefficient among the rows drawn, 0 for a segment without any, by hand', () => {
    // The second half of the rows is always put together with the last of the first half.
    const given = [0, 0, 0, 1, 1, 1, 2];
    let rowsDrawn: number[] = [];
    const found = recoveries(given, 3, 1, 9, (rows) => {
      rowsDrawn = Array.from(rows);
      return rows.map((row) => (row < 2 ? 0 : row < 6 ? 1 : -1));
    }, () => true);
    const within = (rows: readonly number[]): number => rows.filter((row) => rowsDrawn.includes(row)).length;
    const [first, second] = [within([0, 1]) / within([0, 1, 2]), within([3, 4, 5]) / within([2, 3, 4, 5])];
    expect(found.jaccard[0]).toBeCloseTo(Math.max(first, within([2]) / within([0, 1, 2, 3, 4, 5])), 14);
    expect(found.jaccard[1]).toBeCloseTo(second, 14);
    expect(found.jaccard[2]).toBe(0);
    expect(new Set(rowsDrawn).size).toBe(rowsDrawn.length);
  });

  it('segments again by what it is given', () => {
    const seen: number[] = [];
    const found = segmentStability({ x }, labels, {
      bootstraps: 3,
      refit: (rows, seed) => {
        seen.push(seed);
        const column = rows.column('x') as unknown as { values: Float64Array };
        return Array.from(column.values, (value) => (value > 6 ? 1 : 0));
      },
    });
    expect(found.worst).toBe(1);
    expect(new Set(seen).size).toBe(3);
  });

  it('leaves rows of no segment out, names segments without gaps, and stops when told', () => {
    const found = segmentStability({ x }, labels.map((label, i) => (i < 4 ? -1 : label * 3)), { bootstraps: 10, onProgress: ({ done }) => done < 4 });
    expect(found.segments.map(({ segment, size }) => [segment, size])).toEqual([[0, 28], [3, 28]]);
    expect(found.bootstraps).toBe(4);
    expect(found.worst).toBeGreaterThan(0.8);
  });

  it('works for one row, constant columns and gaps', () => {
    // A single row is always drawn.
    expect(segmentStability({ x: [4] }, [0], { bootstraps: 3 }).worst).toBe(1);
    expect(segmentStability({ x: [4, 4, 4, 4] }, [0, 0, 0, 0], { bootstraps: 3 }).mean).toBe(1);
    expect(segmentStability({ x: x.map((v, i) => (i === 7 ? null : v)), y: x.map(() => 1) }, labels, { bootstraps: 3 }).worst).toBeGreaterThan(0.9);
  });

  it('refuses what it cannot read', () => {
    expect(() => segmentStability({ x }, [0], {})).toThrow('segmentStability needs one label for each of the 60 rows, found 1');
    expect(() => segmentStability({ x }, labels, { bootstraps: 0 })).toThrow('bootstraps as a whole number of at least 1');
    expect(() => segmentStability({ x }, labels, { segments: 2 } as object)).toThrow('knows no option "segments"');
    expect(() => segmentStability({ x: [1, 2] }, [-1, -1])).toThrow('segmentStability needs rows in at least 1 segment(s), found 0');
  });
});
