import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom } from '../../../src/numeric/random.js';
import { fitSegmentation } from '../../../src/segmentation/door/fitSegmentation.js';
import { Segmentation } from '../../../src/segmentation/door/segmentation.js';
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

  it('says so too of columns of all kinds that have nothing to do with each other, and not of those that have', () => {
    let wrong = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const random = createRandom(seed);
      const row = (kind: number | null) => ({ age: (kind === null ? 40 : 25 + 20 * kind) + 8 * random.normal(), calls: random.integer(5), plan: ['a', 'b', 'c'][kind === null || random.uniform() < 0.3 ? random.integer(3) : kind]! });
      const apart = fitSegmentation(Array.from({ length: 150 }, () => row(null)), { segments: [2, 4] });
      const together = fitSegmentation(Array.from({ length: 150 }, () => row(random.integer(3))), { segments: [2, 4] });
      if (apart.segmentCount > 1 || together.segmentCount === 1) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it('holds sizes by k-means where its own segments break the limits, and says what that costs', () => {
    const sized = [...rows, ...rows.filter((_, i) => kinds[i] === 0), ...rows.filter((_, i) => kinds[i] === 0)];
    const free = fitSegmentation(sized, { features: numbers, segments: 3 });
    expect(free.segments.map(({ customers }) => customers)).toEqual([180, 60, 60]);
    expect(JSON.stringify(fitSegmentation(sized, { features: numbers, segments: 3, minShare: 0.2, maxShare: 0.6 }))).toBe(JSON.stringify(free));
    const held = fitSegmentation(sized, { features: numbers, segments: 3, minShare: 0.25, maxShare: 0.5 });
    expect(held.segments.map(({ customers }) => customers)).toEqual([150, 75, 75]);
    expect(held.notes).toContainEqual(expect.stringMatching(/^sizes are held at 25 % to 50 % of the customers: squared distances within segments are \d.* % larger for it$/));
    expect(Array.from(Segmentation.fromJSON(JSON.parse(JSON.stringify(held))).assign(sized))).toEqual(Array.from(held.assign(sized)));
    expect(fitSegmentation(sized, { features: numbers, maxShare: 0.3, segments: [2, 5] }).comparison!.table.map(({ segments }) => segments)).toEqual([1, 4, 5]);
  });

  it('says where other methods, or no structure, break the limits', () => {
    const medoids = fitSegmentation(rows.slice(0, 60).concat(rows.filter((_, i) => i % 3 === 0)), { method: 'kMedoids', features: numbers, segments: 3, maxShare: 0.5 });
    expect(medoids.notes.at(-1)).toMatch(/^segments have 16.7 % to 66.7 %, not 0 % to 50 % of the customers: method kMeans can hold sizes$/);
    expect(fitSegmentation([{ a: 3 }, { a: 3 }], { features: ['a'], maxShare: 0.5 }).notes.at(-1)).toBe('segments have 100 % to 100 %, not 0 % to 50 % of the customers');
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

  it('starts anew where nobody has a segment in both, and leaves names over that no segment needs', () => {
    const few = [{ a: 1 }, { a: 2 }, { a: 50 }];
    const none = fitSegmentation(few, { method: 'hdbscan' });
    expect([none.segmentCount, none.assignRow({ a: 1 }).name]).toEqual([0, null]);
    const found = fitSegmentation(few, { segments: 2, previous: none, names: ['x', 'y', 'z'] });
    expect(found.notes).toContain('no customer has a segment in the earlier segmentation and in this one');
    expect(found.segments.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(fitSegmentation(few, { method: 'hdbscan', previous: found }).segments).toEqual([]);
  });

  it('places every row whatever is missing', () => {
    const gaps = rows.map((row, i) => ({ ...row, visits: i % 9 === 0 ? null : row.visits, spend: i % 11 === 0 ? null : row.spend }));
    const found = fitSegmentation(gaps, { features: numbers, segments: 3 });
    const complete = gaps.flatMap(({ visits, spend }, i) => (visits === null || spend === null ? [] : [i]));
    expect(adjustedRandIndex(complete.map((i) => found.labels[i]!), complete.map((i) => kinds[i]!))).toBe(1);
  });

  it('takes one row, equal rows, and values of 1e9', () => {
    expect(fitSegmentation([{ a: 3, b: 1 }], { features: ['a', 'b'] }).segmentCount).toBe(1);
    expect(fitSegmentation([{ a: 3, b: 'x' }]).segments.map(({ name }) => name)).toEqual(['all customers']);
    expect(fitSegmentation([{ a: 3, b: null }, { a: 3, b: null }])).toMatchObject({ segmentCount: 1, features: ['a'] });
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
    expect(() => fitSegmentation(rows, { segments: 'three' as unknown as number })).toThrow('segments as a number or as a range such as [2, 8], found "three"');
    expect(() => fitSegmentation(rows, { segments: [2, 3], maxShare: 0.2 })).toThrow('as a range such as [2, 8], of which 5 or more can have shares of at most 0.2, found [2, 3]');
    expect(() => fitSegmentation(rows, { features: 'visits' as unknown as ['visits'] })).toThrow('fitSegmentation needs features as an array of names, found "visits"');
    expect(() => fitSegmentation(rows, { customer: 'name' as 'id' })).toThrow('fitSegmentation found no column "name"');
    expect(() => fitSegmentation(rows, { value: 'channel' })).toThrow('fitSegmentation reads column "channel" as numbers');
    expect(() => fitSegmentation(rows, { segments: 2, previous: {} as Segmentation })).toThrow('needs previous as a Segmentation, found an object; read a stored one by Segmentation.fromJSON');
    expect(() => fitSegmentation(rows, { minShare: 5 })).toThrow('fitSegmentation needs minShare as a share from 0 to 1, found 5');
    expect(() => fitSegmentation(rows, { segments: 0 })).toThrow('segments as a whole number of at least 1, found 0');
    expect(() => fitSegmentation(rows, { method: 'kmeans' as SegmentationMethod })).toThrow('needs method as one of auto, kMeans');
    expect(() => fitSegmentation(rows, { method: 'kMeans', features: ['channel'] })).toThrow('column "channel" of kind category');
    expect(() => fitSegmentation([{ x: 1 }, { x: Infinity }, { x: 2 }])).toThrow('column "x", row 1');
  });
});
