import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitCoxRegression } from '../../../src/churn/cox/fitCoxRegression.js';
import { survivalTimes, type SurvivalTimeOptions } from '../../../src/churn/define/survivalTimes.js';
import { timeVaryingRows } from '../../../src/churn/define/timeVaryingRows.js';
import { simulateCompany } from '../../../examples/company/index.mjs';
import { EventLog } from '../../../src/data/eventLog.js';
import { Frame } from '../../../src/data/frame.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const START = Date.parse('2026-01-01');
const at = (day: number): number => START + day * DAY;
interface Event { readonly who: string; readonly day: number; readonly what?: string; readonly paid?: number }
const logOf = (events: readonly Event[], until = 200): EventLog =>
  EventLog.fromRows(events.map(({ who, day, what = 'card', paid = 1 }) => ({ who, at: at(day), what, paid })), { customer: 'who', time: 'at', item: 'what', amount: 'paid' }, { observedUntil: at(until) });
const times = (log: EventLog, options: SurvivalTimeOptions): Record<string, number[]> =>
  Object.fromEntries(survivalTimes(log, options).rows.toRows().map(({ customer, entry, duration, event }) => [customer, [entry, duration, event]])) as Record<string, number[]>;

describe('survivalTimes', () => {
  const log = logOf([
    { who: 'left', day: 10 }, { who: 'left', day: 60, what: 'end' },
    { who: 'stays', day: 20 }, { who: 'stays', day: 150 },
    { who: 'late', day: 180 },
  ]);
  const rule = { kind: 'contract', end: 'end' } as const;

  it('from joining: until the end, or until observation ends', () => {
    expect(times(log, { rule })).toEqual({ left: [0, 50, 1], stays: [0, 180, 0], late: [0, 20, 0] });
    expect(survivalTimes(log, { rule }).counts).toEqual({ rows: 3, events: 1, gone: 0, notBegun: 0, withoutTime: 0 });
    expect(times(log, { rule, observedUntil: at(55) })).toEqual({ left: [0, 45, 0], stays: [0, 35, 0] });
  });

  it('who joined before observation began enters at the age reached, who left before is no row', () => {
    const startedAt = { customers: ['left', 'stays', 'never came', 'too late'], values: Float64Array.of(at(-90), at(-30), at(5), at(300)) };
    expect(times(log, { rule: { ...rule, startedAt } })).toEqual({ left: [100, 150, 1], stays: [40, 230, 0], late: [0, 20, 0], 'never came': [5, 195, 0] });
    expect(times(log, { rule: { ...rule, startedAt }, observedFrom: at(100) })).toEqual({ stays: [130, 230, 0], late: [0, 20, 0], 'never came': [95, 195, 0] });
    expect(survivalTimes(log, { rule: { ...rule, startedAt }, observedFrom: at(100) }).counts).toMatchObject({ gone: 1, notBegun: 1 });
    const endedAt = { customers: ['left', 'stays'], values: Float64Array.of(at(60), NaN) };
    expect(times(log, { rule: { kind: 'contract', endedAt, startedAt } })).toEqual(times(log, { rule: { ...rule, startedAt } }));
  });

  it('from a moment: who is there, what is known, and the time left', () => {
    const { rows, counts } = survivalTimes(log, { rule, asOf: at(50), windows: [{ days: 30 }] });
    expect(rows.toRows().map(({ customer, entry, duration, event, recencyDays, count30d }) => [customer, entry, duration, event, recencyDays, count30d])).toEqual([['left', 0, 10, 1, 40, 0], ['stays', 0, 150, 0, 30, 1]]);
    expect(counts).toEqual({ rows: 2, events: 1, gone: 0, notBegun: 0, withoutTime: 0 });
    expect(times(log, { rule, asOf: at(50), clock: 'joining' })).toEqual({ left: [40, 50, 1], stays: [30, 180, 0] });
    expect(survivalTimes(log, { rule, asOf: at(100) }).counts).toMatchObject({ gone: 1, rows: 1 });
  });

  it('a silence ends on the day it has lasted, not with the last visit', () => {
    const silent = { kind: 'inactivity', silence: { days: 100 } } as const;
    expect(times(log, { rule: { ...silent, outcome: 'card' } })).toEqual({ left: [0, 100, 1], stays: [0, 100, 1], late: [0, 20, 0] });
    expect(times(log, { rule: { ...silent, outcome: 'card', silence: { days: 131 } } })).toEqual({ left: [0, 131, 1], stays: [0, 180, 0], late: [0, 20, 0] });
    // On day 130 both have been silent for too long; one is a customer again on day 160.
    expect(() => survivalTimes(log, { rule: { ...silent, outcome: 'card' }, asOf: at(130) })).toThrow('found nobody to follow: 2 had gone and 0 not begun');
    expect(times(log, { rule: { ...silent, outcome: 'card' }, asOf: at(160) })).toEqual({ stays: [0, 40, 0] });
  });

  it('equals an enumeration day by day', () => {
    const someEvents = fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c'), day: fc.nat(60) }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(someEvents, fc.integer({ min: 2, max: 30 }), (events, silence) => {
        const expected: Record<string, number[]> = {};
        for (const who of new Set(events.map((event) => event.who))) {
          const days = events.filter((event) => event.who === who).map(({ day }) => day);
          const first = Math.min(...days);
          let end = first;
          // Gone on the first day that has no visit in the `silence` days before it.
          for (let last = first; ; end++) {
            if (end >= 61 || end === last + silence) break;
            if (days.includes(end)) last = end;
          }
          expected[who] = [0, end - first, Number(end < 61)];
        }
        expect(times(logOf(events, 61), { rule: { kind: 'inactivity', silence: { days: silence } } })).toEqual(expected);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('adds attributes of customers', () => {
    const attributes = Frame.fromRows([{ id: 'late', plan: 'gold', age: 30 }, { id: 'stays', plan: 'basic', age: 40 }, { id: 'left', plan: 'gold', age: 50 }], { id: 'id' });
    expect(survivalTimes(log, { rule, attributes }).rows.select(['plan', 'age']).toRows()).toEqual([{ plan: 'gold', age: 30 }, { plan: 'gold', age: 50 }, { plan: 'basic', age: 40 }]);
    expect(() => survivalTimes(log, { rule, attributes: attributes.take([0, 1]) })).toThrow('survivalTimes found no attributes of customer "left"');
    expect(errorCode(() => survivalTimes(log, { rule, attributes: attributes.concat(attributes) }))).toBe('DUPLICATE_ID');
    expect(errorCode(() => survivalTimes(log, { rule, attributes: attributes.withColumn('event', [1, 2, 3]) }))).toBe('DUPLICATE_COLUMN');
  });

  it.each([
    ['a rule without an end', () => survivalTimes(log, { rule: { kind: 'inactivity' } }), 'INVALID_OPTION', 'found kind inactivity without silence'],
    ['another rule', () => survivalTimes(log, { rule: { kind: 'newLine' } as never }), 'INVALID_OPTION', 'found kind newLine'],
    ['features of no moment', () => survivalTimes(log, { rule, windows: [] }), 'INVALID_OPTION', 'needs asOf for features'],
    ['remaining time of no moment', () => survivalTimes(log, { rule, clock: 'asOf' }), 'INVALID_OPTION', 'needs clock as one of joining'],
    ['nobody left to follow', () => survivalTimes(log, { rule, observedUntil: at(5) }), 'EMPTY_INPUT', 'found nobody to follow: 0 had gone and 3 not begun'],
  ] as [string, () => unknown, string, string][])('refuses %s', (_, run, code, message) => {
    expect(run).toThrow(message);
    expect(errorCode(run)).toBe(code);
  });
});

describe('timeVaryingRows', () => {
  const states = { held: { count: ['loan', 'card'], minus: 'paid off' }, complained: { recent: 'complaint', within: { days: 15 } }, spent: { amount: 'order' } } as const;
  const rule = { kind: 'contract', end: 'end' } as const;
  const log = (events: readonly Event[]): EventLog => logOf([...events, ...['loan', 'card', 'paid off', 'complaint', 'order', 'end'].map((what) => ({ who: 'zz', day: 0, what })), { who: 'zzz', day: 0, what: 'order' }], 100);

  it('equals an enumeration day by day, whatever the order of the rows', () => {
    const someEvents = fc.array(fc.record({ who: fc.constantFrom('a', 'b'), day: fc.nat(99), what: fc.constantFrom('loan', 'card', 'paid off', 'complaint', 'order', 'visit', 'end'), paid: fc.constantFrom(0, 3, 5) }), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(someEvents, fc.constantFrom(undefined, 20), (events, from) => {
        const found = timeVaryingRows(log(events), { rule, states, ...(from !== undefined && { observedFrom: at(from) }) }).toRows().filter(({ customer }) => !String(customer).startsWith('zz'));
        expect(timeVaryingRows(log([...events].reverse()), { rule, states, ...(from !== undefined && { observedFrom: at(from) }) }).toRows().filter(({ customer }) => !String(customer).startsWith('zz'))).toEqual(found);
        for (const who of ['a', 'b']) {
          const own = events.filter((event) => event.who === who);
          const joined = Math.min(...own.map(({ day }) => day));
          const end = Math.min(...own.filter(({ what }) => what === 'end').map(({ day }) => day));
          const begin = Math.max(joined, from ?? 0);
          const rows = found.filter(({ customer }) => customer === who);
          // One line for each day followed: (day, day + 1].
          const days = Array.from({ length: 100 }, (_, day) => day).filter((day) => day >= begin && day < end);
          if (end < begin) expect(rows).toEqual([]);
          const expected = days.map((day) => {
            const so = own.filter((event) => event.day <= day);
            const count = (...what: string[]): number => so.filter((event) => what.includes(event.what)).length;
            return [count('loan', 'card') - count('paid off'), Number(so.some((event) => event.what === 'complaint' && day < event.day + 15)), so.filter(({ what }) => what === 'order').reduce((sum, { paid }) => sum + paid, 0), Number(day + 1 === end)];
          });
          const shown = days.map((day) => {
            const [row, ...others] = rows.filter(({ start, stop }) => (start as number) <= day - joined && day - joined < (stop as number));
            expect(others).toEqual([]);
            return [row!['held'], row!['complained'], row!['spent'], Number(row!['event'] === 1 && row!['stop'] === day + 1 - joined)];
          });
          expect(shown).toEqual(expected);
          // Rows lie end to end and differ from one to the next.
          rows.slice(1).forEach((row, i) => {
            expect(row['start']).toBe(rows[i]!['stop']);
            expect([row['held'], row['complained'], row['spent']]).not.toEqual([rows[i]!['held'], rows[i]!['complained'], rows[i]!['spent']]);
          });
        }
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it('is the life of survivalTimes, cut in pieces', () => {
    const all = log([{ who: 'a', day: 3 }, { who: 'a', day: 9, what: 'complaint' }, { who: 'b', day: 5, what: 'loan' }, { who: 'b', day: 50, what: 'order', paid: 9 }, { who: 'b', day: 60, what: 'end' }]);
    const startedAt = { customers: ['b', 'silent'], values: Float64Array.of(at(-10), at(-5)) };
    const whole = survivalTimes(all, { rule: { ...rule, startedAt } }).rows.toRows();
    const pieces = timeVaryingRows(all, { rule: { ...rule, startedAt }, states, attributes: Frame.fromRows(['a', 'b', 'silent', 'zz', 'zzz'].map((id) => ({ id, plan: id })), { id: 'id' }) }).toRows();
    for (const { customer, entry, duration, event } of whole) {
      const own = pieces.filter((row) => row['customer'] === customer);
      expect([own[0]!['start'], own.at(-1)!['stop'], own.at(-1)!['event'], own[0]!['plan']]).toEqual([entry, duration, event, customer]);
    }
    expect(whole.map(({ customer }) => customer)).toEqual(['a', 'b', 'zzz', 'silent']);
    expect(pieces.filter(({ customer }) => customer === 'silent')).toHaveLength(1);
  });

  it('gives Cox what moved the customers of the simulated company', () => {
    const company = simulateCompany({ customers: 3000 });
    const contracts = [...new Set(company.events.filter(({ type }) => type === 'contract').map(({ item }) => item))];
    const all = EventLog.fromRows(company.events, { customer: 'customerId', time: 'at', item: 'item' }, { observedUntil: company.end });
    const startedAt = { customers: company.customers.map(({ customerId }) => customerId), values: Float64Array.from(company.customers, ({ joinedAt }) => Date.parse(joinedAt)) };
    const attributes = Frame.fromRows(company.customers.map(({ customerId, plan, age }) => ({ customerId, plan, age })), { customerId: 'id' });
    const followed = { held: { count: contracts }, complaint: { recent: 'complaint', within: { days: 60 } } } as const;
    const rows = timeVaryingRows(all, { rule: { kind: 'contract', end: 'membership', startedAt }, states: followed, attributes });
    const { coefficients } = fitCoxRegression(rows, { duration: 'stop', entry: 'start', event: 'event', features: ['plan', 'age', 'held', 'complaint'] });
    const found = Object.fromEntries(coefficients.map((line) => [line.name, line]));
    // Without the way of joining the others move a little: four standard errors.
    for (const [name, truth] of [['plan=plus', -0.4], ['plan=gold', -0.9], ['age', -0.015], ['held', -0.2], ['complaint', 1.8]] as const) {
      expect(Math.abs(found[name]!.estimate - truth)).toBeLessThan(4 * found[name]!.standardError!);
    }
    // What an ever-never column would say: nobody who stays long has not complained some day.
    const ever = new Set(company.events.filter(({ item }) => item === 'complaint').map(({ customerId }) => customerId));
    const whole = survivalTimes(all, { rule: { kind: 'contract', end: 'membership', startedAt } }).rows;
    const naive = fitCoxRegression(whole.withColumn('ever', whole.ids().map((id) => Number(ever.has(String(id)))), 'number'), { duration: 'duration', event: 'event', features: ['ever'] }).coefficients[0]!;
    expect(naive.estimate).toBeLessThan(1.2);
  });

  it.each([
    ['no states', { rule, states: undefined }, 'INVALID_OPTION', 'needs states by name'],
    ['a state that is none', { rule, states: { a: { sum: 'loan' } } }, 'INVALID_OPTION', 'needs states.a as { count }, { recent, within } or { amount }'],
    ['a memory of nothing', { rule, states: { a: { recent: 'loan', within: {} } } }, 'INVALID_OPTION', 'needs states.a.within as a duration'],
    ['a misspelt part', { rule, states: { a: { count: 'loan', less: 'card' } } }, 'INVALID_OPTION', 'knows no option "less"'],
    ['a state named as another column', { rule, states: { stop: { count: 'loan' } } }, 'DUPLICATE_COLUMN', 'cannot have a column "stop" twice'],
    ['a rule without an end', { rule: { kind: 'inactivity' }, states }, 'INVALID_OPTION', 'without silence'],
    ['nobody', { rule, states, observedUntil: '2020-01-01' }, 'EMPTY_INPUT', 'found nobody to follow'],
  ] as [string, never, string, string][])('refuses %s', (_, options, code, message) => {
    const run = (): unknown => timeVaryingRows(log([{ who: 'a', day: 1 }]), options);
    expect(run).toThrow(message);
    expect(errorCode(run)).toBe(code);
  });
});
