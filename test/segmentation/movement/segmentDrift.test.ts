import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Frame } from '../../../src/data/frame.js';
import { createRandom, type Random } from '../../../src/numeric/random.js';
import { compareCounts } from '../../../src/numeric/compareCounts.js';
import { fitKMeans } from '../../../src/segmentation/kmeans/fitKMeans.js';
import type { SegmentDriftOptions } from '../../../src/segmentation/movement/driftReport.js';
import { segmentDrift } from '../../../src/segmentation/movement/segmentDrift.js';
import type { SegmentAssignment } from '../../../src/segmentation/space/segmentAssignment.js';
import { errorCode } from '../../errorCode.js';

/** Two segments on a line, around 0 and 10, each of radius 3. */
const model: NonNullable<SegmentDriftOptions['model']> = {
  features: ['x'],
  segmentCount: 2,
  assign: (data) => Int32Array.from((data as { x: ArrayLike<number> }).x, (x) => Number(x > 5)),
  assignRow: (row) => {
    const { x } = row as { x: number };
    const distance = Math.abs(x - (x > 5 ? 10 : 0));
    return { segment: Number(x > 5), second: Number(x <= 5), distance, margin: 1, confidence: 1, outlier: distance > 3, drivers: [], missing: [] } satisfies SegmentAssignment;
  },
};
const points = (random: Random, count: number, share = 0.5, shift = 0): { x: number[] } => ({ x: Array.from({ length: count }, () => (random.uniform() < share ? 10 : 0) + random.normal() + shift) });

describe('segmentDrift', () => {
  it('by hand: half and half becoming three quarters and one has PSI 0.25 ln 1.5 + 0.25 ln 2', () => {
    const plans = (gold: number, free: number): { plan: string[] } => ({ plan: [...new Array<string>(gold).fill('gold'), ...new Array<string>(free).fill('free')] });
    const { features: [plan], refit, reason } = segmentDrift(plans(100, 100), plans(150, 50));
    expect(plan!.psi).toBeCloseTo(0.25 * Math.log(1.5) + 0.25 * Math.log(2), 12);
    expect(plan!.expectedPsi).toBeCloseTo(2 / 200, 12);
    expect(plan!.bins).toEqual([
      { bin: 'gold', baseline: 0.5, current: 0.75 },
      { bin: 'free', baseline: 0.5, current: 0.25 },
    ]);
    expect(plan!.level).toBe('large');
    expect([refit, reason]).toEqual([true, 'refit: plan (PSI 0.27) drifted far']);
  });

  it('the same rows have not drifted, whatever their order', () => {
    const rows = { a: Array.from({ length: 300 }, (_, i) => i % 77), b: Array.from({ length: 300 }, (_, i) => ['x', 'y', null][i % 3]), c: Array.from({ length: 300 }, (_, i) => i % 2 === 0) };
    const reversed = Object.fromEntries(Object.entries(rows).map(([name, cells]) => [name, [...cells].reverse()]));
    const found = segmentDrift(rows, reversed);
    expect(found.features.map(({ feature, psi, p }) => [feature, psi, p])).toEqual([['a', 0, 1], ['b', 0, 1], ['c', 0, 1]]);
    expect(found).toMatchObject({ refit: false, reason: 'no evidence of drift', mix: null, outlierShare: null, meanDistance: null });
  });

  it('reads rows, columns and frames alike', () => {
    const columns = { a: Array.from({ length: 90 }, (_, i) => i * 0.5), b: Array.from({ length: 90 }, (_, i) => 'pq'[i % 2]!) };
    const rows = columns.a.map((a, i) => ({ a, b: columns.b[i]! }));
    const later = rows.map(({ a, b }) => ({ a: a + 9, b }));
    const expected = segmentDrift(columns, later);
    expect(segmentDrift(rows, later)).toEqual(expected);
    expect(segmentDrift(Frame.fromRows(rows), Frame.fromRows(later))).toEqual(expected);
    expect(JSON.parse(JSON.stringify(expected))).toEqual(expected);
  });

  it('sees missing values appear, unseen levels, another constant, and a point mass at the largest value', () => {
    const level = (a: readonly unknown[], b: readonly unknown[]): string => segmentDrift({ v: a }, { v: b }).features[0]!.level;
    const numbers = Array.from({ length: 200 }, (_, i) => i);
    expect(level(numbers, numbers.map((x) => (x % 2 === 0 ? x : null)))).toBe('large');
    expect(level(numbers.map((x) => 'ab'[x % 2]), numbers.map((x) => 'ac'[x % 2]))).toBe('large');
    expect(level(numbers.map(() => 5), numbers.map(() => 7))).toBe('large');
    expect(level(numbers.map(() => 0), numbers.map(() => -1))).toBe('large');
    expect(level(numbers.map(() => 5), numbers.map(() => 5))).toBe('none');
    expect(level(numbers.map((x) => (x < 10 ? 0 : 1)), numbers.map((x) => (x < 150 ? 0 : 1)))).toBe('large');
    expect(level(numbers.map(() => null), numbers)).toBe('large');
    expect(level(numbers.map(() => null), numbers.map(() => null))).toBe('none');
  });

  it('does not call identifiers that nobody declared: levels rarer than 10 are one', () => {
    const ids = (from: number): { id: string[] } => ({ id: Array.from({ length: 500 }, (_, i) => `c${from + i}`) });
    expect(segmentDrift(ids(0), ids(1000))).toMatchObject({ refit: false, features: [{ psi: 0, level: 'none' }] });
  });

  it('leaves dates and identifiers out unless asked, and then refuses them', () => {
    const frame = Frame.fromRows([{ id: 1, day: new Date(0), x: 1 }, { id: 2, day: new Date(1), x: 2 }], { id: 'id' });
    expect(segmentDrift(frame, frame).features.map(({ feature }) => feature)).toEqual(['x']);
    expect(errorCode(() => segmentDrift(frame, frame, { features: ['day'] }))).toBe('COLUMN_KIND');
  });

  it('tells a changed mix from customers who fit no segment', () => {
    const random = createRandom(4);
    const mixed = segmentDrift(points(random, 800), points(random, 800, 0.9), { model });
    expect(mixed.mix!.segments.map(({ segment }) => segment)).toEqual([0, 1]);
    expect(mixed.mix!.level).toBe('large');
    expect(mixed.outlierShare!.current).toBeLessThan(0.02);
    expect(mixed.reason).toMatch(/^refit: x \(PSI [\d.]+\), the mix of the segments \(PSI [\d.]+\) drifted far$/);
    const moved = segmentDrift(points(random, 800), points(random, 800, 0.5, -2.2), { model, features: [] });
    expect(moved.mix!.level).toBe('none');
    expect(moved.meanDistance!.current).toBeGreaterThan(2 * moved.meanDistance!.baseline);
    expect(moved).toMatchObject({ refit: true, features: [] });
    expect(moved.reason).toMatch(/^refit: \d+\.\d % of the rows lie far from every segment$/);
  });

  it('works with a model that was learnt: quiet on rows of the same kind, loud when a third group has come', () => {
    const random = createRandom(21);
    const table = (count: number, strangers = 0): { a: number[]; b: number[] } => {
      const groups = Array.from({ length: count }, (_, i) => (i < strangers ? 2 : random.integer(2)));
      return { a: groups.map((g) => 6 * g + random.normal()), b: groups.map((g) => (g === 2 ? -20 : 0) + random.normal()) };
    };
    const learnt = table(400);
    const kMeans = fitKMeans(learnt, { segments: 2 });
    let calls = 0;
    for (let run = 0; run < 40; run++) if (segmentDrift(learnt, table(300), { model: kMeans }).refit) calls++;
    expect(calls).toBeLessThanOrEqual(2);
    const found = segmentDrift(learnt, table(300, 60), { model: kMeans });
    expect(found.refit).toBe(true);
    expect(found.outlierShare!.current).toBeGreaterThan(0.15);
    expect(found.reason).toMatch(/of the rows lie far from every segment/);
  });

  it('counts customers without a segment as a segment of their own', () => {
    const noisy = { ...model, assign: (data: unknown) => Int32Array.from((data as { x: number[] }).x, (x) => (x > 20 ? -1 : Number(x > 5))) };
    const { mix } = segmentDrift({ x: [0, 1, 10, 11] }, { x: [0, 10, 30, 31] }, { model: noisy });
    expect(mix!.segments).toEqual([{ segment: 0, baseline: 0.5, current: 0.25 }, { segment: 1, baseline: 0.5, current: 0.25 }, { segment: -1, baseline: 0, current: 0.5 }]);
  });

  it('refits on samples from one distribution in at most 5 of 100 cases, and small tables are not over-read', () => {
    const random = createRandom(8);
    const kinds = ['a', 'b', 'c', 'd'];
    for (const [n, m] of [[60, 40], [400, 300]] as const) {
      let [calls, drifts, textbook] = [0, 0, 0];
      const table = (count: number): { x: number[]; y: number[]; visits: number[]; kind: string[] } => ({
        ...points(random, count),
        y: Array.from({ length: count }, () => Math.exp(random.normal())),
        visits: Array.from({ length: count }, () => Math.floor(-3 * Math.log(1 - random.uniform()))),
        kind: Array.from({ length: count }, () => kinds[random.integer(4)]!),
      });
      const runs = 300;
      for (let run = 0; run < runs; run++) {
        const found = segmentDrift(table(n), table(m), { model, features: ['x', 'y', 'visits', 'kind'] as never });
        if (found.refit) calls++;
        if (found.features.some(({ level }) => level !== 'none')) drifts++;
        if (found.features.some(({ psi }) => psi >= 0.25)) textbook++;
      }
      expect(calls / runs).toBeLessThanOrEqual(0.05);
      expect(drifts / runs).toBeLessThanOrEqual(0.06);
      // The rule of thumb without a test calls nearly every small table.
      if (n === 60) expect(textbook / runs).toBeGreaterThan(0.5);
    }
  });

  it('finds a shift of one standard deviation in every one of 30 samples of 200', () => {
    const random = createRandom(9);
    for (let run = 0; run < 30; run++) {
      const sample = (shift: number): { y: number[] } => ({ y: Array.from({ length: 200 }, () => random.normal() + shift) });
      expect(segmentDrift(sample(0), sample(1)).refit).toBe(true);
    }
  });

  it('refuses what cannot be', () => {
    const table = { x: [1, 2, 3] };
    expect(errorCode(() => segmentDrift([], table))).toBe('EMPTY_INPUT');
    expect(errorCode(() => segmentDrift(table, { x: [] }))).toBe('EMPTY_INPUT');
    expect(errorCode(() => segmentDrift(table, { y: [1] }))).toBe('UNKNOWN_COLUMN');
    expect(errorCode(() => segmentDrift(table, { x: [1, Infinity] }))).toBe('NON_FINITE_VALUE');
    expect(errorCode(() => segmentDrift(table, { x: ['a lot'] }))).toBe('INVALID_VALUE');
    for (const options of [{ bins: 1 }, { falseAlarmRate: 1 }, { sampleSize: 0 }, { modell: model }]) expect(errorCode(() => segmentDrift(table, table, options as object))).toBe('INVALID_OPTION');
  });
});

describe('compareCounts', () => {
  const counts = fc.integer({ min: 1, max: 8 }).chain((bins) => fc.tuple(...[0, 1].map(() => fc.array(fc.integer({ min: 0, max: 30 }), { minLength: bins, maxLength: bins }))));

  it('PSI is not negative, 0 for equal shares, the same both ways; p is a probability', () => {
    fc.assert(
      fc.property(counts, ([a, b]) => {
        const [x, y] = [Float64Array.from(a!), Float64Array.from(b!)];
        if (x.every((count) => count === 0) || y.every((count) => count === 0)) return;
        const { psi, p } = compareCounts(x, y);
        expect(psi).toBeGreaterThanOrEqual(0);
        expect(psi).toBeCloseTo(compareCounts(y, x).psi, 12);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(compareCounts(x, x)).toMatchObject({ psi: 0, p: 1 });
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('gives the chi-square of scipy 1.17 (contingency, no correction) and the stated rule for empty bins', () => {
    expect(compareCounts(Float64Array.of(20, 30, 50), Float64Array.of(30, 30, 20)).p).toBeCloseTo(0.001667502015585043, 10);
    const { psi } = compareCounts(Float64Array.of(10, 0), Float64Array.of(5, 5));
    const [p, q] = [10.5 / 11, 5.5 / 11];
    expect(psi).toBeCloseTo((q - p) * Math.log(q / p) + (p - q) * Math.log((1 - q) / (1 - p)), 12);
  });
});
