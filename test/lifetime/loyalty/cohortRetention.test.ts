import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { cohortRetention, type CohortRetentionOptions } from '../../../src/lifetime/loyalty/cohortRetention.js';
import { errorCode } from '../../errorCode.js';

const roles = { customer: 'who', time: 'day', amount: 'paid', item: 'what' } as const;
const event = (who: string, day: string, paid: number | null, what = 'order'): { who: string; day: string; paid: number | null; what: string } => ({ who, day, paid, what });
const shop = EventLog.fromRows([
  event('ann', '2026-01-05', 20), event('ann', '2026-01-06', 5), event('ann', '2026-03-15', 30), event('ann', '2026-03-16', -30),
  event('bob', '2026-01-31', 10), event('bob', '2026-02-01', 7), event('bob', '2026-02-02', null, 'visit'),
  event('cid', '2026-01-02', null, 'visit'), event('cid', '2026-03-31', 50), event('cid', '2026-04-09', 1),
], roles);

describe('cohortRetention', () => {
  it('counts by month of the first purchase and month after it; what was not over is missing', () => {
    const { cohorts, ages } = cohortRetention(shop, { by: 'month', asOf: '2026-04-10' });
    expect(cohorts.map(({ name, customers }) => [name, customers])).toEqual([['2026-01', 2], ['2026-02', 0], ['2026-03', 1], ['2026-04', 0]]);
    expect(cohorts[0]).toEqual({ name: '2026-01', start: Date.UTC(2026, 0), customers: 2, active: [2, 1, 1, null], share: [1, 0.5, 0.5, null], purchases: [3, 1, 1, null], spend: [35, 7, 30, null] });
    expect(cohorts[1]).toMatchObject({ active: [0, 0, null], share: [null, null, null] });
    expect(cohorts[2]).toMatchObject({ active: [1, null], purchases: [1, null], spend: [50, null] });
    expect(ages.map(({ age, cohorts: count, customers, active, share }) => [age, count, customers, active, share])).toEqual([[0, 3, 3, 3, 1], [1, 2, 2, 1, 0.5], [2, 1, 2, 1, 0.5], [3, 0, 0, 0, null]]);
    expect(ages[0]).toMatchObject({ purchasesPerCustomer: 4 / 3, spendPerCustomer: 85 / 3 });
  });

  it('a period that ends exactly at asOf is over', () => {
    const { cohorts } = cohortRetention(shop, { by: 'month', asOf: '2026-04-01' });
    expect(cohorts.map(({ active }) => active)).toEqual([[2, 1, 1], [0, 0], [1]]);
  });

  it('names weeks by their Monday, quarters and years', () => {
    const names = (by: CohortRetentionOptions['by']): string[] => cohortRetention(shop, { by, asOf: '2026-04-10' }).cohorts.map(({ name }) => name);
    expect(names('week').slice(0, 2)).toEqual(['2026-01-05', '2026-01-12']);
    expect(names('quarter')).toEqual(['2026-Q1', '2026-Q2']);
    expect(names('year')).toEqual(['2026']);
  });

  it('counts another outcome of the same cohorts: a use of the service', () => {
    const [january, , march] = cohortRetention(shop, { by: 'month', asOf: '2026-04-10', outcome: 'visit' }).cohorts;
    expect(january).toMatchObject({ customers: 2, active: [0, 1, 0, null], spend: [0, 0, 0, null] });
    // The visit before the first purchase has no age.
    expect(march).toMatchObject({ customers: 1, active: [0, null] });
  });

  it('has no spend in a log without amounts', () => {
    const log = EventLog.fromRows([{ who: 1, day: '2026-01-05' }, { who: 1, day: '2026-02-05' }], { customer: 'who', time: 'day' });
    const { cohorts, ages } = cohortRetention(log, { by: 'month', asOf: '2026-03-01' });
    expect(cohorts[0]).toMatchObject({ active: [1, 1], spend: [null, null] });
    expect(ages[0]!.spendPerCustomer).toBeNull();
  });

  it('equals a count by hand, and the ages add up to the purchases of periods that were over', () => {
    const months = fc.array(fc.record({ who: fc.integer({ min: 1, max: 6 }), month: fc.integer({ min: 0, max: 7 }), paid: fc.integer({ min: 0, max: 9 }) }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(months, fc.integer({ min: 1, max: 8 }), (events, end) => {
        const log = EventLog.fromRows(events.map(({ who, month, paid }) => ({ who, day: new Date(Date.UTC(2026, month, 3)), paid })), { customer: 'who', time: 'day', amount: 'paid' }, { observedUntil: '2027-01-01' });
        const bought = events.filter(({ paid, month }) => paid > 0 && month < end);
        fc.pre(bought.length > 0);
        const { cohorts } = cohortRetention(log, { by: 'month', asOf: new Date(Date.UTC(2026, end, 2)) });
        const firstOf = (who: number): number => Math.min(...bought.filter((other) => other.who === who).map(({ month }) => month));
        const origin = Math.min(...bought.map(({ month }) => month));
        cohorts.forEach(({ customers, active, purchases, spend }, row) => {
          const members = bought.filter(({ who }) => firstOf(who) === origin + row);
          expect(customers).toBe(new Set(members.map(({ who }) => who)).size);
          active.forEach((count, age) => {
            const then = members.filter(({ month }) => month === origin + row + age);
            const isOver = origin + row + age < end;
            expect(count).toBe(isOver ? new Set(then.map(({ who }) => who)).size : null);
            expect(purchases[age]).toBe(isOver ? then.length : null);
            expect(spend[age]).toBe(isOver ? then.reduce((sum, { paid }) => sum + paid, 0) : null);
          });
        });
      }),
      { numRuns: 50 },
    );
  });

  it('refuses what cannot be meant', () => {
    const code = (options: unknown): string => errorCode(() => cohortRetention(shop, options as CohortRetentionOptions));
    expect(code({})).toBe('INVALID_OPTION');
    expect(code({ by: 'day' })).toBe('INVALID_OPTION');
    expect(code({ by: 'month', asOf: '2025-01-01' })).toBe('EMPTY_INPUT');
    expect(code({ by: 'month', outcome: 'return' })).toBe('UNKNOWN_ID');
    expect(code({ by: 'month', asof: 1 })).toBe('INVALID_OPTION');
    const old = EventLog.fromRows([{ who: 1, day: '1900-01-05' }, { who: 1, day: '2026-02-05' }], { customer: 'who', time: 'day' });
    expect(errorCode(() => cohortRetention(old, { by: 'week' }))).toBe('INVALID_OPTION');
    expect(cohortRetention(old, { by: 'year' }).cohorts.length).toBe(127);
  });
});
