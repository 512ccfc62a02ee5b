import { describe, expect, it } from 'vitest';
import { chainLinkage } from '../../../src/numeric/hierarchy/chainLinkage.js';
import { groupsAfter } from '../../../src/numeric/hierarchy/cutTree.js';
import { createRandom } from '../../../src/numeric/random.js';

type Linkage = 'average' | 'complete' | 'ward';

/** The distance of two groups by the definition; for Ward's, that of squares of any distances within and between. */
function apart(between: (i: number, j: number) => number, a: readonly number[], b: readonly number[], linkage: Linkage): number {
  const all = a.flatMap((i) => b.map((j) => between(i, j)));
  if (linkage === 'complete') return Math.max(...all);
  const mean = (x: readonly number[], y: readonly number[], f: (d: number) => number): number => x.reduce((sum, i) => sum + y.reduce((rest, j) => rest + f(between(i, j)), 0), 0) / x.length / y.length;
  if (linkage === 'average') return mean(a, b, (d) => d);
  const square = (d: number): number => d * d;
  return Math.sqrt(((2 * a.length * b.length) / (a.length + b.length)) * (mean(a, b, square) - mean(a, a, square) / 2 - mean(b, b, square) / 2));
}

function naiveHeights(count: number, between: (i: number, j: number) => number, linkage: Linkage): number[] {
  const groups = Array.from({ length: count }, (_, i) => [i]);
  const heights: number[] = [];
  while (groups.length > 1) {
    let [best, x, y] = [Infinity, 0, 1];
    for (let i = 0; i < groups.length; i++) for (let j = 0; j < i; j++) {
      const height = apart(between, groups[i]!, groups[j]!, linkage);
      if (height < best) [best, x, y] = [height, j, i];
    }
    heights.push(best);
    groups[x] = [...groups[x]!, ...groups.splice(y, 1)[0]!];
  }
  return heights;
}

const triangle = (count: number, between: (i: number, j: number) => number): Float64Array => Float64Array.from(Array.from({ length: count }, (_, i) => Array.from({ length: i }, (_, j) => between(i, j))).flat());

describe('chainLinkage', () => {
  it.each<Linkage>(['average', 'complete', 'ward'])('%s: equals the definition on distances that are no straight lines', (linkage) => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = createRandom(seed);
      const count = 3 + random.integer(14);
      const table = Array.from({ length: count * count }, () => 1 + random.uniform());
      const between = (i: number, j: number): number => (i === j ? 0 : table[Math.max(i, j) * count + Math.min(i, j)]!);
      const { heights } = chainLinkage(triangle(count, between), linkage, null);
      naiveHeights(count, between, linkage).forEach((height, i) => expect(heights[i]).toBeCloseTo(height, 10));
    }
  });

  it('counts a weight as so many leaves in one place', () => {
    const random = createRandom(5);
    const weights = Float64Array.of(1, 3, 2, 1, 4, 2);
    const table = Array.from({ length: 36 }, () => 1 + random.uniform());
    const between = (i: number, j: number): number => (i === j ? 0 : table[Math.max(i, j) * 6 + Math.min(i, j)]!);
    const leaves = Array.from(weights).flatMap((weight, i) => new Array<number>(weight).fill(i));
    for (const linkage of ['average', 'ward'] as const) {
      const few = chainLinkage(triangle(6, between), linkage, weights);
      const many = chainLinkage(triangle(leaves.length, (i, j) => between(leaves[i]!, leaves[j]!)), linkage, null);
      few.heights.forEach((height, i) => expect(many.heights[leaves.length - 6 + i]).toBeCloseTo(height, 10));
      expect(few.sizes.at(-1)).toBe(leaves.length);
      expect(groupsAfter(few, 4).nodes.length).toBe(2);
    }
  });
});
