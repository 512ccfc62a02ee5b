import { describe, expect, it } from 'vitest';
import { readLimits, type StepLimits } from '../../../src/paths/journeys/stepLimits.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const times = new Float64Array(0);

describe('readLimits', () => {
  it('reads limits in time and in steps; what is not given does not limit', () => {
    const limits = readLimits('f', { minGap: { hours: 12 }, maxGap: { weeks: 1, days: 1 }, maxSpan: { steps: 4 } }, times);
    expect(limits.minGap).toEqual({ millis: DAY / 2, steps: 0 });
    expect(limits.maxGap).toEqual({ millis: 8 * DAY, steps: Infinity });
    expect(limits.minSpan).toEqual({ millis: 0, steps: 0 });
    expect(limits.maxSpan).toEqual({ millis: Infinity, steps: 4 });
    expect(limits.any).toBe(true);
    expect(readLimits('f', {}, null).any).toBe(false);
  });

  it('refuses limits that contradict, that are not understood, or that need times', () => {
    const code = (limits: object, known: Float64Array | null = times): string => errorCode(() => readLimits('f', limits as StepLimits, known));
    for (const limits of [
      { minGap: { days: 3 }, maxGap: { days: 2 } }, { minSpan: { steps: 3 }, maxSpan: { steps: 2 } }, { maxGap: { months: 1 } }, { maxGap: { steps: -1 } }, { maxGap: { steps: 1.5 } }, { maxGap: { steps: 1, days: 1 } },
      { maxGap: { days: NaN } }, { maxGap: 3 }, { maxGap: 'day' }, { maxGap: null }, { maxGap: {} },
    ]) expect([limits, code(limits)]).toEqual([limits, 'INVALID_OPTION']);
    expect(code({ maxGap: { days: 3 } }, null)).toBe('INVALID_OPTION');
    expect(code({ maxGap: { steps: 3 } }, null)).toBe('none');
  });
});
