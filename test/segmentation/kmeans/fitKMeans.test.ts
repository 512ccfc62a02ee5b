import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { fitKMeans } from '../../../src/segmentation/kmeans/fitKMeans.js';
import { KMeans } from '../../../src/segmentation/kmeans/kMeans.js';
import { KMeansAssigner } from '../../../src/segmentation/kmeans/kMeansAssigner.js';
import { partitionPoints } from '../../../src/segmentation/kmeans/partitionPoints.js';
import { errorCode } from '../../errorCode.js';

interface Row {
  x: number | null;
  y: number | null;
  z: number | null;
}

/** Round clouds four standard deviations apart at least, in turn. */
function clouds(count: number, segments: number, seed: number): { rows: Row[]; truth: number[] } {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * (i % segments)) / segments;
    const radius = 4 / Math.sin(Math.PI / segments) / 2 + 2;
    return { x: radius * Math.cos(angle) + random.normal(), y: radius * Math.sin(angle) + random.normal(), z: 3 * (i % segments) + random.normal() };
  });
  return { rows, truth: rows.map((_, i) => i % segments) };
}

/** The agreement of two partitions beyond chance (Hubert and Arabie, 1985). */
function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const pairs = (n: number): number => (n * (n - 1)) / 2;
  const counts = new Map<string, number>();
  for (let i = 0; i < a.length; i++) for (const key of [`${a[i]!},${b[i]!}`, `a${a[i]!}`, `b${b[i]!}`]) counts.set(key, (counts.get(key) ?? 0) + 1);
  let [both, left, right] = [0, 0, 0];
  for (const [key, n] of counts) {
    if (key.startsWith('a')) left += pairs(n);
    else if (key.startsWith('b')) right += pairs(n);
    else both += pairs(n);
  }
  const expected = (left * right) / pairs(a.length);
  return (both - expected) / ((left + right) / 2 - expected);
}

const numbers = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 9 })), { minLength: 3, maxLength: 25 });
const toRows = (pairs: readonly (readonly number[])[]): { x: number; y: number }[] => pairs.map(([x, y]) => ({ x: x!, y: y! }));

describe('fitKMeans', () => {
  it('solves the example that can be done by hand', () => {
    const rows = [{ x: 1 }, { x: 2 }, { x: 3 }, { x: 10 }, { x: 12 }];
    const model = fitKMeans(rows, { segments: 2, scaling: 'none' });
    expect([...model.labels]).toEqual([0, 0, 0, 1, 1]);
    expect(model.sizes).toEqual([3, 2]);
    expect(model.centers).toEqual([{ x: 2 }, { x: 11 }]);
    expect(model.inertia).toBe(4);
    expect(model.totalInertia).toBeCloseTo(101.2 - 4 + 4, 10);
    expect(model.explainedShare).toBeCloseTo(1 - 4 / 101.2, 12);
    expect(model.convergence).toMatchObject({ converged: true, reason: 'no row changes its segment' });
    expect(model.warnings).toEqual([]);
    expect([...model.distances([{ x: 4 }])]).toEqual([2, 7]);
    const placed = model.assignRow({ x: 4 });
    expect(placed).toMatchObject({ segment: 0, second: 1, distance: 2, margin: 1 - 2 / 7, outlier: true, missing: [] });
    expect(placed.drivers).toEqual([{ feature: 'x', value: 4, contribution: 49 - 4 }]);
    // Variance 4 / 5, weights 3 and 2.
    expect(placed.confidence).toBeCloseTo(3 / (3 + 2 * Math.exp(-(49 - 4) / (2 * 0.8))), 12);
    expect(model.assignRow({ x: 3 }).outlier).toBe(false);
    expect(model.assignRow({ x: null })).toMatchObject({ segment: 0, distance: 0, missing: ['x'], drivers: [], confidence: 0.6 });
  });

  it('finds planted clouds four standard deviations apart', () => {
    for (const [segments, seed] of [[3, 1], [5, 2], [8, 3]] as const) {
      const { rows, truth } = clouds(600, segments, seed);
      expect(adjustedRand(fitKMeans(rows, { segments }).labels, truth)).toBeGreaterThanOrEqual(0.99);
    }
  });

  it('finds them among more than 50,000 rows and among more than 5,000', () => {
    for (const count of [9000, 60_000]) {
      const { rows, truth } = clouds(count, 5, 4);
      const columns = { x: Float64Array.from(rows, ({ x }) => x!), y: Float64Array.from(rows, ({ y }) => y!), z: Float64Array.from(rows, ({ z }) => z!) };
      for (const effort of ['low', 'medium'] as const) {
        const model = fitKMeans(columns, { segments: 5, effort });
        expect(adjustedRand(model.labels, truth)).toBeGreaterThanOrEqual(0.99);
        expect(model.convergence.converged).toBe(true);
        expect([...model.assign(columns)]).toEqual([...model.labels]);
      }
    }
  });

  it('assigns the rows learnt from as it labelled them, rows with gaps too', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.option(fc.double({ min: -50, max: 50, noNaN: true })), fc.option(fc.integer({ min: 0, max: 4 }))), { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 6 }), (pairs, segments) => {
        const rows = [...pairs.map(([x, y]) => ({ x, y })), { x: 0, y: 0 }];
        const model = fitKMeans(rows, { segments });
        expect([...model.assign(rows)]).toEqual([...model.labels]);
        const read = KMeans.fromJSON(JSON.parse(JSON.stringify(model)));
        expect([...read.assign(rows)]).toEqual([...model.labels]);
        expect([...KMeansAssigner.fromJSON(JSON.parse(JSON.stringify(model))).assign(rows)]).toEqual([...model.labels]);
        rows.forEach((row, i) => expect(model.assignRow(row).segment).toBe(model.labels[i]));
        const sizes = model.sizes.map((_, c) => model.labels.filter((label) => label === c).length);
        expect(model.sizes).toEqual(sizes);
        expect(Math.min(...sizes)).toBeGreaterThan(0);
        expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('does not depend on the order of the rows, nor on how repetition is written', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 2, max: 4 }), (pairs, segments) => {
        const rows = toRows(pairs);
        const model = fitKMeans(rows, { segments, scaling: 'none' });
        const order = shuffle(rows.map((_, i) => i), createRandom(3));
        const shuffled = fitKMeans(order.map((i) => rows[i]!), { segments, scaling: 'none' });
        expect(order.map((i) => model.labels[i])).toEqual([...shuffled.labels]);
        const weights = rows.map((_, i) => 1 + (i % 3));
        const weighted = fitKMeans(rows, { segments, scaling: 'none', weights });
        const repeated = fitKMeans(rows.flatMap((row, i) => Array.from({ length: weights[i]! }, () => row)), { segments, scaling: 'none' });
        expect(weighted.centers).toEqual(repeated.centers);
        expect(weighted.sizes).toEqual(repeated.sizes);
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });

  it('leaves out rows of weight 0, but places them', () => {
    const rows = [{ x: 1 }, { x: 2 }, { x: 10 }, { x: 11 }, { x: 500 }];
    const model = fitKMeans(rows, { segments: 2, scaling: 'none', weights: [1, 1, 2, 1, 0] });
    expect(model.sizes).toEqual([3, 2]);
    expect(model.centers[0]!['x']).toBeCloseTo(31 / 3, 12);
    expect([...model.labels]).toEqual([1, 1, 0, 0, 0]);
  });

  it('does not depend on the units of the columns', () => {
    fc.assert(
      fc.property(numbers, (pairs) => {
        const rows = toRows(pairs);
        const model = fitKMeans(rows, { segments: 3, scaling: 'standard' });
        const moved = fitKMeans(rows.map(({ x, y }) => ({ x: x * 4 + 64, y: y / 8 })), { segments: 3, scaling: 'standard' });
        expect(moved.inertia).toBeCloseTo(model.inertia, 8);
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });

  it('gives the same bits for the same seed, and for another the same numbers to the same segments', () => {
    const { rows } = clouds(300, 4, 9);
    const json = (seed: number): string => JSON.stringify(fitKMeans(rows, { segments: 4, seed }));
    expect(json(7)).toBe(json(7));
    const first = fitKMeans(rows, { segments: 4, seed: 1 });
    const other = fitKMeans(rows, { segments: 4, seed: 2 });
    expect([...other.labels]).toEqual([...first.labels]);
  });

  it('reads rows, columns and frames alike', () => {
    const { rows } = clouds(60, 3, 2);
    const columns = { x: rows.map(({ x }) => x!), y: rows.map(({ y }) => y!), z: rows.map(({ z }) => z!) };
    const expected = JSON.stringify(fitKMeans(rows, { segments: 3 }));
    expect(JSON.stringify(fitKMeans(columns, { segments: 3 }))).toBe(expected);
    expect(JSON.stringify(fitKMeans(Frame.fromRows(rows), { segments: 3 }))).toBe(expected);
  });

  it('gives fewer segments where fewer rows differ, and says so', () => {
    const rows = [{ x: 1, y: 2 }, { x: 1, y: 2 }, { x: 5, y: 2 }];
    const model = fitKMeans(rows, { segments: 4 });
    expect(model.segmentCount).toBe(2);
    expect(model.sizes).toEqual([2, 1]);
    expect(model.warnings).toEqual(['2 segments instead of 4: no more rows differ']);
    expect(model.inertia).toBe(0);
    expect([...model.memberships(rows)]).toEqual([1, 0, 1, 0, 0, 1]);
  });

  it('takes one row, a constant column, and nothing but gaps', () => {
    expect(fitKMeans([{ x: 3 }], { segments: 1 }).centers).toEqual([{ x: 3 }]);
    expect(fitKMeans([{ x: 3, y: 1 }, { x: 3, y: 2 }, { x: 3, y: 9 }], { segments: 2 }).labels).toEqual(Int32Array.of(0, 0, 1));
    const empty = fitKMeans([{ x: null, y: 1 }, { x: null, y: null }], { segments: 2, features: ['y'] });
    expect(empty.segmentCount).toBe(1);
    expect([...empty.labels]).toEqual([0, 0]);
    expect(JSON.parse(JSON.stringify(empty))).toEqual(empty.toJSON());
  });

  it('keeps its digits at 1e9', () => {
    const rows = [1, 2, 3, 40, 41, 42].map((x) => ({ x: 1e9 + x }));
    for (const scaling of ['none', 'standard'] as const) {
      const model = fitKMeans(rows, { segments: 2, scaling });
      expect([...model.labels].map((label) => label === model.labels[0])).toEqual([true, true, true, false, false, false]);
      expect(model.centers.map(({ x }) => Math.round(x! - 1e9)).sort((a, b) => a - b)).toEqual([2, 41]);
    }
  });

  it('places rows with gaps by what they have, and takes centres as means of what is known', () => {
    const rows = [{ x: 0, y: 0 }, { x: 1, y: null }, { x: null, y: 1 }, { x: 20, y: 20 }, { x: 21, y: null }, { x: null, y: 22 }];
    const model = fitKMeans(rows, { segments: 2, scaling: 'none' });
    expect([...model.labels]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(model.centers).toEqual([{ x: 0.5, y: 0.5 }, { x: 20.5, y: 21 }]);
    expect(model.inertia).toBeCloseTo(4 * 0.25 + 2 * 0.25 + 2, 10);
    expect(model.assignRow({ x: 19, y: null })).toMatchObject({ segment: 1, missing: ['y'] });
    expect(model.assignRow({ x: 19, y: null }).distance).toBeCloseTo(1.5 * Math.SQRT2, 12);
  });

  it('starts from given centres and leaves it at that', () => {
    const rows = [0, 1, 2, 10, 11, 30].map((x) => ({ x }));
    const model = fitKMeans(rows, { segments: 2, scaling: 'none', effort: 'low', start: [{ x: 0 }, { x: 12 }] });
    expect(model.sizes).toEqual([3, 3]);
    const refit = fitKMeans(rows, { segments: 2, scaling: 'none', start: model.centers });
    expect(refit.inertia).toBeLessThanOrEqual(model.inertia);
    expect(errorCode(() => fitKMeans(rows, { segments: 3, start: [{ x: 1 }] }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitKMeans(rows, { segments: 1, start: [{ x: null }] }))).toBe('INVALID_OPTION');
  });

  it('reports its progress, never worse than before, and stops when told to', () => {
    const { rows } = clouds(200, 6, 3);
    const seen: number[] = [];
    const model = fitKMeans(rows, { segments: 6, onProgress: ({ done, total, objective }) => {
      expect(done).toBeLessThanOrEqual(total);
      seen.push(objective);
    } });
    expect(seen.length).toBeGreaterThan(10);
    seen.forEach((objective, i) => expect(objective).toBeLessThanOrEqual(seen[i - 1] ?? Infinity));
    expect(model.inertia).toBeLessThanOrEqual(seen.at(-1)! * (1 + 1e-12));
    let calls = 0;
    const stopped = fitKMeans(rows, { segments: 6, onProgress: () => ++calls < 3 });
    expect(calls).toBe(3);
    expect(stopped.convergence).toMatchObject({ converged: false, reason: 'stopped by onProgress' });
    expect([...stopped.assign(rows)]).toEqual([...stopped.labels]);
  });

  it('gives memberships that add up to 1, the surer the nearer', () => {
    const { rows } = clouds(90, 3, 5);
    const model = fitKMeans(rows, { segments: 3 });
    const shares = model.memberships(rows);
    for (let row = 0; row < 90; row++) {
      const own = [...shares.subarray(row * 3, row * 3 + 3)];
      expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      expect(model.assignRow(rows[row]!).confidence).toBe(own[model.labels[row]!]);
    }
  });

  it('flags one row in a hundred of those learnt from as outliers', () => {
    const { rows } = clouds(3000, 3, 6);
    const model = fitKMeans(rows, { segments: 3 });
    const outliers = rows.filter((row) => model.assignRow(row).outlier).length;
    expect(outliers).toBeGreaterThan(20);
    expect(outliers).toBeLessThanOrEqual(30);
    expect(model.assignRow({ x: 100, y: 0, z: 0 }).outlier).toBe(true);
  });

  it('names what is wrong', () => {
    const rows = [{ x: 1, plan: 'a' }, { x: 2, plan: 'b' }];
    expect(errorCode(() => fitKMeans(rows, { segments: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitKMeans(rows, { segments: 2, effort: 'huge' as 'high' }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitKMeans(rows, { segments: 2, clusters: 2 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitKMeans(rows, { segments: 2, features: ['plan'] }))).toBe('COLUMN_KIND');
    expect(errorCode(() => fitKMeans([], { segments: 2 }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => fitKMeans([{ x: Infinity }], { segments: 1 }))).toBe('NON_FINITE_VALUE');
    const model = fitKMeans(rows, { segments: 2 });
    expect(errorCode(() => model.assign([{ y: 1 }]))).toBe('UNKNOWN_COLUMN');
    expect(() => model.assign([{ y: 1 }])).toThrow('KMeans.assign found no column "x"');
    expect(errorCode(() => model.assignRow({ x: -Infinity }))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => KMeans.fromJSON({ ...model.toJSON(), formatVersion: 2 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => KMeans.fromJSON({ format: 'KMeans', formatVersion: 1 }))).toBe('MODEL_FORMAT');
  });
});

describe('partitionPoints', () => {
  it('gives labels of its own centres whatever the limit, weights and start', () => {
    const random = createRandom(11);
    const values = Float64Array.from({ length: 3000 }, () => Math.round(4 * random.normal()));
    const weights = Float64Array.from({ length: 1500 }, () => random.integer(3));
    for (const effort of ['low', 'medium', 'high'] as const) {
      for (const start of [undefined, Float64Array.of(0, 0, 1, 1, 2, 2)]) {
        const { labels, centers, sizes, inertia, squares } = partitionPoints(values, 2, 3, { weights, effort, maxIterations: 2, start });
        let total = 0;
        squares.forEach((square, row) => {
          const distance = [0, 1, 2].map((c) => (values[2 * row]! - centers[2 * c]!) ** 2 + (values[2 * row + 1]! - centers[2 * c + 1]!) ** 2);
          expect(square).toBe(Math.min(...distance));
          expect(distance[labels[row]!]).toBe(square);
          total += square * weights[row]!;
        });
        expect(inertia).toBeCloseTo(total, 8);
        expect(sizes.reduce((a, b) => a + b)).toBe(weights.reduce((a, b) => a + b));
      }
    }
  });
});
