import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/data/table.js';
import { addDuration } from '../../src/data/calendar.js';
import { planFolds, type FoldPlanOptions, type FoldRows } from '../../src/data/foldPlan.js';
import { errorCode } from '../errorCode.js';

const plan = (time: readonly number[], folds: number): FoldRows[] =>
  planFolds('test', readTable('test', { time }), Int8Array.from(time, (_, i) => i % 2), { folds, time: 'time' });
const sizes = (time: readonly number[], folds: number): number[] => plan(time, folds).map(({ test }) => test.length);
const repeated = (...counts: number[]): number[] => counts.flatMap((count, moment) => new Array<number>(count).fill(moment));

describe('folds along time', () => {
  it('are of equal size where every row has a moment of its own', () => {
    expect(sizes(repeated(...new Array<number>(10).fill(1)), 2)).toEqual([3, 3]);
    expect(plan(repeated(...new Array<number>(10).fill(1)), 2)[0]!.train).toHaveLength(4);
    expect(sizes(repeated(...new Array<number>(12).fill(1)), 3)).toEqual([3, 3, 3]);
  });

  it('share what is left after a moment of many rows', () => {
    expect(sizes([...new Array<number>(12).fill(0), ...Array.from({ length: 12 }, (_, i) => i + 1)], 3)).toEqual([4, 4, 4]);
    expect(sizes(repeated(30, 1, 1, 1, 1, 1, 1, 1, 1), 4)).toEqual([2, 2, 2, 2]);
    expect(sizes(repeated(1, 1, 1, 1, 30), 3)).toEqual([1, 1, 30]);
    expect(sizes(repeated(5, 5, 5, 5), 3)).toEqual([5, 5, 5]);
  });

  it('hold whole moments, all later than the rows learnt from, and none is empty', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 30 }), fc.integer({ min: 2, max: 3 }), (counts, folds) => {
        const time = repeated(...counts);
        const found = plan(time, folds);
        for (const { train, test } of found) {
          expect(test.length).toBeGreaterThan(0);
          expect(train.length).toBeGreaterThan(0);
          expect(Math.max(...Array.from(train, (row) => time[row]!))).toBeLessThan(Math.min(...Array.from(test, (row) => time[row]!)));
        }
        expect(found[0]!.train.length + found.reduce((sum, { test }) => sum + test.length, 0)).toBe(time.length);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});

describe('folds along time with a horizon', () => {
  const months = Array.from({ length: 8 }, (_, month) => new Date(Date.UTC(2026, month, 1)));
  const byMonth = (options: FoldPlanOptions): FoldRows[] => planFolds('test', readTable('test', { time: months, count: months.map(Number) }), null, { folds: 3, ...options });

  it('leave out rows whose outcome was not over when the fold began', () => {
    const free = byMonth({ time: 'time' });
    expect(free.map(({ train }) => train.length)).toEqual([2, 4, 6]);
    const purged = byMonth({ time: 'time', horizon: { months: 2 } });
    expect(purged.map(({ test }) => test)).toEqual(free.map(({ test }) => test));
    expect(purged.map(({ train }) => [...train])).toEqual([[0], [0, 1, 2], [0, 1, 2, 3, 4]]);
    for (const { train, test } of purged) {
      for (const row of train) expect(addDuration(Number(months[row]), { months: 2 })).toBeLessThanOrEqual(Number(months[test[0]!]));
    }
  });

  it('keep a row whose outcome is over at that moment, and take no horizon for none', () => {
    expect(byMonth({ time: 'time', horizon: { days: 0 } })).toEqual(byMonth({ time: 'time' }));
    expect(byMonth({ time: 'time', horizon: { months: 1 } })).toEqual(byMonth({ time: 'time' }));
  });

  it('refuse a horizon without a time of dates, one that is none, and one that leaves nothing to learn from', () => {
    expect(errorCode(() => byMonth({ horizon: { days: 1 } }))).toBe('INVALID_OPTION');
    expect(errorCode(() => byMonth({ time: 'count', horizon: { days: 1 } }))).toBe('COLUMN_KIND');
    expect(() => byMonth({ time: 'time', horizon: 30 as never })).toThrow('test needs horizon as a duration such as { days: 90 }');
    expect(() => byMonth({ time: 'time', horizon: { months: 3 } })).toThrow('test needs rows whose outcome is over before fold 0 begins, found none in column "time"; shorten horizon, or ask for fewer folds');
  });
});
