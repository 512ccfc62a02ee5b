import { kmeans } from 'ml-kmeans';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { fromMlKMeans } from '../../../src/segmentation/kmeans/fromMlKMeans.js';
import { errorCode } from '../../errorCode.js';

const random = createRandom(2);
const data = Array.from({ length: 120 }, (_, i) => [6 * (i % 3) + random.normal(), random.normal()]);
const features = ['visits', 'spend'];
const toRow = ([visits, spend]: readonly number[]): object => ({ visits, spend });

describe('fromMlKMeans', () => {
  it('assigns as the result of the package does, under its numbers', () => {
    for (const seed of [1, 2, 3]) {
      const result = kmeans(data, 3, { seed });
      const fresh = Array.from({ length: 50 }, () => [20 * random.uniform() - 2, 4 * random.normal()]);
      for (const given of [result, JSON.parse(JSON.stringify(result)) as typeof result]) {
        const model = fromMlKMeans(given, { features, data });
        expect([...model.assign(fresh.map(toRow))]).toEqual(result.nearest(fresh));
        expect([...model.labels]).toEqual(result.nearest(data));
        expect(model.centers.map(({ visits, spend }) => [visits, spend])).toEqual(result.centroids);
        expect(model.convergence).toMatchObject({ converged: result.converged, iterations: result.iterations, reason: 'taken over from ml-kmeans' });
        expect(model.explainedShare).toBeGreaterThan(0.8);
      }
    }
  });

  it('names a segment the package left without rows', () => {
    const result = kmeans([[1], [2], [3]], 2, { initialization: [[2], [500]] });
    const model = fromMlKMeans(result, { features: ['x'], data: [[1], [2], [3]] });
    expect(model.sizes).toEqual([3, 0]);
    expect(model.warnings).toEqual(['segment 1 has no rows: ml-kmeans left its centre where it was']);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model.toJSON());
  });

  it('refuses what is no such result', () => {
    const result = kmeans(data, 3, { seed: 1 });
    const manhattan = kmeans(data, 3, { seed: 1, distanceFunction: (p, q) => p.reduce((sum, x, j) => sum + Math.abs(x - q[j]!), 0) });
    expect(errorCode(() => fromMlKMeans(manhattan, { features, data }))).toBe('INVALID_INPUT');
    expect(errorCode(() => fromMlKMeans({} as never, { features, data }))).toBe('INVALID_INPUT');
    expect(errorCode(() => fromMlKMeans(null as never, { features, data }))).toBe('INVALID_INPUT');
    expect(errorCode(() => fromMlKMeans(result, { features: ['visits'], data }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => fromMlKMeans(result, { features, data: [[1, NaN]] }))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => fromMlKMeans({ centroids: [[1, Infinity]] }, { features, data }))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => fromMlKMeans(result, { features, data, scale: 1 } as never))).toBe('INVALID_OPTION');
  });
});
