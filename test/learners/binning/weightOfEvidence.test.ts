import { describe, expect, it } from 'vitest';
import { fitBinning } from '../../../src/learners/binning/fitBinning.js';
import { informationValue, weightOfEvidence } from '../../../src/learners/binning/weightOfEvidence.js';
import { errorCode } from '../../errorCode.js';

describe('weightOfEvidence', () => {
  it('is the logarithm of share of events over share of non-events, or the opposite', () => {
    const woe = weightOfEvidence([30, 70], [60, 40]);
    expect(Array.from(woe)).toEqual([Math.log(0.3 / 0.6), Math.log(0.7 / 0.4)]);
    expect(Array.from(weightOfEvidence([30, 70], [60, 40], { woeSign: 'nonEventOverEvent' }))).toEqual([-woe[0]!, -woe[1]!]);
  });

  it('smooths only a group that has none of one class, and gives 0 to one without rows', () => {
    const woe = weightOfEvidence([10, 0, 0], [10, 30, 0]);
    expect(woe[0]).toBe(Math.log(10 / 10 / (10 / 40)));
    expect(woe[1]).toBe(Math.log(0.5 / 10 / (30.5 / 40)));
    expect(woe[2]).toBe(0);
    expect(weightOfEvidence([10, 0], [10, 30], { smoothing: 1 })[1]).toBe(Math.log(1 / 10 / (31 / 40)));
  });

  it('is what a binning has in its table', () => {
    const rows = Array.from({ length: 200 }, (_, i) => ({ plan: 'abc'[i % 3]!, bought: (i * 7) % 11 < 2 + (i % 3) }));
    const table = fitBinning(rows, { target: 'bought', splits: { plan: [['a'], ['b'], ['c']] } }).table('plan').slice(0, 3);
    const counts = [table.map(({ events }) => events), table.map(({ rows: all, events }) => all - events)] as const;
    expect(table.map(({ woe }) => woe)).toEqual(Array.from(weightOfEvidence(...counts)));
    expect(informationValue(...counts)).toBeCloseTo(table.reduce((sum, { iv }) => sum + iv, 0), 14);
  });

  it('refuses what has no two classes, and bad counts and options', () => {
    expect(errorCode(() => weightOfEvidence([1, 2], [1]))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => weightOfEvidence([0, 0], [1, 2]))).toBe('EMPTY_INPUT');
    expect(errorCode(() => informationValue([1, 2], [0, 0]))).toBe('EMPTY_INPUT');
    expect(errorCode(() => informationValue([1, -2], [1, 1]))).toBe('INVALID_VALUE');
    expect(errorCode(() => weightOfEvidence([1, 2], [1, NaN]))).toBe('INVALID_VALUE');
    expect(errorCode(() => weightOfEvidence([1, 2], [1, 2], { smoothing: 0 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => weightOfEvidence([1, 2], [1, 2], { woeSign: 'other' as never }))).toBe('INVALID_OPTION');
  });
});
