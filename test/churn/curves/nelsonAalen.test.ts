import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CumulativeHazard } from '../../../src/churn/curves/cumulativeHazard.js';
import { nelsonAalen } from '../../../src/churn/curves/nelsonAalen.js';
import { pseudoValues } from '../../../src/churn/curves/pseudoValues.js';
import { kaplanMeier } from '../../../src/churn/curves/kaplanMeier.js';
import { errorCode } from '../../errorCode.js';

const columns = { duration: 'months', event: 'left' } as const;
const rows = [[1, 1], [1, 1], [2, 0], [4, 1], [5, 0]].map(([months, left]) => ({ months: months!, left: left! }));
const rowSets = fc.array(fc.record({ months: fc.integer({ min: 0, max: 9 }), left: fc.boolean() }), { minLength: 1, maxLength: 20 });

describe('nelsonAalen', () => {
  it('adds up the shares that leave; in turn one after the other', () => {
    const together = nelsonAalen(rows, columns);
    expect(together.hazardAt(0.9)).toBe(0);
    expect(together.hazardAt(1)).toBe(2 / 5);
    expect(together.at(4).estimate).toBe(2 / 5 + 1 / 2);
    expect(together.at(4).standardError).toBeCloseTo(Math.sqrt(2 / 25 + 1 / 4), 14);
    expect(together.survivalAt(4)).toBeCloseTo(Math.exp(-0.9), 14);
    const inTurn = nelsonAalen(rows, { ...columns, ties: 'inTurn' });
    expect(inTurn.hazardAt(1)).toBe(1 / 5 + 1 / 4);
    expect(inTurn.at(1).standardError).toBeCloseTo(Math.sqrt(1 / 25 + 1 / 16), 14);
  });

  it('has intervals about the hazard or its logarithm, and travels as JSON to the bit', () => {
    fc.assert(
      fc.property(rowSets, fc.constantFrom('log' as const, 'plain' as const), (some, interval) => {
        const curve = nelsonAalen(some, { ...columns, interval, confidence: 0.8 });
        const again = CumulativeHazard.fromJSON(JSON.parse(JSON.stringify(curve)));
        expect(again).toEqual(curve);
        curve.hazard.forEach((value, step) => {
          expect(curve.lower[step]! >= 0 && curve.lower[step]! <= value && value <= curve.upper[step]!).toBe(true);
          expect(Math.exp(-value)).toBeGreaterThanOrEqual(kaplanMeier(some, columns).survival[step]! - 1e-15);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('smooths to the rate where that is constant, up to the ends', () => {
    const n = 4000;
    const even = nelsonAalen({ months: Float64Array.from({ length: n }, (_, i) => -Math.log(1 - (i + 0.5) / n)) }, { duration: 'months' });
    Array.from(even.rates([0, 0.2, 1, 2], 0.5)).forEach((rate) => expect(rate).toBeCloseTo(1, 1));
    expect(even.rates([even.times[n - 1]!], 0.1)[0]).toBeGreaterThan(0);
    expect(errorCode(() => even.rates([1], 0))).toBe('INVALID_OPTION');
    expect(errorCode(() => even.rates([-1], 1))).toBe('INVALID_OPTION');
  });

  it('refuses what it cannot do', () => {
    expect(errorCode(() => nelsonAalen(rows, { ...columns, ties: 'inTurn', weights: [1, 1, 1, 1, 2] }))).toBe('INVALID_OPTION');
    expect(errorCode(() => nelsonAalen(rows, { ...columns, ties: 'efron' as 'inTurn' }))).toBe('INVALID_OPTION');
    expect(errorCode(() => nelsonAalen([], columns as never))).toBe('EMPTY_INPUT');
    expect(errorCode(() => nelsonAalen(rows, columns).at(-1))).toBe('INVALID_OPTION');
    expect(errorCode(() => CumulativeHazard.fromJSON({}))).toBe('MODEL_FORMAT');
  });

  it('keeps what it read, whatever becomes of the JSON', () => {
    const curve = nelsonAalen(rows, columns);
    const json = JSON.parse(JSON.stringify(curve)) as Record<'variance', number[]>;
    const again = CumulativeHazard.fromJSON(json);
    json.variance[0] = 7;
    expect(again.toJSON()).toEqual(curve.toJSON());
  });

  it('reads a curve stored by version 1', () => {
    const stored = { format: 'CumulativeHazard', formatVersion: 1, confidence: 0.95, interval: 'log', times: [1], atRisk: [4], events: [1], censored: [3], hazard: [0.25], variance: [1 / 16] };
    expect(CumulativeHazard.fromJSON(stored)).toEqual(nelsonAalen([1, 0, 0, 0].map((left) => ({ months: 1, left })), columns));
  });
});

describe('pseudoValues', () => {
  it('are what the estimate changes by when a row counts a little more, times the rows; their mean is the estimate', () => {
    fc.assert(
      fc.property(rowSets, fc.integer({ min: 0, max: 9 }), fc.constantFrom('survival' as const, 'restrictedMean' as const), (some, time, of) => {
        const curve = kaplanMeier(some, columns);
        fc.pre(time <= curve.lastTime);
        const found = pseudoValues(some, { ...columns, time, of });
        const figure = (weights: readonly number[]): number => {
          const one = kaplanMeier(some, { ...columns, weights });
          return of === 'survival' ? one.survivalAt(time) : one.restrictedMean(time).estimate;
        };
        const whole = figure(some.map(() => 1));
        found.forEach((value, row) => {
          const [up, down] = [1e-5, -1e-5].map((step) => figure(some.map((_, i) => (i === row ? 1 + step : 1))));
          expect(Math.abs(value - whole - (some.length * (up! - down!)) / 2e-5)).toBeLessThan(1e-5);
        });
        expect(found.reduce((sum, value) => sum + value, 0) / some.length).toBeCloseTo(whole, 10);
      }),
      { numRuns: 40 },
    );
  });

  it('refuse a time beyond what was observed', () => {
    expect(errorCode(() => pseudoValues(rows, { ...columns, time: 6 }))).toBe('INVALID_OPTION');
    expect(errorCode(() => pseudoValues(rows, { ...columns, time: 2, of: 'mean' as 'survival' }))).toBe('INVALID_OPTION');
  });
});
