import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { hypergeometricP } from '../../../src/numeric/hypergeometric.js';
import { createRandom } from '../../../src/numeric/random.js';
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
  const spells = ids.flatMap((id) => {
    const days = [...new Set(rows.filter((row) => row.id === id && row.what === 'out').map(({ day }) => day))].sort((a, b) => a - b);
    const ends = [...days.map((stop) => ({ stop, had: true })), { stop: END, had: false }];
    const starts = [Math.min(...rows.filter((row) => row.id === id).map(({ day }) => day)), ...days];
    return ends.map((end, i) => ({ id, start: starts[i]!, ...end })).slice(0, every ? ends.length : 1);
  });
  return spells.filter(({ start, stop, had }) => had && stop - start > gap).flatMap((own) => {
    const momentOf = ({ start }: { start: number }): number => (calendar ? own.stop : start + own.stop - own.start);
    const controls = spells.filter((spell) => {
      const moment = momentOf(spell);
      return spell.id !== own.id && moment - spell.start > gap && (moment < spell.stop || (moment === spell.stop && !spell.had));
    });
    const set = [own, ...controls];
    const shortest = Math.min(...set.map((spell) => momentOf(spell) - spell.start));
    const isWithin = (before: number): boolean => before > gap && (shortest > lookback + gap ? before <= lookback + gap : every || calendar ? before < shortest : before <= shortest);
    return set.map((spell, i) => {
      const moment = momentOf(spell);
      const seen = rows.filter(({ id, day, what }) => id === spell.id && what !== 'out' && isWithin(moment - day));
      const days = [...new Set(seen.map(({ day }) => day))].sort((a, b) => a - b);
      return { isCase: i === 0, moment, steps: days.map((day) => ({ day, items: new Set(seen.filter((row) => row.day === day).map(({ what }) => what)) })) };
    });
  });
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
        return a + b === 0 || a + b === windows.length ? [] : [`${JSON.stringify(steps)} ${a} ${b}`];
      });
      expect(found.paths.map(({ steps, caseCount, controlCount }) => `${JSON.stringify(steps)} ${caseCount} ${controlCount}`).sort()).toEqual(expected.sort());
      for (const path of found.paths) {
        expect(path.fisherP).toBe(hypergeometricP(path.caseCount, path.caseCount + path.controlCount, cases.length, windows.length));
        const leads = cases.flatMap((window) => {
          const day = lastDay(window.steps, path.steps);
          return day === undefined ? [] : [window.moment - day];
        }).sort((x, y) => x - y);
        if (leads.length % 2 === 1) expect(path.leadDays!.median).toBe(leads[leads.length >> 1]);
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

  it('finds nothing in noise before every outcome, with as many rows of it in windows of cases as of controls', () => {
    // Half buy, every 8 to 12 days; everybody has the noise at the same rate.
    const random = createRandom(20261122);
    const rows = Array.from({ length: 400 }, (_, id): [number, string][] => {
      const noise = Array.from({ length: 18 }, (): [number, string] => [random.uniform() * 360, 'noise']);
      const buys: [number, string][] = [];
      for (let day = 8 + 4 * random.uniform(); id % 2 === 0 && day < 360; day += 8 + 4 * random.uniform()) buys.push([day, 'buy']);
      return [[0, 'join'], ...noise, ...buys];
    }).flatMap((events, id) => events.map(([day, what]) => ({ id, at: Math.round(day * DAY), what })));
    const log = EventLog.fromRows(rows, { customer: 'id', time: 'at', item: 'what' }, { observedUntil: 360 * DAY });
    for (const match of ['tenure', 'calendar'] as const) {
      const found = pathsTo(log, { outcome: 'buy', outcomes: 'every', lookback: { days: 90 }, match, strata: 'none', minCount: 1, redundant: 'keep' });
      const noise = found.paths.find(({ steps }) => JSON.stringify(steps) === '[["noise"]]')!;
      expect(found.caseCount).toBeGreaterThan(5000);
      expect(Math.abs(Math.log(noise.adjustedOddsRatio.estimate))).toBeLessThan(0.15);
      expect(noise.p).toBeGreaterThan(0.001);
    }
  });

  it('lays windows as long for cases as for controls of one calendar day, though some joined later', () => {
    // The newer leave sooner; noise comes every 10 days to everybody.
    const log = EventLog.fromRows(Array.from({ length: 300 }, (_, id) => {
      const join = id % 2 === 0 ? 0 : 300 + (id % 30);
      const noise = Array.from({ length: 36 }, (__, k) => 10 * k + (id % 10)).filter((day) => day > join);
      return [[join, 'join'], ...noise.map((day) => [day, 'noise']), ...(id % 4 === 1 ? [[340 + (id % 7), 'out']] : [])] as [number, string][];
    }).flatMap((events, id) => events.map(([day, what]) => ({ id, at: day * DAY, what }))), { customer: 'id', time: 'at', item: 'what' }, { observedUntil: 360 * DAY });
    const { paths } = pathsTo(log, { outcome: 'out', lookback: { days: 90 }, match: 'calendar', strata: 'none', minCount: 1, redundant: 'keep', maxItems: 4 });
    expect(paths.filter(({ q }) => q < 0.05)).toEqual([]);
  });

  it('counts an outcome at the very end of the observation, such as leaving', () => {
    const log = logOf([{ id: 1, day: 0, what: 'a' }, { id: 1, day: 10, what: 'out' }, { id: 2, day: 0, what: 'a' }, { id: 2, day: 1, what: 'b' }]);
    const members = Journeys.fromLog(log, { observedUntil: { customers: [1], values: Float64Array.of(10 * DAY) } });
    expect(pathsTo(members, ALL)).toMatchObject({ caseCount: 1, controlCount: 1 });
  });

  it('takes no outcome for a case whose whole history lies within the gap', () => {
    const log = logOf([{ id: 1, day: 0, what: 'a' }, { id: 1, day: 5, what: 'out' }, { id: 2, day: 0, what: 'a' }, { id: 2, day: 6, what: 'out' }, { id: 3, day: 0, what: 'a' }]);
    const found = pathsTo(log, { ...ALL, gap: { days: 5 } });
    expect([found.caseCount, found.withoutHistory, found.outcomes]).toEqual([1, 1, 'first']);
    expect(found.outcomesPerYear).toBeCloseTo((2 / (5 + 6 + 30)) * 365.25, 12);
  });

  it('gives no path that all rows have: it tells nothing', () => {
    const log = logOf(Array.from({ length: 40 }, (_, id) => [{ id, day: 0, what: 'a' }, { id, day: 2, what: id % 2 === 0 ? 'b' : 'c' }, ...(id % 3 === 0 ? [{ id, day: 5, what: 'out' }] : [])]).flat());
    const found = pathsTo(log, ALL);
    const keys = found.paths.map(({ steps }) => JSON.stringify(steps));
    expect(keys).toContain('[["a"],["b"]]');
    expect(keys).not.toContain('[["a"]]');
    expect(found.tested).toBe(4);
    // Who has b has a before it.
    expect(found.paths.find(({ steps }) => JSON.stringify(steps) === '[["a"],["b"]]')!.improvement).toEqual({ over: [['b']], oddsRatio: null, p: 1 });
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
