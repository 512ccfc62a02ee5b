import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { alertRules, type AlertRules } from '../../../src/paths/outcomes/alertRules.js';
import { matchAlerts } from '../../../src/paths/outcomes/matchAlerts.js';
import type { PathOutcome } from '../../../src/paths/outcomes/outcomeMoments.js';
import { pathsTo, type OutcomePaths } from '../../../src/paths/outcomes/pathsTo.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const logOf = (rows: readonly (readonly [string, number, string])[]): EventLog =>
  EventLog.fromRows(rows.map(([id, day, what]) => ({ id, at: day * DAY, what })), { customer: 'id', time: 'at', item: 'what' }, { observedUntil: 200 * DAY });

/** 400 customers from day 0; a quarter complain on day 50, of whom half leave by day 60; of the others one in ten leaves. */
const rows = Array.from({ length: 400 }, (_, i): (readonly [string, number, string])[] => {
  const [id, complains] = [`c${i}`, i % 4 === 0];
  const leaves = complains ? i % 8 === 0 : i % 10 === 1;
  return [[id, 0, 'join'], [id, 40 + (i % 3), 'visit'], ...(complains ? [[id, 50, 'complaint'] as const] : []), ...(leaves ? [[id, 58 + (i % 2), 'leave'] as const] : [])];
}).flat();
const found = pathsTo(logOf(rows), { outcome: 'leave', lookback: { days: 30 }, controls: 4, strata: 'none' });
const alerts = alertRules(found, { horizon: { days: 10 } });

describe('alertRules', () => {
  it('makes of the paths that raise the outcome alarms with the rate of everybody', () => {
    const [rule] = alerts.rules;
    const path = found.paths[0]!;
    expect(alerts.rules).toHaveLength(1);
    expect(rule).toMatchObject({ steps: [['complaint']], recall: path.caseShare, alertShare: path.controlShare, lift: path.lift, q: path.q, leadDays: path.leadDays });
    const rate = found.outcomesPerYear / 365.25;
    expect(alerts.baseShare).toBeCloseTo(1 - Math.exp(-rate * 10), 12);
    expect(rule!.precision.estimate).toBeCloseTo(1 - Math.exp(-rate * 10 * path.lift), 12);
    const half = 1.959963984540054 * Math.sqrt(1 / (path.caseCount + 0.5) - 1 / (found.caseCount + 1) + 1 / (path.controlCount + 0.5) - 1 / (found.controlCount + 1));
    expect(rule!.precision.lower).toBeCloseTo(1 - Math.exp(-rate * 10 * path.lift * Math.exp(-half)), 12);
    expect(rule!.precision.upper).toBeGreaterThan(rule!.precision.estimate);
    expect(alerts).toMatchObject({ horizonDays: 10, lookbackDays: 30, gapDays: 0, outcome: ['leave'], outcomes: 'first' });
    expect(alertRules(found).horizonDays).toBe(30);
  });

  it('leaves out what lowers, what is not sure enough, and what is not asked for', () => {
    const [path] = found.paths as [OutcomePaths['paths'][number]];
    const several = { ...found, paths: [path, { ...path, q: 0.2 }, { ...path, direction: 'lowers' as const }, { ...path, steps: [['x']], lift: path.lift + 1 }] };
    expect(alertRules(several).rules.map(({ steps }) => steps)).toEqual([[['x']], [['complaint']]]);
    expect(alertRules(several, { falseDiscovery: 0.3 }).rules).toHaveLength(3);
    expect(alertRules(several, { top: 1 }).rules.map(({ steps }) => steps)).toEqual([[['x']]]);
    expect(alertRules(several, { minLift: path.lift + 0.5 }).rules).toHaveLength(1);
  });

  it('counts outcomes without a history among those before which it did not ring', () => {
    const late = Array.from({ length: 50 }, (_, i): readonly [string, number, string] => [`x${i}`, 60, 'leave']);
    const more = pathsTo(logOf([...rows, ...late]), { outcome: 'leave', lookback: { days: 30 }, controls: 4, strata: 'none' });
    expect([more.caseCount, more.withoutHistory]).toEqual([found.caseCount, 50]);
    expect(alertRules(more).rules[0]!.recall).toBe(more.paths[0]!.caseCount / (more.caseCount + 50));
  });

  it('refuses anything but what pathsTo gave', () => {
    for (const wrong of [undefined, null, [], {}, 'paths', { ...found, outcomesPerYear: undefined }]) expect(errorCode(() => alertRules(wrong as unknown as OutcomePaths))).toBe('INVALID_INPUT');
  });

  it('refuses options out of range', () => {
    const code = (options: object): string => errorCode(() => alertRules(found, options));
    expect([{ falseDiscovery: 2 }, { minLift: -1 }, { minLift: NaN }, { top: 0 }, { horizon: { days: 0 } }, { q: 1 }].map(code)).toEqual(new Array(6).fill('INVALID_OPTION'));
  });
});

describe('matchAlerts', () => {
  const rule = { ...alerts.rules[0]!, precision: { estimate: 0.2, lower: 0.1, upper: 0.3 } };
  const two: AlertRules = { ...alerts, rules: [{ ...rule, steps: [['visit'], ['complaint']], precision: { estimate: 0.5, lower: 0.4, upper: 0.6 } }, rule, { ...rule, steps: [['not in the log']] }] };
  const today = logOf([
    ['ann', 80, 'complaint'], ['bob', 60, 'complaint'], ['cy', 95, 'visit'], ['dee', 75, 'visit'], ['dee', 90, 'complaint'],
    ['eve', 90, 'complaint'], ['eve', 91, 'leave'], ['flo', 99, 'complaint'], ['flo', 100, 'leave'], ['gus', 70, 'complaint'], ['hal', 100, 'complaint'], ['ida', 60, 'visit'], ['ida', 85, 'complaint'],
  ]);

  it('rings for who went a path in the lookback before, and has not had the outcome', () => {
    // From day 70 (included) to day 100 (excluded).
    expect(matchAlerts(today, two, { asOf: 100 * DAY })).toEqual([
      { customer: 'dee', rules: [0, 1], precision: 0.5, sinceDays: 10 },
      { customer: 'flo', rules: [1], precision: 0.2, sinceDays: 1 },
      { customer: 'ida', rules: [1], precision: 0.2, sinceDays: 15 },
      { customer: 'ann', rules: [1], precision: 0.2, sinceDays: 20 },
      { customer: 'gus', rules: [1], precision: 0.2, sinceDays: 30 },
    ]);
  });

  it('takes rules from JSON, and keeps their limits', () => {
    const stored = JSON.parse(JSON.stringify({ ...two, limits: { maxGap: { days: 10 } } })) as AlertRules;
    expect(matchAlerts(Journeys.fromLog(today), stored, { asOf: 100 * DAY })[0]).toEqual({ customer: 'flo', rules: [1], precision: 0.2, sinceDays: 1 });
  });

  it('with rules of every outcome rings for who had it before, for what came behind the last', () => {
    const every = alertRules(pathsTo(logOf(rows), { outcome: 'leave', outcomes: 'every', lookback: { days: 30 }, strata: 'none' }));
    expect(every.outcomes).toBe('every');
    const again = logOf([['eve', 88, 'complaint'], ['eve', 91, 'leave'], ['eve', 95, 'complaint'], ['flo', 90, 'complaint'], ['flo', 90, 'leave'], ['gus', 80, 'leave'], ['gus', 85, 'visit'], ['hal', 96, 'complaint']]);
    const rings = (given: AlertRules): unknown => matchAlerts(again, given, { asOf: 100 * DAY }).map(({ customer, sinceDays }) => [customer, sinceDays]);
    expect(rings({ ...two, rules: [rule], outcomes: 'every' })).toEqual([['hal', 4], ['eve', 5]]);
    expect(rings({ ...two, rules: [rule] })).toEqual([['hal', 4]]);
  });

  it('needs the outcome where the rules do not know its items', () => {
    const nameless = { ...two, rules: [rule], outcome: [] };
    expect(() => matchAlerts(today, nameless, { asOf: 100 * DAY })).toThrow('matchAlerts needs outcome: that of these rules has no items by which to see who had it; give the outcome that pathsTo was given');
    const who = (outcome: PathOutcome): unknown => matchAlerts(today, nameless, { asOf: 100 * DAY, outcome }).map(({ customer }) => customer);
    expect(who('leave')).toEqual(['flo', 'dee', 'ida', 'ann', 'gus']);
    expect(who({ customers: ['dee', 'ann'], values: Float64Array.of(99 * DAY, 100 * DAY) })).toEqual(['flo', 'eve', 'ida', 'ann', 'gus']);
  });

  it('leaves out who was observed to an end before, but not everybody where the log ends before', () => {
    const members = Journeys.fromLog(today, { observedUntil: { customers: ['ann', 'dee'], values: Float64Array.of(95 * DAY, 100 * DAY) } });
    expect(matchAlerts(members, { ...two, rules: [rule] }, { asOf: 100 * DAY }).map(({ customer }) => customer)).toEqual(['flo', 'dee', 'ida', 'gus']);
    const old = EventLog.fromRows([{ id: 'bo', at: 80 * DAY, what: 'complaint' }], { customer: 'id', time: 'at', item: 'what' });
    expect(matchAlerts(old, { ...two, rules: [rule] }, { asOf: 100 * DAY })).toHaveLength(1);
  });

  it('refuses what it cannot read', () => {
    expect(errorCode(() => matchAlerts(today, two, { asOf: 'soon' }))).toBe('INVALID_DATE');
    expect(errorCode(() => matchAlerts(today, [] as unknown as AlertRules, { asOf: 0 }))).toBe('INVALID_INPUT');
    expect(errorCode(() => matchAlerts(Journeys.fromLists([['a']]), two, { asOf: 0 }))).toBe('INVALID_INPUT');
    expect(errorCode(() => matchAlerts(today, two, { asOf: 0, top: 1 } as { asOf: number }))).toBe('INVALID_OPTION');
  });
});
