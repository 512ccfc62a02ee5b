import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { fitBalancedKMeans } from '../../../src/segmentation/kmeans/fitBalancedKMeans.js';
import { fitKMeans } from '../../../src/segmentation/kmeans/fitKMeans.js';
import { KMeans } from '../../../src/segmentation/kmeans/kMeans.js';
import { limitSizes } from '../../../src/segmentation/kmeans/limitSizes.js';
import { errorCode } from '../../errorCode.js';

const sizesOf = (labels: Int32Array, segments: number): number[] => Array.from({ length: segments }, (_, c) => labels.filter((label) => label === c).length);
const costOf = (costs: Float64Array, labels: ArrayLike<number>, segments: number): number => Array.from(labels).reduce((sum, label, row) => sum + costs[row * segments + label]!, 0);

/** The least cost over all assignments, by trying them all. */
function leastCost(costs: Float64Array, segments: number, lower: number, upper: number): number {
  const rows = costs.length / segments;
  let least = Infinity;
  for (let code = 0; code < segments ** rows; code++) {
    const labels = Int32Array.from({ length: rows }, (_, row) => Math.floor(code / segments ** row) % segments);
    if (sizesOf(labels, segments).some((size) => size < lower || size > upper)) continue;
    least = Math.min(least, costOf(costs, labels, segments));
  }
  return least;
}

describe('limitSizes', () => {
  it('finds the cheapest of all assignments within the limits, with prices that explain it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 3, max: 7 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 }), fc.integer(), (segments, rows, less, more, seed) => {
        const lower = Math.max(0, Math.floor(rows / segments) - less);
        const upper = Math.ceil(rows / segments) + more;
        const random = createRandom(seed);
        const costs = Float64Array.from({ length: rows * segments }, () => random.integer(30) + (seed % 2 === 0 ? random.uniform() : 0));
        const { labels, offsets } = limitSizes(costs, segments, lower, upper);
        for (const size of sizesOf(labels, segments)) {
          expect(size).toBeGreaterThanOrEqual(lower);
          expect(size).toBeLessThanOrEqual(upper);
        }
        expect(costOf(costs, labels, segments)).toBeCloseTo(leastCost(costs, segments, lower, upper), 9);
        labels.forEach((label, row) => {
          for (let c = 0; c < segments; c++) expect(costs[row * segments + label]! + offsets[label]!).toBeLessThanOrEqual(costs[row * segments + c]! + offsets[c]! + 1e-9);
        });
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });

  it('leaves alone what is within the limits: no price', () => {
    const { labels, offsets } = limitSizes(Float64Array.of(0, 9, 1, 9, 9, 0), 2, 1, 3);
    expect([...labels]).toEqual([0, 0, 1]);
    expect([...offsets].every((offset) => offset === 0)).toBe(true);
  });
});

describe('fitBalancedKMeans', () => {
  const random = createRandom(4);
  const rows = Array.from({ length: 400 }, (_, i) => ({ x: random.normal() + (i % 20 === 0 ? 9 : 0), y: random.normal() * (1 + (i % 3)), z: i % 7 === 0 ? null : random.normal() }));

  it('keeps the limits, and assigns the rows learnt from as labelled', () => {
    for (const [segments, minShare, maxShare] of [[4, 0.15, 1], [4, 0, 0.3], [5, 0.2, 0.2], [3, 0.3, 0.4]] as const) {
      const model = fitBalancedKMeans(rows, { segments, minShare, maxShare });
      const sizes = sizesOf(model.labels, segments);
      expect(model.sizes).toEqual(sizes);
      expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(minShare * 400);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(maxShare * 400);
      expect(model.warnings).toEqual([]);
      expect([...model.assign(rows)]).toEqual([...model.labels]);
      expect([...KMeans.fromJSON(JSON.parse(JSON.stringify(model))).assign(rows)]).toEqual([...model.labels]);
      rows.slice(0, 50).forEach((row, i) => {
        const placed = model.assignRow(row);
        expect(placed.segment).toBe(model.labels[i]);
        expect(placed.margin).toBeGreaterThanOrEqual(0);
      });
      expect(model.convergence.converged).toBe(true);
    }
  });

  it('is fitKMeans where the limits do not bind', () => {
    const free = fitKMeans(rows, { segments: 3 });
    const limited = fitBalancedKMeans(rows, { segments: 3, minShare: 0.001 });
    expect(limited.inertia).toBeCloseTo(free.inertia, 9);
    expect([...limited.labels]).toEqual([...free.labels]);
    expect(limited.toJSON().offsets.every((offset) => offset === 0)).toBe(true);
  });

  it('parts equal rows where it must, and says that assign cannot', () => {
    const equal = [...Array.from({ length: 8 }, () => ({ x: 1 })), { x: 5 }, { x: 6 }];
    const model = fitBalancedKMeans(equal, { segments: 2, scaling: 'none', minShare: 0.4 });
    expect(model.sizes).toEqual([6, 4]);
    expect(model.warnings[0]).toMatch(/rows fit two segments equally well/);
  });

  it('refuses limits that cannot be kept, and says why', () => {
    expect(errorCode(() => fitBalancedKMeans(rows, { segments: 4, minShare: 0.3 }))).toBe('INVALID_OPTION');
    expect(() => fitBalancedKMeans(rows, { segments: 4, minShare: 0.3 })).toThrow('4 segments can share 400 rows, found 0.3: 4 x 120 rows at least');
    expect(() => fitBalancedKMeans(rows, { segments: 4, maxShare: 0.2 })).toThrow('4 x 80 rows at most');
    expect(errorCode(() => fitBalancedKMeans(rows, { segments: 2, minShare: -1 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => fitBalancedKMeans(rows, { segments: 2, maxShare: NaN }))).toBe('INVALID_OPTION');
    const twoRows = [{ x: 1 }, { x: 1 }, { x: 2 }];
    expect(fitBalancedKMeans(twoRows, { segments: 3, minShare: 0.3 }).warnings[0]).toBe('2 segments instead of 3: no more rows differ');
  });
});
