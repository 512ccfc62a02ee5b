import { describe, expect, it } from 'vitest';
import { simulateCompany } from '../../../examples/company/index.mjs';
import { EventLog } from '../../../src/data/eventLog.js';
import { Journeys, type JourneySource } from '../../../src/paths/journeys/journeys.js';
import { evaluateNextEvent, type NextEventTestOptions } from '../../../src/paths/next/evaluateNextEvent.js';
import { fitNextEvent } from '../../../src/paths/next/fitNextEvent.js';
import { errorCode } from '../../errorCode.js';

/** A step a day from 1 January. */
function timed(lists: readonly (readonly string[])[], weights?: readonly number[]): Journeys {
  const plain = Journeys.fromLists(lists, weights && { weights });
  const times = Float64Array.from(lists.flatMap((steps) => steps.map((_, s) => Date.UTC(2026, 0, 1 + s))));
  return { ...plain, times, until: new Float64Array(lists.length).fill(Date.UTC(2026, 1, 1)) } as Journeys;
}

describe('evaluateNextEvent', () => {
  it('foretells last steps by the others', () => {
    // Learnt from a>b, a>b, a>c, b: the last steps are b, c, b and, of a journey of one step, none.
    const { events, orders, popularity } = evaluateNextEvent(Journeys.fromLists([['a', 'b', 'a', 'b'], ['a', 'c', 'a', 'c'], ['a', 'b', 'a', 'b'], ['b']]), { maxOrder: 1 });
    expect(events).toBe(3);
    expect(orders[1]).toEqual({ hit1: 2 / 3, hit5: 1, meanReciprocalRank: (1 + 1 + 1 / 2) / 3 });
    // a six times, b twice, c once.
    expect(orders[0]).toEqual({ hit1: 0, hit5: 1, meanReciprocalRank: (1 / 2 + 1 / 2 + 1 / 3) / 3 });
    expect(popularity.logLoss).toBeCloseTo(-(2 * Math.log(3 / 12) + Math.log(2 / 12)) / 3, 12);
  });

  it('foretells what comes from a moment on by what was before it', () => {
    const rows = [
      { id: 1, at: '2026-01-01', what: 'a' }, { id: 1, at: '2026-01-05', what: 'b' }, { id: 1, at: '2026-02-01', what: 'c' }, { id: 1, at: '2026-03-01', what: 'a' },
      { id: 2, at: '2026-01-03', what: 'a' }, { id: 2, at: '2026-01-09', what: 'c' }, { id: 2, at: '2026-01-20', what: 'c' },
      { id: 3, at: '2026-02-05', what: 'a' },
    ];
    const log = EventLog.fromRows(rows, { customer: 'id', time: 'at', item: 'what' });
    const { events, orders, model } = evaluateNextEvent(log, { asOf: '2026-01-15', maxOrder: 2 });
    // Customers 1 and 2 have c next; 1 after a, b: b was never followed, so that popularity speaks: a, then b and c.
    expect(events).toBe(2);
    expect(orders[1]!.meanReciprocalRank).toBeCloseTo(1 / 3, 12);
    expect(model.logLoss).toBeGreaterThan(0);
    expect(evaluateNextEvent(log, { asOf: Date.UTC(2026, 0, 15), maxOrder: 2 }).model).toEqual(model);
  });

  it('does not foretell what is owned where it is excluded', () => {
    const source = Journeys.fromLists([...Array.from({ length: 10 }, () => ['a', 'b', 'c']), ['a', 'b', 'a'], ['a', 'b', ['a', 'c']]], { weights: [...Array.from({ length: 11 }, () => 1), 2] });
    expect(evaluateNextEvent(source).events).toBe(15);
    expect(evaluateNextEvent(source, { excludeOwned: true }).events).toBe(12);
  });

  it('refuses a test in which nothing can be foretold, instead of figures that are no numbers', () => {
    const owned = Journeys.fromLists(Array.from({ length: 20 }, () => ['a', 'b', 'a']));
    expect(() => evaluateNextEvent(owned, { excludeOwned: true })).toThrow(expect.objectContaining({ code: 'NOT_IDENTIFIED', message: expect.stringContaining('excludeOwned') as string }) as Error);
    const weightless = timed([['a', 'b'], ['a', 'b'], ['a']], [0, 0, 1]);
    expect(errorCode(() => evaluateNextEvent(weightless, { asOf: '2026-01-02' }))).toBe('NOT_IDENTIFIED');
    // What comes next was never seen.
    expect(errorCode(() => evaluateNextEvent(timed([['a', 'b'], ['a', 'c']]), { asOf: '2026-01-02' }))).toBe('NOT_IDENTIFIED');
  });

  it('knows no item that came up after the moment: what is first seen then is missed, counted, and in no log loss', () => {
    const early = [...Array.from({ length: 6 }, () => ['a', 'b', 'a']), ...Array.from({ length: 3 }, () => ['b', 'a', 'b'])];
    const asOf = '2026-01-03';
    const before = evaluateNextEvent(timed(early), { asOf });
    expect(before.unseen).toBe(0);
    // Thirty items more, all of them later: what is known by then is the same.
    const later = evaluateNextEvent(timed([...early, ...Array.from({ length: 30 }, (_, i) => ['a', 'b', `new ${i}`])].map((steps, c) => (c < 9 ? [...steps, `newer ${c}`] : steps))), { asOf });
    expect(later).toMatchObject({ events: 39, unseen: 30 });
    const learnt = [...early, ...Array.from({ length: 30 }, () => ['a', 'b'])];
    const twin = evaluateNextEvent(timed(learnt), { asOf });
    expect(later.model.logLoss).toBe(twin.model.logLoss);
    expect(later.popularity.logLoss).toBe(twin.popularity.logLoss);
    expect(later.model.hit1).toBeCloseTo((twin.model.hit1 * 9) / 39, 12);
    expect(later.model.meanReciprocalRank).toBeCloseTo((twin.model.meanReciprocalRank * 9) / 39, 12);
    // An item may be named as owned that nobody had by then; one that nobody ever had may not.
    expect(evaluateNextEvent(timed([...early, ['a', 'b', 'new']]), { asOf, excludeOwned: ['new'] }).unseen).toBe(1);
    expect(errorCode(() => evaluateNextEvent(timed(early), { asOf, excludeOwned: ['new'] }))).toBe('UNKNOWN_ID');
  });

  it('refuses what it cannot use', () => {
    const codeOf = (source: unknown, options: unknown): string => errorCode(() => evaluateNextEvent(source as JourneySource, options as NextEventTestOptions));
    expect(codeOf(Journeys.fromLists([['a'], ['b']]), {})).toBe('NOT_IDENTIFIED');
    expect(codeOf(Journeys.fromLists([['a', 'b']]), { asOf: '2026-01-01' })).toBe('INVALID_INPUT');
    expect(codeOf(Journeys.fromLists([['a', 'b']]), { at: '2026-01-01' })).toBe('INVALID_OPTION');
    expect(codeOf({}, {})).toBe('INVALID_INPUT');
  });
});

describe('the next contract in a company whose truth is known', () => {
  const { events } = simulateCompany({ customers: 3000, seed: 7, start: '2024-01-01', end: '2026-06-30' });
  const rows = events.filter(({ type }) => type === 'contract').map(({ customerId, at, item }) => ({ id: customerId, at, item }));
  const log = EventLog.fromRows(rows, { customer: 'id', time: 'at', item: 'item' }, { observedUntil: '2026-06-30' });

  it('is more often insurance after energy, never what is owned, and sooner', () => {
    const model = fitNextEvent(log, { excludeOwned: true });
    const insuranceAfter = (...history: string[]): number => model.predictRow(history, { top: 8 }).find(({ item }) => item === 'insurance')!.probability;
    // Energy makes the rate of insurance four times what it was.
    for (const before of ['mobile', 'card', 'internet']) if (model.itemLevels.includes(before)) expect(insuranceAfter('energy')).toBeGreaterThan(1.5 * insuranceAfter(before));
    expect(model.predictRow(['energy'], { top: 8 }).map(({ item }) => item)).not.toContain('energy');
    const { model: ours, popularity } = evaluateNextEvent(log, { excludeOwned: true, asOf: '2025-12-01' });
    expect(ours.logLoss).toBeLessThan(popularity.logLoss - 0.1);
    expect(ours.hit1).toBeGreaterThan(popularity.hit1);
  });
});
