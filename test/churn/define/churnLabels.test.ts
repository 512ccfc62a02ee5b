import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { churnLabels, type ChurnLabelOptions } from '../../../src/churn/define/churnLabels.js';
import { churnRowsAt } from '../../../src/churn/define/churnRowsAt.js';
import { directionOf, type ChurnRule } from '../../../src/churn/define/churnRule.js';
import { personalRhythm } from '../../../src/churn/define/personalRhythm.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { labelOutcome } from '../../../src/data/labelOutcome.js';
import { snapshot } from '../../../src/data/snapshot.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const START = Date.parse('2026-01-01');
interface Event { readonly who: string; readonly day: number; readonly what?: string; readonly paid?: number | null }
const logOf = (events: readonly Event[], until = 200): EventLog =>
  EventLog.fromRows(events.map(({ who, day, what = 'card', paid = 1 }) => ({ who, at: START + day * DAY, what, paid })), { customer: 'who', time: 'at', item: 'what', amount: 'paid' }, { observedUntil: START + until * DAY });
const at = (day: number): number => START + day * DAY;
const labelled = (log: EventLog, options: ChurnLabelOptions): Record<string, number> => {
  const { customers, values } = churnLabels(log, options);
  return Object.fromEntries(customers.map((customer, i) => [customer, values[i]!]));
};

describe('churnLabels: inactivity', () => {
  const log = logOf([
    { who: 'comes', day: 90 }, { who: 'comes', day: 105 },
    { who: 'edge', day: 70 }, { who: 'edge', day: 130 },
    { who: 'goes', day: 99 }, { who: 'goes', day: 100, paid: -1 },
    { who: 'long gone', day: 69 }, { who: 'new', day: 100 },
  ]);
  const options = { asOf: at(100), horizon: { days: 30 }, rule: { kind: 'inactivity' } } as const;

  it('1 for who was there and has not come back, and counts who was not', () => {
    expect(labelled(log, options)).toEqual({ comes: 0, edge: 1, goes: 1 });
    expect(churnLabels(log, options).counts).toEqual({ known: 4, eligible: 3, inactive: 1, ended: 0, endedInGap: 0, tooNew: 0, incomplete: 0, labelled: 3, happened: 2 });
    expect(labelled(log, { ...options, gap: { days: 1 } })).toEqual({ comes: 0, edge: 0, goes: 1 });
    expect(labelled(log, { ...options, lookback: { days: 31 } })['long gone']).toBe(1);
  });

  it('missing where the window is not over, for all or for some', () => {
    const cut = churnLabels(log, { ...options, observedUntil: at(129) });
    expect([...cut.values]).toEqual([NaN, NaN, NaN]);
    expect(cut.counts).toMatchObject({ incomplete: 3, labelled: 0, happened: 0 });
    const observedUntil = { customers: ['comes', 'edge'], values: Float64Array.of(at(129), at(130)) };
    expect(labelled(log, { ...options, observedUntil })).toEqual({ comes: NaN, edge: 1, goes: 1 });
  });

  it('goes with the rows of a snapshot, missing for who was not asked about', () => {
    const rows = snapshot(log, { asOf: at(100) }).withColumn('churned', churnLabels(log, options));
    expect(rows.values('churned')).toEqual([0, 1, 1, null]);
  });

  it('is the opposite of any purchase in the window, for who was active', () => {
    const someEvents = fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c'), day: fc.nat(60), paid: fc.constantFrom(-1, 2, null) }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(someEvents, fc.integer({ min: 1, max: 61 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 20 }), fc.nat(5), (events, day, back, days, gap) => {
        fc.pre(events.some((event) => event.day < day));
        const all = logOf(events, 61);
        const windowOptions = { asOf: at(day), horizon: { days }, gap: { days: gap } };
        const bought = labelOutcome(all, windowOptions);
        const active = new Set<string>(events.filter((event) => event.day < day && event.day >= day - back && event.paid === 2).map(({ who }) => who));
        const expected = Object.fromEntries(bought.customers.flatMap((customer, i) => (active.has(String(customer)) ? [[customer, 1 - bought.values[i]!]] : [])));
        const found = { ...windowOptions, lookback: { days: back }, rule: { kind: 'inactivity' } } as const;
        expect(labelled(all, found)).toEqual(expected);
        // The order of the rows, and what lies after the window, leave no trace.
        const seen = events.filter((event) => event.day < day + gap + days);
        expect(labelled(logOf([...events].reverse(), 61), found)).toEqual(expected);
        expect(labelled(logOf(seen, 61), found)).toEqual(expected);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('churnLabels: contracts', () => {
  const log = logOf([
    { who: 'early', day: 1 }, { who: 'early', day: 50, what: 'end', paid: null },
    { who: 'in gap', day: 1 }, { who: 'in gap', day: 104, what: 'end', paid: null },
    { who: 'leaves', day: 1 }, { who: 'leaves', day: 105, what: 'end', paid: null },
    { who: 'later', day: 1 }, { who: 'later', day: 135, what: 'end', paid: null },
    { who: 'back', day: 1 }, { who: 'back', day: 20, what: 'end', paid: null }, { who: 'back', day: 60, what: 'join', paid: null }, { who: 'back', day: 110, what: 'end', paid: null },
    { who: 'not yet', day: 150 },
  ]);
  const options = { asOf: at(100), gap: { days: 5 }, horizon: { days: 30 }, rule: { kind: 'contract', end: 'end' } } as const;

  it('who ended in the gap is excluded and counted: nobody could have reached them', () => {
    const labels = churnLabels(log, options);
    expect(labelled(log, options)).toEqual({ leaves: 1, later: 0 });
    expect(labels.counts).toMatchObject({ known: 5, eligible: 2, ended: 2, endedInGap: 1, happened: 1 });
  });

  it('who joined again is there again, where joining is known', () => {
    expect(labelled(log, { ...options, rule: { kind: 'contract', end: 'end', start: ['card', 'join'] } })).toEqual({ leaves: 1, later: 0, back: 1 });
  });

  it('the same by dates from elsewhere', () => {
    const endedAt = { customers: ['early', 'in gap', 'leaves', 'later', 'back', 'unknown'], values: Float64Array.of(at(50), at(104), at(105), at(135), NaN, at(3)) };
    expect(labelled(log, { ...options, rule: { kind: 'contract', endedAt } })).toEqual({ leaves: 1, later: 0, back: 0 });
    const startedAt = { customers: ['later'], values: Float64Array.of(at(100)) };
    expect(churnLabels(log, { ...options, rule: { kind: 'contract', endedAt, startedAt } }).counts).toMatchObject({ eligible: 2, inactive: 1 });
  });
});

describe('churnLabels: less, and more', () => {
  // Ten days of 10 a day each before day 100; afterwards by customer.
  const before = (who: string, line = 'food'): Event[] => Array.from({ length: 10 }, (_, k) => ({ who, day: 41 + 6 * k, what: line, paid: 10 }));
  const log = logOf([
    { who: 'half', day: 1 }, ...before('half'), { who: 'half', day: 110, what: 'food', paid: 25 },
    { who: 'less', day: 1 }, ...before('less'), { who: 'less', day: 110, what: 'food', paid: 24 },
    { who: 'more', day: 1 }, ...before('more'), { who: 'more', day: 101, what: 'toys', paid: 75 },
    { who: 'new', day: 99 }, { who: 'idle', day: 1 }, { who: 'idle', day: 120 },
    { who: 'both', day: 1 }, ...before('both'), ...before('both', 'toys'), { who: 'both', day: 111, what: 'food', paid: 100 }, { who: 'both', day: 112, what: 'food', paid: -10 },
  ]);
  const options = { asOf: at(100), horizon: { days: 30 } } as const;

  it('below, or at least, a share of the usual in a window of that length', () => {
    // 100 in 60 days is 50 in 30.
    expect(labelled(log, { ...options, rule: { kind: 'decline', usual: { days: 60 } } })).toEqual({ half: 0, less: 1, more: 0, both: 0 });
    expect(labelled(log, { ...options, rule: { kind: 'growth', usual: { days: 60 } } })).toEqual({ half: 0, less: 0, more: 1, both: 0 });
    expect(labelled(log, { ...options, rule: { kind: 'decline', usual: { days: 60 }, measure: 'count', share: 0.21 } })).toEqual({ half: 1, less: 1, more: 1, both: 1 });
    expect(labelled(log, { ...options, rule: { kind: 'decline', usual: { days: 60 }, outcome: 'toys' } })).toEqual({ both: 1 });
    expect(churnLabels(log, { ...options, rule: { kind: 'decline', usual: { days: 60 } } }).counts).toMatchObject({ tooNew: 1, inactive: 1 });
  });

  it('a line dropped, a line taken', () => {
    expect(labelled(log, { ...options, lookback: { days: 60 }, rule: { kind: 'lineDropped' } })).toEqual({ half: 0, less: 0, more: 1, both: 1, new: 1 });
    expect(labelled(log, { ...options, lookback: { days: 60 }, rule: { kind: 'lineDropped', items: ['toys'], minimumEvents: 10 } })).toEqual({ both: 1 });
    expect(labelled(log, { ...options, lookback: { days: 60 }, rule: { kind: 'newLine' } })).toEqual({ half: 0, less: 0, more: 1, new: 0 });
    expect(labelled(log, { ...options, lookback: { days: 60 }, rule: { kind: 'newLine', items: ['food'] } })).toEqual({ new: 0 });
    // Taken in the gap is not taken in the window.
    expect(labelled(log, { ...options, gap: { days: 5 }, lookback: { days: 60 }, rule: { kind: 'newLine', items: ['toys'] } })).toEqual({ half: 0, less: 0, new: 0 });
  });

  it('says which way a rule looks', () => {
    const rules: readonly ChurnRule[] = [{ kind: 'inactivity' }, { kind: 'growth', usual: { days: 1 } }, { kind: 'newLine' }, { kind: 'lineDropped' }];
    expect(rules.map(directionOf)).toEqual(['leave', 'deepen', 'deepen', 'leave']);
  });
});

describe('churnLabels: rhythm', () => {
  const every = (who: string, step: number, to: number): Event[] => Array.from({ length: Math.floor(to / step) }, (_, k) => ({ who, day: k * step }));
  const log = logOf([...every('weekly', 7, 100), ...every('monthly', 30, 100), ...every('daily', 1, 60), ...every('stays', 7, 180), ...every('slow', 45, 100)]);

  it('overdue at the end of the window is a matter of each customer', () => {
    expect(labelled(log, { asOf: at(100), horizon: { days: 40 }, rule: { kind: 'rhythm' } })).toEqual({ weekly: 1, monthly: 0, stays: 0, slow: 0 });
    // The daily one is overdue already.
    expect(churnLabels(log, { asOf: at(100), horizon: { days: 40 }, rule: { kind: 'rhythm' } }).counts).toMatchObject({ inactive: 1, eligible: 4 });
    expect(labelled(log, { asOf: at(100), horizon: { days: 40 }, rule: { kind: 'rhythm', atLeast: { days: 60 } } })).toEqual({ daily: 1, weekly: 0, monthly: 0, stays: 0, slow: 0 });
  });

  it('agrees with personalRhythm at both ends', () => {
    const labels = churnLabels(log, { asOf: at(100), horizon: { days: 60 }, rule: { kind: 'rhythm', share: 0.1 } });
    const now = personalRhythm(log, { asOf: at(100), share: 0.1 });
    const then = personalRhythm(log, { asOf: at(160), share: 0.1, prior: now.prior });
    expect(labels.customers).toEqual(now.customers.filter((_, i) => now.overdue[i] === 0));
    expect([...labels.values]).toEqual(labels.customers.map((customer) => then.overdue[then.customers.indexOf(customer)]));
  });
});

describe('churnRowsAt', () => {
  const log = logOf([{ who: 'a', day: 1 }, { who: 'b', day: 95 }, { who: 'c', day: 98 }, { who: 'c', day: 99, what: 'end', paid: null }]);

  it('the customers of churnLabels, with the features of snapshot', () => {
    const rule = { kind: 'inactivity' } as const;
    const rows = churnRowsAt(log, { asOf: at(100), rule, lookback: { days: 30 }, windows: [] });
    expect(rows.ids()).toEqual(churnLabels(log, { asOf: at(100), rule, lookback: { days: 30 }, horizon: { days: 9 } }).customers);
    expect(rows.toRows()).toEqual(snapshot(log, { asOf: at(100), windows: [] }).toRows().slice(1));
    expect(churnRowsAt(log, { asOf: at(100), rule: { kind: 'contract', end: 'end' } }).ids()).toEqual(['a', 'b']);
    expect(churnRowsAt(log, { asOf: at(97), rule, lookback: { days: 30 }, like: ['recencyDays'] }).values('recencyDays')).toEqual([2]);
  });

  it('needs to know who is there', () => {
    expect(() => churnRowsAt(log, { rule: { kind: 'inactivity' } })).toThrow('churnRowsAt needs a lookback for the rule inactivity');
    expect(errorCode(() => churnRowsAt(log, { asOf: at(100), rule: { kind: 'inactivity' }, lookback: { hours: 1 } }))).toBe('EMPTY_INPUT');
  });
});

describe('rules that are none', () => {
  const log = logOf([{ who: 'a', day: 1 }, { who: 'a', day: 5 }]);
  const bare = EventLog.fromRows([{ who: 'a', at: at(1) }], { customer: 'who', time: 'at' });
  const run = (rule: unknown, on = log) => (): unknown => churnLabels(on, { asOf: at(10), horizon: { days: 5 }, rule: rule as ChurnRule });
  it.each([
    ['none at all', run(undefined), 'INVALID_OPTION', "needs a rule such as { kind: 'inactivity' }, found undefined"],
    ['an unknown kind', run({ kind: 'silence' }), 'INVALID_OPTION', 'needs rule.kind as one of inactivity, contract'],
    ['an option of another kind', run({ kind: 'inactivity', end: 'x' }), 'INVALID_OPTION', 'knows no option "end"'],
    ['a contract without end', run({ kind: 'contract' }), 'INVALID_OPTION', 'needs either the events that end a contract'],
    ['a contract with two ends', run({ kind: 'contract', end: 'card', endedAt: { customers: [], values: [] } }), 'INVALID_OPTION', 'found both or none'],
    ['an end that is no item', run({ kind: 'contract', end: 'bye' }), 'UNKNOWN_ID', 'found no item "bye"'],
    ['a decline without the usual', run({ kind: 'decline' }), 'INVALID_OPTION', 'needs rule.usual as a duration'],
    ['a decline to more', run({ kind: 'decline', usual: { days: 3 }, share: 1.5 }), 'INVALID_OPTION', 'needs rule.share between 0 and 1 for decline'],
    ['growth to less', run({ kind: 'growth', usual: { days: 3 }, share: 0.5 }), 'INVALID_OPTION', 'needs rule.share above 1 for growth'],
    ['half an event', run({ kind: 'lineDropped', minimumEvents: 0.5 }), 'INVALID_OPTION', 'needs rule.minimumEvents as a whole number'],
    ['amounts of a log without', run({ kind: 'decline', usual: { days: 3 }, measure: 'amount' }, bare), 'INVALID_OPTION', 'cannot measure amounts'],
    ['lines of a log without', run({ kind: 'newLine' }, bare), 'INVALID_OPTION', 'cannot tell lines: the log has no items'],
    ['a rhythm where nobody came back', run({ kind: 'rhythm' }, bare), 'NOT_IDENTIFIED', 'needs customers who came back'],
    ['a lookback of nothing', () => churnLabels(log, { asOf: at(10), horizon: { days: 5 }, lookback: {}, rule: { kind: 'inactivity' } }), 'INVALID_OPTION', 'needs lookback as a duration'],
    ['a moment before all events', () => churnLabels(log, { asOf: at(0), horizon: { days: 5 }, rule: { kind: 'inactivity' } }), 'EMPTY_INPUT', 'churnLabels found no event before 2026-01-01'],
  ] as [string, () => unknown, string, string][])('%s', (_, attempt, code, message) => {
    expect(attempt).toThrow(message);
    expect(errorCode(attempt)).toBe(code);
  });
});
