import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { checkRfmSegments } from '../../../src/segmentation/rfm/checkRfmSegments.js';
import { codes11HibernatingSegments } from '../../../src/segmentation/rfm/codes11HibernatingSegments.js';
import { codes11Segments } from '../../../src/segmentation/rfm/codes11Segments.js';
import { decileSegments } from '../../../src/segmentation/rfm/decileSegments.js';
import { fm11Segments } from '../../../src/segmentation/rfm/fm11Segments.js';
import { pymc5Segments } from '../../../src/segmentation/rfm/pymc5Segments.js';
import { pyRfm10Segments } from '../../../src/segmentation/rfm/pyRfm10Segments.js';
import { rf10Segments } from '../../../src/segmentation/rfm/rf10Segments.js';
import { rfm } from '../../../src/segmentation/rfm/rfm.js';
import { rRfm10Segments } from '../../../src/segmentation/rfm/rRfm10Segments.js';
import { errorCode as codeOf } from '../../errorCode.js';

const sizesOf = (map: Parameters<typeof checkRfmSegments>[0], bins = 5): number[] => checkRfmSegments(map, { bins }).sizes.map(({ cells }) => cells);
const coverageOf = (map: Parameters<typeof checkRfmSegments>[0], bins = 5): unknown => {
  const { cells, covered, gaps, overlaps } = checkRfmSegments(map, { bins });
  return [cells, covered, gaps.length, overlaps.length];
};

describe('the segment maps in common use', () => {
  it.each([
    ['rf10', rf10Segments, 5, [25, 25, 0, 0]],
    ['codes11', codes11Segments, 5, [125, 125, 0, 0]],
    ['codes11, hibernating', codes11HibernatingSegments, 5, [125, 125, 0, 0]],
    ['fm11', fm11Segments, 5, [125, 125, 0, 0]],
    ['pymc5', pymc5Segments, 4, [64, 46, 18, 0]],
    ['deciles', decileSegments, 10, [1000, 1000, 0, 0]],
  ])('%s takes each of its cells once', (_, map, bins, expected) => {
    expect(coverageOf(map, bins)).toEqual(expected);
  });

  it('those where the first match wins leave 10 cells of rRfm10 and none of pyRfm10', () => {
    expect(coverageOf(rRfm10Segments)).toEqual([125, 115, 10, expect.any(Number)]);
    expect(coverageOf(pyRfm10Segments)).toEqual([125, 125, 0, expect.any(Number)]);
    expect(checkRfmSegments(rRfm10Segments).overlaps[0]).toEqual({ cell: '124', segments: ['at risk', 'lost'] });
  });

  it('segments have as many cells as the sources say', () => {
    expect(sizesOf(rf10Segments).sort((a, b) => a - b)).toEqual([4, 4, 2, 2, 1, 4, 1, 1, 4, 2].sort((a, b) => a - b));
    expect(sizesOf(codes11Segments)).toEqual([7, 8, 24, 7, 16, 8, 8, 22, 8, 11, 6]);
    expect(sizesOf(codes11HibernatingSegments)).toEqual([7, 8, 24, 7, 16, 8, 5, 22, 8, 14, 6]);
    expect(sizesOf(pymc5Segments, 4)).toEqual([8, 7, 13, 11, 7]);
    expect(sizesOf(decileSegments, 10)).toEqual(new Array(10).fill(100));
  });

  it('fm11 goes by FM = (F + M) / 2 rounded up', () => {
    const byGrid = new Map<string, Set<string>>();
    for (const { name, cells } of fm11Segments) {
      for (const cell of cells!) {
        const [r, f, m] = [...cell].map(Number) as [number, number, number];
        const key = `${r}${Math.ceil((f + m) / 2)}`;
        byGrid.set(key, (byGrid.get(key) ?? new Set()).add(name));
      }
    }
    expect(byGrid.size).toBe(25);
    expect([...byGrid.values()].every((names) => names.size === 1)).toBe(true);
    expect(['55', '54', '45', '52', '51', '21', '15', '12', '11'].map((key) => [...byGrid.get(key)!][0])).toEqual([
      'champions', 'champions', 'champions', 'potential loyalists', 'recent', 'about to sleep', 'cannot lose', 'hibernating', 'lost',
    ]);
  });
});

describe('checkRfmSegments', () => {
  it('tells gaps, overlaps, and a rule that others always precede', () => {
    const map = [{ name: 'fresh', recency: [2, 3] }, { name: 'often', frequency: [3, 3] }, { name: 'best', recency: [3, 3], frequency: [3, 3] }] as const;
    expect(checkRfmSegments(map, { bins: 3 })).toEqual({
      cells: 9, covered: 7, gaps: ['11', '12'],
      overlaps: [{ cell: '23', segments: ['fresh', 'often'] }, { cell: '33', segments: ['fresh', 'often', 'best'] }],
      sizes: [{ name: 'fresh', cells: 6 }, { name: 'often', cells: 1 }, { name: 'best', cells: 0 }],
    });
  });

  it('writes the cells of 10 bins with hyphens, as rules do', () => {
    const map = [{ name: 'a', cells: ['10-1-10', '1-10-1'] }, { name: 'b', recency: [2, 10] }] as const;
    const { gaps, overlaps, covered } = checkRfmSegments(map, { bins: 10 });
    expect(covered).toBe(901);
    expect(overlaps).toEqual([{ cell: '10-1-10', segments: ['a', 'b'] }]);
    expect(gaps.slice(0, 2)).toEqual(['1-1-1', '1-1-2']);
    const log = EventLog.fromRows([{ id: 1, at: 0, paid: 5 }, { id: 2, at: 1, paid: 1 }], { customer: 'id', time: 'at', amount: 'paid' });
    const cuts = { recency: [1, 2, 3, 4, 5, 6, 7, 8, 9], frequency: [1, 2, 3, 4, 5, 6, 7, 8, 9], monetary: [1, 1, 1, 1, 1, 1, 1, 1, 1] };
    const { segment, monetaryScore } = rfm(log, { asOf: 1000, bins: 10, cuts, segments: map });
    expect([[...monetaryScore], [...segment]]).toEqual([[10, 1], [0, 1]]);
  });

  it.each([
    [[{ name: 'a', cells: ['1-1-1'] }], {}, 'checkRfmSegments needs segments as rules of distinct names, scores from 1 to 5 and cells such as "515"'],
    [[{ name: 'a', cells: ['111'] }], { bins: 10 }, 'scores from 1 to 10 and cells such as "10-1-10", found {"name":"a","cells":["111"]}'],
    [[{ name: 'a', cells: ['10-11-1'] }], { bins: 10 }, 'cells such as'],
    [rf10Segments, { bins: 4 }, 'checkRfmSegments needs segments as rules of distinct names, scores from 1 to 4'],
    [rf10Segments, { bins: 1 }, 'checkRfmSegments needs bins as one of 2, 3'],
    [rf10Segments, { bin: 5 }, 'knows no option "bin"'],
  ])('refuses %j with %j', (segments, options, message) => {
    const run = (): unknown => checkRfmSegments(segments as never, options as never);
    expect(run).toThrow(message);
    expect(codeOf(run)).toBe('INVALID_OPTION');
  });
});
