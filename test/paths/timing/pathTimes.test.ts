import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { createRandom } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { pathTimes, type PathTimes } from '../../../src/paths/timing/pathTimes.js';
import { allWays, journeysOf, measuredWay, type Tiny } from './allWays.js';
import { randomLimits, randomPath, randomTiny } from './randomTiny.js';

const DAY = 86_400_000;

/** Journeys written as 'a0 b10' (item, day), observed until day 100. */
function journeysAt(texts: readonly string[], until = texts.map(() => 100)): Journeys {
  const list = texts.map((text): Tiny => {
    const words = text.split(' ').filter((word) => word !== '');
    return { steps: words.map((word) => [word[0]!]), times: words.map((word) => Number(word.slice(1)) * DAY) };
  });
  return journeysOf(list, until.map((day) => day * DAY));
}

describe('pathTimes', () => {
  it('gives the days between the steps, of those who went the whole path', () => {
    const journeys = journeysAt(['a0 b10 c11', 'a0 a4 b8 c28', 'a0 b2', 'c1 b2 a3', '']);
    const [path] = pathTimes(journeys, [{ steps: ['a', 'b', 'c'] }]);
    expect(path).toMatchObject({ steps: [['a'], ['b'], ['c']], count: 2, support: 0.4 });
    // The second journey is measured from its second a: the latest start.
    expect(path!.transitions[0]!.elapsed).toMatchObject({ min: 4, p10: 4.6, p25: 5.5, median: 7, p75: 8.5, p90: 9.4, max: 10, mean: 7 });
    expect(path!.transitions[1]!.elapsed).toMatchObject({ min: 1, max: 20, median: 10.5 });
    expect(path!.span).toMatchObject({ min: 11, max: 24, mean: 17.5 });
  });

  it('takes the gap still open as censored, from the first time as far as that', () => {
    const journeys = journeysAt(['a0 b10', 'a0 a5 b6', 'a0', 'a0', 'b0'], [100, 100, 8, 100, 100]);
    const [path] = pathTimes(journeys, [{ steps: ['a', 'b'] }], { horizon: { days: 7 } });
    // From the first a: b after 10 and 6 days; one seen for 8 days only, one for 100.
    expect(path!.completion).toMatchObject({ came: 4, went: 2, medianDays: 10, within: { estimate: 0.25 } });
    expect(path!.transitions[0]!.waiting).toEqual(path!.completion);
    // log(-log) interval by hand: S = 3/4, Greenwood 1/12 -> se of log(-log S) = sqrt(1/12) / |log(3/4)|.
    const power = Math.exp((1.959963984540054 * Math.sqrt(1 / 12)) / Math.log(0.75));
    expect(path!.completion.within!.lower).toBeCloseTo(1 - 0.75 ** power, 12);
    expect(path!.completion.within!.upper).toBeCloseTo(1 - 0.75 ** (1 / power), 12);
  });

  it('does not know the share within a horizon longer than anyone was observed', () => {
    const journeys = journeysAt(['a0 b5', 'a0'], [50, 50]);
    const at = (days: number): PathTimes['completion'] => pathTimes(journeys, [{ steps: ['a', 'b'] }], { horizon: { days } })[0]!.completion;
    expect(at(50).within!.estimate).toBe(0.5);
    expect(at(51).within).toBeNull();
    expect(at(4).within).toEqual({ estimate: 0, lower: 0, upper: 0 });
    // Where all went on nothing is left to be seen.
    expect(pathTimes(journeysAt(['a0 b5']), [{ steps: ['a', 'b'] }], { horizon: { weeks: 20 } })[0]!.completion.within!.estimate).toBe(1);
    expect(pathTimes(journeys, [{ steps: ['a', 'b'] }])[0]!.completion.within).toBeNull();
  });

  it('answers for paths nobody went, of one step, and for logs', () => {
    const log = EventLog.fromRows([{ id: 1, day: '2026-01-01', what: 'a' }, { id: 1, day: '2026-01-09', what: 'b' }], { customer: 'id', time: 'day', item: 'what' });
    const [none, one] = pathTimes(log, new Set([{ steps: ['b', 'a'] }, { steps: ['a'] }]), { horizon: { days: 1 } });
    expect(none).toMatchObject({ count: 0, support: 0, span: null, transitions: [{ from: ['b'], to: ['a'], elapsed: null, waiting: { came: 1, went: 0, medianDays: null } }] });
    expect(one).toMatchObject({ count: 1, transitions: [], span: { min: 0, max: 0, standardDeviation: null }, completion: { came: 1, went: 1, medianDays: 0, within: { estimate: 1 } } });
    expect(pathTimes(log, [])).toEqual([]);
  });

  it('equals the trying of all ways, with every limit, on 250 tiny logs', () => {
    const random = createRandom(7);
    for (let round = 0; round < 250; round++) {
      const list = [...Array.from({ length: 1 + random.integer(4) }, () => randomTiny(random, true)), { steps: [['a', 'b', 'c']], times: [0] }];
      const until = list.map(({ times }) => (times!.at(-1) ?? 0) + random.integer(20) * DAY);
      const limits = random.uniform() < 0.3 ? {} : randomLimits(random, true);
      const paths = [randomPath(random), randomPath(random)];
      const found = pathTimes(journeysOf(list, until), paths.map((steps) => ({ steps })), limits);
      paths.forEach((path, i) => expectAsBrute(found[i]!, list, until, path, limits));
    }
  });

  it('keeps the limits under which the paths were mined, unless others are given', () => {
    const journeys = journeysAt(['a0 b3', 'a0 b9', 'a0 x1 b2']);
    const mined = Object.assign([{ steps: ['a', 'b'] }], { limits: { maxGap: { days: 5 } } });
    expect(pathTimes(journeys, mined)[0]!.count).toBe(2);
    expect(pathTimes(journeys, mined, { maxGap: { steps: 1 } })[0]!.count).toBe(2);
    expect(pathTimes(journeys, mined, { maxGap: { days: 5 }, maxSpan: { steps: 1 } })[0]!.count).toBe(1);
    expect(pathTimes(journeys, [...mined])[0]!.count).toBe(3);
    // One limit given leaves the others as mined.
    expect(pathTimes(journeys, mined, { maxSpan: { steps: 1 } })[0]!.count).toBe(1);
    expect(pathTimes(journeys, [...mined], { ...mined.limits, maxSpan: { steps: 1 } })[0]!.count).toBe(1);
  });

  it('counts a weight of 2 as two customers and one of 0 as none', () => {
    const random = createRandom(5);
    for (let round = 0; round < 30; round++) {
      const list = Array.from({ length: 6 }, () => randomTiny(random, true)).concat({ steps: [['a', 'b', 'c']], times: [0] });
      const weights = list.map(() => random.integer(4));
      const until = list.map(({ times }) => (times!.at(-1) ?? 0) + random.integer(20) * DAY);
      const repeat = <Value>(values: readonly Value[]): Value[] => values.flatMap((value, i) => Array.from({ length: weights[i]! }, () => value));
      const paths = [{ steps: ['a', 'b'] }, { steps: ['c', ['a', 'b']] }, { steps: ['b'] }];
      const options = { horizon: { days: 3 }, maxGap: { steps: 4 } };
      const isKnown = new Set(repeat(list).flatMap(({ steps }) => steps.flat())).size === 3;
      if (isKnown) expectClose(pathTimes(journeysOf(list, until, weights), paths, options), pathTimes(journeysOf(repeat(list), repeat(until)), paths, options));
    }
  });

  it('gives weights that are not whole the figures of their shares, whatever their sum', () => {
    const days = Array.from({ length: 100 }, (_, i) => i + 1);
    const list = days.map((day): Tiny => ({ steps: [['a'], ['b']], times: [0, day * DAY] }));
    const at = (weights: readonly number[] | null): PathTimes => pathTimes(journeysOf(list, days.map(() => 200 * DAY), weights), [{ steps: ['a', 'b'] }], { horizon: { days: 150 } })[0]!;
    const plain = at(null);
    for (const weight of [0.01, 0.1, 0.37, 2.5]) {
      const found = at(days.map(() => weight));
      expectClose(found.span, plain.span);
      // All have gone on, whatever rounding leaves of them.
      expect(found.completion.within).toEqual({ estimate: 1, lower: 1, upper: 1 });
    }
    const uneven = days.map((day) => 0.5 + (day % 7));
    expectClose(at(uneven.map((weight) => weight * 0.003)).span, at(uneven).span);
    const { min, p10, p25, median, p75, p90, max } = at(uneven).span!;
    const figures = [min, p10, p25, median, p75, p90, max];
    expect([...figures].sort((a, b) => a - b)).toEqual(figures);
    expect(Math.abs(median - 50.5)).toBeLessThan(3);
    // One alone has no deviation; gaps of 0 and 10 days with weights .5 and 1.5: n = 4 / 2.5 = 1.6.
    const two = pathTimes(journeysOf(list.slice(0, 2).map(({ steps }, i) => ({ steps, times: [0, i * 10 * DAY] })), [9e9, 9e9], [0.5, 1.5]), [{ steps: ['a', 'b'] }])[0]!.span!;
    expect(two.mean).toBeCloseTo(7.5, 12);
    expect(two.standardDeviation).toBeCloseTo(Math.sqrt((18.75 * 1.6) / 0.6), 10);
    // The middle of width 1 / 1.6 is from .1875 to .8125, a tenth of it below the quarter.
    expect(two.median).toBeCloseTo(9, 10);
    expect(pathTimes(journeysOf(list.slice(0, 1), [9e9], [0.1]), [{ steps: ['a', 'b'] }])[0]!.span!.standardDeviation).toBeNull();
  });

  it('says that all went on where weights of a tenth leave a rest by rounding', () => {
    const list = Array.from({ length: 10 }, (_, i): Tiny => ({ steps: [['a'], ['b']], times: [0, (i + 1) * DAY] }));
    const journeys = journeysOf(list, list.map(() => 11 * DAY), list.map(() => 0.1));
    for (const days of [10, 11, 30]) expect(pathTimes(journeys, [{ steps: ['a', 'b'] }], { horizon: { days } })[0]!.completion.within).toEqual({ estimate: 1, lower: 1, upper: 1 });
  });

  it('follows all who have the only step of a path that cannot last', () => {
    const [path] = pathTimes(journeysAt(['a0 b3', 'a1', 'b2'], [10, 9, 9]), [{ steps: ['a'] }], { minSpan: { days: 2 }, horizon: { days: 8 } });
    expect(path).toMatchObject({ count: 0, completion: { came: 2, went: 0, medianDays: null, within: { estimate: 0 } } });
  });

  it('does not depend on the order of customers or paths, and leaves its input alone', () => {
    const texts = ['a0 b3 c9', 'a1 c2 b4', 'b0 a2 a3 c30', 'a5 b6 b7 c8'];
    const paths = Object.freeze([{ steps: ['a', 'c'] }, { steps: ['a', 'b', 'c'] }, { steps: ['a', 'b'] }]);
    const forward = pathTimes(journeysAt(texts), paths, { horizon: { days: 5 } });
    expectClose(pathTimes(journeysAt([...texts].reverse()), [...paths].reverse(), { horizon: { days: 5 } }).reverse(), forward);
    expect(JSON.parse(JSON.stringify(forward))).toEqual(forward);
  });

  it('refuses journeys without times, and options it does not know', () => {
    const journeys = journeysAt(['a0 b1']);
    const paths = [{ steps: ['a'] }];
    expect(() => pathTimes(Journeys.fromLists([['a']]), paths)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('pathTimes needs to know when steps happened') as string }));
    expect(() => pathTimes(journeys, paths, { horizon: { steps: 2 } as never })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    for (const horizon of [{ steps: 2 }, { days: 0 }, { days: -1 }, 30]) {
      expect(() => pathTimes(journeys, paths, { horizon: horizon as never })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', message: expect.stringContaining('pathTimes needs horizon in weeks, days or hours') as string }));
    }
    expect(() => pathTimes(journeys, paths, { horizon: { months: 2 } as never })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(() => pathTimes(journeys, paths, { confidence: 1 })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(() => pathTimes(journeys, paths, { quantiles: [0.5] } as never)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    expect(() => pathTimes(journeys, { steps: ['a'] } as never)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('an array of paths') as string }));
    expect(() => pathTimes(journeys, [{ steps: ['A1'] }])).toThrow(expect.objectContaining({ code: 'UNKNOWN_ID' }));
  });
});

function expectClose(found: unknown, expected: unknown): void {
  const round = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(10)) : value);
  expect(JSON.parse(JSON.stringify(found, round))).toEqual(JSON.parse(JSON.stringify(expected, round)));
}

function expectAsBrute(found: PathTimes, list: readonly Tiny[], until: readonly number[], path: string[][], limits: object): void {
  const ways = list.map((tiny) => measuredWay(allWays(tiny, path, limits)));
  const days = (from: number, to: number): readonly (number | undefined)[] => {
    const gaps = ways.flatMap((way, i) => (way === undefined ? [] : [(list[i]!.times![way[to]!]! - list[i]!.times![way[from]!]!) / DAY])).sort((a, b) => a - b);
    return [gaps[0], gaps.at(-1), gaps.length === 0 ? undefined : Number((gaps.reduce((a, b) => a + b) / gaps.length).toFixed(9))];
  };
  const arrivals = list.map((tiny) => path.map((_, j) => Math.min(...allWays(tiny, path.slice(0, j + 1), limits, j < path.length - 1).map((way) => way.at(-1)!))));
  const waiting = (from: number, to: number): readonly (number | null)[] => {
    const waits = arrivals.flatMap((at, i) => {
      // A path of one step may be there and not last as long as it must.
      const begun = from === 0 ? list[i]!.steps.findIndex((step) => path[0]!.every((item) => step.includes(item))) : at[from]!;
      if (begun === -1 || begun === Infinity) return [];
      const happened = at[to]! < Infinity;
      return [{ happened, days: ((happened ? list[i]!.times![at[to]!]! : until[i]!) - list[i]!.times![begun]!) / DAY }];
    });
    return [waits.length, waits.filter(({ happened }) => happened).length, medianOf(waits)];
  };
  const last = path.length - 1;
  const few = (figures: PathTimes['span']): readonly (number | undefined)[] => [figures?.min, figures?.max, figures === null ? undefined : Number(figures.mean.toFixed(9))];
  const counts = ({ came, went, medianDays }: PathTimes['completion']): readonly (number | null)[] => [came, went, medianDays];
  const got = [found.count, few(found.span), counts(found.completion), found.transitions.map(({ elapsed, waiting }) => [few(elapsed), counts(waiting)])];
  const expected = [ways.filter((way) => way !== undefined).length, days(0, last), waiting(0, last), path.slice(1).map((_, j) => [days(j, j + 1), waiting(j, j + 1)])];
  if (JSON.stringify(got) !== JSON.stringify(expected)) expect(got, JSON.stringify({ list, path, limits })).toEqual(expected);
}

/** Kaplan–Meier the slow way: the first time at which half have gone on. */
function medianOf(waits: readonly { happened: boolean; days: number }[]): number | null {
  let share = 1;
  for (const time of [...new Set(waits.map(({ days }) => days))].sort((a, b) => a - b)) {
    const risk = waits.filter(({ days }) => days >= time).length;
    share *= 1 - waits.filter(({ days, happened }) => happened && days === time).length / risk;
    if (share <= 0.5 + 1e-12) return time;
  }
  return null;
}
