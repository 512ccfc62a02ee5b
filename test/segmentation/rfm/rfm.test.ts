import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { assignRfm } from '../../../src/segmentation/rfm/assignRfm.js';
import { rfm, type RfmOptions } from '../../../src/segmentation/rfm/rfm.js';
import { errorCode as codeOf } from '../../errorCode.js';

const SEED = { seed: 20261122, numRuns: 150 };
const DAY = 86_400_000;
const START = Date.parse('2026-01-01T00:00Z');
interface Order { id: string; at: number | string; paid: number | null }
const logOf = (orders: readonly Order[]): EventLog => EventLog.fromRows(orders, { customer: 'id', time: 'at', amount: 'paid' });
const order = (id: string, at: string, paid: number | null = 10): Order => ({ id, at, paid });
const someOrders = fc.array(
  fc.record({ id: fc.integer({ min: 0, max: 25 }).map((n) => `c${n}`), at: fc.nat(200).map((n) => START + n * DAY), paid: fc.constantFrom(-4, 0, 1, 5, 5, 20.25, null) }),
  { minLength: 1, maxLength: 80 },
);
const AS_OF = START + 150 * DAY;
const anybodyBought = (orders: readonly Order[]): boolean => orders.some(({ at, paid }) => (at as number) < AS_OF && paid !== null && paid > 0);

describe('rfm', () => {
  const log = logOf([
    order('ann', '2026-06-29T23:59', 30), order('ann', '2026-06-01', 20), order('ann', '2026-05-01', -5),
    order('bob', '2026-01-01', 100), order('cyd', '2026-06-15', null), order('dan', '2026-06-30', 50), order('eve', '2026-03-01', 10), order('eve', '2026-07-01', 99),
  ]);
  const cuts = { recency: [7, 30, 90, 180], frequency: [1, 2, 3, 4], monetary: [10, 20, 50, 90] };

  it('counts recency in midnights, frequency in purchases, money net of returns, strictly before asOf', () => {
    const result = rfm(log, { asOf: '2026-06-30', cuts });
    expect(result.customers).toEqual(['ann', 'bob', 'eve']);
    expect([...result.recencyDays]).toEqual([1, 180, 121]);
    expect([...result.frequency]).toEqual([2, 1, 1]);
    expect([...result.monetary]).toEqual([45, 100, 10]);
    expect([result.customersWithoutPurchase, result.eventsIgnored]).toEqual([1, 2]);
  });

  it('a value equal to a cut belongs to the worse side for money and frequency, to the better for recency', () => {
    const result = rfm(log, { asOf: '2026-06-30', cuts });
    expect([...result.recencyScore]).toEqual([5, 2, 2]);
    expect([...result.frequencyScore]).toEqual([2, 1, 1]);
    expect([...result.monetaryScore]).toEqual([3, 5, 1]);
    expect(result.cuts).toEqual(cuts);
  });

  it('names segments and adds them up', () => {
    const result = rfm(log, { asOf: '2026-06-30', cuts });
    const named = (name: string): unknown => result.segments.find((segment) => segment.name === name);
    expect([...result.segment].map((s) => result.segments[s]!.name)).toEqual(['potential loyalists', 'hibernating', 'hibernating']);
    expect(named('hibernating')).toEqual({ name: 'hibernating', customers: 2, share: 2 / 3, revenue: 110, revenueShare: 110 / 155, meanRecencyDays: 150.5, meanFrequency: 1, meanMonetary: 55 });
    expect(named('champions')).toEqual({ name: 'champions', customers: 0, share: 0, revenue: 0, revenueShare: 0, meanRecencyDays: NaN, meanFrequency: NaN, meanMonetary: NaN });
  });

  it('money may be a mean, and returns may be ignored', () => {
    expect([...rfm(log, { asOf: '2026-06-30', monetary: 'mean' }).monetary]).toEqual([22.5, 100, 10]);
    expect([...rfm(log, { asOf: '2026-06-30', returns: 'ignore' }).monetary]).toEqual([50, 100, 10]);
    expect(rfm(log, { asOf: '2026-06-30', monetary: 'mean' }).segments.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(155);
  });

  it('a log without amounts is scored by recency and frequency', () => {
    const visits = EventLog.fromRows([{ id: 1, at: 0 }, { id: 2, at: DAY }, { id: 2, at: 2 * DAY }], { customer: 'id', time: 'at' });
    const result = rfm(visits, { asOf: 3 * DAY });
    expect([...result.monetary, ...result.monetaryScore]).toEqual([NaN, NaN, 0, 0]);
    expect(result.cuts.monetary).toEqual([]);
    expect(result.segments.every(({ revenue, revenueShare }) => Number.isNaN(revenueShare) && (revenue === 0 || Number.isNaN(revenue)))).toBe(true);
    expect(codeOf(() => rfm(visits, { asOf: 3 * DAY, segments: [{ name: 'rich', monetary: [5, 5] }] }))).toBe('INVALID_OPTION');
  });

  it('customers whom no rule takes are "other"; without rules there are scores only', () => {
    const result = rfm(log, { asOf: '2026-06-30', cuts, segments: [{ name: 'rich', cells: ['215', '523'] }, { name: 'fresh', recency: [5, 5] }] });
    expect(result.segments.map(({ name, customers }) => [name, customers])).toEqual([['rich', 2], ['fresh', 0], ['other', 1]]);
    expect([...result.segment]).toEqual([0, 0, 2]);
    const scores = rfm(log, { asOf: '2026-06-30', bins: 3, segments: false });
    expect([[...scores.segment], scores.segments]).toEqual([[-1, -1, -1], []]);
    expect(Math.max(...scores.monetaryScore)).toBe(3);
  });

  it('equal customers have equal scores, whatever the order of the rows', () => {
    const shuffled = someOrders.filter(anybodyBought).chain((orders) => fc.tuple(fc.constant(orders), fc.shuffledSubarray(orders, { minLength: orders.length })));
    fc.assert(
      fc.property(shuffled, ([orders, others]) => {
        const result = rfm(logOf(orders), { asOf: AS_OF });
        expect(rfm(logOf(others), { asOf: AS_OF })).toEqual(result);
        const scoreOf = new Map<string, string>();
        result.customers.forEach((_, i) => {
          const value = [result.recencyDays[i], result.frequency[i], result.monetary[i]].join();
          const score = [result.recencyScore[i], result.frequencyScore[i], result.monetaryScore[i]].join();
          expect(scoreOf.get(value) ?? score).toBe(score);
          scoreOf.set(value, score);
        });
      }),
      SEED,
    );
  });

  it('scores follow values, shares add up to 1, and every customer is in one segment', () => {
    fc.assert(
      fc.property(someOrders.filter(anybodyBought), (orders) => {
        const result = rfm(logOf(orders), { asOf: AS_OF });
        const ordered = (values: Float64Array, scores: Uint8Array, sign: number): boolean =>
          values.every((a, i) => values.every((b, j) => sign * (a - b) <= 0 || scores[i]! >= scores[j]!));
        expect(ordered(result.recencyDays, result.recencyScore, -1) && ordered(result.frequency, result.frequencyScore, 1) && ordered(result.monetary, result.monetaryScore, 1)).toBe(true);
        expect(result.segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
        expect(result.segments.reduce((sum, { customers }) => sum + customers, 0)).toBe(result.customers.length);
        expect(result.segment.every((s) => s >= 0 && s < result.segments.length)).toBe(true);
      }),
      SEED,
    );
  });

  it('frozen cuts score a second date by the same yardstick, and assignRfm places one customer by it', () => {
    fc.assert(
      fc.property(someOrders.filter(anybodyBought), (orders) => {
        const first = rfm(logOf(orders), { asOf: AS_OF });
        const later = rfm(logOf(orders), { asOf: AS_OF + 20 * DAY, cuts: first.cuts });
        expect(later.cuts).toEqual(first.cuts);
        later.customers.forEach((_, i) => {
          const placed = assignRfm({ recencyDays: later.recencyDays[i]!, frequency: later.frequency[i]!, monetary: later.monetary[i]! }, first.cuts);
          expect(placed).toEqual({ recencyScore: later.recencyScore[i], frequencyScore: later.frequencyScore[i], monetaryScore: later.monetaryScore[i], segment: later.segments[later.segment[i]!]!.name });
        });
      }),
      SEED,
    );
  });

  it('changing anything at or after asOf changes nothing but the count of ignored events', () => {
    fc.assert(
      fc.property(someOrders.filter(anybodyBought), someOrders, (orders, others) => {
        const past = orders.filter(({ at }) => (at as number) < AS_OF);
        const other = [...past, ...others.map((o) => ({ ...o, at: AS_OF + (o.at as number) - START }))];
        expect({ ...rfm(logOf(other), { asOf: AS_OF }), eventsIgnored: 0 }).toEqual({ ...rfm(logOf(orders), { asOf: AS_OF }), eventsIgnored: 0 });
      }),
      SEED,
    );
  });

  it.each([
    [{ asOf: '2026-01-01' }, 'EMPTY_INPUT', 'rfm found no purchase before 2026-01-01T00:00:00.000Z; choose a later asOf, or check the amounts'],
    [{ asOf: 'today' }, 'INVALID_DATE', 'rfm needs asOf as a Date'],
    [{}, 'INVALID_DATE', 'found undefined'],
    [{ asOf: '2026-07-01', bins: 1 }, 'INVALID_OPTION', 'rfm needs bins as one of 2, 3, 4, 5, 6, 7, 8, 9, 10, found 1'],
    [{ asOf: '2026-07-01', bins: 11 }, 'INVALID_OPTION', 'found 11'],
    [{ asOf: '2026-07-01', bins: 4 }, 'INVALID_OPTION', 'rfm needs segments as rules for 4 bins, or false for scores only, found undefined'],
    [{ asOf: '2026-07-01', cuts: { recency: [1, 2, 3] } }, 'INVALID_OPTION', 'rfm needs cuts.recency as 4 ascending finite numbers for 5 bins, found [1,2,3]'],
    [{ asOf: '2026-07-01', cuts: { frequency: [1, 3, 2, 4] } }, 'INVALID_OPTION', 'needs cuts.frequency'],
    [{ asOf: '2026-07-01', cuts: { monetary: [1, 2, 3, NaN] } }, 'INVALID_OPTION', 'needs cuts.monetary'],
    [{ asOf: '2026-07-01', cuts: { money: [1, 2, 3, 4] } }, 'INVALID_OPTION', 'knows no option "money"'],
    [{ asOf: '2026-07-01', monetary: 'median' }, 'INVALID_OPTION', 'needs monetary as one of sum, mean, found "median"'],
    [{ asOf: '2026-07-01', returns: 'drop' }, 'INVALID_OPTION', 'needs returns as one of subtract, ignore'],
    [{ asOf: '2026-07-01', quantiles: 5 }, 'INVALID_OPTION', 'knows no option "quantiles"'],
    [{ asOf: '2026-07-01', segments: [{ name: 'a' }, { name: 'a' }] }, 'INVALID_OPTION', 'rfm needs segments as rules of distinct names'],
    [{ asOf: '2026-07-01', segments: [{ name: 'a', recency: [4, 6] }] }, 'INVALID_OPTION', 'scores from 1 to 5 and cells such as "515", found {"name":"a"'],
    [{ asOf: '2026-07-01', segments: [{ name: '' }] }, 'INVALID_OPTION', 'rfm needs segments as rules of distinct names'],
    [undefined, 'INVALID_OPTION', 'rfm needs an object of asOf, monetary, returns, bins'],
    [{ asOf: 20260630 }, 'INVALID_DATE', 'found the number 20260630; give text "20260630" or epoch milliseconds'],
    [{ asOf: '2036-07-01' }, 'INVALID_OPTION', 'rfm needs asOf near the time observed, found 2036-07-01T00:00:00.000Z, where the log ends at 2026-07-01T00:00:00.000Z'],
    [{ asOf: '2026-07-01', segments: [{ name: 'a', recencey: [5, 5] }] }, 'INVALID_OPTION', 'rfm segments knows no option "recencey"; its options are name, recency'],
    [{ asOf: '2026-07-01', segments: [{ name: 'a', recency: [5] }] }, 'INVALID_OPTION', 'scores from 1 to 5 and cells such as "515", found {"name":"a"'],
    [{ asOf: '2026-07-01', segments: [null] }, 'INVALID_OPTION', 'rfm segments needs an object of name'],
    [{ asOf: '2026-07-01', segments: 'rf10' }, 'INVALID_OPTION', 'rfm segments needs an object of name, recency, frequency, monetary, cells, found "rf10"'],
    [{ asOf: '2026-07-01', segments: [{ name: 'a', cells: ['55'] }] }, 'INVALID_OPTION', 'and cells such as "515", found {"name":"a","cells":["55"]}'],
    [{ asOf: '2026-07-01', segments: [{ name: 'a', cells: ['556'] }] }, 'INVALID_OPTION', '"cells":["556"]'],
    [{ asOf: '2026-07-01', segments: [{ name: 'a', cells: '555 554' }] }, 'INVALID_OPTION', 'rules of distinct names'],
    [{ asOf: '2026-07-01', segments: 5 }, 'INVALID_OPTION', 'rfm segments needs an object of name, recency, frequency, monetary, cells, found 5'],
  ])('refuses %j', (options, code, message) => {
    const run = (): unknown => rfm(log, options as unknown as RfmOptions);
    expect(run).toThrow(message);
    expect(codeOf(run)).toBe(code);
  });
});

describe('rfm at the edges', () => {
  it('refuses rows that are no log', () => {
    const run = (): unknown => rfm([order('a', '2026-01-01')] as never, { asOf: '2026-02-01' });
    expect(run).toThrow('rfm needs an EventLog, found an array of 1; make one with EventLog.fromRows');
    expect(codeOf(run)).toBe('INVALID_INPUT');
    // A log that was posted to a worker is no log any more.
    expect(codeOf(() => rfm({ ...logOf([order('a', '2026-01-01')]) } as never, { asOf: '2026-02-01' }))).toBe('INVALID_INPUT');
  });

  it('looks beyond the end by a year, or by the length of the log when that is more', () => {
    const short = logOf([order('a', '2025-12-01'), order('a', '2026-01-01')]);
    expect(rfm(short, { asOf: '2027-01-03' }).recencyDays[0]).toBe(367);
    expect(codeOf(() => rfm(short, { asOf: '2027-01-04' }))).toBe('INVALID_OPTION');
    const long = logOf([order('a', '2016-01-01'), order('a', '2026-01-01')]);
    expect(codeOf(() => rfm(long, { asOf: '2035-12-31' }))).toBe('none');
    expect(codeOf(() => rfm(long, { asOf: '2036-01-10' }))).toBe('INVALID_OPTION');
    const rows = [{ id: 'a', at: '2026-01-01' }];
    const watched = EventLog.fromRows(rows, { customer: 'id', time: 'at' }, { observedUntil: '2036-01-01' });
    expect(codeOf(() => rfm(watched, { asOf: '2036-01-01' }))).toBe('none');
  });

  it("the rest joins a segment of one's own called other", () => {
    const log = logOf([order('a', '2026-01-01'), order('b', '2026-01-02'), order('c', '2026-01-03', 90)]);
    const cuts = { recency: [1, 2, 3, 4], frequency: [1, 2, 3, 4], monetary: [1, 2, 50, 60] };
    const { segments } = rfm(log, { asOf: '2026-01-04', cuts, segments: [{ name: 'rich', monetary: [5, 5] }, { name: 'other', recency: [4, 4] }, { name: 'late', recency: [1, 1] }] });
    expect(segments.map(({ name, customers }) => [name, customers])).toEqual([['rich', 1], ['other', 2], ['late', 0]]);
  });
});

describe('assignRfm', () => {
  const cuts = { recency: [7, 30], frequency: [1, 4], monetary: [] };
  it('needs no money when the cuts have none, and says "other" where no rule holds', () => {
    expect(assignRfm({ recencyDays: 3, frequency: 9 }, cuts, [{ name: 'x', recency: [1, 2] }])).toEqual({ recencyScore: 3, frequencyScore: 3, monetaryScore: 0, segment: 'other' });
  });
  it.each([
    [{ recencyDays: NaN, frequency: 1 }, cuts, 'assignRfm needs recencyDays as a number, found NaN'],
    [{ recencyDays: 1, frequency: 1 }, { ...cuts, monetary: [5, 10] }, 'assignRfm needs monetary as a number, found NaN'],
    [{ recencyDays: 1 } as never, cuts, 'assignRfm needs frequency as a number, found undefined'],
  ])('refuses %j', (customer, given, message) => {
    expect(() => assignRfm(customer, given)).toThrow(message);
    expect(codeOf(() => assignRfm(customer, given))).toBe('MISSING_VALUE');
  });
  it.each([
    [{ ...cuts, recency: [30, 7] }, [], 'assignRfm needs cuts.recency as 2 ascending finite numbers for 3 bins, found [30,7]'],
    [{ ...cuts, frequency: [1] }, [], 'assignRfm needs cuts.frequency as 2 ascending finite numbers for 3 bins, found [1]'],
    [{ ...cuts, monetary: [1, 2, 3] }, [], 'assignRfm needs cuts.monetary'],
    [{ ...cuts, recency: [] }, [], 'assignRfm needs cuts as `cuts` of an `rfm` result, of 2 to 10 bins, found {'],
    [{ frequency: [1], monetary: [] }, [], 'found {"frequency":[1],"monetary":[]}'],
    [cuts, [{ name: 'x', monetary: [1, 2] }], 'assignRfm needs segments as rules of distinct names, scores from 1 to 3 without money'],
    [cuts, undefined, 'assignRfm needs segments as rules of distinct names, scores from 1 to 3'],
  ])('refuses cuts %j with segments %j', (given, segments, message) => {
    const run = (): unknown => assignRfm({ recencyDays: 1, frequency: 1, monetary: 1 }, given as never, segments as never);
    expect(run).toThrow(message);
    expect(codeOf(run)).toBe('INVALID_OPTION');
  });
});
