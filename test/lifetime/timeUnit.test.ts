import { describe, expect, it } from 'vitest';
import { discountIn, durationIn, requireTimeUnit, unitMillis } from '../../src/lifetime/timeUnit.js';
import { errorCode } from '../errorCode.js';

describe('the unit of time', () => {
  it('has one length, wherever it is used', () => {
    expect(unitMillis('week')).toBe(7 * 86_400_000);
    expect(unitMillis('month') * 12).toBe(unitMillis('year'));
    expect(durationIn('week', 'f', 'horizon', { weeks: 39 })).toBe(39);
    expect(durationIn('day', 'f', 'horizon', { weeks: 2, days: 1 })).toBe(15);
    expect(durationIn('week', 'f', 'horizon', { months: 12 })).toBe(365.25 / 7);
    expect(durationIn('month', 'f', 'horizon', { years: 1 })).toBe(12);
    expect(durationIn('hour', 'f', 'ahead', { days: 0 })).toBe(0);
  });

  it('carries a yearly discount to its own, continuous one', () => {
    // A year at ten per cent leaves 1 / 1.1, in whatever unit the time is counted.
    for (const unit of ['hour', 'day', 'week', 'month', 'year'] as const) {
      expect(Math.exp(-discountIn(unit, 'f', 0.1) * durationIn(unit, 'f', 'horizon', { years: 1 }))).toBeCloseTo(1 / 1.1, 14);
    }
    expect(discountIn('week', 'f', 0)).toBe(0);
  });

  it('refuses what is no unit, no duration, no rate', () => {
    expect(errorCode(() => requireTimeUnit('f', 'weeks'))).toBe('INVALID_OPTION');
    expect(errorCode(() => durationIn('week', 'f', 'horizon', 39 as never))).toBe('INVALID_OPTION');
    expect(errorCode(() => durationIn('week', 'f', 'horizon', {}))).toBe('INVALID_OPTION');
    for (const rate of [-0.1, NaN, Infinity]) expect(errorCode(() => discountIn('week', 'f', rate))).toBe('INVALID_OPTION');
  });
});
