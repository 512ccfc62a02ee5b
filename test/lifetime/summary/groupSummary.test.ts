import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitNbd } from '../../../src/lifetime/buying/nbd/fitNbd.js';
import { groupSummary } from '../../../src/lifetime/summary/groupSummary.js';
import { errorCode } from '../../errorCode.js';

const row = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 4, max: 6 }), fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 1));
const histories = fc.array(row, { minLength: 1, maxLength: 60 }).map((rows) => ({
  unit: 'week' as const,
  frequency: rows.map(([x]) => x),
  recency: rows.map(([x, last]) => (x === 0 ? 0 : last)),
  tenure: rows.map(([, , tenure]) => tenure),
  weights: rows.map(([, , , weight]) => weight),
  sumLogGaps: rows.map(([x, last]) => x * Math.log(last)),
  covariates: { club: rows.map(([, , , , club]) => club) },
}));
const total = (values: ArrayLike<number>, weights: ArrayLike<number>): number => Array.from(values).reduce((sum, value, i) => sum + value * weights[i]!, 0);

describe('groupSummary', () => {
  it('counts who is alike', () => {
    const groups = groupSummary({ unit: 'day', frequency: [1, 0, 1, 1], recency: [3, 0, 3, 2], tenure: [9, 9, 9, 9], sumLogGaps: [1, 0, 2, 3] });
    expect([[...groups.frequency], [...groups.recency], [...groups.tenure], [...groups.weights], [...groups.sumLogGaps!]]).toEqual([[0, 1, 1], [0, 2, 3], [9, 9, 9], [1, 1, 2], [0, 3, 1.5]]);
    expect(groups.unit).toBe('day');
    expect('covariates' in groups).toBe(false);
  });

  it('keeps every total, with each history once', () => {
    fc.assert(
      fc.property(histories, (customers) => {
        const groups = groupSummary(customers);
        for (const name of ['frequency', 'recency', 'tenure', 'sumLogGaps'] as const) expect(total(groups[name]!, groups.weights)).toBeCloseTo(total(customers[name], customers.weights), 9);
        expect(total(groups.covariates!['club']!, groups.weights)).toBe(total(customers.covariates.club, customers.weights));
        const keys = Array.from(groups.frequency, (x, i) => [x, groups.recency[i], groups.tenure[i], groups.covariates!['club']![i]].join(' '));
        const wanted = customers.frequency.map((x, i) => [x, customers.recency[i], customers.tenure[i], customers.covariates.club[i]].join(' ')).filter((_, i) => customers.weights[i]! > 0);
        expect(keys).toEqual([...new Set(wanted)].sort());
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same model', () => {
    const customers = { unit: 'week' as const, frequency: [0, 1, 3, 0, 1, 3, 7], recency: [0, 4, 9, 0, 4, 9, 9], tenure: [10, 10, 10, 10, 10, 10, 10] };
    const [rows, groups] = [fitNbd(customers), fitNbd(groupSummary(customers))];
    expect(groups.parameters).toEqual(rows.parameters);
  });

  it('refuses bad weights and lengths', () => {
    const one = { unit: 'week' as const, frequency: [0], recency: [0], tenure: [1] };
    expect(errorCode(() => groupSummary({ ...one, weights: [-1] }))).toBe('INVALID_VALUE');
    expect(errorCode(() => groupSummary({ ...one, sumLogGaps: [] }))).toBe('LENGTH_MISMATCH');
    expect(errorCode(() => groupSummary({ ...one, covariates: { club: [NaN] } }))).toBe('NON_FINITE_VALUE');
    expect(groupSummary({ unit: 'week', frequency: [], recency: [], tenure: [] }).weights.length).toBe(0);
  });
});
