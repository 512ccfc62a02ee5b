import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom } from '../../../src/numeric/random.js';
import { copheneticCorrelation } from '../../../src/segmentation/hierarchy/copheneticCorrelation.js';
import { fitHierarchy } from '../../../src/segmentation/hierarchy/fitHierarchy.js';
import { Hierarchy } from '../../../src/segmentation/hierarchy/hierarchy.js';
import { linkagePoints } from '../../../src/segmentation/hierarchy/linkagePoints.js';
import { errorCode } from '../../errorCode.js';
import { partitionOf } from './naiveLinkage.js';

const draw = (seed: number, count: number): { a: number; b: number }[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => ({ a: random.normal() * 5 + 50, b: random.normal() * 2 + 10 * random.integer(3) }));
};
const rows = draw(1, 60);

describe('fitHierarchy', () => {
  it('cuts into as many segments as asked, the largest first, each cut within the one before', () => {
    const tree = fitHierarchy(rows);
    let before = tree.cut({ segments: 1 });
    expect(new Set(before)).toEqual(new Set([0]));
    for (let segments = 2; segments <= 60; segments++) {
      const labels = tree.cut({ segments });
      const sizes = new Array<number>(segments).fill(0);
      for (const label of labels) sizes[label]!++;
      expect(sizes.every((size, i) => size > 0 && (i === 0 || size <= sizes[i - 1]!))).toBe(true);
      const parents = new Map<number, number>();
      labels.forEach((label, row) => expect(parents.get(label) ?? parents.set(label, before[row]!).get(label)).toBe(before[row]));
      before = labels;
    }
    expect(tree.cut({ segments: 1000 })).toEqual(before);
  });

  it('cuts at a height as at the number of merges above it', () => {
    const tree = fitHierarchy(rows, { linkage: 'average' });
    for (const made of [0, 20, 57]) expect(tree.cut({ height: tree.heights[made]! })).toEqual(tree.cut({ segments: 59 - made }));
    expect(new Set(tree.cut({ height: 1e9 })).size).toBe(1);
    expect(new Set(tree.cut({ height: -1 })).size).toBe(60);
  });

  it('numbers equally large segments by how tight they are, not by the order of rows', () => {
    const spend = [0, 1, 10, 10.5, 20, 23].map((x) => ({ x }));
    const tree = (from: readonly object[]): Hierarchy => fitHierarchy(from, { scaling: 'none' });
    expect(Array.from(tree(spend).cut({ segments: 3 }))).toEqual([1, 1, 0, 0, 2, 2]);
    expect(Array.from(tree([...spend].reverse()).cut({ segments: 3 }))).toEqual([2, 2, 0, 0, 1, 1]);
  });

  it('takes one row, equal rows and constant columns', () => {
    const one = fitHierarchy([{ a: 3 }]);
    expect([Array.from(one.cut({ segments: 1 })), one.leafCount, one.copheneticCorrelation]).toEqual([[0], 1, null]);
    expect(one.dendrogram()).toEqual({ nodes: [{ x: 0, height: 0, size: 1, branches: null }], hidden: 0 });
    const equal = fitHierarchy([{ a: 3 }, { a: 3 }, { a: 3 }]);
    expect([Array.from(equal.cut({ segments: 3 })), equal.copheneticCorrelation]).toEqual([[0, 0, 0], null]);
    const constant = fitHierarchy(rows.map((row) => ({ ...row, c: 7 })));
    expect(constant.cut({ segments: 5 })).toEqual(fitHierarchy(rows).cut({ segments: 5 }));
  });

  it('takes a weight of 2 for the row twice, and gives a row of weight 0 no segment', () => {
    const weights = rows.map((_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 3 }, () => row));
    for (const linkage of ['ward', 'average', 'complete', 'single'] as const) {
      const weighted = fitHierarchy(rows, { weights, linkage });
      const plain = fitHierarchy(repeated, { linkage });
      expect(weighted.leafCount).toBe(40);
      expect(weighted.heights.at(-1)).toBeCloseTo(plain.heights.at(-1)!, 10);
      const labels = weighted.cut({ segments: 6 });
      expect(partitionOf(labels.filter((_, i) => i % 3 === 2))).toBe(partitionOf(plain.cut({ segments: 6 }).filter((_, i) => i % 3 === 2)));
      expect(labels.every((label, i) => label >= 0 === i % 3 > 0)).toBe(true);
    }
    expect(errorCode(() => fitHierarchy(rows, { weights: rows.map(() => 0) }))).toBe('EMPTY_INPUT');
  });

  it('counts a missing value as the average, and says so', () => {
    const some = rows.map((row, i) => (i === 4 ? { ...row, b: null } : row));
    const mean = rows.reduce((sum, row, i) => sum + (i === 4 ? 0 : row.b), 0) / 59;
    const tree = fitHierarchy(some, { scaling: 'standard' });
    expect(tree.warnings).toEqual(['1 missing values count as the average of their column']);
    const filled = fitHierarchy(rows.map((row, i) => (i === 4 ? { ...row, b: mean } : row)), { scaling: 'standard' });
    expect(partitionOf(tree.cut({ segments: 8 }))).toBe(partitionOf(filled.cut({ segments: 8 })));
    expect(fitHierarchy(rows).warnings).toEqual([]);
  });

  it('measures how truly the tree shows distances: the correlation over all pairs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const random = createRandom(seed);
        const points = Float64Array.from({ length: 24 }, () => random.normal());
        const tree = linkagePoints(points, 2, 'average', null);
        const top = Array.from({ length: 23 }, (_, node) => (node < 12 ? [node] : []));
        const pairs: [number, number][] = [];
        tree.heights.forEach((height, i) => {
          const [a, b] = [top[tree.merges[2 * i]!]!, top[tree.merges[2 * i + 1]!]!];
          for (const p of a) for (const q of b) pairs.push([height, Math.hypot(points[2 * p]! - points[2 * q]!, points[2 * p + 1]! - points[2 * q + 1]!)]);
          top[12 + i] = [...a, ...b];
        });
        const mean = (k: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
        const [mh, md] = [mean(0), mean(1)];
        const sum = (f: (pair: [number, number]) => number): number => pairs.reduce((total, pair) => total + f(pair), 0);
        const expected = sum(([h, d]) => (h - mh) * (d - md)) / Math.sqrt(sum(([h]) => (h - mh) ** 2) * sum(([, d]) => (d - md) ** 2));
        expect(copheneticCorrelation(tree, points, 2, null)).toBeCloseTo(expected, 10);
      }),
      { seed: 20261122, numRuns: 20 },
    );
    const weights = rows.map((_, i) => 1 + (i % 2));
    const repeated = rows.flatMap((row, i) => (i % 2 === 1 ? [row, row] : [row]));
    expect(fitHierarchy(rows, { weights }).copheneticCorrelation).not.toBe(null);
    expect(fitHierarchy(repeated).copheneticCorrelation).toBeGreaterThan(0);
  });

  it('merges micro-segments with their sizes where there are many rows', () => {
    const random = createRandom(4);
    const many = Array.from({ length: 400 }, (_, i) => ({ x: (i % 3) * 10 + random.normal(), y: random.normal() }));
    const tree = fitHierarchy(many, { microSegments: 40, scaling: 'none' });
    expect(tree.leafCount).toBeLessThanOrEqual(40);
    expect(tree.sizes.at(-1)).toBe(400);
    expect(tree.warnings).toEqual([`the leaves are ${tree.leafCount} micro-segments of the 400 rows, found by k-means`]);
    expect(partitionOf(tree.cut({ segments: 3 }))).toBe(partitionOf(many.map((_, i) => i % 3)));
    const weighted = fitHierarchy(many, { microSegments: 40, scaling: 'none', weights: many.map((_, i) => (i < 9 ? 0 : 1)) });
    expect(Array.from(weighted.cut({ segments: 3 }).subarray(0, 9))).toEqual(new Array(9).fill(-1));
    expect(weighted.sizes.at(-1)).toBe(391);
    expect(errorCode(() => fitHierarchy(many, { microSegments: 40, linkage: 'single' }))).toBe('INVALID_OPTION');
  });

  it('takes two steps beyond 10,000 rows by itself, and refuses the pairs of too many', () => {
    const random = createRandom(6);
    const column = Float64Array.from({ length: 16_001 }, (_, i) => (i % 2) * 20 + random.normal());
    const tree = fitHierarchy({ column });
    expect(tree.leafCount).toBe(500);
    expect(tree.cut({ segments: 2 }).every((label, row) => (label === 0) === (row % 2 === 0))).toBe(true);
    expect(() => fitHierarchy({ column }, { linkage: 'complete' })).toThrow("fitHierarchy takes at most 16000 rows by complete linkage, which keeps the distances of all pairs, found 16001; use linkage 'ward', or a sample");
  });

  it('draws its top: ends from left to right, each node in the middle of its branches', () => {
    const tree = fitHierarchy(rows);
    for (const maxLeaves of [1, 2, 7, 60, 500]) {
      const { nodes, hidden } = tree.dendrogram({ maxLeaves });
      const ends = nodes.filter(({ branches }) => branches === null);
      expect(ends.map(({ x }) => x)).toEqual(Array.from({ length: Math.min(maxLeaves, 60) }, (_, x) => x));
      expect(ends.reduce((sum, { size }) => sum + size, 0)).toBe(60);
      expect(nodes.length).toBe(2 * ends.length - 1);
      expect(hidden).toBe(60 - ends.length);
      expect(nodes.at(-1)!.size).toBe(60);
      for (const { branches, x, height, size } of nodes) {
        if (branches === null) continue;
        const [left, right] = branches.map((place) => nodes[place]!) as [(typeof nodes)[0], (typeof nodes)[0]];
        expect(left.x).toBeLessThan(right.x);
        expect(x).toBe((left.x + right.x) / 2);
        expect(height).toBeGreaterThanOrEqual(Math.max(left.height, right.height));
        expect(size).toBe(left.size + right.size);
      }
    }
  });

  it('goes through JSON unchanged, and takes rows, columns and a frame alike', () => {
    const tree = fitHierarchy(rows);
    const json = JSON.stringify(tree);
    const again = Hierarchy.fromJSON(JSON.parse(json));
    expect(JSON.stringify(again)).toBe(json);
    expect(again.cut({ segments: 7 })).toEqual(tree.cut({ segments: 7 }));
    expect(again.dendrogram()).toEqual(tree.dendrogram());
    expect(JSON.stringify(fitHierarchy(Frame.fromRows(rows)))).toBe(json);
    expect(JSON.stringify(fitHierarchy({ a: rows.map(({ a }) => a), b: Float64Array.from(rows, ({ b }) => b) }))).toBe(json);
    for (const bad of [null, {}, { format: 'Hierarchy', formatVersion: 1 }]) expect(errorCode(() => Hierarchy.fromJSON(bad))).toBe('MODEL_FORMAT');
    expect(errorCode(() => Hierarchy.fromJSON({ ...JSON.parse(json), formatVersion: 9 }))).toBe('MODEL_VERSION');
  });

  it('reads the tree of version 1 that was stored, never to be changed', () => {
    const { model, cut } = JSON.parse(readFileSync(join(import.meta.dirname, 'Hierarchy.v1.json'), 'utf8')) as { model: unknown; cut: number[] };
    expect(Array.from(Hierarchy.fromJSON(model).cut({ segments: 4 }))).toEqual(cut);
  });

  it('says what is wrong with input and options', () => {
    const tree = fitHierarchy(rows);
    expect(() => tree.cut({} as never)).toThrow('Hierarchy.cut needs either segments or height, found neither');
    expect(() => tree.cut({ segments: 2, height: 1 } as never)).toThrow('found both');
    expect(errorCode(() => tree.cut({ segments: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => tree.cut({ height: NaN }))).toBe('INVALID_OPTION');
    expect(errorCode(() => tree.dendrogram({ maxLeaves: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitHierarchy([]))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitHierarchy(rows, { linkage: 'centroid' as never }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitHierarchy(rows, { microSegments: 1.5 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitHierarchy([{ a: Infinity }, { a: 1 }]))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => fitHierarchy([{ a: 'x' }], { features: ['a'] }))).toBe('COLUMN_KIND');
    expect(errorCode(() => fitHierarchy(rows, { features: ['c' as 'a'] }))).toBe('UNKNOWN_COLUMN');
  });
});
