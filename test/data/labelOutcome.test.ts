import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration } from '../../src/data/calendar.js';
import { EventLog } from '../../src/data/eventLog.js';
import { labelOutcome } from '../../src/data/labelOutcome.js';
import { snapshot } from '../../src/data/snapshot.js';
import { snapshots } from '../../src/data/snapshots.js';
import { errorCode as codeOf } from '../errorCode.js';

const SEED = { seed: 20261122, numRuns: 100 };
interface Event { who: string; when: string | number; what?: string | null; paid?: number | null; where?: string | null }
const ROLES = { customer: 'who', time: 'when', item: 'what', amount: 'paid', channel: 'where' } as const;
const event = (who: string, when: string | number, what: string | null = 'card', paid: number | null = 1, where: string | null = 'web'): Event => ({ who, when, what, paid, where });
const logOf = (events: readonly Event[], observedUntil?: string): EventLog =>
  EventLog.fromRows(events as Required<Event>[], ROLES, observedUntil === undefined ? {} : { observedUntil });

describe('labelOutcome', () => {
  const week = { weeks: 1 };
  const before = ['a', 'b', 'c', 'd', 'e'].map((who) => event(who, '2026-01-01'));
  const log = logOf([
    ...before,
    event('a', '2026-02-01'), // exactly at asOf
    event('b', '2026-02-03'), // exactly at asOf + gap
    event('c', '2026-02-07T23:59:59.999'), // the last moment of the week from asOf
    event('d', '2026-02-08'), // one week after asOf, no longer in
    event('e', '2026-02-09T23:59:59.999'), // the last moment of the week from asOf + gap
    event('new', '2026-02-02'),
  ], '2026-02-10');

  it('an event exactly at asOf is not in the features and is in the label', () => {
    expect(snapshot(log, { asOf: '2026-02-01' }).values('frequency')).toEqual([1, 1, 1, 1, 1]);
    expect([...labelOutcome(log, { asOf: '2026-02-01', horizon: week }).values]).toEqual([1, 1, 1, 0, 0]);
  });

  it('with a gap, asOf + gap is in and asOf + gap + horizon is out', () => {
    const labels = labelOutcome(log, { asOf: '2026-02-01', gap: { days: 2 }, horizon: week });
    expect([...labels.values]).toEqual([0, 1, 1, 1, 1]);
    expect([new Date(labels.from), new Date(labels.to)]).toEqual([new Date('2026-02-03'), new Date('2026-02-10')]);
    expect([...labelOutcome(log, { asOf: '2026-02-01', gap: { days: 2 }, horizon: { days: 6 } }).values]).toEqual([0, 1, 1, 1, 0]);
  });

  it('has the rows of the snapshot, so that withColumn can take it', () => {
    const labels = labelOutcome(log, { asOf: '2026-02-01', horizon: week });
    const frame = snapshot(log, { asOf: '2026-02-01' });
    expect(labels.customers).toEqual(frame.values('customer'));
    expect(frame.withColumn('bought', labels).values('bought')).toEqual([1, 1, 1, 0, 0]);
  });

  it('marks a horizon that is not over as missing, early positives too', () => {
    const labels = labelOutcome(log, { asOf: '2026-02-01', gap: { days: 2 }, horizon: { days: 9 } });
    expect([...labels.values]).toEqual([NaN, NaN, NaN, NaN, NaN]);
    expect(labels.incomplete).toBe(5);
    expect(labelOutcome(log, { asOf: '2026-02-01', gap: { days: 2 }, horizon: week }).incomplete).toBe(0);
    expect([...labelOutcome(logOf([...before, event('a', '2026-02-05')]), { asOf: '2026-02-01', horizon: { days: 4 } }).values]).toEqual([0, 0, 0, 0, 0]);
    expect([...labelOutcome(logOf([...before, event('a', '2026-02-05')]), { asOf: '2026-02-01', horizon: { days: 5, hours: 1 } }).values]).toEqual([NaN, NaN, NaN, NaN, NaN]);
  });

  it('takes another end of observation, for all or per customer', () => {
    const options = { asOf: '2026-02-01', horizon: week } as const;
    expect(labelOutcome(log, { ...options, observedUntil: '2026-02-07' }).incomplete).toBe(5);
    const observedUntil = { customers: ['d', 'a', 'b', 'nobody'], values: Float64Array.of(Date.parse('2026-02-05'), Date.parse('2026-02-08'), NaN, NaN) };
    expect([...labelOutcome(log, { ...options, observedUntil }).values]).toEqual([1, 1, 1, NaN, 0]);
  });

  it('the outcome is a purchase, an item, or a rule; a return never is', () => {
    const events = [
      ...before,
      event('a', '2026-02-02', 'card', -5), event('b', '2026-02-02', 'visit', null), event('c', '2026-02-02', 'card', 0), event('d', '2026-02-02', 'loan', 50, 'branch'), event('d', '2026-02-03', 'loan', 20), event('e', '2026-02-02', null, 3, null),
    ];
    const all = logOf(events, '2026-03-01');
    const values = (outcome: Parameters<typeof labelOutcome>[1]['outcome'] & {}): number[] => [...labelOutcome(all, { asOf: '2026-02-01', horizon: week, outcome }).values];
    expect([...labelOutcome(all, { asOf: '2026-02-01', horizon: week }).values]).toEqual([0, 0, 0, 1, 1]);
    expect(values('card')).toEqual([0, 0, 1, 0, 0]);
    expect(values('visit')).toEqual([0, 1, 0, 0, 0]);
    expect(values({ item: ['card', 'loan'] })).toEqual([0, 0, 1, 1, 0]);
    expect(values({ item: 'loan', channel: 'branch' })).toEqual([0, 0, 0, 1, 0]);
    expect(values({ channel: ['web'], minimumAmount: 0 })).toEqual([0, 0, 1, 1, 0]);
    expect(values({ minimumAmount: 21 })).toEqual([0, 0, 0, 1, 0]);
    expect(values(['card', 'loan'])).toEqual([0, 0, 1, 1, 0]);
  });

  it('a gap of no days is no gap', () => {
    const options = { asOf: '2026-02-01', horizon: week } as const;
    expect(labelOutcome(log, { ...options, gap: { days: 0 } })).toEqual(labelOutcome(log, options));
  });

  it('goes with the rows of its moment only, where they say theirs', () => {
    const series = snapshots(log, { from: '2026-01-31', to: '2026-02-01', every: { days: 1 }, windows: [] });
    const labels = labelOutcome(log, { asOf: '2026-02-01', horizon: { days: 1 } });
    expect(labels.asOf).toBe(Date.parse('2026-02-01'));
    const run = (): unknown => series.withColumn('buys', labels);
    expect(run).toThrow('Frame.withColumn cannot give values as of 2026-02-01T00:00:00.000Z to rows as of 2026-01-31T00:00:00.000Z (row 0); label each moment with snapshots, or keep the rows of one');
    expect(codeOf(run)).toBe('INVALID_INPUT');
    const last = series.filter((row) => (row['asOf'] as Date).getTime() === labels.asOf);
    expect(last.withColumn('buys', labels).values('buys')).toEqual(Array.from(labels.values, (label) => (Number.isNaN(label) ? null : label)));
    // Values that belong to no moment are facts of the customer, the same in every row.
    expect(series.withColumn('fact', { customers: labels.customers, values: labels.values }).names).toContain('fact');
  });

  it('measures how many and how much', () => {
    const all = logOf([...before, event('d', '2026-02-02', 'loan', 50), event('d', '2026-02-03', 'loan', 20.5), event('e', '2026-02-03', 'visit', null)], '2026-03-01');
    const options = { asOf: '2026-02-01', horizon: week } as const;
    expect([...labelOutcome(all, { ...options, measure: 'count' }).values]).toEqual([0, 0, 0, 2, 0]);
    expect([...labelOutcome(all, { ...options, measure: 'amount' }).values]).toEqual([0, 0, 0, 70.5, 0]);
    expect([...labelOutcome(all, { ...options, measure: 'amount', outcome: 'visit' }).values]).toEqual([0, 0, 0, 0, 0]);
    expect([...labelOutcome(all, { ...options, measure: 'count', horizon: { years: 1 } }).values]).toEqual([NaN, NaN, NaN, NaN, NaN]);
  });

  it('equals a walk over objects', () => {
    const start = Date.parse('2026-01-01T00:00Z');
    const someEvents = fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c'), when: fc.integer({ min: 0, max: 90 }).map((n) => start + n * 86_400_000), paid: fc.constantFrom(-1, 0, 2, null) }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(someEvents, fc.integer({ min: 1, max: 91 }), fc.nat(10), fc.integer({ min: 1, max: 40 }), (events, asOfDay, gapDays, days) => {
        const asOf = start + asOfDay * 86_400_000;
        fc.pre(events.some(({ when }) => when < asOf));
        const all = EventLog.fromRows(events, { customer: 'who', time: 'when', amount: 'paid' });
        const from = asOf + gapDays * 86_400_000;
        const to = addDuration(from, { days });
        const expected = [...new Set(events.filter(({ when }) => when < asOf).map(({ who }) => who))].sort().map((customer) =>
          // Midnights stand for days, and the last day was observed to its end.
          to > Math.max(...events.map(({ when }) => when)) + 86_400_000 ? NaN : +events.some(({ who, when, paid }) => who === customer && when >= from && when < to && paid !== null && paid > 0),
        );
        expect([...labelOutcome(all, { asOf, horizon: { days }, ...(gapDays > 0 && { gap: { days: gapDays } }) }).values]).toEqual(expected);
      }),
      SEED,
    );
  });

  const bare = EventLog.fromRows([{ a: 'x', b: 0 }], { customer: 'a', time: 'b' });
  it.each([
    ['an outcome that is no item of the log', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, outcome: 'crad' }), 'UNKNOWN_ID', 'labelOutcome found no item "crad" in the log; it has "card"'],
    ['a moment before all events', () => labelOutcome(log, { asOf: '2026-01-01', horizon: week }), 'EMPTY_INPUT', 'labelOutcome found no event before 2026-01-01'],
    ['no horizon', () => labelOutcome(log, { asOf: '2026-02-01' } as never), 'INVALID_OPTION', 'needs horizon as a duration'],
    ['a gap of nothing', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, gap: {} }), 'INVALID_OPTION', 'needs gap as a duration'],
    ['an outcome without a condition', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, outcome: {} }), 'INVALID_OPTION', 'needs at least one item, channel or minimumAmount in outcome, found none; leave outcome out for any purchase'],
    ['an outcome of no items', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, outcome: [] }), 'INVALID_OPTION', 'needs at least one item'],
    ['rows instead of a log', () => labelOutcome([{}] as never, { asOf: '2026-02-01', horizon: week }), 'INVALID_INPUT', 'labelOutcome needs an EventLog, found an array of 1; make one with EventLog.fromRows'],
    ['no options', () => labelOutcome(log, undefined as never), 'INVALID_OPTION', 'labelOutcome needs an object of asOf, gap'],
    ['no end of observation', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, observedUntil: null as never }), 'INVALID_DATE', 'needs observedUntil'],
    ['ends of observation of unequal length', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, observedUntil: { customers: ['a'], values: Float64Array.of(1, 2) } }), 'LENGTH_MISMATCH', 'needs one observedUntil per customer, found 1 customers and 2 values'],
    ['ends of observation of nobody', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, observedUntil: { customers: ['A'], values: Float64Array.of(1e12) } }), 'UNKNOWN_ID', 'the log begins with "a", observedUntil with "A"'],
    ['two ends of one customer', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, observedUntil: { customers: ['a', 'a'], values: Float64Array.of(1e12, 1e12) } }), 'DUPLICATE_ID', 'found customer "a" again at 1'],
    ['an end beyond the calendar', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, observedUntil: { customers: ['a'], values: Float64Array.of(Infinity) } }), 'INVALID_DATE', 'needs observedUntil of customer "a"'],
    ['an unknown measure', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, measure: 'sum' as never }), 'INVALID_OPTION', 'needs measure as one of happened, count, amount'],
    ['amounts of a log without', () => labelOutcome(bare, { asOf: 5, horizon: week, measure: 'amount' }), 'INVALID_OPTION', 'cannot measure amounts'],
    ['a least amount in a log without', () => labelOutcome(bare, { asOf: 5, horizon: week, outcome: { minimumAmount: 3 } }), 'INVALID_OPTION', 'needs outcome.minimumAmount as a number, and amounts in the log'],
    ['items of a log without', () => labelOutcome(bare, { asOf: 5, horizon: week, outcome: 'card' }), 'INVALID_OPTION', 'cannot choose by item'],
    ['an outcome that is none', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, outcome: 3 as never }), 'INVALID_OPTION', 'needs outcome as an item, or as several items or { item, channel, minimumAmount }'],
    ['a misspelt condition', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, outcome: { product: 'card' } as never }), 'INVALID_OPTION', 'knows no option "product"'],
    ['a misspelt option', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, lag: week } as never), 'INVALID_OPTION', 'knows no option "lag"'],
    ['an unreadable end of observation', () => labelOutcome(log, { asOf: '2026-02-01', horizon: week, observedUntil: 'soon' }), 'INVALID_DATE', 'needs observedUntil'],
  ] as [string, () => unknown, string, string][])('refuses %s', (_, run, code, message) => {
    expect(run).toThrow(message);
    expect(codeOf(run)).toBe(code);
  });
});

describe('snapshots', () => {
  const log = logOf([
    event('a', '2025-12-15', 'card', 5), event('b', '2026-01-31', 'loan', 7), event('a', '2026-02-10', 'card', 2), event('c', '2026-03-05', 'fund', 9), event('b', '2026-04-20', 'loan', 1),
  ], '2026-05-01');

  it('stacks the snapshots and labels of its moments', () => {
    const series = snapshots(log, { from: '2026-01-31', to: '2026-04-15', every: { months: 1 }, windows: [{ days: 30 }], gap: { days: 1 }, horizon: { days: 30 }, label: 'bought' });
    const moments = ['2026-01-31', '2026-02-28', '2026-03-31'];
    const columns = { like: series.names.filter((name) => !['asOf', 'bought'].includes(name)) };
    const expected = moments.flatMap((asOf) => {
      const labels = labelOutcome(log, { asOf, gap: { days: 1 }, horizon: { days: 30 } });
      return snapshot(log, { asOf, ...columns }).withColumn('bought', labels).toRows().map((row) => ({ ...row, asOf: new Date(asOf) }));
    });
    expect(series.toRows()).toEqual(expected);
    expect(series.names.slice(0, 3)).toEqual(['customer', 'asOf', 'recencyDays']);
    expect(series.column('asOf').kind).toBe('date');
    expect(series.values('bought')).toEqual([1, 0, 0, 0, 1, 0]);
  });

  it('counts its moments from the first: the ends of months stay ends of months', () => {
    const series = snapshots(log, { from: '2026-01-31', to: '2026-05-31', every: { months: 1 } });
    const moments = [...new Set(series.values('asOf').map((date) => (date as Date).toISOString().slice(0, 10)))];
    expect(moments).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
    expect(series.names).not.toContain('label');
  });

  it('labels as missing where the window is not over', () => {
    const series = snapshots(log, { from: '2026-03-31', to: '2026-04-30', every: { months: 1 }, horizon: { months: 1 } });
    expect(series.values('label')).toEqual([0, 1, 0, null, null, null]);
  });

  it('leaves out moments before the first event, and names columns by what precedes the last moment', () => {
    const series = snapshots(log, { from: '2025-11-01', to: '2026-03-01', every: { months: 1, days: undefined as never }, windows: [] });
    expect(series.values('asOf')).toEqual(['2026-01-01', '2026-02-01', '2026-02-01', '2026-03-01', '2026-03-01'].map((text) => new Date(text)));
    expect(series.names.filter((name) => name.startsWith('itemCount='))).toEqual(['itemCount=card', 'itemCount=loan']);
    expect(series.values('itemCount=loan')).toEqual([0, 0, 1, 0, 1]);
  });

  it('changing anything at or after a moment changes no feature of its rows', () => {
    const start = Date.parse('2026-01-01T00:00Z');
    const someEvents = fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c'), when: fc.integer({ min: 0, max: 120 }).map((n) => start + n * 86_400_000), what: fc.constantFrom('x', 'y'), paid: fc.constantFrom(-1, 2, null) }), { minLength: 1, maxLength: 30 });
    const options = { from: start + 30 * 86_400_000, to: start + 90 * 86_400_000, every: { days: 20 }, like: ['count15d', 'itemCount=x', 'itemCount=y'] } as const;
    const rowsUntil = (events: readonly Event[], moment: number): unknown =>
      snapshots(EventLog.fromRows(events as Required<Event>[], { customer: 'who', time: 'when', item: 'what', amount: 'paid' }), options).filter((row) => (row['asOf'] as Date).getTime() <= moment).toRows();
    fc.assert(
      fc.property(someEvents, someEvents, fc.integer({ min: 0, max: 3 }), (events, others, k) => {
        const moment = options.from + k * 20 * 86_400_000;
        const past = events.filter(({ when }) => when < moment);
        fc.pre(past.length > 0);
        expect(rowsUntil([...past, ...others.filter(({ when }) => when >= moment)], moment)).toEqual(rowsUntil(events, moment));
      }),
      SEED,
    );
  });

  it.each([
    ['from after to', { from: '2026-03-01', to: '2026-02-01', every: { days: 1 } }, 'INVALID_OPTION', 'needs from not after to'],
    ['too many moments', { from: '2026-03-01', to: '2026-03-31', every: { hours: 0.001 } }, 'INVALID_OPTION', 'at most 10000 moments'],
    ['no step', { from: '2026-03-01', to: '2026-03-31' }, 'INVALID_OPTION', 'needs every as a duration'],
    ['an outcome without horizon', { from: '2026-03-01', to: '2026-03-31', every: { days: 7 }, outcome: 'card' }, 'INVALID_OPTION', 'needs a horizon to label the outcome'],
    ['a label that is a feature', { from: '2026-03-01', to: '2026-03-31', every: { days: 7 }, horizon: { days: 7 }, label: 'frequency' }, 'DUPLICATE_COLUMN', 'cannot name its labels "frequency"'],
    ['moments before all events', { from: '2025-03-01', to: '2025-03-31', every: { days: 7 } }, 'EMPTY_INPUT', 'snapshots found no event before 2025-03-29'],
    ['an unreadable moment', { from: 'then', to: '2025-03-31', every: { days: 7 } }, 'INVALID_DATE', 'needs from'],
    ['a misspelt option', { from: '2026-03-01', to: '2026-03-31', step: { days: 7 } }, 'INVALID_OPTION', 'knows no option "step"'],
  ])('refuses %s', (_, options, code, message) => {
    const run = (): unknown => snapshots(log, options as never);
    expect(run).toThrow(message);
    expect(codeOf(run)).toBe(code);
  });
});
