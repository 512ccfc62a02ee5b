import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { groupsAfter } from '../../../src/numeric/hierarchy/cutTree.js';
import { linkagePoints } from '../../../src/segmentation/hierarchy/linkagePoints.js';
import type { Linkage } from '../../../src/numeric/hierarchy/linkageTree.js';
import { naiveLinkage, partitionOf } from './naiveLinkage.js';

const LINKAGES: readonly Linkage[] = ['ward', 'average', 'complete', 'single'];
const flat = (points: readonly (readonly number[])[]): Float64Array => Float64Array.from(points.flat());
const draw = (seed: number, count: number, width: number): number[][] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => Array.from({ length: width }, () => random.normal()));
};

describe('linkagePoints', () => {
  it('finds by hand: 0, 1, 5 on a line', () => {
    const points = Float64Array.of(0, 1, 5);
    expect(Array.from(linkagePoints(points, 1, 'single', null).heights)).toEqual([1, 4]);
    expect(Array.from(linkagePoints(points, 1, 'complete', null).heights)).toEqual([1, 5]);
    expect(Array.from(linkagePoints(points, 1, 'average', null).heights)).toEqual([1, 4.5]);
    // sqrt(2 * 2 * 1 / 3) * (5 - 0.5)
    expect(linkagePoints(points, 1, 'ward', null).heights[1]).toBeCloseTo(Math.sqrt(4 / 3) * 4.5, 14);
    expect(Array.from(linkagePoints(points, 1, 'ward', null).merges)).toEqual([0, 1, 2, 3]);
    expect(Array.from(linkagePoints(points, 1, 'ward', null).sizes)).toEqual([2, 3]);
  });

  it.each(LINKAGES)('%s: equals the definition, heights and groups', (linkage) => {
    for (const [seed, count, width] of [[1, 30, 2], [2, 25, 3], [3, 17, 5], [4, 40, 1]] as const) {
      const points = draw(seed, count, width);
      const tree = linkagePoints(flat(points), width, linkage, null);
      const { heights, groupsAt } = naiveLinkage(points, linkage);
      heights.forEach((height, i) => expect(tree.heights[i]).toBeCloseTo(height, 10));
      groupsAt.forEach((groups, made) => {
        const labels = new Int32Array(count);
        groups.forEach((rows, label) => rows.forEach((row) => (labels[row] = label)));
        expect(partitionOf(groupsAfter(tree, made).tops)).toBe(partitionOf(labels));
      });
    }
  });

  it.each(LINKAGES)('%s: takes a weight for so many equal points', (linkage) => {
    const points = draw(5, 18, 3);
    const weights = points.map((_, i) => 1 + (i % 3));
    const repeated = points.flatMap((point, i) => Array.from({ length: weights[i]! }, () => point));
    const weighted = linkagePoints(flat(points), 3, linkage, Float64Array.from(weights));
    const plain = linkagePoints(flat(repeated), 3, linkage, null);
    const above = plain.heights.subarray(repeated.length - points.length);
    weighted.heights.forEach((height, i) => expect(height).toBeCloseTo(above[i]!, 10));
    expect(plain.heights[repeated.length - points.length - 1]).toBe(0);
    expect(weighted.sizes.at(-1)).toBe(repeated.length);
    expect(naiveLinkage(points, linkage, weights).heights.at(-1)).toBeCloseTo(weighted.heights.at(-1)!, 10);
  });

  it.each(LINKAGES)('%s: is a tree in the numbering of scipy with ascending heights, ties and repeated points included', (linkage) => {
    const grid = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(grid, (points) => {
        const { merges, heights, sizes } = linkagePoints(flat(points), 2, linkage, null);
        const count = points.length;
        expect(heights.length).toBe(count - 1);
        const seen = new Set<number>();
        for (let i = 0; i < count - 1; i++) {
          if (i > 0) expect(heights[i]).toBeGreaterThanOrEqual(heights[i - 1]!);
          for (const node of [merges[2 * i]!, merges[2 * i + 1]!]) {
            expect(node).toBeLessThan(count + i);
            expect(seen.has(node)).toBe(false);
            seen.add(node);
          }
          expect(merges[2 * i]).toBeLessThan(merges[2 * i + 1]!);
        }
        if (count > 1) expect(sizes.at(-1)).toBe(count);
        const distinct = new Set(points.map(String)).size;
        expect(heights.filter((height) => height === 0).length).toBe(count - distinct);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it.each(LINKAGES)('%s: does not depend on the order of the points', (linkage) => {
    const points = draw(7, 60, 2);
    const order = shuffle(Array.from(points.keys()), createRandom(8));
    const plain = linkagePoints(flat(points), 2, linkage, null);
    const shuffled = linkagePoints(flat(order.map((row) => points[row]!)), 2, linkage, null);
    plain.heights.forEach((height, i) => expect(shuffled.heights[i]).toBeCloseTo(height, 12));
    const tops = groupsAfter(shuffled, 55).tops;
    const back = new Int32Array(60);
    order.forEach((row, place) => (back[row] = tops[place]!));
    expect(partitionOf(back)).toBe(partitionOf(groupsAfter(plain, 55).tops));
  });

  it('keeps its digits far from the origin', () => {
    const points = draw(9, 30, 2);
    const far = points.map((point) => point.map((x) => 1e9 + Math.round(x * 1000)));
    const near = points.map((point) => point.map((x) => Math.round(x * 1000)));
    for (const linkage of LINKAGES) {
      const [a, b] = [linkagePoints(flat(far), 2, linkage, null), linkagePoints(flat(near), 2, linkage, null)];
      a.heights.forEach((height, i) => expect(Math.abs(height / b.heights[i]! - 1)).toBeLessThan(1e-7));
    }
  });
});
