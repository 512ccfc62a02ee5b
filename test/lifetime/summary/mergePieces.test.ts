import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mergePieces } from '../../../src/lifetime/summary/mergePieces.js';
import type { PurchasePieces } from '../../../src/lifetime/summary/pieceColumns.js';
import { purchasePieces } from '../../../src/lifetime/summary/purchasePieces.js';
import { summaryOfPieces } from '../../../src/lifetime/summary/summaryOfPieces.js';
import { customerSummary } from '../../../src/lifetime/summary/customerSummary.js';
import { errorCode } from '../../errorCode.js';
import { arbitraryEvents, DAY, logOf, type Event } from './events.js';

const options = fc.record({
  mergeWithin: fc.constantFrom({ days: 1 }, { weeks: 1 }, { hours: 5 }, { days: 0 }),
  zeroAmounts: fc.constantFrom('ignored' as const, 'purchases' as const),
});
const closed = { asOf: 40 * DAY, unit: 'week' } as const;
const sent = (pieces: PurchasePieces): PurchasePieces => JSON.parse(JSON.stringify(pieces)) as PurchasePieces;

describe('mergePieces', () => {
  it('merges spans of time, also where they meet within a period', () => {
    const events: Event[] = [
      { customer: 'ann', time: 0, amount: 0.1 },
      { customer: 'ann', time: 5 * DAY, amount: 0.2 },
      { customer: 'ann', time: 5 * DAY + 1, amount: 0.3 },
      { customer: 'ann', time: 9 * DAY, amount: 0.7 },
    ];
    const pieces = mergePieces(purchasePieces(logOf(events.slice(2))), purchasePieces(logOf(events.slice(0, 2)), { asOf: 6 * DAY }));
    expect(pieces.periods).toEqual([3]);
    expect(pieces.orders).toEqual([4]);
    expect(pieces.first).toEqual([0]);
    expect(pieces.last).toEqual([9]);
    expect(summaryOfPieces(pieces, closed)).toEqual(customerSummary(logOf(events), closed));
  });

  it('any number of spans of time, in any order, gives the pieces of the whole to the bit', () => {
    fc.assert(
      fc.property(arbitraryEvents, options, fc.array(fc.integer({ min: 0, max: 29 * 24 }), { maxLength: 4 }), (events, cut, hours) => {
        const edges = [0, ...hours.map((hour) => hour * 3_600_000).sort((a, b) => a - b), 30 * DAY];
        const parts = edges.slice(1).map((to, i) => events.filter(({ time }) => time >= edges[i]! && time < to)).filter((part) => part.length > 0);
        const pieces = parts.map((part) => sent(purchasePieces(logOf(part), cut)));
        const merged = pieces.reduce(mergePieces);
        expect(merged).toEqual(purchasePieces(logOf(events), cut));
        expect(pieces.reverse().reduce(mergePieces)).toEqual(merged);
      }),
      { numRuns: 50 },
    );
  });

  it('the summary of merged parts equals one pass to the bit', () => {
    fc.assert(
      fc.property(arbitraryEvents, options, fc.integer({ min: 1, max: 29 * 24 }), (events, cut, hour) => {
        fc.pre(events.some(({ amount }) => amount > 0));
        const parts = [true, false].map((early) => events.filter(({ time }) => time < hour * 3_600_000 === early)).filter((part) => part.length > 0);
        const pieces = parts.map((part) => purchasePieces(logOf(part), cut)).reduce(mergePieces);
        expect(summaryOfPieces(pieces, closed)).toEqual(customerSummary(logOf(events), { ...cut, ...closed }));
      }),
      { numRuns: 50 },
    );
  });

  it('sets of customers merge in the order of a log, whatever their identifiers', () => {
    fc.assert(
      fc.property(arbitraryEvents, fc.boolean(), (events, isText) => {
        const named = events.map((event) => ({ ...event, customer: isText && Number(event.customer) % 2 === 1 ? `${event.customer}0x` : Number(event.customer) * 7 }));
        const parts = [0, 1].map((rest) => named.filter(({ customer }) => Number.parseInt(String(customer), 10) % 2 === rest)).filter((part) => part.length > 0);
        expect(parts.map((part) => purchasePieces(logOf(part))).reduce(mergePieces)).toEqual(purchasePieces(logOf(named)));
      }),
      { numRuns: 50 },
    );
  });

  it('refuses pieces that overlap in time, or were cut differently', () => {
    const at = (...days: number[]): PurchasePieces => purchasePieces(logOf(days.map((day) => ({ customer: 'ann', time: day * DAY, amount: 1 }))));
    expect(() => mergePieces(at(1, 5), at(3))).toThrow(/"ann"/);
    expect(errorCode(() => mergePieces(at(3), at(1, 5)))).toBe('INVALID_INPUT');
    const log = logOf([{ customer: 'ann', time: 0, amount: 1 }]);
    expect(errorCode(() => mergePieces(at(1), purchasePieces(log, { mergeWithin: { weeks: 1 } })))).toBe('INVALID_INPUT');
    expect(errorCode(() => mergePieces(at(1), purchasePieces(log, { zeroAmounts: 'purchases' })))).toBe('INVALID_INPUT');
    expect(errorCode(() => mergePieces(at(1), {} as PurchasePieces))).toBe('MODEL_FORMAT');
    expect(errorCode(() => mergePieces(at(1), { ...at(1), formatVersion: 2 as 1 }))).toBe('MODEL_VERSION');
    expect(errorCode(() => mergePieces(at(1), { ...at(1), spend: [] }))).toBe('MODEL_FORMAT');
    expect(errorCode(() => mergePieces(at(1), { ...at(1), last: [null as unknown as number] }))).toBe('MODEL_FORMAT');
  });
});

describe('summaryOfPieces', () => {
  it('reads pieces of version 1', () => {
    const stored = JSON.parse(readFileSync('test/formats/lifetime/PurchasePieces.v1.json', 'utf8')) as PurchasePieces;
    const summary = summaryOfPieces(stored, { unit: 'day', asOf: '1970-02-01' });
    expect(summary.customers).toEqual(['ann', 'bob']);
    expect([[...summary.frequency], [...summary.recency], [...summary.tenure], [...summary.monetary], [...summary.returned]]).toEqual([[2, 0], [9, 0], [29, 27], [6.25, NaN], [-2, 0]]);
  });

  it('refuses an end before that of the pieces, and pieces without purchases', () => {
    const pieces = purchasePieces(logOf([{ customer: 'ann', time: 0, amount: 0 }]));
    expect(errorCode(() => summaryOfPieces(pieces))).toBe('EMPTY_INPUT');
    expect(errorCode(() => summaryOfPieces(pieces, { asOf: 30 * DAY }))).toBe('INVALID_OPTION');
    expect(errorCode(() => summaryOfPieces({} as PurchasePieces))).toBe('MODEL_FORMAT');
  });
});
