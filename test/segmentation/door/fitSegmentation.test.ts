import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom } from '../../../src/numeric/random.js';
import { fitSegmentation } from '../../../src/segmentation/door/fitSegmentation.js';
import { adjustedRandIndex } from '../../../src/segmentation/quality/adjustedRandIndex.js';
import type { SegmentationMethod } from '../../../src/segmentation/door/segmentationState.js';

/** Three kinds of customer, far apart in what they do; spend is skewed, as money is. */
function planted(perKind: number, seed = 1): { readonly rows: { id: string; visits: number; spend: number; channel: string; region: string }[]; readonly kinds: number[] } {
  const random = createRandom(seed);
  const rows: { id: string; visits: number; spend: number; channel: string; region: string }[] = [];
  const kinds: number[] = [];
  for (let i = 0; i < 3 * perKind; i++) {
    const kind = i % 3;
    rows.push({
      id: `c${i}`,
      visits: [5, 20, 40][kind]! + random.normal(),
      spend: [2000, 100, 100][kind]! * Math.exp(0.5 * random.normal()),
      channel: random.uniform() < [0.95, 0.05, 0.05][kind]! ? 'web' : random.uniform() < [0, 0, 0.95][kind]! ? 'phone' : 'shop',
      region: ['n', 's'][random.integer(2)]!,
    });
    kinds.push(kind);
  }
  return { rows, kinds };
}

const { rows, kinds } = planted(60);
const numbers = ['visits', 'spend'] as const;

describe('fitSegmentation', () => {
  it('finds how many segments there are, which, and what to call them, and says what it decided', () => {
    const found = fitSegmentation(rows, { features: numbers, value: 'spend', customer: 'id' });
    expect(found.method).toBe('kMeans');
    expect(found.segmentCount).toBe(3);
    expect(adjustedRandIndex(found.labels, kinds)).toBe(1);
    // The middle kind visits as often as the average customer: it is named by the band its visits fill.
    expect(found.segments.map(({ name }) => name).sort()).toEqual(['high spend, low visits', 'high visits, low spend', expect.stringMatching(/^visits \d.*, low spend$/)]);
    expect(found.segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(found.segments.reduce((sum, { valueShare }) => sum + valueShare!, 0)).toBeCloseTo(1, 12);
    expect(found.notes[0]).toBe('by the logarithm, being skewed or as asked: spend');
    expect(found.notes[1]).toBe(found.comparison!.recommendation.reason);
    expect(found.description!.segments[0]!.typical[0]!.customer).toMatch(/^c\d+$/);
    expect(found.description!.features.map(({ feature }) => feature)).toContain('channel');
  });

  it.each(['kMeans', 'gaussianMixture', 'kMedoids', 'kPrototypes', 'hierarchical', 'hdbscan'] as const)('finds the same groups by %s', (method) => {
    const found = fitSegmentation(rows, { method, features: numbers, ...(method !== 'hdbscan' && { segments: 3 }) });
    expect(found.method).toBe(method);
    expect(adjustedRandIndex(found.labels, kinds)).toBeGreaterThan(method === 'hdbscan' ? 0.9 : 0.999);
    expect(Array.from(found.assign(rows))).toEqual(Array.from(found.labels));
  });

  it('takes k-prototypes for numbers with categories, and latent classes for categories alone', () => {
    const mixed = fitSegmentation(rows, { features: ['visits', 'spend', 'channel'], segments: 3 });
    expect(mixed.method).toBe('kPrototypes');
    expect(adjustedRandIndex(mixed.labels, kinds)).toBeGreaterThan(0.95);
    expect(fitSegmentation(rows, { features: ['channel', 'region'], segments: 2 }).method).toBe('latentClass');
  });

  it.each(['gaussianMixture', 'kPrototypes', 'kMedoids'] as const)('recommends how many for %s too', (method) => {
    const found = fitSegmentation(planted(25).rows, { method, features: numbers, segments: [2, 4] });
    expect(found.comparison!.table.map(({ segments }) => segments)).toEqual([1, 2, 3, 4]);
    expect(found.segmentCount).toBe(3);
  });

  it('says that there is no structure where there is none, and cuts it all the same when asked to', () => {
    const random = createRandom(4);
    const cloud = Array.from({ length: 300 }, () => ({ x: random.normal(), y: random.normal() }));
    const found = fitSegmentation(cloud);
    expect(found.segmentCount).toBe(1);
    expect(found.segments[0]).toMatchObject({ name: 'all customers', customers: 300 });
    expect(found.notes.join()).toContain('no structure');
    expect(fitSegmentation(cloud, { segments: 4 }).segmentCount).toBe(4);
  });

  it('takes rows, columns and a frame alike, in any order of the rows', () => {
    const found = fitSegmentation(rows, { features: numbers, segments: 3 });
    const columns = { visits: rows.map(({ visits }) => visits), spend: Float64Array.from(rows, ({ spend }) => spend) };
    expect(JSON.stringify(fitSegmentation(columns, { segments: 3 }))).toBe(JSON.stringify(found));
    expect(JSON.stringify(fitSegmentation(Frame.fromRows(rows), { features: numbers, segments: 3 }))).toBe(JSON.stringify(found));
    const turned = fitSegmentation([...rows].reverse(), { features: numbers, segments: 3 });
    expect(Array.from(turned.labels).reverse()).toEqual(Array.from(found.labels));
  });

  it('keeps numbers and names of an earlier segmentation where its segments are found again', () => {
    const before = fitSegmentation(rows, { features: numbers, segments: 3, names: ['regulars', 'big tickets', 'guests'] });
    // Half of the largest segments have left: by size the numbers would be others.
    const later = rows.filter((_, i) => kinds[i] !== before.labels.indexOf(0) % 3 || i % 2 === 0);
    const after = fitSegmentation(later, { features: numbers, segments: 3, previous: before });
    expect(after.segments.map(({ name }) => name)).toEqual(['regulars', 'big tickets', 'guests']);
    expect(Array.from(after.assign(rows))).toEqual(Array.from(before.labels));
    expect(Array.from(after.labels)).toEqual(Array.from(before.assign(later)));
    expect(after.notes.at(-1)).toBe('100 % of the customers are where the earlier segmentation has them');
  });

  it('says which earlier segment was not found again, and names new ones by what marks them', () => {
    const before = fitSegmentation(rows, { features: numbers, segments: 3, names: ['a', 'b', 'c'] });
    const gone = before.labels[0]!;
    const later = rows.filter((_, i) => before.labels[i] !== gone);
    const fewer = fitSegmentation(later, { features: numbers, segments: 2, previous: before });
    expect(fewer.notes.at(-1)).toBe(`not found again: ${['a', 'b', 'c'][gone]!}`);
    const more = fitSegmentation(rows, { features: numbers, segments: 4, previous: before });
    const names = more.segments.map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
    expect(names.filter((name) => ['a', 'b', 'c'].includes(name))).toHaveLength(3);
  });

  it('places every row whatever is missing', () => {
    const gaps = rows.map((row, i) => ({ ...row, visits: i % 9 === 0 ? null : row.visits, spend: i % 11 === 0 ? null : row.spend }));
    const found = fitSegmentation(gaps, { features: numbers, segments: 3 });
    const complete = gaps.flatMap(({ visits, spend }, i) => (visits === null || spend === null ? [] : [i]));
    expect(adjustedRandIndex(complete.map((i) => found.labels[i]!), complete.map((i) => kinds[i]!))).toBe(1);
  });

  it('takes one row, equal rows, and values of 1e9', () => {
    expect(fitSegmentation([{ a: 3, b: 1 }], { features: ['a', 'b'] }).segmentCount).toBe(1);
    expect(fitSegmentation(Array.from({ length: 9 }, () => ({ a: 3 })), { features: ['a'], segments: 2 }).segmentCount).toBe(1);
    const far = fitSegmentation(rows.map(({ visits }) => ({ visits: 1e9 + visits })), { segments: 3 });
    expect(adjustedRandIndex(far.labels, kinds)).toBe(1);
  });

  it('stops comparing when told to', () => {
    let calls = 0;
    const found = fitSegmentation(rows, { features: numbers, onProgress: () => ++calls < 3 });
    expect(found.comparison!.stopped).toBe(true);
    expect(calls).toBe(3);
  });

  it('says what is wrong', () => {
    expect(() => fitSegmentation([])).toThrow('fitSegmentation needs at least one row, found none');
    expect(() => fitSegmentation(rows, { segments: [3, 2] })).toThrow('fitSegmentation needs segments as a number or as a range such as [2, 8], found [3, 2]');
    expect(() => fitSegmentation(rows, { segments: 0 })).toThrow('segments as a whole number of at least 1, found 0');
    expect(() => fitSegmentation(rows, { method: 'kmeans' as SegmentationMethod })).toThrow('needs method as one of auto, kMeans');
    expect(() => fitSegmentation(rows, { method: 'kMeans', features: ['channel'] })).toThrow('column "channel" of kind category');
    expect(() => fitSegmentation([{ x: 1 }, { x: Infinity }, { x: 2 }])).toThrow('column "x", row 1');
  });
});
