import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutInTime } from '../../src/data/timeCut.js';

describe('cutInTime', () => {
  const times = Float64Array.of(5, 1, 3, 3, 2, 4, 3);

  it('keeps rows of one moment on one side, back to the first of them', () => {
    expect(cutInTime(times, { testShare: 0.5 }, undefined)).toEqual({ train: Uint32Array.of(1, 4), test: Uint32Array.of(0, 2, 3, 5, 6), testFrom: 3, purged: 0 });
    expect(cutInTime(times, { testShare: 0.2 }, undefined).testFrom).toBe(4);
  });

  it('keeps the share of ten rows to the row, whatever 1 - share is in binary', () => {
    const days = Float64Array.from({ length: 10 }, (_, day) => day);
    for (let tenths = 1; tenths <= 9; tenths++) expect(cutInTime(days, { testShare: tenths / 10 }, undefined).test.length).toBe(tenths);
  });

  it('moves on to the next moment where the first is all there is', () => {
    expect(cutInTime(Float64Array.of(1, 1, 1, 2), { testShare: 0.6 }, undefined)).toMatchObject({ train: Uint32Array.of(0, 1, 2), test: Uint32Array.of(3) });
    expect(cutInTime(Float64Array.of(1, 1), { testShare: 0.5 }, undefined)).toEqual({ train: Uint32Array.of(0, 1), test: Uint32Array.of(), testFrom: 1, purged: 0 });
  });

  it('cuts at a moment, which counts to the test', () => {
    expect(cutInTime(times, { testFrom: 3.5 }, undefined)).toMatchObject({ test: Uint32Array.of(0, 5), testFrom: 3.5 });
    expect(cutInTime(times, { testFrom: 4 }, undefined)).toMatchObject({ test: Uint32Array.of(0, 5) });
    expect(cutInTime(times, { testFrom: 9 }, undefined).test.length).toBe(0);
    expect(cutInTime(times, { testFrom: 0 }, undefined).train.length).toBe(0);
  });

  it('does not learn from what was not over, and counts it', () => {
    expect(cutInTime(times, { testFrom: 4 }, (time) => time + 2)).toEqual({ train: Uint32Array.of(1, 4), test: Uint32Array.of(0, 5), testFrom: 4, purged: 3 });
  });

  it('loses no row, and learns from earlier ones only', () => {
    const check = fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 4 }), (moments, tenths, length) => {
      const { train, test, testFrom, purged } = cutInTime(Float64Array.from(moments), { testShare: tenths / 10 }, (time) => time + length);
      expect(train.length + purged + test.length).toBe(moments.length);
      for (const row of train) expect(moments[row]! + length <= testFrom || test.length === 0).toBe(true);
      for (const row of test) expect(moments[row]).toBeGreaterThanOrEqual(testFrom);
    });
    fc.assert(check, { seed: 20261122, numRuns: 200 });
  });
});
