import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { hypergeometricP } from '../../../src/numeric/hypergeometric.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { pathsTo, type PathsToOptions } from '../../../src/paths/outcomes/pathsTo.js';
import { errorCode } from '../../errorCode.js';

interface Row {
  readonly id: number;
  readonly day: number;
  readonly what: string;
}

const DAY = 86_400_000;
const END = 30;

const logOf = (rows: readonly Row[], channel = 'x'): EventLog =>
  EventLog.fromRows(rows.map(({ id, day, what }) => ({ id, at: day * DAY, what, channel })), { customer: 'id', time: 'at', item: 'what', channel: 'channel' }, { observedUntil: END * DAY });

const rowOf = fc.record({ id: fc.nat(5), day: fc.nat(25), what: fc.constantFrom('a', 'b', 'c', 'out') });
/** Everybody is there from a day on, so that nobody's start hangs on what is changed. */
const logs = fc.array(rowOf, { minLength: 4, maxLength: 24 }).map((rows) => [...Array.from({ length: 6 }, (_, id) => ({ id, day: -1 - (id % 2), what: 'start' })), ...rows]);

const ALL: PathsToOptions = { outcome: 'out', lookback: { days: 12 }, controls: 1000, minCount: 1, maxItems: 2, redundant: 'keep', top: 10_000, strata: 'none' };

/** The windows of cases and of everybody at risk, step by step, by the definition. */
function windowsOf(rows: readonly Row[], { lookback, gap, calendar, every }: { lookback: number; gap: number; calendar: boolean; every: boolean }): { isCase: boolean; moment: number; steps: { day: number; items: Set<string> }[] }[] {
  const ids = [...new Set(rows.map(({ id }) => id))];
  const start = (id: number): number => Math.min(...rows.filter((row) => row.id === id).map(({ day }) => day));
  const outs = (id: number): number[] => [...new Set(rows.filter((row) => row.id === id && row.what === 'out').map(({ day }) => day))].sort((a, b) => a - b);
  const window = (id: number, moment: number, isCase: boolean): ReturnType<typeof windowsOf>[number] => {
    const before = every ? Math.max(-Infinity, ...outs(id).filter((day) => day < moment)) : -Infinity;
    const days = [...new Set(rows.filter((row) => row.id === id && row.day < moment - gap && row.day >= moment - gap - lookback && row.day > before).map(({ day }) => day))].sort((a, b) => a - b);
    const steps = days.map((day) => ({ day, items: new Set(rows.filter((row) => row.id === id && row.day === day && row.what !== 'out').map(({ what }) => what)) }));
    return { isCase, moment, steps: steps.filter(({ items }) => items.size > 0) };
  };
  return ids.flatMap((id) => (every ? outs(id) : outs(id).slice(0, 1)).flatMap((out) => {
    const elapsed = out - start(id);
    if (elapsed <= 0) return [];
    const controls = ids.filter((other) => {
      const moment = calendar ? out : start(other) + elapsed;
      const isOpen = every ? !outs(other).includes(moment) : !outs(other).some((day) => day <= moment);
      return other !== id && moment > start(other) && moment < END && isOpen;
    });
    return [window(id, out, true), ...controls.map((other) => window(other, calendar ? out : start(other) + elapsed, false))];
  }));
}

/** The last day a path of two steps, or one, is complete in a window; undefined where it is not there. */
function lastDay(steps: { day: number; items: Set<string> }[], path: readonly (readonly string[])[]): number | undefined {
  const has = (at: number, step: readonly string[]): boolean => step.every((item) => steps[at]!.items.has(item));
  for (let end = steps.length - 1; end >= 0; end--) {
    if (!has(end, path.at(-1)!)) continue;
    if (path.length === 1 || steps.slice(0, end).some((_, at) => has(at, path[0]!))) return steps[end]!.day;
  }
  return undefined;
}

describe('pathsTo', () => {
  it('counts the paths of cases and of all at risk as the definition does, in thousands of tiny logs', () => {
    const how = fc.record({ lookback: fc.integer({ min: 1, max: 15 }), gap: fc.nat(4), calendar: fc.boolean(), every: fc.boolean() });
    fc.assert(fc.property(logs, how, (rows, { lookback, gap, calendar, every }) => {
      if (!rows.some(({ what }) => what === 'out')) return;
      const found = pathsTo(logOf(rows), { ...ALL, lookback: { days: lookback }, gap: { days: gap }, match: calendar ? 'calendar' : 'tenure', outcomes: every ? 'every' : 'first' });
      const windows = windowsOf(rows, { lookback, gap, calendar, every });
      const [cases, controls] = [windows.filter(({ isCase }) => isCase), windows.filter(({ isCase }) => !isCase)];
      expect([found.caseCount, found.controlCount]).toEqual([cases.length, controls.length]);
      if (cases.length === 0 || controls.length === 0) return;
      const items = ['a', 'b', 'c', 'start'];
      const all = items.flatMap((a) => [[[a]], ...items.map((b) => [[a], [b]]), ...items.filter((b) => b > a).map((b) => [[a, b]])]);
      const expected = all.flatMap((steps) => {
        const [a, b] = [cases, controls].map((side) => side.filter((window) => lastDay(window.steps, steps) !== undefined).length) as [number, number];
        return a + b === 0 ? [] : [`${JSON.stringify(steps)} ${a} ${b}`];
      });
      expect(found.paths.map(({ steps, caseCount, controlCount }) => `${JSON.stringify(steps)} ${caseCount} ${controlCount}`).sort()).toEqual(expected.sort());
      for (const path of found.paths) {
        expect(path.fisherP).toBe(hypergeometricP(path.caseCount, path.caseCount + path.controlCount, cases.length, windows.length));
        const leads = cases.flatMap((window) => {
          const day = lastDay(window.steps, path.steps);
          return day === undefined ? [] : [window.moment - day];
        }).sort((x, y) => x - y);
        if (leads.length % 2 === 1) expect(path.leadDays!.p50).toBe(leads[leads.length >> 1]);
        if (leads.length === 0) expect(path.leadDays).toBeNull();
      }
    }), { seed: 20261122, numRuns: 300 });
  });

  it('reads nothing at or after the outcome: whatever happens then, and beside it, changes nothing', () => {
    const later = fc.array(fc.record({ id: fc.nat(5), after: fc.nat(10), what: fc.constantFrom('a', 'b', 'c', 'other', 'out') }), { maxLength: 10 });
    fc.assert(fc.property(logs, later, fc.boolean(), (rows, added, calendar) => {
      const first = new Map<number, number>();
      for (const { id, day, what } of rows) if (what === 'out') first.set(id, Math.min(first.get(id) ?? Infinity, day));
      if (first.size === 0) return;
      const bare = rows.filter(({ id, day, what }) => day < (first.get(id) ?? Infinity) || (day === first.get(id) && what === 'out'));
      const changed = [...bare, ...added.flatMap(({ id, after, what }) => (first.has(id) ? [{ id, day: Math.min(END - 1, first.get(id)! + after), what }] : []))];
      const options: PathsToOptions = { ...ALL, controls: 2, match: calendar ? 'calendar' : 'tenure' };
      expect(pathsTo(logOf(changed), options)).toEqual(pathsTo(logOf(bare), options));
    }), { seed: 20261122, numRuns: 300 });
  });

  it('does not depend on the order of rows, and draws the same controls for the same seed', () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({ id: i % 60, day: (i * 7) % 25, what: i % 11 === 0 ? 'out' : 'abc'[i % 3]! }));
    const options: PathsToOptions = { ...ALL, controls: 2, seed: 5 };
    const found = pathsTo(logOf(rows), options);
    expect(pathsTo(logOf([...rows].reverse()), options)).toEqual(found);
    expect(found.controlCount).toBe(2 * found.caseCount);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(pathsTo(logOf(rows), { ...options, seed: 6 }).paths).not.toEqual(found.paths);
  });

  it('tells the step that matters from its idle companions', () => {
    // Half of the complaints follow a visit; only the complaint matters.
    const rows = Array.from({ length: 400 }, (_, id): Row[] => {
      const [complains, visits] = [id % 4 === 0, id % 2 === (id >> 2) % 2];
      const leaves = complains ? id % 20 !== 0 : id % 9 === 1;
      return [
        { id, day: 0, what: 'start' },
        ...(visits ? [{ id, day: 12, what: 'visit' }] : []),
        ...(complains ? [{ id, day: 15, what: 'complaint' }] : []),
        ...(leaves ? [{ id, day: 20, what: 'out' }] : []),
      ];
    }).flat();
    const options: PathsToOptions = { outcome: 'out', lookback: { days: 15 }, controls: 8, strata: 'none' };
    const { paths, tested } = pathsTo(logOf(rows), options);
    expect(paths.filter(({ q }) => q < 0.05).map(({ steps, direction }) => [steps, direction])).toEqual([[[['complaint']], 'raises']]);
    const kept = pathsTo(logOf(rows), { ...options, redundant: 'keep' });
    expect(kept.found).toBe(tested);
    const companion = kept.paths.find(({ steps }) => steps.length === 2)!;
    expect(companion.steps).toEqual([['visit'], ['complaint']]);
    expect(companion.p).toBeLessThan(0.001);
    expect(companion.improvement!.over).toEqual([['complaint']]);
    expect(companion.improvement!.p).toBeGreaterThan(0.3);
    expect(companion.q).toBeLessThan(0.001);
  });

  it('takes an outcome as items, a rule, or a moment per customer; items of the outcome are in no path', () => {
    const rows = Array.from({ length: 40 }, (_, id) => [{ id, day: 0, what: 'a' }, { id, day: 3, what: 'b' }, { id, day: 5 + (id % 5), what: id % 2 === 0 ? 'out' : 'gone' }]).flat();
    const log = logOf(rows);
    const options: PathsToOptions = { ...ALL, outcome: ['out', 'gone'], lookback: { days: 9 } };
    const byItems = pathsTo(log, options);
    expect(byItems.outcome).toEqual(['out', 'gone']);
    expect(byItems.caseCount).toBe(40);
    expect(byItems.paths.flatMap(({ steps }) => steps.flat())).not.toContain('out');
    expect(pathsTo(log, { ...options, outcome: { item: ['out', 'gone'], channel: 'x' } })).toEqual(byItems);
    expect(pathsTo(Journeys.fromLog(log), options)).toEqual(byItems);
    const moments = { customers: log.customers, values: Float64Array.from(log.customers, (id) => (5 + (Number(id) % 5)) * DAY) };
    expect(pathsTo(log, { ...options, outcome: moments }).paths.filter(({ steps }) => steps.flat().every((item) => 'ab'.includes(item)))).toHaveLength(byItems.paths.length);
  });

  it('counts the time at risk of everybody, and outcomes without any history apart', () => {
    const log = logOf([{ id: 1, day: 0, what: 'a' }, { id: 1, day: 10, what: 'out' }, { id: 2, day: 0, what: 'a' }, { id: 3, day: 4, what: 'out' }]);
    const found = pathsTo(log, ALL);
    expect([found.caseCount, found.controlCount, found.withoutHistory]).toEqual([1, 1, 1]);
    expect(found.outcomesPerYear).toBeCloseTo((1 / (10 + 30)) * 365.25, 12);
    expect([found.lookbackDays, found.gapDays]).toEqual([12, 0]);
  });

  it('is empty where nobody has the outcome in time', () => {
    const log = logOf([{ id: 1, day: 0, what: 'a' }, { id: 2, day: 0, what: 'out' }]);
    expect(pathsTo(log, ALL)).toMatchObject({ paths: [], caseCount: 0, controlCount: 0, tested: 0, found: 0, truncated: false, withoutHistory: 1 });
  });

  it('refuses what it cannot read', () => {
    const log = logOf([{ id: 1, day: 0, what: 'a' }, { id: 1, day: 5, what: 'out' }]);
    const code = (change: object, source: unknown = log): string => errorCode(() => pathsTo(source as EventLog, { ...ALL, ...change }));
    expect(code({})).toBe('none');
    for (const wrong of [
      { lookback: undefined }, { lookback: { months: 1 } }, { lookback: { steps: 2 } }, { lookback: { days: 0 } }, { gap: { days: -1 } }, { outcome: undefined }, { outcome: {} }, { outcomes: 'last' }, { match: 'time' },
      { controls: 0 }, { seed: NaN }, { minSupport: 0.1 }, { minCount: 0 }, { maxItems: 0 }, { maxSteps: 0 }, { strata: 'items' }, { redundant: 'flag' }, { top: 0 }, { confidence: 1 }, { lookBack: 1 },
      { maxGap: { days: 1 }, minGap: { days: 2 } },
    ]) expect([wrong, code(wrong)]).toEqual([wrong, 'INVALID_OPTION']);
    expect(code({ outcome: 'nothing' })).toBe('UNKNOWN_ID');
    expect(code({ outcome: { item: 'out' } }, Journeys.fromLog(log))).toBe('INVALID_OPTION');
    expect(code({ outcome: [] }, Journeys.fromLog(log))).toBe('INVALID_OPTION');
    expect(code({}, Journeys.fromLists([['a', 'out']]))).toBe('INVALID_INPUT');
    expect(code({}, Journeys.fromLog(log, { weights: { customers: [1], values: Float64Array.of(2) } }))).toBe('INVALID_INPUT');
    expect(code({}, [])).toBe('INVALID_INPUT');
    expect(() => pathsTo(log, { ...ALL, lookback: { months: 1 } as object })).toThrow(/^pathsTo needs lookback in weeks, days or hours.*months differ in length/);
    expect(() => pathsTo(log, { ...ALL, lookback: { days: 0 } })).toThrow('pathsTo needs lookback in weeks, days or hours, such as { days: 90 }, found an object');
  });
});
