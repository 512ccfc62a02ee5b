import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { journeyIndexPlot } from '../../../src/paths/grouping/journeyIndexPlot.js';
import { journeyStates } from '../../../src/paths/grouping/journeyStates.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { thrown } from './naiveDistances.js';

const roles = { customer: 'id', time: 'at', item: 'what' } as const;
const log = EventLog.fromRows([
  { id: 1, at: '2025-12-30', what: 'basic' },
  { id: 1, at: '2026-02-03', what: 'gold' },
  { id: 1, at: '2026-02-20', what: 'card' },
  { id: 1, at: '2026-02-20', what: 'loan' },
  { id: 2, at: '2026-03-01', what: 'gold' },
], roles, { observedUntil: '2026-05-15' });
const named = (journeys: Journeys, id: number): string[] => journeys.stepsOf(id).map(({ items }) => items.join(' + '));
const months = { unit: { months: 1 }, from: '2026-01-01', to: '2026-05-01' } as const;

describe('journeyStates', () => {
  it('holds the last step until the next, from before the first period on', () => {
    const states = journeyStates(log, months);
    expect(named(states, 1)).toEqual(['basic', 'card + loan', 'card + loan', 'card + loan']);
    expect(named(states, 2)).toEqual(['none', 'none', 'gold', 'gold']);
    expect(states.stepsOf(2).map(({ time }) => time)).toEqual([0, 1, 2, 3].map((month) => Date.UTC(2026, month, 1)));
    expect(states.until).toEqual(new Float64Array(2).fill(Date.UTC(2026, 4, 1)));
  });

  it('or takes what happened within each', () => {
    expect(named(journeyStates(log, { ...months, state: 'within', none: '-' }), 1)).toEqual(['-', 'card + gold + loan', '-', '-']);
    expect(named(journeyStates(log, { ...months, state: 'within', none: 'gold' }), 2)).toEqual(['gold', 'gold', 'gold', 'gold']);
  });

  it('ends a journey with the last period observed whole', () => {
    const left = Journeys.fromLog(log, { observedUntil: { customers: [1], values: Float64Array.of(Date.UTC(2026, 2, 10)) } });
    const states = journeyStates(left, { ...months, to: '2026-12-01' });
    expect(named(states, 1)).toEqual(['basic', 'card + loan']);
    expect(named(states, 2)).toEqual(['none', 'none', 'gold', 'gold']);
  });

  it('counts months from the first day each time, and weeks of seven days', () => {
    const ends = journeyStates(log, { unit: { months: 1 }, from: '2025-12-31', to: '2026-04-30' });
    expect(ends.stepsOf(2).map(({ time }) => new Date(time!).toISOString().slice(0, 10))).toEqual(['2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31']);
    expect(journeyStates(log, { unit: { weeks: 1 }, from: '2026-01-01', to: '2026-01-22' }).stepCount).toBe(6);
  });

  it('refuses what it cannot use, saying why', () => {
    const said = (options: object): string => thrown(() => journeyStates(log, { ...months, ...options }));
    expect(said({ to: '2026-01-15' })).toMatch(/^INVALID_OPTION: journeyStates needs 1 to 9999 whole periods between from and to, found none/);
    expect(said({ unit: { hours: 0.001 } })).toMatch(/found more; choose another unit/);
    expect(said({ unit: 'month' })).toMatch(/^INVALID_OPTION/);
    expect(said({ from: 'soon' })).toMatch(/^INVALID_DATE/);
    expect(said({ state: 'first' })).toMatch(/^INVALID_OPTION/);
    expect(said({ period: 1 })).toMatch(/^INVALID_OPTION/);
    expect(thrown(() => journeyStates(Journeys.fromLists([['a']]), months))).toMatch(/^INVALID_INPUT: journeyStates needs to know when steps happened/);
  });
});

describe('journeyIndexPlot', () => {
  const journeys = Journeys.fromLists([['b', 'a'], ['a', 'b', 'b'], ['a', 'a'], [], ['b', 'a']]);

  it('orders rows by their states from the start, from the end, or as they are', () => {
    const order = (options: object): unknown[] => journeyIndexPlot(journeys, options).rows.map(({ customer }) => customer);
    expect(order({})).toEqual([3, 2, 1, 0, 4]);
    expect(order({ order: 'end' })).toEqual([3, 2, 0, 4, 1]);
    expect(order({ order: 'customer' })).toEqual([0, 1, 2, 3, 4]);
    expect(order({ groups: [1, 0, 1, 0, 0] })).toEqual([3, 1, 4, 2, 0]);
    expect(order({ groups: [1, 0, 1, 0, 0], rows: 1 })).toEqual([1, 0]);
  });

  it('gives each row as runs', () => {
    const plot = journeyIndexPlot(journeys);
    expect(plot).toMatchObject({ states: ['a', 'b'], positions: 3 });
    expect(plot.rows[2]).toEqual({ customer: 1, group: 0, runs: [{ state: 0, start: 0, end: 1 }, { state: 1, start: 1, end: 3 }] });
    expect(plot.rows[0]!.runs).toEqual([]);
    expect(journeyIndexPlot(Journeys.fromLists([]))).toEqual({ states: [], positions: 0, rows: [] });
  });

  it('refuses what it cannot use', () => {
    expect(thrown(() => journeyIndexPlot(journeys, { groups: [1] }))).toMatch(/^LENGTH_MISMATCH: .*found 1 groups for 5 customers/);
    expect(thrown(() => journeyIndexPlot(journeys, { rows: 0 }))).toMatch(/^INVALID_OPTION/);
    expect(thrown(() => journeyIndexPlot(journeys, { order: 'up' as 'end' }))).toMatch(/^INVALID_OPTION/);
  });
});
