import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { chooseSegmentCount } from '../../../src/segmentation/quality/chooseSegmentCount.js';
import { calinskiHarabasz } from '../../../src/segmentation/quality/calinskiHarabasz.js';
import { compareSegmentCounts } from '../../../src/segmentation/quality/compareSegmentCounts.js';
import { CRITERIA, recommendSegments } from '../../../src/segmentation/quality/recommendSegments.js';
import type { SegmentCountRow } from '../../../src/segmentation/quality/segmentCountComparison.js';
import { columnsOf } from './naive.js';

/** Clouds of normal points whose centres are four standard deviations apart at least, in a cube just large enough. */
function blobs(count: number, width: number, each: number, seed: number): Record<string, number[]> {
  const random = createRandom(seed);
  const centers: number[][] = [];
  for (let half = 4; centers.length < count; half *= 1.01) {
    const center = Array.from({ length: width }, () => (2 * random.uniform() - 1) * half);
    if (centers.every((other) => Math.hypot(...other.map((x, j) => x - center[j]!)) >= 4)) centers.push(center);
  }
  return columnsOf(Float64Array.from({ length: count * each * width }, (_, at) => centers[Math.floor(at / width) % count]![at % width]! + random.normal()), width);
}

const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
/** Cheaper than the defaults, so that twenty seeds take seconds. */
const quick = { segments: [2, 6], references: 10, bootstraps: 8 } as const;

describe('compareSegmentCounts', () => {
  it.each([[3, 2], [4, 3], [5, 2]])('recommends the %i planted segments in %i columns, in at least 19 of 20 seeds', (count, width) => {
    const right = seeds.filter((seed) => {
      const { recommendation, structure } = compareSegmentCounts(blobs(count, width, 30, seed), { ...quick, seed });
      return structure.found && recommendation.segments === count;
    });
    expect(right.length).toBeGreaterThanOrEqual(19);
  }, 120_000);

  const clouds: Readonly<Record<string, (seed: number) => Record<string, number[]>>> = {
    'an even square': (seed) => evenly(seed, 2, (random) => random.uniform()),
    'an even cube of five columns': (seed) => evenly(seed, 5, (random) => random.uniform()),
    'one normal cloud': (seed) => evenly(seed, 3, (random) => random.normal()),
    'correlated columns': (seed) => {
      const { x0, x1, x2 } = evenly(seed, 3, (random) => random.normal()) as Record<'x0' | 'x1' | 'x2', number[]>;
      return { x0, x1: x1.map((x, i) => x0[i]! * 2 + x), x2: x2.map((x, i) => x0[i]! - 0.5 * x) };
    },
    'skewed amounts under the default scaling': (seed) => evenly(seed, 2, (random) => Math.exp(4 + random.normal())),
  };
  it.each(Object.keys(clouds))('says "no structure" of %s, in at least 19 of 20 seeds', (name) => {
    const right = seeds.filter((seed) => {
      const { recommendation, structure } = compareSegmentCounts(clouds[name]!(seed), { ...quick, seed });
      return !structure.found && recommendation.segments === 1 && recommendation.reason.startsWith('no structure: ');
    });
    expect(right.length).toBeGreaterThanOrEqual(19);
  }, 120_000);

  it('shows every criterion for every number, and one segment beside them', () => {
    const data = blobs(3, 2, 30, 4);
    const { table, votes, recommendation, structure, rowCount, rowsUsed, stopped } = compareSegmentCounts(data, quick);
    expect(table.map(({ segments }) => segments)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(table[0]).toMatchObject({ silhouette: null, calinskiHarabasz: null, daviesBouldin: null, stability: null, evidence: null, bic: null, smallestShare: 1 });
    for (const row of table.slice(1)) {
      for (const key of ['silhouette', 'simplifiedSilhouette', 'calinskiHarabasz', 'daviesBouldin', 'gap', 'gapStandardError', 'evidence', 'stability', 'worstStability'] as const) expect(row[key]).toBeTypeOf('number');
      expect(row.worstStability).toBeLessThanOrEqual(row.stability!);
      expect(row.bic).toBeNull();
    }
    expect(table.map(({ inertia }) => inertia)).toEqual(table.map(({ inertia }) => inertia).sort((a, b) => b - a));
    expect(votes).toEqual({ silhouette: 3, calinskiHarabasz: 3, daviesBouldin: 3, gap: 3, stability: 3 });
    expect(recommendation).toMatchObject({ segments: 3, agreement: 1, disagreement: false });
    expect(recommendation.reason).toMatch(/^3 segments by the silhouette, Calinski-Harabasz, Davies-Bouldin, the gap, stability; the least stable segment is found again with a Jaccard coefficient of (1\.00|0\.9\d)$/);
    expect(structure.evidence).toBe(Math.max(...table.slice(1).map(({ evidence }) => evidence!)));
    expect([rowCount, rowsUsed, stopped]).toEqual([90, 90, false]);
    const labels = data['x0']!.map((_, i) => i % 3);
    expect(table[2]!.calinskiHarabasz! / calinskiHarabasz(data, labels)).toBeGreaterThan(0.95);
  });

  it('gives the same for the same seed, and nearly so for another order of the rows', () => {
    const data = blobs(4, 2, 25, 8);
    const found = compareSegmentCounts(data, quick);
    expect(compareSegmentCounts(data, quick)).toEqual(found);
    const reversed = Object.fromEntries(Object.entries(data).map(([name, values]) => [name, values.slice().reverse()]));
    const again = compareSegmentCounts(reversed, quick);
    expect(again.recommendation.segments).toBe(found.recommendation.segments);
    expect(again.table[3]!.silhouette).toBeCloseTo(found.table[3]!.silhouette!, 10);
  });

  it('looks at a sample of many rows, and says so', () => {
    const { rowCount, rowsUsed, recommendation } = compareSegmentCounts(blobs(3, 2, 400, 3), { ...quick, sample: 300 });
    expect([rowCount, rowsUsed, recommendation.segments]).toEqual([1200, 300, 3]);
  });

  it('counts the votes asked for, without references and bootstraps', () => {
    const { table, votes, structure, recommendation } = compareSegmentCounts(blobs(3, 2, 30, 4), { references: 0, bootstraps: 0, criteria: ['silhouette'], segments: [2, 4] });
    expect(votes).toEqual({ silhouette: 3 });
    expect(structure).toEqual({ found: true, evidence: null });
    expect(table.map(({ gap, stability }) => [gap, stability])).toEqual([[null, null], [null, null], [null, null], [null, null]]);
    expect(recommendation.reason).toBe('3 segments by the silhouette');
  });

  it('leaves out numbers with a segment that is too small', () => {
    const data = { x: [...Array.from({ length: 40 }, (_, i) => (i % 2) * 10 + (i % 5) / 10), 50, 50.1] };
    expect(compareSegmentCounts(data, { ...quick, minShare: 0.2 }).recommendation.segments).not.toBe(3);
    const { recommendation } = compareSegmentCounts(data, { ...quick, segments: [3, 4], minShare: 0.2, bootstraps: 0 });
    expect(recommendation).toMatchObject({ segments: 1, reason: 'no number of segments leaves each of them 20 % of the rows' });
  });

  it('works for one row, for equal rows, for few distinct rows and for gaps', () => {
    for (const x of [[1], [4, 4, 4, 4, 4]]) {
      const { table, recommendation, structure } = compareSegmentCounts({ x }, quick);
      expect(table).toHaveLength(1);
      expect(structure).toEqual({ found: false, evidence: null });
      expect(recommendation).toMatchObject({ segments: 1, reason: 'no structure: there are too few distinct rows for two segments', disagreement: false });
    }
    const two = compareSegmentCounts({ x: Array.from({ length: 20 }, (_, i) => i % 2) }, quick);
    expect(two.table.map(({ segments }) => segments)).toEqual([1, 2]);
    expect(two.recommendation.segments).toBe(2);
    const data = blobs(3, 2, 30, 4);
    expect(compareSegmentCounts({ ...data, x0: data['x0']!.map((x, i) => (i % 20 === 3 ? null : x)), one: data['x0']!.map(() => 1) }, quick).recommendation.segments).toBe(3);
  });

  it('tells how far it is and stops when told', () => {
    const seen: number[] = [];
    const data = blobs(3, 2, 20, 4);
    const total = 5 * (1 + 10 + 8);
    compareSegmentCounts(data, { ...quick, onProgress: ({ done, total: all }) => void seen.push(done / all) });
    expect(seen).toEqual(Array.from({ length: total }, (_, i) => (i + 1) / total));
    for (const last of [1, 8, 16, 30]) {
      let calls = 0;
      const { stopped, table } = compareSegmentCounts(data, { ...quick, onProgress: () => ++calls < last });
      expect(stopped).toBe(true);
      expect(calls).toBe(last);
      expect(table).toHaveLength(last > 19 ? 3 : 2);
    }
  });

  it('refuses options that are none', () => {
    const data = { x: [1, 2, 3] };
    expect(() => compareSegmentCounts(data, { segments: [1, 3] })).toThrow('compareSegmentCounts needs segments as a whole number of at least 2, found 1');
    expect(() => compareSegmentCounts(data, { criteria: ['elbow' as 'gap'] })).toThrow('compareSegmentCounts needs criteria as one of silhouette, calinskiHarabasz');
    expect(() => compareSegmentCounts(data, { minShare: NaN })).toThrow('minShare as a finite number');
    expect(() => compareSegmentCounts(data, { k: 3 } as object)).toThrow('knows no option "k"');
    expect(() => compareSegmentCounts({ x: ['a'] })).toThrow('at least one column of numbers');
  });
});

function evenly(seed: number, width: number, draw: (random: ReturnType<typeof createRandom>) => number): Record<string, number[]> {
  const random = createRandom(seed);
  return columnsOf(Float64Array.from({ length: 120 * width }, () => draw(random)), width);
}

describe('recommendSegments', () => {
  const row = (segments: number, rest: Partial<SegmentCountRow> = {}): SegmentCountRow => ({
    segments, inertia: 1, silhouette: null, simplifiedSilhouette: null, calinskiHarabasz: null, daviesBouldin: null, gap: null, gapStandardError: null, evidence: null, bic: null, icl: null,
    stability: null, worstStability: null, smallestShare: 0.1, ...rest,
  });

  it('takes the most votes, of equals the smaller, and never an unstable number', () => {
    const table = [row(1), row(2, { silhouette: 0.5, calinskiHarabasz: 9, daviesBouldin: 2 }), row(3, { silhouette: 0.4, calinskiHarabasz: 10, daviesBouldin: 1 }), row(4, { silhouette: 0.3, calinskiHarabasz: 1, daviesBouldin: 3 })];
    expect(recommendSegments(table, CRITERIA, 0).recommendation).toEqual({
      segments: 3, agreement: 2 / 3, disagreement: true, reason: '3 segments by Calinski-Harabasz, Davies-Bouldin; it would be 2 by the silhouette',
    });
    expect(recommendSegments(table, ['silhouette', 'calinskiHarabasz'], 0).recommendation.segments).toBe(2);
    const shaky = table.map((one) => ({ ...one, worstStability: one.segments === 3 ? 0.59 : 0.61 }));
    expect(recommendSegments(shaky, CRITERIA, 0).recommendation).toMatchObject({ segments: 2, agreement: 1 / 3 });
  });

  it('says why when every named number is unstable, and when no number is stable', () => {
    const table = [row(2, { worstStability: 0.7 }), row(3, { silhouette: 1, worstStability: 0.1 })];
    expect(recommendSegments(table, CRITERIA, 0).recommendation.reason).toMatch(/^2 is the smallest number whose segments are large and stable enough; it would be 3 by the silhouette/);
    expect(recommendSegments([row(2, { worstStability: 0.5 })], CRITERIA, 0)).toMatchObject({ structure: { found: false }, recommendation: { segments: 1, reason: expect.stringContaining('no structure: with every number') as string } });
  });

  it('asks the gap from two segments on when there is structure: of evenly spaced segments that of two is below that of one', () => {
    const gaps = [-0.7, -0.8, 3.9, 3.5].map((gap, i) => row(i + 1, { gap, gapStandardError: 0.3, evidence: i === 0 ? null : 14 * i }));
    expect(recommendSegments(gaps, CRITERIA, 0).votes).toEqual({ gap: 3 });
    expect(recommendSegments(gaps.map((one) => ({ ...one, evidence: one.evidence && 1 })), CRITERIA, 0)).toMatchObject({ votes: { gap: 1 }, structure: { found: false, evidence: 1 }, recommendation: { segments: 1, agreement: 1 } });
  });

  it('lets the information criterion decide whether there is structure where there is no reference', () => {
    const table = [row(1, { bic: 5, icl: 5 }), row(2, { bic: 6, icl: 4 })];
    expect(recommendSegments(table, CRITERIA, 0)).toMatchObject({ votes: { bic: 1, icl: 2 }, structure: { found: false, evidence: null }, recommendation: { segments: 1, agreement: 0.5 } });
    expect(recommendSegments([table[0]!, { ...table[1]!, evidence: 9 }], CRITERIA, 0).recommendation.segments).toBe(2);
  });
});

describe('chooseSegmentCount', () => {
  it('compares any method by its rows alone, with its criteria of information; rows of no segment count for none', () => {
    const points = Float64Array.of(0, 1, 2, 10, 11, 12, 90);
    const fitRows = (rows: Int32Array, segments: number): { labels: Int32Array; bic: number } => ({ labels: rows.map((r) => (segments === 1 ? 0 : r > 5 ? -1 : r > 2 ? 1 : 0)), bic: -segments });
    const plan = { counts: [2, 3], seed: 1, references: 20, bootstraps: 5, minShare: 0, criteria: CRITERIA };
    const { table, votes, recommendation } = chooseSegmentCount({ points, width: 1, fitRows }, plan);
    // It never gives three segments: that row is left out.
    expect(table.map(({ segments, bic, gap }) => [segments, bic, gap])).toEqual([[1, -1, null], [2, -2, null]]);
    expect(table[1]!.smallestShare).toBe(3 / 7);
    expect(table[1]!.inertia).toBeCloseTo(4, 12);
    expect(votes.bic).toBe(2);
    expect(recommendation.segments).toBe(2);
  });
});
