import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import type { JourneyList } from '../../../src/paths/journeys/journeysOfLists.js';
import { readJourneys, readTimedJourneys } from '../../../src/paths/journeys/readJourneys.js';
import { errorCode } from '../../errorCode.js';

const ROLES = { customer: 'id', time: 'at', item: 'what', channel: 'where' } as const;
const rows = [
  { id: 2, at: '2026-01-05T09:00', what: 'card', where: 'web' },
  { id: 1, at: '2026-01-05T17:00', what: 'loan', where: 'branch' },
  { id: 1, at: '2026-01-05T09:00', what: 'visit', where: 'web' },
  { id: 1, at: '2026-01-05T09:00', what: 'card', where: 'web' },
  { id: 1, at: '2026-01-05T09:00', what: 'visit', where: 'mail' },
  { id: 1, at: '2026-01-06T00:00', what: 'loan', where: 'web' },
  { id: 2, at: '2026-01-07', what: null, where: 'web' },
];
const log = EventLog.fromRows(rows, ROLES);
const shown = (journeys: Journeys, customer: number): string => journeys.stepsOf(customer).map(({ items }) => items.join('+')).join(' > ');

describe('Journeys.fromLog', () => {
  it('puts the events of a moment together, sorted, each once, and counts what has no name', () => {
    const journeys = Journeys.fromLog(log);
    expect([shown(journeys, 1), shown(journeys, 2)]).toEqual(['card+visit > loan > loan', 'card']);
    expect(journeys).toMatchObject({ customerCount: 2, stepCount: 4, leftOut: 1, weights: null, itemLevels: ['card', 'loan', 'visit'] });
    expect(journeys.stepsOf(1)[0]!.time).toBe(Date.UTC(2026, 0, 5, 9));
    expect(Array.from(journeys.until!)).toEqual([log.observedUntil, log.observedUntil]);
  });

  it('does not depend on the order of rows', () => {
    const turned = Journeys.fromLog(EventLog.fromRows(rows.slice().reverse(), ROLES));
    for (const part of ['customers', 'itemLevels', 'offsets', 'itemOffsets', 'items', 'times', 'until'] as const) expect(turned[part]).toEqual(Journeys.fromLog(log)[part]);
  });

  it('puts the events of a day together, at the time of the first with a name', () => {
    const journeys = Journeys.fromLog(log, { together: 'day' });
    expect(shown(journeys, 1)).toBe('card+loan+visit > loan');
    expect(journeys.stepsOf(1).map(({ time }) => time)).toEqual([Date.UTC(2026, 0, 5, 9), Date.UTC(2026, 0, 6)]);
    const late = Journeys.fromLog(log, { together: 'day', rename: { card: null, visit: null } });
    expect(late.stepsOf(1)[0]!.time).toBe(Date.UTC(2026, 0, 5, 17));
  });

  it('names steps by channel, or by both', () => {
    expect(shown(Journeys.fromLog(log, { step: 'channel' }), 1)).toBe('mail+web > branch > web');
    const both = Journeys.fromLog(log, { step: 'item/channel' });
    expect([shown(both, 1), shown(both, 2)]).toEqual(['card/web+visit/mail+visit/web > loan/branch > loan/web', 'card/web > web']);
    const channels = EventLog.fromRows([{ id: 1, at: '2026-01-01', where: 'web' }], { customer: 'id', time: 'at', channel: 'where' });
    expect(shown(Journeys.fromLog(channels), 1)).toBe('web');
  });

  it('renames and merges items, and leaves out those renamed to null', () => {
    const journeys = Journeys.fromLog(log, { rename: { card: 'product', loan: 'product', visit: null, other: 'x' } });
    expect([shown(journeys, 1), journeys.itemLevels, journeys.leftOut]).toEqual(['product > product > product', ['product'], 3]);
    const nobody = Journeys.fromLog(log, { rename: { card: null } });
    expect([nobody.customerCount, shown(nobody, 2)]).toEqual([2, '']);
  });

  it('keeps only the first of steps alike that follow one another', () => {
    expect(shown(Journeys.fromLog(log, { repeats: 'first' }), 1)).toBe('card+visit > loan');
    const again = EventLog.fromRows(['a', 'a', 'b', 'a'].map((what, day) => ({ id: 1, at: `2026-01-0${day + 1}`, what })), { customer: 'id', time: 'at', item: 'what' });
    const first = Journeys.fromLog(again, { repeats: 'first' });
    expect([shown(first, 1), first.stepsOf(1).map(({ time }) => new Date(time!).getUTCDate())]).toEqual(['a > b > a', [1, 3, 4]]);
  });

  it('takes weights and ends of observation by customer; who is not listed has the default', () => {
    const journeys = Journeys.fromLog(log, { weights: { customers: [2, 9], values: Float64Array.of(2.5, 7) }, observedUntil: { customers: [1], values: Float64Array.of(1e12) } });
    expect(Array.from(journeys.weights!)).toEqual([1, 2.5]);
    expect(Array.from(journeys.until!)).toEqual([1e12, log.observedUntil]);
  });

  it('refuses what it cannot read', () => {
    const bad = (options: object): string => errorCode(() => Journeys.fromLog(log, options));
    expect(['moments', 'week'].map((together) => bad({ together }))).toEqual(['INVALID_OPTION', 'INVALID_OPTION']);
    expect([bad({ step: 'shop' }), bad({ repeats: 'last' }), bad({ day: true })]).toEqual(['INVALID_OPTION', 'INVALID_OPTION', 'INVALID_OPTION']);
    expect(bad({ weights: { customers: [1], values: Float64Array.of(-1) } })).toBe('INVALID_OPTION');
    expect(bad({ weights: { customers: [1, 2], values: Float64Array.of(1) } })).toBe('LENGTH_MISMATCH');
    expect(bad({ weights: { customers: [1, 1], values: Float64Array.of(1, 2) } })).toBe('DUPLICATE_ID');
    expect([bad({ weights: { customers: [1], values: [NaN] } }), bad({ observedUntil: { customers: [1], values: [Infinity] } }), bad({ observedUntil: { customers: [1], values: ['2026-02-01'] } }), bad({ observedUntil: null })]).toEqual(Array(4).fill('INVALID_OPTION'));
    expect(bad({ weights: { customers: [7], values: [2] } })).toBe('UNKNOWN_ID');
    expect([bad({ rename: new Map() }), bad({ rename: { card: undefined } }), bad({ rename: null })]).toEqual(Array(3).fill('INVALID_OPTION'));
    const alike = EventLog.fromRows([{ id: 1, at: '2026-01-01', what: 'a', where: 'b/c' }, { id: 1, at: '2026-01-02', what: 'a/b', where: 'c' }], ROLES);
    expect(() => Journeys.fromLog(alike, { step: 'item/channel' })).toThrow('two pairs of them give "a/b/c"');
    const bare = EventLog.fromRows([{ id: 1, at: '2026-01-01' }], { customer: 'id', time: 'at' });
    expect(() => Journeys.fromLog(bare)).toThrow('Journeys.fromLog names steps by item, which the log does not have');
    expect(errorCode(() => Journeys.fromLog([] as never))).toBe('INVALID_INPUT');
  });
});

describe('Journeys.fromLists', () => {
  it('codes items by code unit, sorts and dedupes steps', () => {
    const journeys = Journeys.fromLists([['b', ['c', 'a', 'c']], [], [10, 9]]);
    expect(journeys.itemLevels).toEqual(['10', '9', 'a', 'b', 'c']);
    expect([0, 1, 2].map((customer) => shown(journeys, customer))).toEqual(['b > a+c', '', '10 > 9']);
    expect(journeys).toMatchObject({ customerCount: 3, stepCount: 4, times: null, until: null, leftOut: 0 });
    expect(journeys.stepsOf(2)[0]!.time).toBeNull();
  });

  it('takes customers and weights', () => {
    const journeys = Journeys.fromLists([['a'], ['b']], { customers: ['x', 'y'], weights: [0, 2] });
    expect(journeys.stepsOf('y')).toEqual([{ time: null, items: ['b'] }]);
    expect(Array.from(journeys.weights!)).toEqual([0, 2]);
  });

  it('refuses what it cannot read, naming journey and step', () => {
    const code = (lists: unknown, options?: object): string => errorCode(() => Journeys.fromLists(lists as JourneyList[], options));
    expect([code('a'), code(['a'])]).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
    expect([[[[]]], [[null]], [[['a', ['b']]]], [[NaN]]].map((lists) => code(lists))).toEqual(Array(4).fill('INVALID_VALUE'));
    // eslint-disable-next-line no-sparse-arrays -- a hole is no journey, and must not move those behind it
    expect([code([['a'], , ['b']]), code([['a', , 'b']])]).toEqual(['INVALID_INPUT', 'INVALID_VALUE']);
    expect(() => Journeys.fromLists([['a'], ['b', []]])).toThrow('found an empty step at step 1 of journey 1');
    expect([code([['a']], { weights: [1, 2] }), code([['a']], { customers: [1, 2] })]).toEqual(['LENGTH_MISMATCH', 'LENGTH_MISMATCH']);
    expect([{ customers: [2, 1] }, { customers: [1, 1] }, { customers: [1, 'a'] }, { weights: [1, Infinity] }, { names: [] }].map((options) => code([['a'], ['b']], options))).toEqual(Array(5).fill('INVALID_OPTION'));
    expect(errorCode(() => Journeys.fromLists([['a']]).stepsOf(7))).toBe('UNKNOWN_ID');
  });
});

describe('reading a source', () => {
  it('reads a log as Journeys.fromLog does', () => {
    const { customers, itemLevels, offsets, itemOffsets, items, times, until, weights, leftOut } = Journeys.fromLog(log);
    expect(readJourneys('test', log)).toEqual({ customers, itemLevels, offsets, itemOffsets, items, times, until, weights, leftOut });
    const byChannel = EventLog.fromRows(rows, { customer: 'id', time: 'at', channel: 'where' });
    expect(readJourneys('test', byChannel)).toMatchObject({ items: Journeys.fromLog(byChannel).items, itemLevels: ['branch', 'mail', 'web'] });
  });

  it('takes a log or journeys, and asks for times where they are needed', () => {
    const journeys = Journeys.fromLists([['a']]);
    expect(readJourneys('f', journeys)).toBe(journeys);
    expect(readJourneys('f', log).items).toEqual(Journeys.fromLog(log).items);
    expect(readTimedJourneys('f', log).times).toEqual(Journeys.fromLog(log).times);
    expect(() => readTimedJourneys('f', journeys)).toThrow('f needs to know when steps happened');
    for (const source of [null, undefined, 'log', []]) expect(errorCode(() => readJourneys('f', source as never))).toBe('INVALID_INPUT');
  });
});
