import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration } from '../../src/data/calendar.js';
import type { Duration } from '../../src/data/duration.js';
import { EventLog } from '../../src/data/eventLog.js';
import type { Frame } from '../../src/data/frame.js';
import { snapshot, type SnapshotOptions } from '../../src/data/snapshot.js';
import { snapshots } from '../../src/data/snapshots.js';
import { rfm } from '../../src/segmentation/rfm/rfm.js';
import { errorCode as codeOf } from '../errorCode.js';

const SEED = { seed: 20261122, numRuns: 150 };
const DAY = 86_400_000;
const START = Date.parse('2026-01-01T00:00Z');
interface Event { who: string; when: number; what: string | null; paid: number | null; where: string | null }
const ROLES = { customer: 'who', time: 'when', item: 'what', amount: 'paid', channel: 'where' } as const;
const logOf = (events: readonly Event[]): EventLog => EventLog.fromRows(events, ROLES);
const at = (text: string): number => Date.parse(text.length === 10 ? `${text}T00:00Z` : `${text}Z`);
const event = (who: string, when: string, what: string | null = 'card', paid: number | null = 1, where: string | null = 'web'): Event => ({ who, when: at(when), what, paid, where });
/** Every value of a frame, missing as null, so that two can be compared. */
const plain = (frame: Frame): unknown => ({ names: frame.names, rows: frame.toRows() });

const someEvent = fc.record({
  who: fc.constantFrom('ann', 'bob', 'cyd', 'dan'),
  when: fc.integer({ min: 0, max: 300 }).map((n) => START + n * (DAY / 2)),
  what: fc.constantFrom('card', 'loan', 'fund', null),
  paid: fc.constantFrom(-5, 0, 3, 10.5, 0.1, null),
  where: fc.constantFrom('web', 'branch', null),
});
const someEvents = fc.array(someEvent, { minLength: 1, maxLength: 50 });
const someMoment = fc.integer({ min: 1, max: 301 }).map((n) => START + n * (DAY / 2));

/** The same features by walking objects, one customer and one definition after the other. */
function naiveRow(events: readonly Event[], who: string, asOf: number, windows: readonly [string, Duration][], items: readonly string[], channels: readonly string[]): Record<string, unknown> {
  const own = events.filter((e) => e.who === who && e.when < asOf).sort((a, b) => a.when - b.when || (a.what ?? '').localeCompare(b.what ?? '') || (a.where ?? '').localeCompare(b.where ?? '') || (a.paid ?? 1e9) - (b.paid ?? 1e9));
  const bought = own.filter((e) => e.paid !== null && e.paid > 0);
  const midnights = (time: number | undefined): number | null => (time === undefined ? null : Math.floor(asOf / DAY) - Math.floor(time / DAY));
  const total = (list: readonly Event[]): number => list.reduce((sum, e) => sum + (e.paid ?? 0), 0);
  const visits = [...new Set(bought.map((e) => e.when))];
  const gaps = visits.slice(1).map((time, i) => (time - visits[i]!) / DAY).sort((a, b) => a - b);
  const mean = gaps.length === 0 ? null : gaps.reduce((a, b) => a + b, 0) / gaps.length;
  const recencyDays = midnights(bought.at(-1)?.when);
  const row: Record<string, unknown> = {
    customer: who,
    recencyDays,
    tenureDays: midnights(own[0]?.when),
    frequency: bought.length,
    returns: own.filter((e) => e.paid !== null && e.paid < 0).length,
    otherEvents: own.filter((e) => e.paid === null || e.paid === 0).length,
    amountTotal: total(own),
    amountMean: bought.length === 0 ? null : total(bought) / bought.length,
    amountMax: bought.length === 0 ? null : Math.max(...bought.map((e) => e.paid!)),
    lastAmount: bought.at(-1)?.paid ?? null,
    meanGapDays: mean,
    medianGapDays: mean === null ? null : gaps.length % 2 === 1 ? gaps[(gaps.length - 1) / 2] : (gaps[gaps.length / 2 - 1]! + gaps[gaps.length / 2]!) / 2,
    sdGapDays: gaps.length < 2 ? null : Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean!) ** 2, 0) / (gaps.length - 1)),
    recencyInGaps: mean === null ? null : recencyDays! / mean,
  };
  for (const [label, duration] of windows) {
    const from = addDuration(asOf, duration, -1);
    const before = addDuration(from, duration, -1);
    const last = own.filter((e) => e.when >= from);
    const earlier = own.filter((e) => e.when >= before && e.when < from);
    const purchases = (list: readonly Event[]): number => list.filter((e) => bought.includes(e)).length;
    row[`count${label}`] = purchases(last);
    row[`countChange${label}`] = purchases(last) - purchases(earlier);
    row[`amount${label}`] = total(last);
    row[`amountChange${label}`] = total(last) - total(earlier);
  }
  row['distinctItems'] = new Set(own.filter((e) => e.what !== null).map((e) => e.what)).size;
  for (const [role, key, levels] of [['item', 'what', items], ['channel', 'where', channels]] as const) {
    for (const level of levels) {
      const having = own.filter((e) => e[key] === level);
      const kept = having.filter((e) => !(e.paid !== null && e.paid < 0));
      row[`${role}Count=${level}`] = kept.length;
      row[`${role}Amount=${level}`] = total(having);
      if (role === 'item') row[`itemDaysSince=${level}`] = midnights(kept.at(-1)?.when);
    }
  }
  return row;
}

describe('snapshot sees nothing at or after asOf', () => {
  const windows = [{ days: 10 }, { months: 1 }];

  it('changing, adding or removing anything at or after asOf changes no feature and no column', () => {
    const change = fc.record({ keep: fc.boolean(), shift: fc.integer({ min: 0, max: 200 }), what: fc.constantFrom('card', 'Zoo', null), paid: fc.constantFrom(-1, 7, 1e6, null), where: fc.constantFrom('web', 'fax') });
    fc.assert(
      fc.property(someEvents, fc.array(change, { minLength: 50, maxLength: 50 }), fc.array(someEvent, { maxLength: 8 }), someMoment, fc.boolean(), (events, changes, added, asOf, itemRecency) => {
        fc.pre(events.some(({ when }) => when < asOf));
        const other: Event[] = [
          ...events.flatMap((e, i): Event[] => {
            const { keep, shift, ...fields } = changes[i]!;
            return e.when < asOf ? [e] : keep ? [{ ...e, ...fields, when: asOf + shift * DAY }] : [];
          }),
          ...added.map((e) => ({ ...e, who: `${e.who}2`, what: 'brand new', when: asOf + (e.when - START) })),
        ];
        const options: SnapshotOptions = { asOf, windows, itemRecency, maxLevels: 2 };
        expect(plain(snapshot(logOf(other), options))).toEqual(plain(snapshot(logOf(events), options)));
      }),
      SEED,
    );
  });

  it('is the snapshot of the log cut at asOf', () => {
    fc.assert(
      fc.property(someEvents, someMoment, (events, asOf) => {
        fc.pre(events.some(({ when }) => when < asOf));
        const log = logOf(events);
        expect(plain(snapshot(log.between({ to: asOf }), { asOf, windows }))).toEqual(plain(snapshot(log, { asOf, windows })));
      }),
      SEED,
    );
  });

  it('an event exactly at asOf is not in, one a millisecond earlier is', () => {
    const log = logOf([event('ann', '2026-01-10'), event('ann', '2026-02-01')]);
    expect(snapshot(log, { asOf: '2026-02-01' }).row(0)).toMatchObject({ frequency: 1, recencyDays: 22, count30d: 1 });
    expect(snapshot(log, { asOf: at('2026-02-01') + 1 }).row(0)).toMatchObject({ frequency: 2, recencyDays: 0, count30d: 2 });
  });
});

describe('snapshot', () => {
  it('equals a walk over objects', () => {
    const windows: [string, Duration][] = [['10d', { days: 10 }], ['1m', { months: 1 }]];
    fc.assert(
      fc.property(someEvents, someMoment, (events, asOf) => {
        const seen = events.filter(({ when }) => when < asOf);
        fc.pre(seen.length > 0);
        const log = logOf(events);
        const items = ['fund', 'card'].filter((item) => log.itemLevels.includes(item));
        const channels = ['web', 'branch'].filter((channel) => log.channelLevels.includes(channel));
        const frame = snapshot(log, { asOf, windows: windows.map(([, duration]) => duration), items, channels, itemRecency: true });
        const expected = [...new Set(seen.map(({ who }) => who))].sort().map((who) => naiveRow(events, who, asOf, windows, items, channels));
        expect(frame.names).toEqual(Object.keys(expected[0]!));
        frame.toRows().forEach((row, i) => {
          for (const [name, value] of Object.entries(expected[i]!)) {
            if (typeof value === 'number') expect(row[name], name).toBeCloseTo(value, 9);
            else expect(row[name], name).toBe(value);
          }
        });
      }),
      SEED,
    );
  });

  it('does not depend on the order of the rows', () => {
    const shuffled = someEvents.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
    fc.assert(
      fc.property(shuffled, someMoment, ([events, others], asOf) => {
        fc.pre(events.some(({ when }) => when < asOf));
        expect(plain(snapshot(logOf(others), { asOf }))).toEqual(plain(snapshot(logOf(events), { asOf })));
      }),
      SEED,
    );
  });

  it('counts recency, frequency and money as rfm does', () => {
    fc.assert(
      fc.property(someEvents, someMoment, (events, asOf) => {
        fc.pre(events.some(({ when, paid }) => when < asOf && paid !== null && paid > 0));
        const scored = rfm(logOf(events), { asOf });
        const buyers = snapshot(logOf(events), { asOf }).filter((row) => (row['frequency'] as number) > 0);
        expect(buyers.values('customer')).toEqual(scored.customers);
        expect(buyers.values('recencyDays')).toEqual([...scored.recencyDays]);
        expect(buyers.values('frequency')).toEqual([...scored.frequency]);
        expect(buyers.values('amountTotal')).toEqual([...scored.monetary]);
      }),
      SEED,
    );
  });

  it('has only the columns that the roles of the log allow', () => {
    const bare = EventLog.fromRows([{ a: 'x', b: '2026-01-01' }], { customer: 'a', time: 'b' });
    expect(snapshot(bare, { asOf: '2026-01-31', windows: [{ weeks: 2 }] }).names).toEqual(['customer', 'recencyDays', 'tenureDays', 'frequency', 'meanGapDays', 'medianGapDays', 'sdGapDays', 'recencyInGaps', 'count2w', 'countChange2w']);
    const items = EventLog.fromRows([{ a: 'x', b: '2026-01-01', c: 'card' }], { customer: 'a', time: 'b', item: 'c' });
    expect(snapshot(items, { asOf: '2026-01-31', windows: [], itemRecency: true }).names.slice(-3)).toEqual(['distinctItems', 'itemCount=card', 'itemDaysSince=card']);
  });

  it('takes lines of one order as one visit in the rhythm', () => {
    const log = logOf([event('a', '2026-01-01', 'card'), event('a', '2026-01-01', 'loan'), event('a', '2026-01-11', 'card'), event('a', '2026-01-11', 'loan')]);
    expect(snapshot(log, { asOf: '2026-01-16' }).row(0)).toMatchObject({ frequency: 4, meanGapDays: 10, medianGapDays: 10, sdGapDays: null, recencyInGaps: 0.5 });
  });

  it('has a row for prospects, with what they lack missing', () => {
    const log = logOf([event('a', '2026-01-01', 'visit', null), event('b', '2026-01-01', 'card', 5)]);
    expect(snapshot(log, { asOf: '2026-01-11', windows: [] }).row(0)).toMatchObject({
      customer: 'a', recencyDays: null, tenureDays: 10, frequency: 0, otherEvents: 1, amountTotal: 0, amountMean: null, amountMax: null, lastAmount: null, meanGapDays: null, 'itemCount=visit': 1, 'itemAmount=visit': 0,
    });
  });

  it('windows follow the calendar when in months', () => {
    const log = logOf([event('a', '2026-02-28T00:00', 'card', 4), event('a', '2026-03-31', 'card', 5), event('a', '2026-02-27T23:59', 'card', 2)]);
    // One month before 31 March is 28 February; the month before that begins on 28 January.
    expect(snapshot(log, { asOf: '2026-03-31', windows: [{ months: 1 }] }).row(0)).toMatchObject({ count1m: 1, amount1m: 4, countChange1m: 0, amountChange1m: 2 });
  });
});

describe('snapshot columns by item and channel', () => {
  const events = [event('a', '2026-01-01', 'x'), event('a', '2026-01-02', 'x'), event('b', '2026-01-03', 'z'), event('b', '2026-01-04', 'y'), event('a', '2026-02-01', 'w', 1, 'fax'), event('a', '2026-02-02', 'w'), event('a', '2026-02-03', 'w')];
  const log = logOf(events);
  const itemsOf = (frame: Frame): string[] => frame.names.filter((name) => name.startsWith('itemCount=')).map((name) => name.slice(10));

  it('auto takes the most frequent before asOf, equals by name, in ascending order', () => {
    expect(itemsOf(snapshot(log, { asOf: '2026-01-31', maxLevels: 2 }))).toEqual(['x', 'y']);
    expect(itemsOf(snapshot(log, { asOf: '2026-03-01', maxLevels: 2 }))).toEqual(['w', 'x']);
    expect(itemsOf(snapshot(log, { asOf: '2026-01-31' }))).toEqual(['x', 'y', 'z']);
    expect(itemsOf(snapshot(log, { asOf: '2026-01-31', items: false }))).toEqual([]);
    expect(itemsOf(snapshot(log, { asOf: '2026-01-31', maxLevels: 0 }))).toEqual([]);
    expect(snapshot(log, { asOf: '2026-01-31', channels: false }).names.some((name) => name.startsWith('channel'))).toBe(false);
  });

  it('a later snapshot of a log with few items has all columns of an earlier one', () => {
    const today = snapshot(log, { asOf: '2026-03-01' });
    expect(snapshot(log, { asOf: '2026-01-31' }).names.filter((name) => !today.names.includes(name))).toEqual([]);
  });

  it('named items have their columns in the order given, also those that come after asOf', () => {
    const frame = snapshot(log, { asOf: '2026-01-31', items: ['z', 'w', 'z'], windows: [] });
    expect(itemsOf(frame)).toEqual(['z', 'w']);
    expect(frame.values('itemCount=w')).toEqual([0, 0]);
  });

  it('like gives exactly the columns of another snapshot, from its frame, its names, or a later part of its names', () => {
    const past = snapshot(log, { asOf: '2026-01-31', windows: [{ days: 7 }, { months: 3 }, { years: 1, months: 6 }], maxLevels: 2, itemRecency: true });
    const today = snapshot(log, { asOf: '2026-03-01', like: past });
    expect(today.names).toEqual(past.names);
    expect(today.row(0)).toMatchObject({ 'itemCount=x': 2, 'itemDaysSince=x': 58, count7d: 0 });
    expect(snapshot(log, { asOf: '2026-03-01', like: past.names }).names).toEqual(past.names);
    const partly = snapshot(log, { asOf: '2026-03-01', like: ['customer', 'amountChange30d', 'itemAmount=a=b', 'channelCount=web'] });
    expect(partly.names.slice(-8)).toEqual(['countChange30d', 'amount30d', 'amountChange30d', 'distinctItems', 'itemCount=a=b', 'itemAmount=a=b', 'channelCount=web', 'channelAmount=web']);
    expect(partly.values('itemCount=a=b')).toEqual([0, 0]);
  });

  it('like passes over columns of your own in a frame', () => {
    const past = snapshot(log, { asOf: '2026-01-31' });
    const own = past.withColumn('age', Float64Array.from({ length: past.rowCount }, (_, row) => row)).withColumn('itemised', past.column('frequency'));
    expect(snapshot(log, { asOf: '2026-03-01', like: own }).names).toEqual(past.names);
  });
});

describe('snapshot refuses', () => {
  const log = logOf([event('a', '2026-01-01')]);
  const bare = EventLog.fromRows([{ a: 'x', b: 0 }], { customer: 'a', time: 'b' });
  it.each([
    ['a moment before all events', () => snapshot(log, { asOf: '2026-01-01' }), 'EMPTY_INPUT', 'found no event before 2026-01-01T00:00:00.000Z; choose a later asOf'],
    ['rows instead of a log', () => snapshot([{ a: 1 }] as never, { asOf: 1e12 }), 'INVALID_INPUT', 'snapshot needs an EventLog, found an array of 1; make one with EventLog.fromRows'],
    ['no options', () => snapshot(log, undefined as never), 'INVALID_OPTION', 'snapshot needs an object of asOf, windows'],
    ['a moment long after the end', () => snapshot(log, { asOf: '2036-01-01' }), 'INVALID_OPTION', 'needs asOf near the time observed, found 2036-01-01T00:00:00.000Z, where the log ends at 2026-01-02T00:00:00.000Z; choose an earlier asOf, or give observedUntil when the log is made'],
    ['a last moment long after the end', () => snapshots(log, { from: '2026-01-02', to: '2036-01-03', every: { years: 1 } }), 'INVALID_OPTION', 'snapshots needs asOf near the time observed'],
    ['a misspelt item', () => snapshot(log, { asOf: '2026-02-01', items: ['crad'] }), 'UNKNOWN_ID', 'snapshot found no item "crad" in the log; it has "card"'],
    ['a misspelt channel', () => snapshot(log, { asOf: '2026-02-01', channels: ['wbe'] }), 'UNKNOWN_ID', 'snapshot found no channel "wbe"'],
    ['an item by itself', () => snapshot(log, { asOf: '2026-02-01', items: 'card' as never }), 'INVALID_OPTION', "needs items as 'auto', false or an array of names, found \"card\""],
    ['a column that no snapshot has', () => snapshot(log, { asOf: '2026-02-01', like: ['frequency', 'foo'] }), 'UNKNOWN_COLUMN', 'cannot make the column "foo" that like names'],
    ['columns that this log cannot make', () => snapshot(bare, { asOf: 5, like: snapshot(log, { asOf: '2026-02-01' }) }), 'UNKNOWN_COLUMN', 'cannot make the column "returns" that like names (and '],
    ['like of nothing', () => snapshot(log, { asOf: '2026-02-01', like: null as never }), 'INVALID_OPTION', 'needs like as a snapshot or an array of column names, found null'],
    ['an unreadable moment', () => snapshot(log, { asOf: '30/06/2026' }), 'INVALID_DATE', 'snapshot needs asOf'],
    ['no moment', () => snapshot(log, {} as never), 'INVALID_DATE', 'found undefined'],
    ['a misspelt option', () => snapshot(log, { asOf: 1e13, window: [] } as never), 'INVALID_OPTION', 'knows no option "window"'],
    ['windows that are none', () => snapshot(log, { asOf: 1e13, windows: [30] as never }), 'INVALID_OPTION', 'needs windows as a duration'],
    ['windows that are no array', () => snapshot(log, { asOf: 1e13, windows: { days: 3 } as never }), 'INVALID_OPTION', 'needs windows as an array of durations'],
    ['a window twice', () => snapshot(log, { asOf: 1e13, windows: [{ days: 3 }, { days: 3 }] }), 'INVALID_OPTION', 'needs distinct windows within the calendar, found "3d"'],
    ['a window beyond the calendar', () => snapshot(log, { asOf: 1e13, windows: [{ years: 300_000 }] }), 'INVALID_OPTION', 'found "300000y"'],
    ['items of a log without', () => snapshot(bare, { asOf: 1e13, items: ['x'] }), 'INVALID_OPTION', 'cannot make columns by item: the log has none'],
    ['items that are no names', () => snapshot(log, { asOf: 1e13, items: [3] as never }), 'INVALID_OPTION', "snapshot needs items by their names (text), found an array of 1"],
    ['fractional maxLevels', () => snapshot(log, { asOf: 1e13, maxLevels: 1.5 }), 'INVALID_OPTION', 'needs maxLevels as a whole number'],
    ['like beside windows', () => snapshot(log, { asOf: 1e13, like: [], windows: [] }), 'INVALID_OPTION', 'takes its columns from like'],
    ['like that is no names', () => snapshot(log, { asOf: 1e13, like: {} as never }), 'INVALID_OPTION', 'needs like as a snapshot or an array of column names'],
  ] as [string, () => unknown, string, string][])('%s', (_, run, code, message) => {
    expect(run).toThrow(message);
    expect(codeOf(run)).toBe(code);
  });
});
