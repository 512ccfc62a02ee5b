import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import type { MinedSequences } from '../../../src/paths/sequences/minedSequences.js';
import { mineSequences } from '../../../src/paths/sequences/mineSequences.js';
import type { SequenceOptions } from '../../../src/paths/sequences/sequenceOptions.js';
import { errorCode } from '../../errorCode.js';
import { textOf } from './sequenceOracle.js';

const shown = (found: MinedSequences): string[] => found.slice().map(({ steps, count }) => `${textOf(steps)}: ${count}`);

/** The example of the PrefixSpan paper (Pei et al., 2001). */
const paper = Journeys.fromLists([
  ['a', ['a', 'b', 'c'], ['a', 'c'], 'd', ['c', 'f']],
  [['a', 'd'], 'c', ['b', 'c'], ['a', 'e']],
  [['e', 'f'], ['a', 'b'], ['d', 'f'], 'c', 'b'],
  ['e', 'g', ['a', 'f'], 'c', 'b', 'c'],
]);

describe('mineSequences', () => {
  it('lists the closed paths of the PrefixSpan paper in order', () => {
    expect(shown(mineSequences(paper, { minCount: 2 }))).toEqual([
      'a > b: 4', 'a > c: 4', 'e: 3', 'f: 3', 'b > c: 3', 'd > c: 3', 'a > c > b: 3', 'a > c > c: 3',
      'a+b > f: 2', 'a > b > c: 2', 'd > c > b: 2', 'e > b > c: 2', 'f > b > c: 2', 'a+b > d > c: 2', 'a > b+c > a: 2', 'e > a > c > b: 2', 'e > f > c > b: 2',
    ]);
  });

  it('counts frequent, closed, maximal and generators of textbook journeys', () => {
    const sizes = (journeys: Journeys, minCount: number): number[] => (['frequent', 'closed', 'maximal'] as const).map((patterns) => mineSequences(journeys, { minCount, patterns }).size);
    expect([1, 2, 3, 4].map((minCount) => sizes(paper, minCount))).toEqual([[812, 21, 4], [53, 17, 10], [14, 8, 6], [5, 2, 2]]);
    // The figures of the notes leave out generators that all customers have.
    const generators = (minCount: number): number => mineSequences(paper, { minCount, patterns: 'generators' }).slice().filter(({ support }) => support < 1).length;
    expect([1, 2, 3, 4].map(generators)).toEqual([76, 23, 6, 0]);
    const readme = Journeys.fromLists([[0, 1, 2, 3, 4], [1, 1, 1, 3, 4], [2, 1, 2, 2, 0], [1, 1, 1, 2, 2]]);
    expect(sizes(readme, 2)[0]).toBe(14);
    expect(shown(mineSequences(readme, { minCount: 2 }))).toEqual(['1: 4', '1 > 2: 3', '0: 2', '1 > 1 > 1: 2', '1 > 2 > 2: 2', '1 > 3 > 4: 2']);
  });

  it('turns a share into a count once, in double', () => {
    const journeys = Journeys.fromLists(Array.from({ length: 730 }, (_, i) => (i < 219 ? ['a'] : ['b'])));
    expect(mineSequences(journeys, { minSupport: 0.3 })).toMatchObject({ minCount: 219, size: 2, customerCount: 730, kind: 'closed', truncated: false, limits: {} });
    expect(mineSequences(Journeys.fromLists(Array.from({ length: 100 }, () => ['a'])), { minSupport: 0.07 }).minCount).toBe(7);
    expect(mineSequences(journeys).minCount).toBe(37);
    expect(mineSequences(journeys, { patterns: 'top' }).minCount).toBe(219);
    expect(mineSequences(Journeys.fromLists([['a'], ['b']], { weights: [0.5, 0.25] }), { patterns: 'top' }).minCount).toBe(0.25);
  });

  it('gives one path, a part, all, or plain data', () => {
    const found = mineSequences(paper, { minCount: 2 });
    expect(found.at(-1)).toEqual({ steps: [['e'], ['f'], ['c'], ['b']], count: 2, support: 0.5 });
    expect(found.at(17)).toBeUndefined();
    expect(found.slice(8, 10)).toEqual([found.at(8), found.at(9)]);
    expect(found.slice(-1)).toEqual([found.at(16)]);
    expect([...found]).toEqual(found.slice());
    expect(JSON.parse(JSON.stringify(found))).toEqual({ kind: 'closed', minCount: 2, customerCount: 4, limits: {}, truncated: false, patterns: found.slice() });
    expect(found.leftOut).toBeUndefined();
  });

  it('reads a log: what happened at one moment is one step, and limits are in days', () => {
    const events = (id: number, ...days: readonly [number, string][]): object[] => days.map(([day, what]) => ({ id, at: `2026-01-0${day}`, what }));
    const log = EventLog.fromRows([...events(1, [1, 'a'], [1, 'b'], [3, 'c']), ...events(2, [1, 'b'], [1, 'a'], [8, 'c'])] as { id: number; at: string; what: string }[], { customer: 'id', time: 'at', item: 'what' });
    expect(shown(mineSequences(log, { minCount: 2 }))).toEqual(['a+b > c: 2']);
    const near = mineSequences(log, { minCount: 1, maxGap: { days: 2 } });
    expect(shown(near)).toEqual(['c: 2', 'a+b: 2', 'a+b > c: 1']);
    expect(near.limits).toEqual({ maxGap: { days: 2 } });
  });

  it('weighs customers as if they were there more than once, and leaves those of weight 0 out', () => {
    const lists = [['a', 'b'], ['b', 'a'], ['a', 'b', 'a']];
    const weighted = mineSequences(Journeys.fromLists(lists, { weights: [2, 0, 3] }), { minCount: 2, patterns: 'frequent' });
    const repeated = mineSequences(Journeys.fromLists([lists[0]!, lists[0]!, lists[2]!, lists[2]!, lists[2]!]), { minCount: 2, patterns: 'frequent' });
    expect(weighted.toJSON()).toEqual(repeated.toJSON());
    const tenths = Journeys.fromLists(Array.from({ length: 10 }, (_, i) => (i < 3 ? ['a'] : ['b'])), { weights: new Float64Array(10).fill(0.1) });
    expect(mineSequences(tenths, { minSupport: 0.3 }).size).toBe(2);
    expect(mineSequences(Journeys.fromLists([['a']], { weights: [0] }))).toMatchObject({ size: 0, customerCount: 0 });
  });

  it('is empty where there is nothing, or nothing frequent', () => {
    expect(mineSequences(Journeys.fromLists([]))).toMatchObject({ size: 0, customerCount: 0, minCount: 1, truncated: false });
    expect(mineSequences(Journeys.fromLists([[], []])).size).toBe(0);
    expect(mineSequences(Journeys.fromLists([['a'], ['b']]), { minCount: 2 }).size).toBe(0);
    expect(mineSequences(Journeys.fromLists([['a'], ['b']]), { minCount: 2, patterns: 'top' }).size).toBe(0);
    expect(shown(mineSequences(Journeys.fromLists([['b', 'a']])))).toEqual(['b > a: 1']);
  });

  it('does not mind a path of hundreds of steps', () => {
    const long = Array.from({ length: 900 }, (_, i) => `step ${String(i).padStart(3, '0')}`);
    const found = mineSequences(Journeys.fromLists([long, long.slice().reverse()]), { minCount: 2 });
    expect(found.size).toBe(900);
    const same = mineSequences(Journeys.fromLists([Array.from({ length: 3000 }, () => 'a')]), { patterns: 'maximal' });
    expect(same.at(0)!.steps).toHaveLength(3000);
  });

  it('tells its progress and stops when told, saying what it did not look for', () => {
    const journeys = Journeys.fromLists([['a', 'b', 'c'], ['a', 'b', 'c'], [['b', 'c']]]);
    const heard: object[] = [];
    const all = mineSequences(journeys, { minCount: 2, patterns: 'frequent', onProgress: (progress) => void heard.push(progress) });
    expect(all.size).toBe(7);
    expect(heard).toEqual([{ done: 1, total: 3, objective: 4 }, { done: 2, total: 3, objective: 6 }, { done: 3, total: 3, objective: 7 }]);
    const part = mineSequences(journeys, { minCount: 2, patterns: 'frequent', onProgress: ({ done }) => done < 2 });
    expect(part).toMatchObject({ size: 6, truncated: true, leftOut: { reason: 'stopped', items: ['c'] } });
    expect(mineSequences(journeys, { minCount: 2, onProgress: ({ done }) => done < 3 }).truncated).toBe(false);
  });

  it('says at which count it was cut', () => {
    const found = mineSequences(paper, { minCount: 1, patterns: 'frequent', maxPatterns: 60 });
    expect(found).toMatchObject({ size: 53, minCount: 1, truncated: true, leftOut: { reason: 'limit', count: 2 } });
    expect(found.toJSON()).toMatchObject({ leftOut: { reason: 'limit', count: 2 } });
  });

  it('with top gives the first so many of more that are as frequent than it may hold', () => {
    const long = Array.from({ length: 25 }, (_, i) => `step ${String(i).padStart(2, '0')}`);
    const found = mineSequences(Journeys.fromLists([long]), { patterns: 'top', top: 10, maxPatterns: 5000 });
    expect(shown(found)).toEqual(long.slice(0, 10).map((step) => `${step}: 1`));
    expect(found).toMatchObject({ minCount: 1, truncated: true, leftOut: { reason: 'limit', count: 1 } });
    const pairs = mineSequences(Journeys.fromLists([long]), { patterns: 'top', top: 3, minSteps: 2, maxPatterns: 5000, maxGap: { steps: 9 }, minSpan: { steps: 2 } });
    expect(shown(pairs)).toEqual(['step 00 > step 02: 1', 'step 00 > step 03: 1', 'step 00 > step 04: 1']);
    const two = mineSequences(Journeys.fromLists([long, ['step 24', 'step 07']]), { patterns: 'top', top: 4, maxPatterns: 5000 });
    expect(shown(two)).toEqual(['step 07: 2', 'step 24: 2', 'step 00: 1', 'step 01: 1']);
  });

  it('does not depend on the order of customers', () => {
    const lists = [['a', ['b', 'c'], 'a'], [['a', 'c'], 'b'], ['c', 'a', 'b'], ['b']];
    const found = mineSequences(Journeys.fromLists(lists), { minCount: 1 });
    expect(mineSequences(Journeys.fromLists(lists.slice().reverse()), { minCount: 1 }).toJSON()).toEqual(found.toJSON());
  });

  it('refuses what it cannot do, naming the option', () => {
    const journeys = Journeys.fromLists([['a', 'b']]);
    const code = (options: object): string => errorCode(() => mineSequences(journeys, options as SequenceOptions));
    for (const options of [
      { minsupport: 0.1 }, { minSupport: 0 }, { minSupport: 1.5 }, { minSupport: NaN }, { minCount: 0 }, { minCount: Infinity }, { minSupport: 0.1, minCount: 2 }, { patterns: 'all' }, { top: 5 },
      { patterns: 'top', top: 0 }, { minSteps: 0 }, { minSteps: 3, maxSteps: 2 }, { minItems: 3, maxItems: 2 }, { maxStepItems: 1.5 }, { endsWith: [] },
      { repeats: 'no' }, { repeats: 'true' }, { maxPatterns: 0 }, { maxPatterns: 1e8 }, { maxGap: { days: 3 } }, { minGap: { steps: 3 }, maxGap: { steps: 1 } },
    ]) expect([options, code(options)]).toEqual([options, 'INVALID_OPTION']);
    for (const options of [{ startsWith: 'z' }, { contains: ['a', 'z'] }]) expect(code(options)).toBe('UNKNOWN_ID');
    expect(mineSequences(Journeys.fromLists([[]]), { startsWith: 'a' }).size).toBe(0);
    expect(() => mineSequences(journeys, { endsWith: 'z' })).toThrow('mineSequences knows no item "z" of endsWith; items are named as in itemLevels, such as "a"');
    expect(() => mineSequences(journeys, { minSupport: 5 })).toThrow('mineSequences needs minSupport above 0 and at most 1, found 5; for a number of customers give minCount');
    expect(errorCode(() => mineSequences([] as unknown as Journeys))).toBe('INVALID_INPUT');
  });
});
