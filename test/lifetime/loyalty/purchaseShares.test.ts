import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { purchaseShares, type PurchaseSharesOptions } from '../../../src/lifetime/loyalty/purchaseShares.js';
import { errorCode } from '../../errorCode.js';

const arbitrary = fc.array(fc.record({ who: fc.integer({ min: 1, max: 5 }), day: fc.integer({ min: 1, max: 28 }), by: fc.constantFrom('web', 'shop', 'app', null), paid: fc.integer({ min: -5, max: 20 }) }), { minLength: 1, maxLength: 40 });
const logOf = (events: readonly { who: number; day: number; by: string | null; paid: number }[]): EventLog =>
  EventLog.fromRows(events.map((event) => ({ ...event, day: new Date(Date.UTC(2026, 0, event.day)) })), { customer: 'who', time: 'day', channel: 'by', amount: 'paid' }, { observedUntil: '2026-02-01' });

describe('purchaseShares', () => {
  const log = logOf([
    { who: 1, day: 1, by: 'web', paid: 10 }, { who: 1, day: 2, by: 'shop', paid: 30 }, { who: 1, day: 3, by: 'web', paid: 20 }, { who: 1, day: 4, by: null, paid: 5 }, { who: 1, day: 5, by: 'web', paid: -20 },
    { who: 2, day: 1, by: 'shop', paid: 1 }, { who: 3, day: 1, by: null, paid: 1 }, { who: 4, day: 20, by: 'app', paid: 4 },
  ]);

  it('shares of purchases: by customer, and of all', () => {
    const found = purchaseShares(log, { by: 'channel', asOf: '2026-01-15' });
    expect(found.customers).toEqual([1, 2]);
    expect(found.levels).toEqual(['app', 'shop', 'web']);
    expect([[...found.offsets], [...found.level], [...found.purchases], [...found.spend]]).toEqual([[0, 2, 3], [1, 2, 1], [1, 2, 1], [30, 30, 1]]);
    expect([...found.share]).toEqual([1 / 3, 2 / 3, 1]);
    expect([[...found.main], [...found.mainShare]]).toEqual([[2, 1], [2 / 3, 1]]);
    expect([...found.concentration]).toEqual([5 / 9, 1]);
    expect(found.entropy[0]).toBeCloseTo(Math.log(3) - (2 / 3) * Math.log(2), 14);
    expect(found.entropy[1]).toBe(0);
    expect(found.unknownPurchases).toBe(2);
    expect(found.whole).toEqual([
      { level: 'shop', purchases: 2, spend: 31, share: 0.5, customers: 2, mainCustomers: 1 },
      { level: 'web', purchases: 2, spend: 30, share: 0.5, customers: 1, mainCustomers: 1 },
    ]);
  });

  it('shares of spend; of equals the main one is the first by name', () => {
    const found = purchaseShares(log, { by: 'channel', of: 'spend' });
    expect([...found.share]).toEqual([0.5, 0.5, 1, 1]);
    expect(found.levels[found.main[0]!]).toBe('shop');
  });

  it('shares add up, concentration and entropy stay in their range', () => {
    fc.assert(
      fc.property(arbitrary, fc.constantFrom('purchases' as const, 'spend' as const), (events, of) => {
        fc.pre(events.some(({ by, paid }) => by !== null && paid > 0));
        const { customers, offsets, share, mainShare, concentration, entropy, whole, purchases } = purchaseShares(logOf(events), { by: 'channel', of });
        customers.forEach((_, c) => {
          const own = share.slice(offsets[c], offsets[c + 1]);
          expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
          expect(mainShare[c]).toBe(Math.max(...own));
          expect(concentration[c]!).toBeGreaterThanOrEqual(1 / own.length - 1e-12);
          expect(entropy[c]!).toBeLessThanOrEqual(Math.log(own.length) + 1e-12);
        });
        expect(whole.reduce((sum, level) => sum + level.share, 0)).toBeCloseTo(1, 12);
        expect(whole.reduce((sum, level) => sum + level.mainCustomers, 0)).toBe(customers.length);
        expect(purchases.reduce((sum, count) => sum + count, 0)).toBe(events.filter(({ by, paid }) => by !== null && paid > 0).length);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a log without what it splits by', () => {
    const code = (options: unknown): string => errorCode(() => purchaseShares(log, options as PurchaseSharesOptions));
    expect(code({ by: 'item' })).toBe('INVALID_INPUT');
    expect(code({ by: 'place' })).toBe('INVALID_OPTION');
    expect(code({ by: 'channel', asOf: '2025-12-01' })).toBe('EMPTY_INPUT');
    const bare = EventLog.fromRows([{ who: 1, day: '2026-01-05', by: 'web' }], { customer: 'who', time: 'day', channel: 'by' });
    expect(errorCode(() => purchaseShares(bare, { by: 'channel', of: 'spend' }))).toBe('INVALID_INPUT');
    expect(purchaseShares(bare, { by: 'channel' }).whole[0]!.spend).toBeNull();
  });
});
