import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { fitKPrototypes } from '../../../src/segmentation/mixed/fitKPrototypes.js';
import { KPrototypes } from '../../../src/segmentation/mixed/kPrototypes.js';
import { scaled } from '../../../src/segmentation/space/scaling.js';
import { plantedCustomers, samePartition, thrown, type MixedCustomer } from './mixedRows.js';

const hand = [
  { x: 0, c: 'a' },
  { x: 2, c: 'a' },
  { x: 10, c: 'b' },
  { x: 12, c: 'b' },
  { x: 14, c: 'a' },
];
const plain = { segments: 2, scaling: 'none', categoryWeight: 0.5 } as const;

/** The cost by its definition, from the public parts of the model. */
function naiveCost(model: KPrototypes, rows: readonly object[]): number {
  let cost = 0;
  rows.forEach((row, i) => {
    const { values } = model.prototypes[model.labels[i]!]!;
    for (const feature of model.toJSON().features) {
      const value = (row as Record<string, unknown>)[feature.column];
      if (value === null) continue;
      const center = values[feature.column];
      if (feature.kind === 'number') cost += (scaled(feature, value as number) - scaled(feature, center as number)) ** 2;
      else if (String(value) !== center) cost += feature.weight;
    }
  });
  return cost;
}

describe('fitKPrototypes', () => {
  it('gives by hand: means, modes, and squares plus gamma for a mismatch', () => {
    const model = fitKPrototypes(hand, plain);
    expect(Array.from(model.labels)).toEqual([1, 1, 0, 0, 0]);
    expect(model.prototypes).toEqual([
      { values: { x: 12, c: 'b' }, size: 3 },
      { values: { x: 1, c: 'a' }, size: 2 },
    ]);
    expect(model.sizes).toEqual([3, 2]);
    // 4 + 0 + 4 + gamma, and 1 + 1.
    expect(model.cost).toBeCloseTo(10.5, 12);
    expect(model.categoryWeights).toEqual({ c: 0.5 });
    expect(model.convergence).toMatchObject({ converged: true, reason: 'no row moves' });
    expect(model.warnings).toEqual([]);
  });

  it('places a row with distance, margin, drivers that add up, and what is missing', () => {
    const model = fitKPrototypes(hand, plain);
    const placed = model.assignRow({ x: 4, c: 'b' });
    expect(placed).toMatchObject({ segment: 1, second: 0, missing: [], outlier: true });
    expect(placed.distance).toBeCloseTo(Math.sqrt(9.5), 12);
    expect(placed.margin).toBeCloseTo(1 - Math.sqrt(9.5) / 8, 12);
    expect(placed.drivers).toEqual([
      { feature: 'x', value: 4, contribution: 55 },
      { feature: 'c', value: 'b', contribution: -0.5 },
    ]);
    // Half is known, so the distance is doubled (Gower's rule) and the confidence halved in its exponent.
    const partial = model.assignRow({ x: 4, c: null });
    expect(partial).toMatchObject({ segment: 1, missing: ['c'] });
    expect(partial.distance).toBeCloseTo(Math.sqrt(9 * 1.5), 12);
    expect(partial.confidence).toBeCloseTo(1 / (1 + Math.exp((9 - 64) / model.toJSON().softness)), 12);
    expect(model.assignRow({ x: null, c: undefined })).toMatchObject({ segment: 0, second: 1, distance: 0, margin: 0, confidence: 0.5, outlier: false, missing: ['x', 'c'] });
  });

  it('is k-modes for categories alone, and k-means for numbers alone', () => {
    const modes = fitKPrototypes([{ a: 'x', b: 'p' }, { a: 'x', b: 'q' }, { a: 'y', b: 'q' }, { a: 'y', b: 'q' }, { a: 'x', b: 'p' }], { segments: 2 });
    expect(modes.categoryWeights).toEqual({ a: 1, b: 1 });
    expect(modes.cost).toBe(1);
    expect(modes.prototypes.map(({ values }) => values)).toEqual([{ a: 'x', b: 'p' }, { a: 'y', b: 'q' }]);
    const means = fitKPrototypes({ x: [1, 2, 9, 10, 11] }, { segments: 2, scaling: 'none' });
    expect(means.cost).toBeCloseTo(2.5, 12);
    expect(means.prototypes.map(({ values }) => values)).toEqual([{ x: 10 }, { x: 1.5 }]);
  });

  it('estimates gamma: variance ratio by default, half the mean deviation by Huang, or as told by column', () => {
    const rows = [{ x: 0, c: 'a', d: 'u' }, { x: 4, c: 'b', d: 'u' }, { x: 0, c: 'a', d: 'v' }, { x: 4, c: 'b', d: 'u' }];
    const of = (categoryWeight?: 'variance' | 'huang' | { c: number }): unknown => fitKPrototypes(rows, { segments: 2, scaling: 'none', ...(categoryWeight && { categoryWeight }) }).categoryWeights;
    // Variance 4; 1 - sum of squared shares: 0.5 and 0.375.
    expect(of()).toEqual({ c: 4 / 0.4375, d: 4 / 0.4375 });
    expect(of('variance')).toEqual(of());
    expect(of('huang')).toEqual({ c: 1, d: 1 });
    expect(of({ c: 7 })).toEqual({ c: 7, d: 4 / 0.4375 });
  });

  it('has the cost that its definition gives, missing values counting nothing', () => {
    for (const missing of [0, 0.3]) {
      const { rows } = plantedCustomers(90, 4, missing);
      const model = fitKPrototypes(rows, { segments: 4, starts: 5 });
      expect(Math.abs(model.cost - naiveCost(model, rows))).toBeLessThan(1e-9 * model.cost);
    }
  });

  it('finds planted groups, some values missing', () => {
    const { rows, group } = plantedCustomers(300, 8);
    const model = fitKPrototypes(rows, { segments: 3 });
    expect(samePartition(model.labels, group)).toBe(true);
    const holes = plantedCustomers(300, 8, 0.15);
    const { labels } = fitKPrototypes(holes.rows, { segments: 3, starts: 10 });
    const agreeing = holes.group.filter((g, i) => labels[i] === labels[g]).length;
    expect(agreeing).toBeGreaterThan(270);
  });

  it('gives the training rows their labels again, one by one as in a batch, and after JSON', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 6 }), fc.constantFrom(0, 0.3), (seed, segments, missing) => {
        const { rows } = plantedCustomers(24, seed, missing);
        const model = fitKPrototypes(rows, { segments, starts: 3 });
        const back = KPrototypes.fromJSON(JSON.parse(JSON.stringify(model)));
        expect(Array.from(back.assign(rows))).toEqual(Array.from(model.labels));
        expect(back.labels.length).toBe(0);
        const shares = model.memberships(rows);
        expect(Array.from(back.memberships(rows))).toEqual(Array.from(shares));
        rows.forEach((row, i) => {
          const placed = model.assignRow(row);
          expect(placed.segment).toBe(model.labels[i]);
          const own = Array.from(shares.subarray(i * model.segmentCount, (i + 1) * model.segmentCount));
          expect(placed.confidence).toBe(own[placed.segment]);
          expect(Math.max(...own)).toBe(placed.confidence);
          expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        });
        const counts = new Array<number>(model.segmentCount).fill(0);
        for (const label of model.labels) counts[label]!++;
        expect(counts).toEqual(model.sizes);
        expect(counts.every((count, s) => count > 0 && (s === 0 || count <= counts[s - 1]!))).toBe(true);
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });

  it('adds drivers up to the difference of the squared distances', () => {
    const { rows } = plantedCustomers(60, 3, 0.2);
    const model = fitKPrototypes(rows, { segments: 3, starts: 3 });
    for (const row of rows) {
      const { drivers, distance, margin } = model.assignRow(row);
      if (margin === 0 || margin === 1) continue;
      const other = distance / (1 - margin);
      expect(drivers.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(other ** 2 - distance ** 2, 8);
    }
  });

  it('depends neither on the order of the rows nor on the seed, where the partition is clear', () => {
    const { rows } = plantedCustomers(120, 5);
    const options = { segments: 3 } as const;
    const model = fitKPrototypes(rows, options);
    const shuffled = shuffle([...rows], createRandom(9));
    expect(Array.from(fitKPrototypes(shuffled, options).assign(rows))).toEqual(Array.from(model.labels));
    expect(Array.from(fitKPrototypes(rows, { ...options, seed: 77 }).labels)).toEqual(Array.from(model.labels));
  });

  it('takes weight 2 as the row twice, weight 0 as no row, and places that row all the same', () => {
    const { rows } = plantedCustomers(60, 6, 0.1);
    const weights = rows.map((_, i) => i % 3);
    const repeated = rows.flatMap((row, i) => new Array<MixedCustomer>(i % 3).fill(row));
    const weighted = fitKPrototypes(rows, { segments: 4, weights, starts: 5 });
    const twice = fitKPrototypes(repeated, { segments: 4, starts: 5 });
    expect(weighted.cost).toBeCloseTo(twice.cost, 9);
    expect(Array.from(twice.assign(rows))).toEqual(Array.from(weighted.labels));
    expect(weighted.sizes).toEqual(twice.sizes);
    weighted.toJSON().segments.forEach(({ radius }, s) => expect(radius).toBeCloseTo(twice.toJSON().segments[s]!.radius, 9));
    const named = fitKPrototypes(rows.map((row, i) => ({ ...row, n: i % 3 })), { segments: 4, weights: 'n', starts: 5 });
    expect(named.features).not.toContain('n');
    expect(named.cost).toBe(weighted.cost);
  });

  it('gives fewer segments, and says so, where fewer rows differ', () => {
    const model = fitKPrototypes([{ x: 1, c: 'a' }, { x: 1, c: 'a' }, { x: 1, c: 'b' }], { segments: 5 });
    expect(model.segmentCount).toBe(2);
    expect(model.warnings).toEqual(['2 segments instead of 5: no more rows differ']);
    expect(model.cost).toBe(0);
    expect(Array.from(model.memberships([{ x: 1, c: 'b' }]))).toEqual([0, 1]);
    expect(fitKPrototypes([{ x: 3, c: 'a' }], { segments: 1 }).assignRow({ x: 5, c: 'a' })).toMatchObject({ segment: 0, second: -1, margin: 1, confidence: 1, drivers: [{ feature: 'x', value: 5, contribution: 0 }, { feature: 'c', value: 'a', contribution: 0 }] });
  });

  it('takes as many segments as rows, constant columns, a column without values, and numbers about 1e9', () => {
    const rows = [1, 5, 9, 13].map((x, i) => ({ x, c: 'abcd'[i]!, same: 7, none: null }));
    const model = fitKPrototypes(rows, { segments: 4 });
    expect(model.cost).toBeCloseTo(0, 12);
    expect(model.sizes).toEqual([1, 1, 1, 1]);
    const { rows: near } = plantedCustomers(60, 2);
    const far = near.map((row) => ({ ...row, visits: row.visits! + 1e9 }));
    const options = { segments: 3, scaling: 'standard' } as const;
    expect(Array.from(fitKPrototypes(far, options).labels)).toEqual(Array.from(fitKPrototypes(near, options).labels));
  });

  it('takes a level never seen as different from all, and says a category by the schema of the data', () => {
    const model = fitKPrototypes(Frame.fromColumns({ store: [1, 1, 2, 2], x: [1, 2, 9, 10] }, { store: 'category' }), { segments: 2, scaling: 'none', categoryWeight: 100 });
    expect(model.categoryWeights).toEqual({ store: 100 });
    expect(Array.from(model.assign([{ store: 1, x: 9 }, { store: '2', x: 1 }, { store: 3, x: 9 }]))).toEqual([0, 1, 1]);
    expect(model.assignRow({ store: 3, x: 9 }).missing).toEqual([]);
  });

  it('stops when told, at its limit of passes, and says so', () => {
    const { rows } = plantedCustomers(60, 1);
    const seen: number[] = [];
    const stopped = fitKPrototypes(rows, { segments: 3, starts: 9, onProgress: ({ done, total }) => (seen.push(done, total), done < 2) });
    expect(seen).toEqual([1, 9, 2, 9]);
    expect(stopped.convergence).toMatchObject({ converged: false, reason: 'stopped by onProgress' });
    const { rows: blurred } = plantedCustomers(200, 1, 0.6);
    expect(fitKPrototypes(blurred, { segments: 8, starts: 1, maxIterations: 1 }).convergence).toMatchObject({ converged: false, iterations: 1, reason: 'iteration limit' });
  });

  it('searches many rows in a sample and settles on all', () => {
    const { rows, group } = plantedCustomers(6000, 12);
    const model = fitKPrototypes(rows, { segments: 3, starts: 2 });
    expect(group.filter((g, i) => model.labels[i] === model.labels[g]).length).toBeGreaterThan(5990);
    expect(model.cost).toBeCloseTo(naiveCost(model, rows), 6);
  });

  it('refuses what it cannot use, and says why', () => {
    const refused = (data: readonly object[] | Frame, options: object): string => thrown(() => fitKPrototypes(data as never, options as never)).code;
    expect(refused([], { segments: 2 })).toBe('EMPTY_INPUT');
    expect(refused([{ x: null, c: null }], { segments: 2 })).toBe('EMPTY_INPUT');
    expect(refused([{ at: new Date(0) }], { segments: 2 })).toBe('EMPTY_INPUT');
    expect(refused([{ at: new Date(0) }], { segments: 2, features: ['at'] })).toBe('COLUMN_KIND');
    expect(refused(hand, { segments: 2, features: ['x', 'x'] })).toBe('DUPLICATE_COLUMN');
    expect(refused(hand, { segments: 2, features: ['y'] })).toBe('UNKNOWN_COLUMN');
    expect(refused(hand, { segments: 2, features: 'x' })).toBe('INVALID_OPTION');
    expect(refused([{ x: 1 }, { x: Infinity }], { segments: 2 })).toBe('NON_FINITE_VALUE');
    for (const options of [{}, { segments: 0 }, { segments: 2, starts: 0 }, { segments: 2, maxIterations: 1.5 }, { segments: 2, categoryWeight: -1 }, { segments: 2, categoryWeight: { x: 1 } }, { segments: 2, k: 3 }]) {
      expect(refused(hand, options)).toBe('INVALID_OPTION');
    }
    const model = fitKPrototypes(hand, plain);
    expect(thrown(() => model.assign([{ x: 1 }]))).toMatchObject({ code: 'UNKNOWN_COLUMN', message: expect.stringMatching(/^KPrototypes.assign found no column "c"/) as string });
    expect(thrown(() => model.assignRow({ x: -Infinity, c: 'a' }))).toMatchObject({ code: 'NON_FINITE_VALUE' });
    expect(thrown(() => model.memberships([{ x: 'much', c: 'a' }]))).toMatchObject({ code: 'INVALID_VALUE' });
  });
});
