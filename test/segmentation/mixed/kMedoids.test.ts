import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { fitKMedoids } from '../../../src/segmentation/mixed/fitKMedoids.js';
import { gowerDistances } from '../../../src/segmentation/mixed/gowerDistances.js';
import { KMedoids } from '../../../src/segmentation/mixed/kMedoids.js';
import { plantedCustomers, samePartition, thrown, type MixedCustomer } from './mixedRows.js';

const hand = [1, 2, 3, 10, 11, 12, 13].map((x) => ({ x, c: x < 5 ? 'a' : 'b' }));

/** The sum of the distances to the nearest medoid, from all distances. */
function naiveCost(rows: readonly MixedCustomer[], medoids: readonly number[]): number {
  const n = rows.length;
  const distances = gowerDistances(rows);
  const between = (i: number, j: number): number => (i === j ? 0 : distances[Math.min(i, j) * n - (Math.min(i, j) * (Math.min(i, j) + 1)) / 2 + Math.max(i, j) - Math.min(i, j) - 1]!);
  return rows.reduce((sum, _, i) => sum + Math.min(...medoids.map((medoid) => (Number.isNaN(between(i, medoid)) ? Infinity : between(i, medoid)))), 0);
}

describe('fitKMedoids', () => {
  it('gives by hand: the middle customers, and the mean of shares of the range and of differing categories', () => {
    const model = fitKMedoids(hand, { segments: 2 });
    expect(model).toMatchObject({ metric: 'gower', sample: null, segmentCount: 2, warnings: [] });
    expect(Array.from(model.labels)).toEqual([1, 1, 1, 0, 0, 0, 0]);
    // 11 or 12: the first in the order of the values.
    expect(model.medoids).toEqual([{ row: 4, values: { x: 11, c: 'b' }, size: 4 }, { row: 1, values: { x: 2, c: 'a' }, size: 3 }]);
    expect(model.cost).toBeCloseTo((1 + 0 + 1 + 1 + 0 + 1 + 2) / 12 / 2, 12);
    const placed = model.assignRow({ x: 5, c: 'b' });
    expect(placed).toMatchObject({ segment: 0, second: 1, outlier: true, missing: [] });
    expect(placed.distance).toBeCloseTo(0.25, 12);
    expect(placed.margin).toBeCloseTo(1 - 0.25 / 0.625, 12);
    expect(placed.drivers.map(({ feature }) => feature)).toEqual(['c', 'x']);
    expect(placed.drivers[0]!.contribution).toBeCloseTo(0.5, 12);
    expect(placed.drivers[1]!.contribution).toBeCloseTo(-0.125, 12);
  });

  it('takes numbers alone by Euclid, and by Manhattan when told', () => {
    const rows = [{ x: 0, y: 0 }, { x: 3, y: 4 }, { x: 30, y: 40 }];
    expect(fitKMedoids(rows, { segments: 1, scaling: 'none' })).toMatchObject({ metric: 'euclidean', cost: 50 });
    expect(fitKMedoids(rows, { segments: 1, scaling: 'none', metric: 'manhattan' })).toMatchObject({ metric: 'manhattan', cost: 70 });
    expect(fitKMedoids(rows, { segments: 1, scaling: 'none', metric: 'manhattan', featureWeights: { y: 0.5 } }).cost).toBe(50);
    expect(fitKMedoids(rows, { segments: 1, scaling: 'none', featureWeights: { x: 0 } })).toMatchObject({ cost: 40 });
  });

  it('costs what gowerDistances add up to, missing values among them', () => {
    for (const missing of [0, 0.1]) {
      const { rows } = plantedCustomers(60, 7, missing);
      const model = fitKMedoids(rows, { segments: 3, scaling: 'none', starts: 5 });
      expect(model.cost).toBeCloseTo(naiveCost(rows, model.medoids.map(({ row }) => row)), 9);
      model.medoids.forEach(({ row, values }) => expect(values).toEqual({ ...rows[row]!, active: rows[row]!.active === null ? null : String(rows[row]!.active) }));
    }
  });

  it('finds planted groups by each metric', () => {
    const { rows, group } = plantedCustomers(300, 8);
    for (const metric of ['gower', 'euclidean', 'manhattan'] as const) {
      const { labels } = fitKMedoids(rows, { segments: 3, metric, starts: 10 });
      expect(samePartition(labels, group) || group.filter((g, i) => labels[i] === labels[g]).length > 290).toBe(true);
    }
  });

  it('gives the training rows their labels again, one by one as in a batch, and after JSON', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 6 }), fc.constantFrom('gower', 'euclidean', 'manhattan'), fc.constantFrom(0, 0.4), (seed, segments, metric, missing) => {
        const { rows } = plantedCustomers(24, seed, missing);
        const model = fitKMedoids(rows, { segments, metric, starts: 3 });
        const back = KMedoids.fromJSON(JSON.parse(JSON.stringify(model)));
        expect(Array.from(back.assign(rows))).toEqual(Array.from(model.labels));
        expect(back.medoids).toEqual(model.medoids);
        const shares = back.memberships(rows);
        rows.forEach((row, i) => {
          const { segment, confidence, drivers, distance, margin } = model.assignRow(row);
          expect(segment).toBe(model.labels[i]);
          expect(shares[i * model.segmentCount + segment]).toBe(confidence);
          if (!(margin > 0 && margin < 1)) return;
          const power = metric === 'euclidean' ? 2 : 1;
          const other = distance / (1 - margin);
          if (other < Infinity) expect(drivers.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(other ** power - distance ** power, 8);
        });
        expect([...model.sizes].sort((a, b) => b - a)).toEqual(model.sizes);
        expect(model.sizes.reduce((sum, size) => sum + size, 0)).toBe(24);
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });

  it('depends neither on the order of the rows nor on the seed, where the partition is clear', () => {
    const { rows } = plantedCustomers(120, 5);
    const model = fitKMedoids(rows, { segments: 3, starts: 20 });
    expect(Array.from(fitKMedoids(shuffle([...rows], createRandom(9)), { segments: 3, starts: 20 }).assign(rows))).toEqual(Array.from(model.labels));
    expect(Array.from(fitKMedoids(rows, { segments: 3, starts: 20, seed: 5 }).labels)).toEqual(Array.from(model.labels));
  });

  it('takes weight 2 as the row twice, and weight 0 as no row', () => {
    const { rows } = plantedCustomers(60, 6, 0.1);
    const weights = rows.map((_, i) => i % 3);
    const weighted = fitKMedoids(rows, { segments: 4, weights, starts: 5 });
    const twice = fitKMedoids(rows.flatMap((row, i) => new Array<MixedCustomer>(i % 3).fill(row)), { segments: 4, starts: 5 });
    expect(weighted.cost).toBeCloseTo(twice.cost, 9);
    expect(weighted.sizes).toEqual(twice.sizes);
    expect(Array.from(twice.assign(rows))).toEqual(Array.from(weighted.labels));
    for (const { row } of weighted.medoids) expect(weights[row]).toBeGreaterThan(0);
  });

  it('samples many rows, says so, and costs over all of them', () => {
    const { rows } = plantedCustomers(200, 3);
    const whole = fitKMedoids(rows, { segments: 3, sample: 100, scaling: 'none' });
    const sampled = fitKMedoids(rows, { segments: 3, sample: 40, scaling: 'none', starts: 2 });
    expect(whole.sample).toBe(null);
    expect(sampled.sample).toBe(40);
    expect(sampled.convergence.iterations).toBe(10);
    expect(sampled.cost).toBeCloseTo(naiveCost(rows, sampled.medoids.map(({ row }) => row)), 9);
    expect(sampled.cost).toBeLessThan(1.1 * whole.cost);
  });

  it('gives fewer segments where fewer rows differ; takes as many as rows, one row, constants, and rows without anything in common', () => {
    const few = fitKMedoids([{ x: 1, c: 'a' }, { x: 1, c: 'a' }, { x: 2, c: 'b' }], { segments: 3 });
    expect(few).toMatchObject({ segmentCount: 2, cost: 0, warnings: ['2 segments instead of 3: no more rows differ'] });
    expect(fitKMedoids(hand, { segments: 7 }).sizes).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(fitKMedoids([{ x: 1, c: 'a' }], { segments: 1 }).assignRow({ x: 1, c: 'a' })).toMatchObject({ segment: 0, second: -1, distance: 0, margin: 1, confidence: 1, outlier: false });
    const apart = fitKMedoids([{ x: 1, c: null }, { x: 2, c: null }, { x: null, c: 'a' }, { x: null, c: 'b' }, { x: null, c: null }], { segments: 2, starts: 5 });
    expect(apart.labels[4]).toBe(0);
    expect(apart.memberships([{ x: null, c: null }]).every((share) => share === 0.5)).toBe(true);
    expect(Array.from(apart.memberships([{ x: 1, c: 'zz' }])).every(Number.isFinite)).toBe(true);
  });

  it('counts a row that shares nothing known with any medoid as far as the farthest pair, as the search does', () => {
    // One medoid: row 1 or 3, at 1/3 + 1/3 of the range from the others; the row of c alone is 1 off, as rows 0 and 4 are.
    const rows = [...[0, 1, 2, 3].map((x) => ({ x, c: null as string | null })), { x: null, c: 'a' }];
    const model = fitKMedoids(rows, { segments: 1, metric: 'gower', scaling: 'none' });
    expect(model.cost).toBeCloseTo(1 / 3 + 1 / 3 + 2 / 3 + 1, 12);
    let told = 0;
    fitKMedoids(rows, { segments: 1, metric: 'gower', scaling: 'none', onProgress: ({ objective }) => void (told = objective) });
    expect(told).toBeCloseTo(model.cost, 12);
    // Raised for the one feature of two that is known of both.
    const { margin, segment, distance } = model.assignRow({ x: null, c: 'a' });
    expect({ margin, segment, distance }).toEqual({ margin: 1, segment: 0, distance: 0 });
  });

  it('stops when told, and refuses what it cannot use', () => {
    expect(fitKMedoids(hand, { segments: 2, starts: 9, onProgress: ({ done, total }) => total === 9 && done < 2 }).convergence).toMatchObject({ converged: false, reason: 'stopped by onProgress' });
    const refused = (options: object): string => thrown(() => fitKMedoids(hand, options as never)).code;
    for (const options of [{ segments: 2, metric: 'cosine' }, { segments: 2, sample: 0 }, { segments: 2, starts: 0 }, { segments: 2, featureWeights: { x: 0, c: 0 } }, { segments: 2, featureWeights: { z: 1 } }, { segments: 2, featureWeights: { x: -1 } }, { segments: 1.5 }]) {
      expect(refused(options)).toBe('INVALID_OPTION');
    }
    expect(refused({ segments: 2, weights: [1, 2] })).toBe('LENGTH_MISMATCH');
    expect(thrown(() => fitKMedoids(hand, { segments: 2 }).assign([{ x: 1 }]))).toMatchObject({ code: 'UNKNOWN_COLUMN' });
  });
});
