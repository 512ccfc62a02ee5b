import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { fitBalancedKMeans } from '../../../src/segmentation/kmeans/fitBalancedKMeans.js';
import { fitKMeans } from '../../../src/segmentation/kmeans/fitKMeans.js';
import { fitMiniBatchKMeans } from '../../../src/segmentation/kmeans/fitMiniBatchKMeans.js';
import { updateKMeans } from '../../../src/segmentation/kmeans/updateKMeans.js';
import { errorCode } from '../../errorCode.js';

function clouds(count: number, seed: number): { x: number; y: number }[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const cloud = random.integer(3);
    return { x: 8 * cloud + random.normal(), y: (cloud === 1 ? 8 : 0) + random.normal() };
  });
}

describe('updateKMeans', () => {
  const model = fitKMeans([{ x: 1, y: 0 }, { x: 3, y: 2 }, { x: 20, y: 5 }], { segments: 2, scaling: 'none' });

  it('moves every centre to the mean of its old and new rows, and leaves the model as it was', () => {
    const before = JSON.stringify(model);
    const updated = updateKMeans(model, [{ x: 5, y: 1 }, { x: 24, y: null }, { x: 22, y: 9 }], { weights: [1, 1, 2] });
    expect(updated.centers).toEqual([{ x: 3, y: 1 }, { x: (20 + 24 + 44) / 4, y: (5 + 18) / 3 }]);
    expect(updated.sizes).toEqual([3, 4]);
    expect([...updated.labels]).toEqual([0, 1, 1]);
    expect(updated.convergence).toMatchObject({ iterations: model.convergence.iterations + 1, reason: 'updated' });
    expect(JSON.stringify(model)).toBe(before);
  });

  it('carries the total sum of squares on exactly', () => {
    const updated = updateKMeans(model, [{ x: 5, y: 1 }, { x: 24, y: 3 }]);
    const whole = fitKMeans([{ x: 1, y: 0 }, { x: 3, y: 2 }, { x: 20, y: 5 }, { x: 5, y: 1 }, { x: 24, y: 3 }], { segments: 2, scaling: 'none' });
    expect(updated.totalInertia).toBeCloseTo(whole.totalInertia, 9);
  });

  it('forgets by memory: with 0 only the new rows count', () => {
    const updated = updateKMeans(model, [{ x: 5, y: 1 }, { x: 24, y: 3 }], { memory: 0 });
    expect(updated.centers).toEqual([{ x: 5, y: 1 }, { x: 24, y: 3 }]);
    expect(updated.sizes).toEqual([1, 1]);
    const half = updateKMeans(model, [{ x: 5, y: 4 }], { memory: 0.5 });
    expect(half.centers[0]).toEqual({ x: 3.5, y: 2.5 });
  });

  it('begins a starved segment anew, and says so', () => {
    const rows = [...Array.from({ length: 3000 }, (_, i) => ({ x: i % 10, y: 0 })), { x: 60, y: 0 }];
    const updated = updateKMeans(fitKMeans([{ x: 0, y: 0 }, { x: 1, y: 1 }, { x: 5, y: 900 }], { segments: 2, scaling: 'none' }), rows);
    expect(updated.warnings).toEqual(['segment 1 had starved and began anew']);
    expect(updated.sizes[1]).toBe(1);
    expect([...updated.labels].filter((label) => label === 1).length).toBeGreaterThan(0);
  });

  it('takes no rows as no change, and refuses what it cannot do', () => {
    expect(updateKMeans(model, [])).toBe(model);
    expect(errorCode(() => updateKMeans(model, [{ x: 1, y: 1 }], { memory: 2 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => updateKMeans(model, [{ x: 1, y: 1 }], { rate: 1 } as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => updateKMeans(model, [{ x: 1 }]))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => updateKMeans(fitBalancedKMeans([{ x: 1 }, { x: 2 }], { segments: 2, minShare: 0.5 }), [{ x: 1 }]))).toBe('INVALID_INPUT');
  });
});

describe('fitMiniBatchKMeans', () => {
  it('comes within a percent of the whole fit on data in parts', () => {
    const rows = clouds(6000, 8);
    const batches = Array.from({ length: 12 }, (_, i) => rows.slice(i * 500, (i + 1) * 500));
    const model = fitMiniBatchKMeans(batches, { segments: 3, scaling: 'none' });
    const whole = fitKMeans(rows, { segments: 3, scaling: 'none' });
    expect(model.sizes.reduce((a, b) => a + b)).toBe(6000);
    expect(model.labels).toHaveLength(0);
    const inertia = model.distances(rows).reduce((sum, _, at, all) => (at % 3 === 0 ? sum + Math.min(all[at]!, all[at + 1]!, all[at + 2]!) ** 2 : sum), 0);
    expect(inertia).toBeLessThan(whole.inertia * 1.01);
    expect(model.inertia).toBeCloseTo(whole.inertia, -2);
  });

  it('takes a column of weights, a generator, a seed and a memory', () => {
    function* load(): Generator<object[]> {
      yield [{ x: 1, w: 1 }, { x: 9, w: 1 }];
      yield [{ x: 3, w: 3 }];
    }
    const model = fitMiniBatchKMeans(load() as Iterable<object[]>, { segments: 2, scaling: 'none', weights: 'w', seed: 5, memory: 1 });
    expect(model.centers).toContainEqual({ x: 2.5 });
    expect(errorCode(() => fitMiniBatchKMeans([], { segments: 2 }))).toBe('EMPTY_INPUT');
  });
});
