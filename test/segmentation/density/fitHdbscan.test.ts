import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { fitHdbscan } from '../../../src/segmentation/density/fitHdbscan.js';
import { Hdbscan } from '../../../src/segmentation/density/hdbscan.js';
import { errorCode } from '../../errorCode.js';
import { partitionOf } from '../hierarchy/naiveLinkage.js';

interface Point {
  readonly x: number;
  readonly y: number;
}
/** Two half moons, and noise around them: -1. */
function moons(count: number, noise: number, seed: number): { rows: Point[]; truth: number[] } {
  const random = createRandom(seed);
  const rows: Point[] = [];
  const truth: number[] = [];
  for (let i = 0; i < count + noise; i++) {
    const angle = Math.PI * random.uniform();
    const moon = i % 2;
    const [dx, dy] = [0.05 * random.normal(), 0.05 * random.normal()];
    if (i < count) rows.push(moon === 0 ? { x: Math.cos(angle) + dx, y: Math.sin(angle) + dy } : { x: 1 - Math.cos(angle) + dx, y: 0.4 - Math.sin(angle) + dy });
    else rows.push({ x: -3 + 7 * random.uniform(), y: 2.5 + 2 * random.uniform() });
    truth.push(i < count ? moon : -1);
  }
  return { rows, truth };
}
const line = [1, 2, 3, 4, 5, 6, 20, 41, 42, 43, 44, 45, 90].map((spend) => ({ spend }));
const grids = fc.array(fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) }), { minLength: 1, maxLength: 60 });

describe('fitHdbscan', () => {
  it('finds by hand two runs on a line, what lies near one, and what lies off', () => {
    const found = fitHdbscan(line, { minSize: 3, scaling: 'none' });
    expect(Array.from(found.labels)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, -1]);
    // 1 and 6 leave when their third nearest, 2 away, is out of reach; 20 reaches 5 at 15.
    expect(Array.from(found.strengths)).toEqual([0.5, 1, 1, 1, 1, 0.5, 1 / 15, 0.5, 1, 1, 1, 0.5, 0]);
    expect(Array.from(found.outlierScores)).toEqual([0.5, 0, 0, 0, 0, 0.5, 1 - 1 / 15, 0.5, 0, 0, 0, 0.5, 1 - 1 / 46]);
    expect(found.segments.map(({ size, reach, coreReach }) => [size, reach, coreReach])).toEqual([[7, 21, 1], [5, 21, 1]]);
    // (4 (1 - 1/21) + 2 (1/2 - 1/21) + (1/15 - 1/21)) / (7 * 1)
    expect(found.segments[0]!.persistence).toBeCloseTo((4 + 1 + 1 / 15 - 7 / 21) / 7, 14);
    expect(found.tree.map(({ parent, birth, death, size, segment }) => [parent, birth, death, size, segment])).toEqual([[-1, null, 21, 13, -1], [0, 21, 1, 7, 0], [0, 21, 1, 5, 1]]);
  });

  it('finds half moons amid noise, which centres cannot tell apart', () => {
    for (const seed of [1, 2, 3]) {
      const { rows, truth } = moons(600, 25, seed);
      const { labels, segmentCount } = fitHdbscan(rows, { minSize: 30, minSamples: 8, scaling: 'none' });
      expect(segmentCount).toBe(2);
      const agree = [0, 1].map((flip) => labels.filter((label, row) => (label < 0 ? -1 : label ^ flip) === truth[row]).length);
      expect(Math.max(...agree) / 625).toBeGreaterThan(0.97);
    }
  });

  it('finds a ring around a ball', () => {
    const random = createRandom(3);
    const rows = Array.from({ length: 500 }, (_, i) => {
      const angle = 2 * Math.PI * random.uniform();
      const radius = i % 2 === 0 ? 0.5 * Math.sqrt(random.uniform()) : 3 + 0.2 * random.uniform();
      return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
    });
    const { labels } = fitHdbscan(rows, { minSize: 40, minSamples: 5 });
    expect(partitionOf(labels)).toBe(partitionOf(rows.map((_, i) => i % 2)));
  });

  it('finds no segment where rows are evenly spread, and says so', () => {
    const { labels, segmentCount, warnings } = fitHdbscan(Array.from({ length: 300 }, (_, x) => ({ x })), { scaling: 'none', minSize: 20 });
    expect([segmentCount, new Set(labels), warnings]).toEqual([0, new Set([-1]), ['no segment is denser than what is around it']]);
  });

  it('places the rows it was learnt from as it did then, with the same strength: ties, copies and all', () => {
    const options = fc.record({ minSize: fc.integer({ min: 2, max: 8 }), minSamples: fc.integer({ min: 1, max: 8 }), selection: fc.constantFrom('leaf' as const, 'excessOfMass' as const), epsilon: fc.constantFrom(0, 1.5) });
    fc.assert(
      fc.property(grids, options, (rows, choice) => {
        const found = fitHdbscan(rows, { ...choice, scaling: 'none' });
        expect(found.assign(rows)).toEqual(found.labels);
        const strengths = Float64Array.from(rows, (row) => {
          const { segment, confidence } = found.assignRow(row);
          return segment < 0 ? 0 : confidence;
        });
        expect(strengths).toEqual(found.strengths);
      }),
      { seed: 20261122, numRuns: 150 },
    );
    for (const scaling of ['auto', 'standard', 'robust'] as const) {
      const { rows } = moons(300, 60, 9);
      const found = fitHdbscan(rows, { scaling, minSize: 10, minSamples: 5 });
      expect(found.segmentCount).toBeGreaterThan(1);
      expect(found.assign(rows)).toEqual(found.labels);
    }
  });

  it('does not depend on the order of rows: ties, copies and all', () => {
    fc.assert(
      fc.property(grids, fc.integer({ min: 2, max: 7 }), (rows, minSize) => {
        const order = shuffle(Array.from(rows.keys()), createRandom(rows.length));
        const plain = fitHdbscan(rows, { minSize, scaling: 'none' });
        const shuffled = fitHdbscan(order.map((row) => rows[row]!), { minSize, scaling: 'none' });
        expect(Array.from(shuffled.labels)).toEqual(order.map((row) => plain.labels[row]));
        expect(shuffled.segments).toEqual(plain.segments);
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });

  it('gives segments of at least minSize, the largest first, strengths and scores from 0 to 1, and a tree that adds up', () => {
    fc.assert(
      fc.property(grids, fc.integer({ min: 2, max: 7 }), fc.constantFrom('leaf' as const, 'excessOfMass' as const), (rows, minSize, selection) => {
        const { labels, segments, strengths, outlierScores, tree, segmentCount } = fitHdbscan(rows, { minSize, selection, scaling: 'none' });
        const sizes = segments.map((_, segment) => labels.filter((label) => label === segment).length);
        expect(segments.map(({ size }) => size)).toEqual(sizes);
        sizes.forEach((size, i) => expect(size >= minSize && (i === 0 || size <= sizes[i - 1]!)).toBe(true));
        expect(strengths.every((strength, row) => strength >= 0 && strength <= 1 && strength > 0 === labels[row]! >= 0)).toBe(true);
        expect(outlierScores.every((score) => score >= 0 && score < 1)).toBe(true);
        expect(segments.every(({ persistence }) => persistence >= 0 && persistence <= 1)).toBe(true);
        tree.forEach(({ parent, birth, death, size, stability }, i) => {
          expect(parent).toBeLessThan(i);
          expect(stability).toBeGreaterThanOrEqual(0);
          if (parent < 0) return;
          expect(birth).toBe(tree[parent]!.death);
          expect(death).toBeLessThan(birth!);
          expect(size).toBeLessThanOrEqual(tree[parent]!.size);
        });
        expect(tree.filter(({ segment }) => segment >= 0).length).toBe(segmentCount);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('cuts what exceeds maxSize, joins what is nearer than epsilon, and takes leaves when told to', () => {
    const random = createRandom(7);
    // Two pairs of balls: the balls of a pair are 3 apart, the pairs 30.
    const rows = Array.from({ length: 400 }, (_, i) => ({ x: (i % 2) * 30 + (i % 4 < 2 ? 0 : 3) + 0.3 * random.normal(), y: 0.3 * random.normal() }));
    const fit = (options: object): number => fitHdbscan(rows, { scaling: 'none', minSize: 30, minSamples: 10, ...options }).segmentCount;
    expect([fit({}), fit({ selection: 'leaf' }), fit({ epsilon: 5 }), fit({ maxSize: 120 })]).toEqual([fit({}), 4, 2, 4]);
    expect(fit({ maxSize: 50 })).toBe(0);
  });

  it('treats many copies of a row as near, not as infinitely dense', () => {
    const random = createRandom(8);
    const rows = [...Array.from({ length: 60 }, () => ({ x: random.normal() })), ...Array.from({ length: 60 }, () => ({ x: 20 + random.normal() })), ...new Array(15).fill({ x: 0 })];
    const found = fitHdbscan(rows as { x: number }[], { minSize: 10, minSamples: 5, scaling: 'none' });
    expect(found.segmentCount).toBeGreaterThan(1);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found.toJSON());
    expect(new Set(found.labels.subarray(120)).size).toBe(1);
  });

  it('takes one row, equal rows, constant columns, and 1e9', () => {
    for (const rows of [[{ x: 3 }], [{ x: 3 }, { x: 3 }], new Array(20).fill({ x: 3 }) as { x: number }[]]) {
      const found = fitHdbscan(rows);
      expect(found.segmentCount).toBe(0);
      expect(Array.from(found.assign([...rows, { x: 4 }]))).toEqual(new Array(rows.length + 1).fill(-1));
      expect(found.assignRow({ x: 4 })).toEqual({ segment: -1, second: -1, distance: Infinity, margin: 1, confidence: 1, outlier: true, drivers: [], missing: [] });
      expect(found.memberships(rows).length).toBe(0);
    }
    const { rows } = moons(200, 20, 4);
    const plain = fitHdbscan(rows, { minSize: 15 });
    expect(fitHdbscan(rows.map((row) => ({ ...row, c: 5 })), { minSize: 15 }).labels).toEqual(plain.labels);
    const whole = rows.map(({ x, y }) => ({ x: Math.round(1e4 * x), y: Math.round(1e4 * y) }));
    const far = fitHdbscan(whole.map(({ x, y }) => ({ x: x + 1e9, y: y - 1e9 })), { minSize: 15, scaling: 'none' });
    expect(far.labels).toEqual(fitHdbscan(whole, { minSize: 15, scaling: 'none' }).labels);
  });

  it('counts a missing value as the average, and says so', () => {
    const { rows } = moons(200, 20, 4);
    const some = rows.map((row, i) => (i === 7 ? { x: row.x, y: null } : row));
    const found = fitHdbscan(some, { minSize: 15 });
    expect(found.warnings).toEqual(['1 missing values count as the average of their column']);
    expect(found.assign(some)).toEqual(found.labels);
    expect(found.assignRow({ x: null, y: 0 }).missing).toEqual(['x']);
  });
});

describe('Hdbscan', () => {
  const { rows } = moons(300, 15, 6);
  const found = fitHdbscan(rows, { minSize: 20, minSamples: 5 });
  const random = createRandom(10);
  const later = Array.from({ length: 100 }, () => ({ x: -2 + 5 * random.uniform(), y: -1.5 + 5 * random.uniform() }));

  it('places new rows among the segments it has, one row as in a batch', () => {
    const labels = found.assign(later);
    expect(new Set(labels)).toEqual(new Set([-1, ...found.segments.keys()]));
    const memberships = found.memberships(later);
    later.forEach((row, i) => {
      const { segment, second, distance, margin, confidence, outlier } = found.assignRow(row);
      expect(segment).toBe(labels[i]);
      expect(outlier).toBe(segment < 0);
      expect(second).not.toBe(segment);
      expect(confidence >= 0 && confidence <= 1 && margin >= 0 && margin <= 1).toBe(true);
      expect(Array.from(memberships.subarray(i * found.segmentCount, (i + 1) * found.segmentCount))).toEqual(found.segments.map((_, k) => (k === segment ? confidence : 0)));
      const reach = found.segments[segment < 0 ? second : segment]!.reach;
      expect(segment < 0 ? distance >= reach : distance < reach).toBe(true);
    });
  });

  it('says what speaks for a segment: squared distances that add up', () => {
    const line2 = fitHdbscan(line.map(({ spend }) => ({ spend, visits: spend % 2 })), { minSize: 3, scaling: 'none' });
    const { drivers } = line2.assignRow({ spend: 8, visits: 0 });
    expect(drivers.map(({ feature }) => feature)).toEqual(['spend', 'visits']);
    expect(drivers[0]!.value).toBe(8);
    const noise = found.assignRow({ x: 9, y: 9 });
    expect(noise.segment).toBe(-1);
    expect(noise.drivers.every(({ contribution }) => contribution >= 0)).toBe(true);
  });

  it('goes through JSON to the last bit, without the segments of the rows', () => {
    const json = JSON.stringify(found);
    const again = Hdbscan.fromJSON(JSON.parse(json));
    expect(JSON.stringify(again)).toBe(json);
    expect(again.assign(later)).toEqual(found.assign(later));
    expect(again.memberships(later)).toEqual(found.memberships(later));
    expect([again.labels.length, again.strengths.length, again.outlierScores.length]).toEqual([0, 0, 0]);
    expect(again.assign(rows)).toEqual(found.labels);
    for (const bad of [null, {}, { format: 'Hdbscan', formatVersion: 1 }]) expect(errorCode(() => Hdbscan.fromJSON(bad))).toBe('MODEL_FORMAT');
  });

  it('takes rows, columns and a frame alike', () => {
    const columns = { x: Float64Array.from(rows, ({ x }) => x), y: rows.map(({ y }) => y) };
    for (const form of [Frame.fromRows(rows), columns]) expect(JSON.stringify(fitHdbscan(form, { minSize: 20, minSamples: 5 }))).toBe(JSON.stringify(found));
    expect(found.assign(columns)).toEqual(found.labels);
    expect(found.assign([])).toEqual(new Int32Array(0));
  });

  it('says what is wrong with input and options', () => {
    const code = (options: object): string => errorCode(() => fitHdbscan(rows, options));
    for (const options of [{ minSize: 1 }, { minSamples: 0 }, { maxSize: 5, minSize: 10 }, { epsilon: NaN }, { selection: 'best' }, { seed: 1 }]) expect(code(options)).toBe('INVALID_OPTION');
    expect(errorCode(() => fitHdbscan([]))).toBe('EMPTY_INPUT');
    expect(errorCode(() => found.assign([{ x: 1 }]))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => found.assign([{ x: 1, y: Infinity }]))).toBe('NON_FINITE_VALUE');
    expect(() => found.assignRow({ x: 1 })).toThrow('Hdbscan.assignRow found no column "y"');
  });
});
