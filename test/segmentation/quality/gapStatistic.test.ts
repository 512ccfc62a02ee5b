import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { firstSEmax, gapFigures, tibs2001 } from '../../../src/segmentation/quality/gapFigures.js';
import { gapStatistic } from '../../../src/segmentation/quality/gapStatistic.js';
import { referenceDraws } from '../../../src/segmentation/quality/referencePoints.js';

describe('gapFigures', () => {
  it('is the mean of the references less the data, with the spread of n - 1 and the draws', () => {
    const { gap, standardError } = gapFigures(1, [2, 3, 4]);
    expect(gap).toBe(2);
    expect(standardError).toBeCloseTo(Math.sqrt(1 * (1 + 1 / 3)), 15);
  });
});

describe('rules of the gap', () => {
  const gaps = (values: readonly number[], standardError = 0.02): { gap: number; standardError: number }[] => values.map((gap) => ({ gap, standardError }));

  it('choose the places that clusGap chooses for its figures of mall', () => {
    const mall = gaps([0.28064, 0.32875, 0.34186, 0.39984, 0.40861, 0.44442, 0.46148, 0.45934]);
    expect(firstSEmax(mall) + 1).toBe(6);
    expect(tibs2001(mall) + 1).toBe(2);
  });

  it('choose the last place when the gap grows throughout, the first when it falls', () => {
    expect([firstSEmax(gaps([1, 2, 3])), tibs2001(gaps([1, 2, 3]))]).toEqual([2, 2]);
    expect([firstSEmax(gaps([3, 2, 1])), tibs2001(gaps([3, 2, 1]))]).toEqual([0, 0]);
  });
});

describe('referenceDraws', () => {
  it('stays in the box along the principal axes', () => {
    // On the line y = x from (0, 0) to (9, 9): the box is that line.
    const draw = referenceDraws(Float64Array.from({ length: 20 }, (_, at) => Math.floor(at / 2)), 2);
    const drawn = draw(createRandom(3));
    for (let at = 0; at < 20; at += 2) {
      expect(drawn[at]).toBeCloseTo(drawn[at + 1]!, 12);
      expect(drawn[at]).toBeGreaterThanOrEqual(-1e-12);
      expect(drawn[at]).toBeLessThanOrEqual(9 + 1e-12);
    }
    expect(Math.max(...drawn) - Math.min(...drawn)).toBeGreaterThan(3);
  });
});

describe('gapStatistic', () => {
  const random = createRandom(2);
  const clouds = { x: Array.from({ length: 90 }, (_, i) => (i % 3) * 6 + random.normal()), y: Array.from({ length: 90 }, (_, i) => (i % 3) ** 2 * 3 + random.normal()) };

  it('finds three clouds, with squared and with plain distances', () => {
    for (const power of [1, 2] as const) {
      const found = gapStatistic(clouds, { segments: [1, 5], references: 15, power });
      expect(found.table.map(({ segments }) => segments)).toEqual([1, 2, 3, 4, 5]);
      expect([found.firstSEmax, found.tibs2001]).toEqual([3, 3]);
    }
  });

  it('of one segment measures the dispersion around the mean, or half the mean distance times the rows', () => {
    const x = [0, 1, 5];
    const [two] = gapStatistic({ x }, { scaling: 'none', segments: [1, 1], references: 2 }).table;
    const [one] = gapStatistic({ x }, { scaling: 'none', segments: [1, 1], references: 2, power: 1 }).table;
    expect(two!.logDispersion).toBeCloseTo(Math.log(14), 12);
    expect(one!.logDispersion).toBeCloseTo(Math.log((2 * (1 + 5 + 4)) / (2 * 3)), 12);
    expect(two!.gap).toBeCloseTo(two!.expected - two!.logDispersion, 14);
  });

  it('is the same for the same seed, whatever the place and the size of the data', () => {
    const options = { scaling: 'none', segments: [1, 3], references: 4 } as const;
    const found = gapStatistic(clouds, options);
    expect(gapStatistic(clouds, options)).toEqual(found);
    const moved = gapStatistic({ x: clouds.x.map((v) => v * 10 + 500), y: clouds.y.map((v) => v * 10) }, options);
    moved.table.forEach(({ gap }, i) => expect(gap).toBeCloseTo(found.table[i]!.gap, 8));
  });

  it('ends where the rows are no longer distinct, and stops when told', () => {
    expect(gapStatistic({ x: [1, 1, 2, 2] }, { segments: [1, 4], references: 2 }).table.map(({ segments }) => segments)).toEqual([1, 2]);
    expect(gapStatistic({ x: [1] }, { references: 2 }).firstSEmax).toBe(1);
    let calls = 0;
    const stopped = gapStatistic(clouds, { references: 2, onProgress: ({ done, total }) => ++calls < 5 && done <= total });
    expect(stopped.table).toHaveLength(1);
    expect(calls).toBe(5);
    expect(gapStatistic(clouds, { references: 2, onProgress: () => false })).toEqual({ table: [], firstSEmax: 1, tibs2001: 1 });
  });

  it('refuses options that are none', () => {
    expect(() => gapStatistic({ x: [1, 2] }, { segments: [3, 2] })).toThrow('gapStatistic needs segments as a whole number of at least 3, found 2');
    expect(() => gapStatistic({ x: [1, 2] }, { segments: 3 as unknown as [number, number] })).toThrow('gapStatistic needs segments as the first and the last number to compare, such as [2, 8]');
    expect(() => gapStatistic({ x: [1, 2] }, { references: 1 })).toThrow('references as a whole number of at least 2');
  });
});
