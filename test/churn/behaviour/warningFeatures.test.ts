import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { warningFeatures } from '../../../src/churn/behaviour/warningFeatures.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

interface Event {
  readonly id: string;
  readonly day: number;
  readonly item: string;
  readonly amount: number;
}

const event: fc.Arbitrary<Event> = fc.record({ id: fc.constantFrom('ann', 'bob', 'cid'), day: fc.integer({ min: 0, max: 199 }), item: fc.constantFrom('a', 'b', 'complaint'), amount: fc.integer({ min: 1, max: 50 }) });
const logOf = (events: readonly Event[]): EventLog =>
  EventLog.fromRows(events.map(({ day, ...rest }) => ({ ...rest, at: START + day * DAY + 1000 })), { customer: 'id', time: 'at', item: 'item', amount: 'amount' }, { observedUntil: START + 400 * DAY });

/** The same, written out for one customer; the moment is the start of day 120, windows of 30 days. */
function naive(all: readonly Event[], id: string, usualWindows: number): Record<string, number> {
  const events = all.filter((one) => one.id === id && one.day < 120).sort((a, b) => a.day - b.day);
  const days = [...new Set(events.map(({ day }) => day))];
  const inWindow = (k: number): Event[] => events.filter(({ day }) => day < 120 - 30 * k && day >= 90 - 30 * k);
  const start = Math.max(90 - 30 * usualWindows, days[0]! + 1000 / DAY);
  const known = Math.max(0, (90 - start) / 30);
  const usual = (of: (window: Event[]) => number): number => (known > 0 ? Array.from({ length: usualWindows }, (_, k) => of(inWindow(k + 1))).reduce((sum, value) => sum + value, 0) / known : NaN);
  const amount = (window: Event[]): number => window.reduce((sum, one) => sum + one.amount, 0);
  const half = amount(events) / events.length / 2;
  const kinds = (window: Event[]): number => new Set(window.map(({ item }) => item)).size;
  const counts = Array.from({ length: usualWindows + 1 }, (_, k) => inWindow(k).length);
  const complaints = (window: Event[]): number => window.filter(({ item }) => item === 'complaint').length;
  const recent = complaints(inWindow(0));
  return {
    silenceRatio: days.length < 2 ? NaN : (120 - days.at(-1)!) / ((days.at(-1)! - days[0]!) / (days.length - 1)),
    countRatio: (counts[0]! + 0.5) / (usual((window) => window.length) + 0.5),
    isFading: known >= usualWindows && counts.every((count, k) => k === 0 || count > counts[k - 1]!) ? 1 : 0,
    amountRatio: (amount(inWindow(0)) + half) / (usual(amount) + half),
    itemsChange: kinds(inWindow(0)) - usual(kinds),
    'recent=complaint': recent,
    'new=complaint': recent > 0 && Array.from({ length: usualWindows }, (_, k) => complaints(inWindow(k + 1))).every((count) => count === 0) ? 1 : 0,
  };
}

describe('warningFeatures', () => {
  it('is what writing it out gives', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 3 }), (events, usualWindows) => {
        if (!events.some(({ day }) => day < 120) || !events.some(({ item }) => item === 'complaint')) return;
        const rows = warningFeatures(logOf(events), { asOf: START + 120 * DAY, usualWindows, items: ['complaint'] }).toRows();
        for (const row of rows) {
          for (const [name, value] of Object.entries(naive(events, String(row['customer']), usualWindows))) {
            const given = row[name] as number | null;
            if (Number.isNaN(value)) expect(given, name).toBeNull();
            else expect(given, name).toBeCloseTo(value, 9);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('sees nothing of what came at the moment or later, and stacks moments', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 2, maxLength: 40 }), (events) => {
        if (!events.some(({ day }) => day < 60)) return;
        const moments = [START + 60 * DAY, START + 120 * DAY];
        const both = warningFeatures(logOf(events), { asOf: moments }).toRows();
        const past = events.filter(({ day }) => day < 60);
        const first = warningFeatures(logOf(past), { asOf: moments[0]! }).toRows();
        expect(both.slice(0, first.length)).toEqual(first);
        expect(new Set(both.map((row) => Number(row['asOf'])))).toEqual(new Set(moments.filter((moment) => events.some(({ day }) => START + day * DAY < moment))));
      }),
      { numRuns: 30 },
    );
  });

  it('has no columns of what the log does not have', () => {
    const log = EventLog.fromRows([{ id: 1, at: '2026-01-01' }, { id: 1, at: '2026-01-11' }], { customer: 'id', time: 'at' });
    expect(warningFeatures(log, { asOf: '2026-01-11' }).names).toEqual(['customer', 'asOf', 'silenceRatio', 'countRatio', 'isFading']);
  });

  it('refuses what it cannot read', () => {
    const log = logOf([{ id: 'ann', day: 3, item: 'a', amount: 1 }]);
    const code = (options: object): string | undefined => errorCode(() => warningFeatures(log, { asOf: START + 60 * DAY, ...options }));
    expect(code({ asOf: START })).toBe('EMPTY_INPUT');
    expect(code({ asOf: [] })).toBe('INVALID_OPTION');
    expect(code({ asOf: 'soon' })).toBe('INVALID_DATE');
    expect(code({ window: { days: 0 } })).toBe('INVALID_OPTION');
    expect(code({ usualWindows: 0 })).toBe('INVALID_OPTION');
    expect(code({ items: ['zz'] })).toBe('UNKNOWN_ID');
    expect(code({ windows: 3 })).toBe('INVALID_OPTION');
    expect(code({ asOf: START + 500 * DAY })).toBeDefined();
  });
});
