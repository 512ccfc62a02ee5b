import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { churnThresholds } from '../../../src/churn/define/churnThresholds.js';
import { gapTable } from '../../../src/churn/define/gapTable.js';
import { regainLogError } from '../../../src/churn/define/regain.js';
import { visitGaps } from '../../../src/churn/define/visitGaps.js';
import { EventLog } from '../../../src/data/eventLog.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const START = Date.parse('2026-01-01');
interface Visit { readonly who: string; readonly day: number }
const logOf = (visits: readonly Visit[], until: number): EventLog =>
  EventLog.fromRows(visits.map(({ who, day }) => ({ who, at: START + day * DAY })), { customer: 'who', time: 'at' }, { observedUntil: START + until * DAY });

/** Visits of customers at rates of their own, some of whom stop. */
function simulated(customers: number, until: number, seed = 1): Visit[] {
  const random = createRandom(seed);
  return Array.from({ length: customers }, (_, c) => {
    const mean = 5 + 40 * random.uniform();
    const gone = until * 2 * random.uniform();
    const days: Visit[] = [];
    for (let day = 60 * random.uniform(); day < Math.min(gone, until); day -= mean * Math.log(random.uniform())) days.push({ who: `c${c}`, day: Math.floor(day) });
    return days;
  }).flat();
}

describe('churnThresholds', () => {
  // Gaps: ann 3, 3, open 3; bob 2, open 7; cid open 8.
  const visits = [['ann', 1], ['ann', 4], ['ann', 7], ['bob', 1], ['bob', 3], ['cid', 2]].map(([who, day]) => ({ who: who as string, day: day as number }));
  const log = logOf(visits, 11);

  it('by hand: who comes back after which silence', () => {
    const { silences, customers, visits: count, closedGaps, openGaps, suggested, balancedDays, percentiles } = churnThresholds(log, { horizon: { days: 3 }, silences: [0, 2, 3, 6] });
    expect([customers, count, closedGaps, openGaps]).toEqual([3, 6, 3, 3]);
    // At risk: 6 at 2 days (one closes), 5 at 3 days (two close).
    const survival = [1, 5 / 6, (5 / 6) * (3 / 5), (5 / 6) * (3 / 5)];
    silences.forEach((row, i) => expect(row.survival).toBeCloseTo(survival[i]!, 12));
    expect(silences.map(({ gaps }) => gaps)).toEqual([6, 6, 5, 2]);
    const regain = silences.map((row) => row.regain?.estimate);
    expect(regain[0]).toBeCloseTo(0.5, 12);
    expect(regain[1]).toBeCloseTo(0.4, 12);
    // 8 days are the longest silence: what follows 6 days within 3 is not known.
    expect([regain[2], regain[3]]).toEqual([0, undefined]);
    // Of five silences of 3 days or more two ended; nobody silent at the end is so for less.
    expect([silences[2]!.falseAlarms, silences[2]!.missed]).toEqual([2 / 5, 0]);
    expect(silences[3]!.missed).toBeCloseTo(1 / 3, 12);
    expect(suggested!.days).toBe(3);
    expect(balancedDays).toBe(4);
    expect(percentiles[0]).toEqual({ share: 0.5, naiveDays: 3, days: 3, endedByNaive: 0.5 });
    expect(percentiles[2]!.days).toBeNull();
  });

  it('says what a naive percentile stands for, and how little there is', () => {
    const { warnings } = churnThresholds(log, { horizon: { days: 3 } });
    expect(warnings[0]).toBe('the 90th percentile of closed gaps, 3 days, leaves out the 3 gaps still open of 6: by then 50.0 % of gaps have ended, not 90 %, and it is never reached: 50.0 % of gaps outlast all that was observed');
    expect(warnings).toContain('only 3 gaps have closed: the figures rest on few visits');
    expect(churnThresholds(log, { horizon: { days: 30 } }).warnings).toContain('no gap was observed for the horizon of 30 days: how many come back within it is not known; take a shorter horizon or a longer log');
    expect(churnThresholds(log, { horizon: { days: 8 }, level: 0.01 }).warnings).toContain('after every silence observed more than 1.0 % come back within 8 days; raise level, or shorten the horizon');
  });

  it('a fixed rhythm with nobody leaving is no warning', () => {
    const regular = Array.from({ length: 50 }, (_, c) => Array.from({ length: 40 }, (_, k) => ({ who: `c${c}`, day: (c % 7) + 7 * k }))).flat();
    const { warnings, percentiles } = churnThresholds(logOf(regular, 280), { horizon: { days: 3 }, level: 0.01 });
    expect(percentiles[2]).toMatchObject({ naiveDays: 7, days: 7, endedByNaive: 1 });
    expect(warnings).toEqual([]);
  });

  it('the threshold of least cost: cheap false alarms make it early, dear ones late', () => {
    const many = logOf(simulated(300, 400), 400);
    const at = (falseAlarm: number, missed: number): number => churnThresholds(many, { horizon: { days: 60 }, costs: { falseAlarm, missed } }).cheapest!.days;
    expect(at(1, 1000)).toBe(0);
    expect(at(1, 5)).toBeLessThan(at(1, 1));
    expect(at(1000, 1)).toBeGreaterThan(at(1, 1));
    const { cheapest, silences } = churnThresholds(many, { horizon: { days: 60 }, costs: { falseAlarm: 1, missed: 1 }, silences: Array.from({ length: 402 }, (_, day) => day) });
    const costs = silences.map(({ gaps, falseAlarms, missed }) => (gaps * falseAlarms || 0) / many.customerCount + missed);
    expect(cheapest!.cost).toBeCloseTo(Math.min(...costs), 10);
    expect(costs.indexOf(Math.min(...costs))).toBe(cheapest!.days);
  });

  it('equals a walk over objects, whatever the order of the events', () => {
    const someVisits = fc.array(fc.record({ who: fc.constantFrom('a', 'b', 'c', 'd'), day: fc.nat(40) }), { minLength: 6, maxLength: 40 });
    fc.assert(
      fc.property(someVisits, fc.integer({ min: 1, max: 10 }), fc.nat(20), (events, horizon, silence) => {
        const gaps = [...new Set(events.map(({ who }) => who))].flatMap((who) => {
          const days = [...new Set(events.filter((event) => event.who === who).map(({ day }) => day))].sort((a, b) => a - b);
          return days.map((day, i) => ({ length: (days[i + 1] ?? 41) - day, closed: i + 1 < days.length }));
        });
        fc.pre(gaps.some(({ closed }) => closed));
        const survival = (until: number): number => {
          let share = 1;
          for (let day = 1; day <= until; day++) {
            const risk = gaps.filter(({ length }) => length >= day).length;
            if (risk > 0) share *= 1 - gaps.filter(({ length, closed }) => closed && length === day).length / risk;
          }
          return share;
        };
        const shuffled = [...events].reverse();
        const found = churnThresholds(logOf(shuffled, 42), { horizon: { days: horizon }, silences: [silence] });
        const row = found.silences[0]!;
        expect(row.survival).toBeCloseTo(survival(silence), 10);
        const longest = Math.max(...gaps.map(({ length }) => length));
        if (silence + horizon > longest || survival(silence) === 0) expect(row.regain).toBeNull();
        else expect(row.regain!.estimate).toBeCloseTo(1 - survival(silence + horizon) / survival(silence), 10);
        const long = gaps.filter(({ length }) => length >= silence);
        if (long.length > 0) expect(row.falseAlarms).toBeCloseTo(long.filter(({ closed }) => closed).length / long.length, 10);
        expect(row.missed).toBeCloseTo(gaps.filter(({ length, closed }) => !closed && length < silence).length / gaps.filter(({ closed }) => !closed).length, 10);
        expect(churnThresholds(logOf(events, 42), { horizon: { days: horizon }, silences: [silence] })).toEqual(found);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('its interval is the jackknife over customers, and covers', () => {
    const sample = simulated(120, 300, 3);
    const all = logOf(sample, 300);
    const gaps = visitGaps(all, all.observedUntil, () => true, 'days');
    const error = regainLogError(gaps, gapTable(gaps, 'days'), 20, 40);
    const without = all.customers.map((customer) => {
      const { regain } = churnThresholds(logOf(sample.filter(({ who }) => who !== customer), 300), { horizon: { days: 40 }, silences: [20] }).silences[0]!;
      return Math.log(1 - regain!.estimate);
    });
    const mean = without.reduce((sum, value) => sum + value, 0) / without.length;
    const jackknife = Math.sqrt(without.reduce((sum, value) => sum + (value - mean) ** 2, 0) * (without.length - 1) / without.length);
    expect(error / jackknife).toBeGreaterThan(0.97);
    expect(error / jackknife).toBeLessThan(1.03);
    // Customers with many gaps alike: twins add no knowledge that one had not.
    const { regain } = churnThresholds(all, { horizon: { days: 40 }, silences: [20] }).silences[0]!;
    expect(Math.log((1 - regain!.lower) / (1 - regain!.estimate))).toBeGreaterThan(0);
    expect(regain!.upper).toBeLessThan(1);
  });

  it('looks from an earlier moment without seeing later visits, by moments if asked', () => {
    const sample = simulated(60, 300, 5);
    const early = churnThresholds(logOf(sample, 300), { asOf: START + 200 * DAY, horizon: { days: 30 } });
    expect(early).toEqual(churnThresholds(logOf(sample.filter(({ day }) => day < 200), 200), { horizon: { days: 30 } }));
    const hours = EventLog.fromRows([0, 3, 6, 30].map((hour) => ({ who: 1, at: START + hour * 3_600_000 })), { customer: 'who', time: 'at' }, { observedUntil: START + 2 * DAY });
    expect(churnThresholds(hours, { horizon: { hours: 6 }, visits: 'moments', silences: [] })).toMatchObject({ closedGaps: 3, visits: 4, horizonDays: 0.25 });
    expect(churnThresholds(hours, { horizon: { hours: 6 }, silences: [] })).toMatchObject({ closedGaps: 1, visits: 2 });
    expect(churnThresholds(hours, { horizon: { hours: 6 }, visits: 'moments', silences: [] }).percentiles[0]!.naiveDays).toBeCloseTo(0.125, 12);
  });

  it('a day that is not over is not known to be silent', () => {
    // Observed until noon of day 5: ann may still come that day.
    const noon = EventLog.fromRows([0, 2].map((day) => ({ who: 'ann', at: START + day * DAY })), { customer: 'who', time: 'at' }, { observedUntil: START + 5.5 * DAY });
    expect(churnThresholds(noon, { horizon: { days: 1 }, silences: [3] }).silences[0]).toMatchObject({ gaps: 0 });
    expect(churnThresholds(noon, { horizon: { days: 1 }, silences: [2] }).silences[0]).toMatchObject({ gaps: 2 });
  });

  it.each([
    ['no visit', () => churnThresholds(log, { asOf: '2026-01-01', horizon: { days: 3 } }), 'EMPTY_INPUT', 'found no visit before 2026-01-01'],
    ['nobody who came back', () => churnThresholds(logOf([{ who: 'a', day: 1 }], 5), { horizon: { days: 3 } }), 'NOT_IDENTIFIED', 'found none of 1 with a second visit'],
    ['no horizon', () => churnThresholds(log, {} as never), 'INVALID_OPTION', 'needs horizon as a duration'],
    ['a level of 1', () => churnThresholds(log, { horizon: { days: 3 }, level: 1 }), 'INVALID_OPTION', 'needs a level between 0 and 1'],
    ['a silence of less than nothing', () => churnThresholds(log, { horizon: { days: 3 }, silences: [-1] }), 'INVALID_OPTION', 'needs silences in days'],
    ['a cost that is none', () => churnThresholds(log, { horizon: { days: 3 }, costs: { falseAlarm: NaN, missed: 1 } }), 'INVALID_OPTION', 'needs costs.falseAlarm'],
    ['an unknown unit', () => churnThresholds(log, { horizon: { days: 3 }, visits: 'weeks' as never }), 'INVALID_OPTION', 'needs visits as one of days, moments'],
    ['a misspelt option', () => churnThresholds(log, { horizon: { days: 3 }, silence: [3] } as never), 'INVALID_OPTION', 'knows no option "silence"'],
    ['rows instead of a log', () => churnThresholds([] as never, { horizon: { days: 3 } }), 'INVALID_INPUT', 'needs an EventLog'],
    ['a moment long after', () => churnThresholds(log, { horizon: { days: 3 }, asOf: '2096-01-01' }), 'INVALID_OPTION', 'needs asOf near the time observed'],
  ] as [string, () => unknown, string, string][])('refuses %s', (_, run, code, message) => {
    expect(run).toThrow(message);
    expect(errorCode(run)).toBe(code);
  });
});
