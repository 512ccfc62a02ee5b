import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { customerSummary, type CustomerSummaryOptions } from '../../../src/lifetime/summary/customerSummary.js';
import { errorCode } from '../../errorCode.js';
import { arbitraryEvents, DAY, logOf } from './events.js';

const roles = { customer: 'who', time: 'when', amount: 'paid' } as const;
const shop = EventLog.fromRows([
  { who: 'ann', when: '2026-01-01T09:00', paid: 20 },
  { who: 'ann', when: '2026-01-01T22:00', paid: 5 },
  { who: 'ann', when: '2026-01-15T09:00', paid: 30 },
  { who: 'ann', when: '2026-01-16T08:00', paid: -30 },
  { who: 'ann', when: '2026-01-15T21:00', paid: 10 },
  { who: 'bob', when: '2026-01-08T12:00', paid: 50 },
  { who: 'bob', when: '2026-01-20T12:00', paid: 0 },
  { who: 'cid', when: '2026-01-25T12:00', paid: 9 },
  { who: 'eve', when: '2026-01-02T12:00', paid: 0 },
], roles);

/** The definition, one customer at a time: purchases by day, all in arrays. */
function naive(log: EventLog, customer: string | number, asOf: number): { frequency: number; recency: number; tenure: number; gaps: number; spend: number; monetary: number } | null {
  const bought = log.eventsOf(customer).filter(({ time, amount }) => time.getTime() < asOf && amount! > 0);
  const days = [...new Set(bought.map(({ time }) => Math.floor(time.getTime() / DAY)))];
  if (days.length === 0) return null;
  const [first, last] = [days[0]!, days[days.length - 1]!];
  const total = (which: typeof bought): number => which.reduce((sum, { amount }) => sum + amount!, 0);
  const repeats = bought.filter(({ time }) => Math.floor(time.getTime() / DAY) > first);
  return {
    frequency: days.length - 1,
    recency: last - first,
    tenure: Math.ceil(asOf / DAY) - 1 - first,
    gaps: days.slice(1).reduce((sum, day, i) => sum + Math.log(day - days[i]!), 0),
    spend: total(bought),
    monetary: total(repeats) / (days.length - 1),
  };
}

describe('customerSummary', () => {
  it('counts days with purchases, sums, and leaves out who has not bought', () => {
    const summary = customerSummary(shop, { asOf: '2026-01-29', unit: 'week' });
    expect(summary.customers).toEqual(['ann', 'bob', 'cid']);
    expect([...summary.frequency]).toEqual([1, 0, 0]);
    expect([...summary.recency]).toEqual([2, 0, 0]);
    expect([...summary.tenure]).toEqual([27 / 7, 20 / 7, 3 / 7]);
    expect([...summary.sumLogGaps].map((sum) => Math.round(1e12 * sum) / 1e12)).toEqual([Math.round(1e12 * Math.log(2)) / 1e12, 0, 0]);
    expect([...summary.orders]).toEqual([4, 1, 1]);
    expect([...summary.monetary]).toEqual([40, NaN, NaN]);
    expect([...summary.firstAmount]).toEqual([25, 50, 9]);
    expect([...summary.spend]).toEqual([65, 50, 9]);
    expect([...summary.returned]).toEqual([-30, 0, 0]);
    expect(summary.asOf).toBe(Date.UTC(2026, 0, 29));
    expect(Object.isFrozen(summary)).toBe(true);
    expect('holdout' in summary).toBe(false);
  });

  it('takes the end of the log where no asOf is given, which is not seen itself', () => {
    expect(customerSummary(shop).asOf).toBe(shop.observedUntil);
    expect(customerSummary(shop).customers).toEqual(['ann', 'bob']);
  });

  it('includes the first purchase in the mean on request', () => {
    const { monetary, firstPurchase } = customerSummary(shop, { asOf: '2026-01-29', firstPurchase: 'included' });
    expect([...monetary]).toEqual([32.5, 50, 9]);
    expect(firstPurchase).toBe('included');
  });

  it('counts amounts of 0 on request', () => {
    const { customers, frequency, monetary } = customerSummary(shop, { asOf: '2026-01-29', zeroAmounts: 'purchases' });
    expect(customers).toEqual(['ann', 'bob', 'cid', 'eve']);
    expect([...frequency]).toEqual([1, 1, 0, 0]);
    expect([...monetary]).toEqual([40, 0, NaN, NaN]);
  });

  it('merges within weeks from Monday, within hours, or not at all', () => {
    const options = { asOf: '2026-01-29', unit: 'day' } as const;
    // Thursdays 1 and 15 January stand for the weeks from Mondays 29 December and 12 January; the last week begins on the 26th.
    const weekly = customerSummary(shop, { ...options, mergeWithin: { weeks: 1 } });
    expect([weekly.frequency[0], weekly.recency[0], weekly.tenure[0]]).toEqual([1, 14, 28]);
    const hourly = customerSummary(shop, { ...options, mergeWithin: { hours: 6 } });
    expect([hourly.frequency[0], hourly.recency[0], hourly.tenure[0]]).toEqual([3, 14.5, 27.5]);
    const moments = customerSummary(shop, { ...options, mergeWithin: { days: 0 } });
    expect([moments.frequency[0], moments.recency[0], moments.tenure[0]]).toEqual([3, 14.5, 27.625]);
    expect(moments.sumLogGaps[0]).toBeCloseTo(Math.log(13 / 24) + Math.log(13 + 11 / 24) + Math.log(0.5), 12);
  });

  it('splits: what follows is the holdout, and both parts add up', () => {
    const split = customerSummary(shop, { split: '2026-01-15T12:00', asOf: '2026-01-29', unit: 'day' });
    expect(split.customers).toEqual(['ann', 'bob']);
    expect([...split.tenure]).toEqual([14, 7]);
    // The evening of the 15th is of a day that had its purchase before the split.
    expect([...split.holdout!.frequency]).toEqual([0, 0]);
    expect([...split.holdout!.spend]).toEqual([10, 0]);
    expect(split.holdout!.duration).toBe(13);
    const earlier = customerSummary(shop, { split: '2026-01-15', asOf: '2026-01-29', unit: 'day' });
    expect([...earlier.holdout!.frequency]).toEqual([1, 0]);
    expect([...earlier.holdout!.monetary]).toEqual([40, NaN]);
    expect(earlier.holdout!.duration).toBe(14);
  });

  it('ends the observation of those who are known to have left', () => {
    const until = { customers: ['ann', 'cid', 'zoe'], values: ['2026-01-10', NaN, '2026-01-01'] };
    const { customers, frequency, tenure } = customerSummary(shop, { asOf: '2026-01-29', unit: 'day', until });
    expect(customers).toEqual(['ann', 'bob', 'cid']);
    expect([...frequency]).toEqual([0, 0, 0]);
    expect([...tenure]).toEqual([8, 20, 3]);
  });

  it('a log without amounts has purchases and no amounts', () => {
    const log = EventLog.fromRows([{ who: 1, when: '2026-01-01' }, { who: 1, when: '2026-01-03' }], { customer: 'who', time: 'when' });
    const { frequency, monetary, spend, firstAmount, returned } = customerSummary(log, { unit: 'day' });
    expect([frequency, monetary, spend, firstAmount, returned].map(([value]) => value)).toEqual([1, NaN, NaN, NaN, NaN]);
  });

  it('equals the definition', () => {
    fc.assert(
      fc.property(arbitraryEvents, fc.integer({ min: 1, max: 40 }), (events, day) => {
        const log = logOf(events);
        const asOf = day * DAY;
        const wanted = log.customers.map((customer) => naive(log, customer, asOf)).filter((found) => found !== null);
        fc.pre(wanted.length > 0);
        const found = customerSummary(log, { asOf, unit: 'day' });
        for (const name of ['frequency', 'recency', 'tenure'] as const) expect([...found[name]]).toEqual(wanted.map((customer) => customer[name]));
        wanted.forEach(({ gaps, spend, monetary, frequency }, i) => {
          expect(found.spend[i]).toBeCloseTo(spend, 9);
          expect(found.sumLogGaps[i]).toBeCloseTo(gaps, 12);
          if (frequency > 0) expect(found.monetary[i]).toBeCloseTo(monetary, 12);
          else expect(found.monetary[i]).toBeNaN();
        });
      }),
      { numRuns: 50 },
    );
  });

  it('split and holdout add up to the whole, in any unit', () => {
    fc.assert(
      fc.property(arbitraryEvents, fc.integer({ min: 1, max: 29 * 24 }), (events, hour) => {
        const log = logOf(events);
        const options: CustomerSummaryOptions = { asOf: 40 * DAY, unit: 'hour' };
        fc.pre(log.customers.some((customer) => log.eventsOf(customer).some(({ time, amount }) => amount! > 0 && time.getTime() < hour * 3_600_000)));
        const part = customerSummary(log, { ...options, split: hour * 3_600_000 });
        const whole = customerSummary(log, options);
        const inDays = customerSummary(log, { ...options, unit: 'day' });
        part.customers.forEach((customer, i) => {
          const row = whole.customers.indexOf(customer);
          expect(part.frequency[i]! + part.holdout!.frequency[i]!).toBe(whole.frequency[row]);
          expect(part.spend[i]! + part.holdout!.spend[i]!).toBeCloseTo(whole.spend[row]!, 9);
          expect(part.tenure[i]! + part.holdout!.duration).toBe(whole.tenure[row]);
          expect(inDays.recency[row]! * 24).toBe(whole.recency[row]);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('refuses what cannot be meant, by name', () => {
    const code = (options: unknown): string => errorCode(() => customerSummary(shop, options as CustomerSummaryOptions));
    expect(code({ asOf: '2025-01-01' })).toBe('EMPTY_INPUT');
    expect(code({ split: '2025-01-01', asOf: '2026-01-29' })).toBe('EMPTY_INPUT');
    expect(code({ asOf: 'soon' })).toBe('INVALID_DATE');
    expect(code({ asOf: '2026-01-10', split: '2026-01-10' })).toBe('INVALID_OPTION');
    expect(code({ unit: 'fortnight' })).toBe('INVALID_OPTION');
    expect(code({ mergeWithin: { months: 1 } })).toBe('INVALID_OPTION');
    expect(code({ mergeWithin: {} })).toBe('INVALID_OPTION');
    expect(code({ zeroAmount: 'purchases' })).toBe('INVALID_OPTION');
    expect(code({ until: { customers: ['ann'], values: [] } })).toBe('LENGTH_MISMATCH');
    expect(code({ until: { customers: ['ann'], values: ['soon'] } })).toBe('INVALID_DATE');
    expect(code({ until: { customers: ['Ann'], values: [0] } })).toBe('UNKNOWN_ID');
    expect(code({ until: { customers: ['ann', 'ann'], values: [0, 0] } })).toBe('DUPLICATE_ID');
    expect(code({ until: 5 })).toBe('INVALID_OPTION');
    expect(code({ until: { customers: ['ann'], values: ['2026-01-10'] }, split: '2026-01-10', asOf: '2026-01-29' })).toBe('INVALID_OPTION');
    expect(errorCode(() => customerSummary([] as unknown as EventLog))).toBe('INVALID_INPUT');
  });
});
