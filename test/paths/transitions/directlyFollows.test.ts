import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { directlyFollows } from '../../../src/paths/transitions/directlyFollows.js';
import { directlyFollowsGraph } from '../../../src/paths/transitions/directlyFollowsGraph.js';

const DAY = 86_400_000;

/** Events of one customer a list: item and day. */
function logOf(lists: readonly (readonly (readonly [string, number])[])[]): EventLog {
  const rows = lists.flatMap((list, id) => list.map(([item, day]) => ({ id, at: (20_000 + day) * DAY, item })));
  return EventLog.fromRows(rows, { customer: 'id', time: 'at', item: 'item' });
}

const tinyLists = fc.array(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 12 })), { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 6 });

/** Type 7 on a sorted list, written out. */
function quantile(sorted: readonly number[], p: number): number {
  const position = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!];
  return low + (position - Math.floor(position)) * (high - low);
}

describe('directlyFollows', () => {
  const map = directlyFollows(
    logOf([
      [['quote', 0], ['contract', 4]],
      [['quote', 0], ['call', 1], ['quote', 3], ['contract', 9]],
      [['quote', 0], ['quote', 2]],
      [['quote', 0], ['contract', 6]],
    ]),
  );

  it('counts activities, with where journeys begin and end', () => {
    expect(map.activities).toEqual([
      { item: 'quote', count: 6, cases: 4, starts: 4, ends: 1 },
      { item: 'contract', count: 3, cases: 3, starts: 0, ends: 3 },
      { item: 'call', count: 1, cases: 1, starts: 0, ends: 0 },
    ]);
  });

  it('counts edges, and their days exactly', () => {
    expect(map.edges.map(({ from, to, n, cases, returns }) => [from, to, n, cases, returns])).toEqual([
      ['quote', 'contract', 3, 3, 0],
      ['call', 'quote', 1, 1, 1],
      ['quote', 'call', 1, 1, 0],
      ['quote', 'quote', 1, 1, 0],
    ]);
    expect(map.edges[0]!.elapsedDays).toEqual({ min: 4, p10: 4.4, p25: 5, median: 6, p75: 6, p90: 6, max: 6, mean: 16 / 3, standardDeviation: expect.closeTo(Math.sqrt(4 / 3), 12) as number });
    expect(map.edges[1]!.elapsedDays!.standardDeviation).toBeNull();
    expect([map.edgeCount, map.transitionCount, map.caseCount]).toEqual([4, 6, 4]);
  });

  it('lists variants with their coverage; the first is the happy path', () => {
    expect(map.variants.map(({ steps, count, share, cumulativeShare }) => [steps.join(), count, share, cumulativeShare])).toEqual([
      ['quote,contract', 2, 0.5, 0.5],
      ['quote,call,quote,contract', 1, 0.25, 0.75],
      ['quote,quote', 1, 0.25, 1],
    ]);
    expect(map.happyPath).toEqual(['quote', 'contract']);
  });

  it('tells what is done again, and after what', () => {
    expect(map.rework).toEqual([{ item: 'quote', cases: 4, repeatedBy: 2, share: 0.5, selfLoops: 1, returns: 1, after: [{ item: 'call', n: 1 }] }]);
  });

  it('keeps milliseconds where gaps are short', () => {
    const log = EventLog.fromRows([{ id: 1, at: 1_700_000_000_000, what: 'a' }, { id: 1, at: 1_700_000_000_007, what: 'b' }], { customer: 'id', time: 'at', item: 'what' });
    expect(directlyFollows(log).edges[0]!.elapsedDays!.median * DAY).toBeCloseTo(7, 9);
  });

  it('takes a step of several items as one activity, or each by itself', () => {
    const journeys = Journeys.fromLists([['a', ['b', 'c'], 'a'], [['b', 'c'], ['b', 'd']]]);
    const pairs = (several: 'joined' | 'each'): string[] => directlyFollows(journeys, { several }).edges.map(({ from, to, n }) => `${from}>${to}:${n}`);
    expect(pairs('joined')).toEqual(['a>b + c:1', 'b + c>a:1', 'b + c>b + d:1']);
    expect(pairs('each')).toEqual(['a>b:1', 'a>c:1', 'b>a:1', 'b>b:1', 'b>d:1', 'c>a:1', 'c>b:1', 'c>d:1']);
    expect(directlyFollows(journeys, { several: 'each' }).rework).toEqual([
      { item: 'a', cases: 1, repeatedBy: 1, share: 1, selfLoops: 0, returns: 1, after: [{ item: 'b', n: 1 }, { item: 'c', n: 1 }] },
      { item: 'b', cases: 2, repeatedBy: 1, share: 0.5, selfLoops: 1, returns: 0, after: [] },
    ]);
    expect(directlyFollows(journeys).edges[0]!.elapsedDays).toBeNull();
  });

  it('leaves out edges below the limits, and says how many there were', () => {
    const log = logOf([[['a', 0], ['b', 1]], [['a', 0], ['b', 1]], [['a', 0], ['c', 1]]]);
    for (const options of [{ minCount: 2 }, { minShare: 0.5 }]) {
      const found = directlyFollows(log, options);
      expect([found.edges.length, found.edgeCount, found.transitionCount]).toEqual([1, 2, 3]);
    }
    expect(directlyFollows(log, { maxVariants: 1 }).variants).toHaveLength(1);
    expect(directlyFollows(log, { maxVariants: 1 }).variantCount).toBe(2);
  });

  it('equals a naive count of neighbours, their gaps and whole journeys', () => {
    fc.assert(
      fc.property(tinyLists, (lists) => {
        const log = logOf(lists);
        const found = directlyFollows(log);
        const journeys = Journeys.fromLog(log);
        const gaps = new Map<string, number[]>();
        const whole = new Map<string, number>();
        for (const customer of log.customers) {
          const steps = journeys.stepsOf(customer).map(({ items, time }) => ({ name: items.join(' + '), time: time! }));
          const key = steps.map(({ name }) => name).join('>');
          whole.set(key, (whole.get(key) ?? 0) + 1);
          for (let s = 1; s < steps.length; s++) {
            const pair = `${steps[s - 1]!.name}>${steps[s]!.name}`;
            gaps.set(pair, [...(gaps.get(pair) ?? []), (steps[s]!.time - steps[s - 1]!.time) / DAY]);
          }
        }
        expect(found.edges.length).toBe(gaps.size);
        for (const { from, to, n, elapsedDays } of found.edges) {
          const sorted = gaps.get(`${from}>${to}`)!.sort((x, y) => x - y);
          const mean = sorted.reduce((sum, gap) => sum + gap, 0) / sorted.length;
          expect(n).toBe(sorted.length);
          expect(elapsedDays!.mean).toBeCloseTo(mean, 10);
          for (const [ours, p] of [[elapsedDays!.p10, 0.1], [elapsedDays!.p25, 0.25], [elapsedDays!.median, 0.5], [elapsedDays!.p90, 0.9]] as const) expect(ours).toBeCloseTo(quantile(sorted, p), 10);
        }
        expect(new Map(found.variants.map(({ steps, count }) => [steps.join('>'), count]))).toEqual(whole);
        expect(found.activities.reduce((sum, { starts }) => sum + starts, 0)).toBe(found.caseCount);
        expect(found.activities.reduce((sum, { ends }) => sum + ends, 0)).toBe(found.caseCount);
      }),
      { seed: 20261122, numRuns: 80 },
    );
  });

  it('takes a weight of 2 as the customer twice, and of 0 as nobody', () => {
    fc.assert(
      fc.property(tinyLists, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 }), (lists, given) => {
        const log = logOf(lists);
        const weights = given.slice(0, lists.length);
        if (weights.every((weight) => weight === 0)) return;
        const weighted = directlyFollows(Journeys.fromLog(log, { weights: { customers: log.customers, values: Float64Array.from(weights) } }));
        const repeated = directlyFollows(logOf(lists.flatMap((list, c) => Array.from({ length: weights[c]! }, () => list))));
        expect(weighted.variants).toEqual(repeated.variants);
        expect(weighted.rework).toEqual(repeated.rework);
        expect(weighted.activities).toEqual(repeated.activities);
        expect(round(weighted.edges)).toEqual(round(repeated.edges));
      }),
      { seed: 20261122, numRuns: 50 },
    );
  });

  it('does not depend on the order of customers', () => {
    fc.assert(
      fc.property(tinyLists, (lists) => {
        expect(round(directlyFollows(logOf(lists)))).toEqual(round(directlyFollows(logOf([...lists].reverse()))));
      }),
      { seed: 20261122, numRuns: 30 },
    );
  });

  it('is a graph with plain figures', () => {
    expect(directlyFollowsGraph(map)).toEqual({
      nodes: map.activities.map(({ item, count, cases }) => ({ id: item, count, cases })),
      edges: map.edges.map(({ from, to, n, cases, elapsedDays }) => ({ from, to, label: String(n), n, cases, medianDays: elapsedDays!.median })),
    });
  });

  it('refuses what it cannot use', () => {
    const log = logOf([[['a', 0]]]);
    expect(() => directlyFollows({} as never)).toThrow(/directlyFollows needs an EventLog or Journeys/);
    expect(() => directlyFollows(log, { minCount: -1 })).toThrow(/needs minCount as a number of at least 0, found -1/);
    expect(() => directlyFollows(log, { minShare: 2 })).toThrow(/needs minShare as a number of at least 0 and at most 1, found 2/);
    expect(() => directlyFollows(log, { several: 'all' as never })).toThrow(/needs several as one of joined, each/);
    expect(() => directlyFollows(log, { top: 3 } as never)).toThrow(/knows no option "top"/);
    expect(() => directlyFollows(Journeys.fromLists([[], []]))).toThrow(/needs a customer with a step, found none among 2/);
    expect(directlyFollows(log).edges).toEqual([]);
  });
});

/** Rounded to what the order of additions leaves alone. */
function round<Value>(value: Value): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === 'number' ? Number(part.toPrecision(10)) : part));
}
